"""Erases what is older than the office keeps: applicants' data does not stay for ever by accident.

Nor does it go by accident: a clock that is wrong by a year would make everything look old. A clock far past the
newest row is doubted; it is believed once it has gone on for a day, and even then a run erases only a share.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog

from bot.store.store import Store
from bot.store.store_errors import StoreError

EVERY = timedelta(hours=6)
SCRUB_EVERY = timedelta(minutes=5)
DOUBT = timedelta(days=7)  # past the newest row: nobody wrote for so long, or the clock is wrong
BELIEVED_AFTER = timedelta(days=1)  # of running, during which the log warns
SHARE = 10  # one in so many conversations may go in one run …
LEAST = 20  # … and so many in any case

log = structlog.get_logger(__name__)


def _utc() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def kept_for(
    store: Store, days: int, *, every: timedelta = EVERY, clock: Callable[[], datetime] = _utc
) -> AsyncIterator[None]:
    """While inside, erase conversations silent for more than `days`, now and `every` so often."""
    tasks = {
        asyncio.create_task(_forget(store, timedelta(days=days), every, clock)),
        asyncio.create_task(_scrub(store)),
    }
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _forget(store: Store, age: timedelta, every: timedelta, clock: Callable[[], datetime]) -> None:
    ticks = asyncio.get_running_loop().time
    believed_at = ticks() + BELIEVED_AFTER.total_seconds()
    while True:
        try:
            newest = await store.newest()
            if newest is not None and clock() - newest > DOUBT and ticks() < believed_at:
                log.warning("clock_doubted", newest=newest.isoformat(), clock=clock().isoformat())
            else:
                most = max(LEAST, len(await store.conversations()) // SHARE)
                log.info("old_conversations_erased", count=await store.forget_older_than(clock() - age, most))
        except StoreError as error:
            log.warning("old_conversations_not_erased", reason=str(error))
        await asyncio.sleep(every.total_seconds())


async def _scrub(store: Store) -> None:
    """Empty the database's log now and then: what was erased, or changed, does not stay in it."""
    while True:
        await asyncio.sleep(SCRUB_EVERY.total_seconds())
        try:
            await store.scrub()
        except StoreError as error:
            log.warning("log_not_emptied", reason=str(error))
