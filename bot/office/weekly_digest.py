"""Tells staff once a week what happened; a restart neither repeats nor forgets it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import structlog

from bot.clock import HOME
from bot.office.figures import digest
from bot.store.store import Store
from bot.store.store_errors import StoreError
from knowledge.pack import NoticePack

EVERY = timedelta(minutes=20)  # between two looks at the clock
HOUR = 9  # of Monday, by the office's clock
ACTION = "digest"

log = structlog.get_logger(__name__)


def _now() -> datetime:
    return datetime.now(HOME)


@asynccontextmanager
async def digested(
    store: Store,
    pack: Callable[[], NoticePack],
    tell: Callable[[str], Awaitable[None]],
    *,
    every: timedelta = EVERY,
    clock: Callable[[], datetime] = _now,
) -> AsyncIterator[None]:
    """While inside, tell of each week that has ended, from its Monday morning on."""
    task = asyncio.create_task(_run(store, pack, tell, every, clock))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _run(
    store: Store,
    pack: Callable[[], NoticePack],
    tell: Callable[[str], Awaitable[None]],
    every: timedelta,
    clock: Callable[[], datetime],
) -> None:
    while True:
        await asyncio.sleep(every.total_seconds())
        try:
            await tell_if_due(store, pack(), tell, clock())
        except StoreError as error:
            log.warning("digest_not_told", reason=str(error))


async def tell_if_due(store: Store, pack: NoticePack, tell: Callable[[str], Awaitable[None]], now: datetime) -> bool:
    """Tell of the week before, unless it was told already, is quiet, or it is too early on Monday.

    Raises:
        StoreError: the database failed.
    """
    monday = now.date() - timedelta(days=now.weekday())
    if now.weekday() == 0 and now.hour < HOUR:
        return False
    if await store.office.actions(pack.id, (ACTION,), monday.isoformat()):
        return False
    counts = await store.office.figures(pack.id)
    news = digest(pack, counts, await store.office.applications(pack.id), monday - timedelta(days=7))
    await store.office.note(pack.id, "", ACTION, monday.isoformat())
    if not counts.messages:  # nobody was there yet
        return False
    await tell(news)
    return True
