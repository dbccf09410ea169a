"""Reminds applicants of the deadline: some days before it, an update of ours goes into each open conversation's inbox.

An update's number is made of the conversation, the deadline and the days left, so that each reminder comes once,
however many workers look, however often they are killed; from the inbox on it is an update like any other. Nobody is
reminded at night, nor in the middle of writing; whoever was to be while no process ran is, unless they came meanwhile.

Where the day is set by hand (SHENBAO_TODAY), a rehearsal, the hours of the real clock mean nothing: there is no night,
and a minute's silence is enough.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from hashlib import sha256

import structlog

from bot.clock import HOME
from bot.conversation import load_session
from bot.store.sessions import DraftHolder
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.updates import Inbound
from dialogs.handlers.reminders import due_before, may_be_reminded
from dialogs.protocol import Reminded
from knowledge.pack import NoticePack

EVERY_SECONDS = 15.0  # a look that finds nothing changed costs one query by an index; the first one waits, too
SILENCE, SHORT_SILENCE = 3600.0, 60.0  # seconds nobody must have written for; in a rehearsal
WAKING_HOURS = range(9, 21)  # by the office's clock
PAGE = 20  # conversations read at once; between pages the others have their turn
PAUSE_SECONDS = 0.02

log = structlog.get_logger(__name__)


class Reminders:
    """Looks now and then whom to remind; what has been looked at is not looked at again while nothing changed."""

    def __init__(  # noqa: PLR0913 - what it reads, and two clocks
        self,
        store: Store,
        pack: Callable[[], NoticePack],
        today: Callable[[], date],
        may_begin: Callable[[StorageKey, float], bool],
        notify: Callable[[Iterable[StorageKey]], None],
        *,
        rehearsal: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Remind whoever has an open application.

        Args:
            store: where conversations and their inbox are.
            pack: gives the live pack.
            today: gives the office's day.
            may_begin: tells whether a conversation may be written to, so many seconds after it last changed.
            notify: wakes the conversations that have something to do.
            rehearsal: whether the day is set by hand.
            clock: gives the time in seconds since 1970.
        """
        self._store, self._pack, self._today = store, pack, today
        self._may_begin, self._notify, self._clock = may_begin, notify, clock
        self._rehearsal = rehearsal
        self._seen: tuple[tuple[date, int] | None, float] = (None, 0.0)  # for which reminder, and up to which moment

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While inside, look every few seconds."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await self.look()
            except StoreError as error:
                log.warning("not_reminded", reason=str(error))

    async def look(self) -> int:
        """Remind whoever is to be reminded by now and has not been; gives how many were put on their way.

        Raises:
            StoreError: the database failed; the next look begins where this one did.
        """
        due, now = due_before(self._pack(), self._today()), self._clock()
        last = self._silent_since(due[0], due[1], now) if due else None
        if due is None or last is None:
            return 0
        since = self._seen[1] if self._seen[0] == due else 0.0
        count, behind = 0, ""
        while page := await self._store.with_drafts(since, last, behind, PAGE):
            behind = page[-1].address
            count += await self._remind([one for one in page if self._wants(one, now)], *due)
            await asyncio.sleep(PAUSE_SECONDS)
        self._seen = (due, max(since, last))
        return count

    def _silent_since(self, deadline: date, days: int, now: float) -> float | None:
        """Give since when somebody must have been silent to be reminded now; None when nobody is, at this hour.

        When the day of a reminder is over, whoever has written since it began has seen how much time is left.
        """
        on_time = (deadline - self._today()).days == days
        if self._rehearsal:
            return now - SHORT_SILENCE if on_time else None
        if datetime.fromtimestamp(now, HOME).hour not in WAKING_HOURS:
            return None
        first = deadline - timedelta(days=days)
        begun = datetime(first.year, first.month, first.day, tzinfo=HOME).timestamp()
        return now - SILENCE if on_time else min(begun, now - SILENCE)

    def _wants(self, one: DraftHolder, now: float) -> bool:
        """Tell whether somebody may have something open, and may be written to."""
        if not self._may_begin(one.key, now - one.changed_at / 1000):
            return False
        try:
            return may_be_reminded(load_session(self._pack(), one.state, one.data))
        except ValueError:  # stored by another version of this program: its own turn will tell
            return False

    async def _remind(self, them: list[DraftHolder], deadline: date, days: int) -> int:
        if not them:
            return 0
        event = Reminded(deadline=deadline)
        numbers = {one.address: _number(one.address, deadline, days) for one in them}
        await self._store.receive([Inbound(numbers[one.address], one.key, event) for one in them])
        self._notify([one.key for one in them])
        log.info("reminded", conversations=len(them), days=days)
        return len(them)


def _number(address: str, deadline: date, days: int) -> str:
    """Number a reminder; it tells nothing about whom it was for, for it outlives what they said."""
    return f"reminder:{sha256(f'{address}:{deadline}:{days}'.encode()).hexdigest()[:32]}"
