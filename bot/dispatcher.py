"""Keeps every conversation going: handles what came in, sends what is waiting, again after any failure."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from contextlib import nullcontext
from datetime import timedelta

import stamina
import structlog

from bot.keyed_queue import KeyedQueue
from bot.store.outbox import LOAN_SECONDS
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.updates import FetchedFile, Outgoing, RemoteFile

ARRIVALS_AT_ONCE = 2  # fetched files in memory at once, on their way into the database
TURNS_AT_ONCE = 8  # turns at once; more would only wait for the database, and keep sendings from being noted
SWEEP_SECONDS = 5.0
GRACE_SECONDS = 2.0  # then the process has another second to close its connections
LONGEST_PAUSE = 30.0
MOST_SENDINGS = 15  # of one reply, some five minutes, while others are sent

Handle = Callable[[StorageKey], Awaitable[bool]]
Send = Callable[[Outgoing], Awaitable[None]]
Fetch = Callable[[StorageKey, RemoteFile], Awaitable[FetchedFile | None]]

log = structlog.get_logger(__name__)

# its log line repeats the error's text, which may hold an applicant's words
stamina.instrumentation.set_on_retry_hooks(())


class NeverSentError(Exception):
    """The messenger will never take a reply; `str()` says why, without its words."""


class Dispatcher:
    """Runs conversations side by side, each in order; sending never holds up the handling of what comes in."""

    def __init__(  # noqa: PLR0913 - both ways of a channel, and its files
        self,
        store: Store,
        handle: Handle,
        send: Send | None,
        *,
        fetch: Fetch | None = None,
        sweep: float = SWEEP_SECONDS,
        owns: Callable[[StorageKey], bool] = lambda _: True,
    ) -> None:
        """Join a store to a channel.

        Args:
            store: where updates wait and replies are queued.
            handle: handles the oldest waiting update of a conversation; False when none is waiting.
            send: sends one reply; whatever it raises but `NeverSentError`, it is tried again, after `retry_after`
                (seconds or a timedelta) if the error has one, else with growing pauses; it is given up when others
                are sent meanwhile. None: applicants fetch their replies.
            fetch: fetches a file that lies with the messenger, into one opened here; None: the messenger has it no
                more, or is too slow. None in its place where updates come with their files.
            sweep: seconds between two looks for conversations that other workers left behind.
            owns: tells the channel's conversations from those of other channels in the same database.
        """
        self._owns = owns
        self._store = store
        self._handle = handle
        self._sends, self._send = send is not None, send or _fetched
        self._sweep = sweep
        self._handling = KeyedQueue(self._handle_all)
        self._sending = KeyedQueue(self._send_all)
        self._fetches, self._fetching = fetch, KeyedQueue(self._fetch_all)
        self._arrivals = asyncio.Semaphore(ARRIVALS_AT_ONCE)
        self._sent = 0  # replies sent so far …
        self._sent_before: dict[int, int] = {}  # … and before one of them, by its id, failed first
        self._turn_slots = asyncio.Semaphore(TURNS_AT_ONCE)
        self._stopping = asyncio.Event()

    def notify(self, keys: Iterable[StorageKey]) -> None:
        """See to these conversations: updates for them have been received."""
        for key in filter(self._owns, keys):
            self._handling.wake(key)

    def sends_to(self, key: StorageKey) -> bool:
        """Tell whether a conversation is this channel's, and replies are sent to it."""
        return self._sends and self._owns(key)

    def fetch(self, key: StorageKey) -> None:
        """Fetch the file this conversation has come to; its updates go on when it is there."""
        if self._fetches is not None and self._owns(key):
            self._fetching.wake(key)

    async def run(self) -> None:
        """Resume what an earlier run left, then keep looking for what other workers left, until `stop`."""
        await self._look(self._store.waiting if self._sends else lambda: self._store.unhandled(0))
        find = self._store.left_behind if self._sends else self._store.unhandled
        while not self._stopping.is_set():
            await _either(self._stopping, self._sweep)
            await self._look(lambda: find(self._sweep))

    async def _look(self, find: Callable[[], Awaitable[list[StorageKey]]]) -> None:
        try:
            lanes = (self._handling, self._sending, self._fetching)
            self.notify(key for key in await find() if not any(key in lane for lane in lanes))
        except StoreError as error:
            log.warning("sweep_failed", reason=str(error))

    async def drain(self) -> None:
        """Wait until nothing is being fetched, handled or sent."""
        lanes = (self._handling, self._fetching, self._sending)
        while any(lane.busy for lane in lanes):
            for lane in lanes:
                await lane.idle()

    async def stop(self, grace: float = GRACE_SECONDS) -> None:
        """Finish the turns and sendings in hand, for `grace` seconds at most; the rest waits in the store."""
        self._stopping.set()
        end = asyncio.get_running_loop().time() + grace
        await self._fetching.finish(0)
        await self._handling.finish(grace)
        await self._sending.finish(max(0.0, end - asyncio.get_running_loop().time()))

    async def _handle_all(self, key: StorageKey) -> None:
        while await _persist(self._handling, key, self._handle_next):
            self._wake_sending(key)
            await asyncio.sleep(0)  # the others' turn: one whose database never makes it wait would go on alone
        self._wake_sending(key)

    def _wake_sending(self, key: StorageKey) -> None:
        if self._sends:
            self._sending.wake(key)

    async def _handle_next(self, key: StorageKey) -> bool:
        try:
            async with self._turn_slots:
                return not self._handling.closing and await self._handle(key)
        except Exception as error:
            log.warning("turn_failed", error=type(error).__name__, **_reason(error))
            raise

    async def _fetch_all(self, key: StorageKey) -> None:
        """Fetch one file, however often the database fails meanwhile; it is not to be begun anew with each handling."""
        async for attempt in stamina.retry_context(on=StoreError, attempts=None, timeout=None, wait_max=LONGEST_PAUSE):
            with attempt:
                await self._fetch_one(key)
        self.notify([key])

    async def _fetch_one(self, key: StorageKey) -> None:
        waiting = await self._store.remote(key)
        remote = waiting.inbound.event if waiting else None
        if waiting is None or not isinstance(remote, RemoteFile) or self._fetches is None:
            return
        fetched = await self._fetches(key, remote)
        with fetched.file if fetched else nullcontext():
            async with self._arrivals:
                upload = remote.arrived(fetched.file.read(), fetched.name) if fetched else None
                await self._store.arrived(waiting, upload)

    async def _send_all(self, key: StorageKey) -> None:
        while await _persist(self._sending, key, self._send_next):
            pass

    async def _send_next(self, key: StorageKey) -> bool:
        """Send what waits; asked for again in time, the outbox keeps other workers off this conversation."""
        clock = asyncio.get_running_loop().time
        ours_until = clock() + LOAN_SECONDS / 2
        try:
            waiting = await self._store.outbox(key)
        except StoreError as error:
            log.warning("outbox_not_read", **_reason(error))
            raise
        for outgoing in waiting:
            if self._sending.closing or clock() > ours_until:
                break
            await self._try_to_send(outgoing)
        return bool(waiting)

    async def _try_to_send(self, outgoing: Outgoing) -> None:
        """Send a reply; one that will never go is given up, so that those behind it do.

        What fails as everything fails waits; so does one that was asked to wait.
        """
        try:
            await self._send(outgoing)
        except NeverSentError as error:
            await self._give_up(outgoing, str(error))
        except Exception as error:
            name = type(error).__name__
            log.warning("sending_failed", reply=outgoing.id, tries=outgoing.tries + 1, error=name)
            if getattr(error, "retry_after", None) is not None:
                raise
            others_go = self._sent > self._sent_before.setdefault(outgoing.id, self._sent)  # it holds up its own
            if outgoing.tries + 1 < MOST_SENDINGS or not others_go:
                await self._store.not_sent(outgoing.id, name)
                raise
            await self._give_up(outgoing, name)
        else:
            self._sent += 1
            await self._store.sent(outgoing.id)
        self._sent_before.pop(outgoing.id, None)

    async def _give_up(self, outgoing: Outgoing, error: str) -> None:
        log.error("reply_parked", reply=outgoing.id, tries=outgoing.tries + 1, error=error)
        await self._store.not_to_be_sent(outgoing.id, error)


def _reason(error: Exception) -> dict[str, str]:
    """Give what the log says beside an error's name: of the database's, why; others' words may be an applicant's."""
    return {"reason": str(error)} if isinstance(error, StoreError) else {}


async def _fetched(_: Outgoing) -> None:
    """Send nothing: the applicant's page asks for what there is."""


async def _persist(queue: KeyedQueue, key: StorageKey, step: Handle) -> bool:
    """Do a step of a job, for ever again if it fails: what is given up here would be lost to the applicant."""
    async for attempt in stamina.retry_context(on=_pause, attempts=None, timeout=None, wait_max=LONGEST_PAUSE):
        with attempt:
            return not queue.closing and await queue.unbroken(key, step(key))
    return False


def _pause(error: Exception) -> bool | float | timedelta:
    """Return how long the error asks us to wait, or True for the usual pause."""
    wanted = getattr(error, "retry_after", None)
    return wanted if isinstance(wanted, float | timedelta) else float(wanted) if isinstance(wanted, int) else True


async def _either(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event or the time, whichever comes first."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
