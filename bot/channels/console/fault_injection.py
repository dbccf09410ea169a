"""Trouble on purpose, between the lines of a script: `{"fault": "restart"|"duplicate"|"reorder"|"slow"}`.

Every line in still gives one line out. The applicant must not notice: the answers are the same as without trouble.

- `restart`: everything in memory is dropped at once; database and pack are opened anew.
- `duplicate`: the next event's update arrives three times: twice before it is handled, once more afterwards.
- `reorder`: the next two events arrive in swapped order. The first is on its way while its line is answered (no
  replies, nothing changed); the second line's answer holds the replies to both, in the order they were sent.
- `slow`: every access to the database takes a while, until the next event is handled.

Faults add up; each is for the next event (or two) only.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Literal, Protocol, get_args

from bot.channels.console.exchange import ConsoleExchange, Exchange, addressed
from bot.store.database import Backend, Database, Link, backend
from bot.store.store import Store
from bot.store.updates import Inbound
from bot.store.upgrade import upgrade
from dialogs.protocol import Event

Fault = Literal["restart", "duplicate", "reorder", "slow"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
SLOW_SECONDS = 0.1

OpenStore = Callable[[str], Awaitable[Store]]


class OpenExchange(Protocol):
    """Opens an exchange on a store that `opened` opens (`open_exchange` with all else given)."""

    def __call__(self, *, opened: OpenStore) -> AbstractAsyncContextManager[ConsoleExchange]:
        """Open it."""


@dataclass
class Pace:
    """How long each access to the database is held up, in seconds."""

    seconds: float = 0.0


class FaultyExchange:
    """An exchange that breaks on request."""

    def __init__(self, open_exchange: OpenExchange) -> None:
        """Prepare; `open_exchange` opens the exchange, again after each restart."""
        self._open_exchange = open_exchange
        self._pace = Pace()
        self._planned: set[Fault] = set()
        self._on_the_way: list[Inbound] = []
        self._opened = AsyncExitStack()
        self._exchange: ConsoleExchange | None = None

    @property
    def exchange(self) -> ConsoleExchange:
        """The exchange as it is open now."""
        if self._exchange is None:
            raise RuntimeError("the exchange is not open")
        return self._exchange

    async def open(self) -> None:
        """Open the database and the pack, dropping what was open."""
        await self.close()
        self._exchange = await self._opened.enter_async_context(self._open_exchange(opened=self._open_store))

    async def close(self) -> None:
        """Let go of everything in memory."""
        self._exchange = None
        await self._opened.aclose()

    async def fault(self, kind: Fault) -> Exchange:
        """Cause a fault now, or plan it for the next event; gives where the session is.

        Raises:
            StoreError: the database cannot be opened again.
        """
        if kind == "restart":
            await self.open()
        else:
            self._planned.add(kind)
        return await self._snapshot()

    async def put(self, event: Event) -> Exchange:
        """Handle one event to the end, through whatever is planned for it.

        Raises:
            StoreError: the database failed.
            StartupError: a document cannot be written.
        """
        self._on_the_way.append(addressed(event))
        if "reorder" in self._planned and len(self._on_the_way) == 1:
            return await self._snapshot()
        return await self._arrived()

    async def finish(self) -> None:
        """Handle what is still on its way: nothing sent is lost because a script ends."""
        if self._on_the_way:
            await self._arrived()

    async def _arrived(self) -> Exchange:
        arriving = self._on_the_way[::-1]
        again = arriving if "duplicate" in self._planned else []
        self._pace.seconds = SLOW_SECONDS if "slow" in self._planned else 0.0
        self._on_the_way, self._planned = [], set()
        first = await self._handled([*arriving, *again])
        second = await self._handled(again)
        self._pace.seconds = 0.0
        return replace(second, replies=(*first.replies, *second.replies))

    async def _handled(self, arriving: Sequence[Inbound]) -> Exchange:
        for inbound in arriving:
            await self.exchange.arrive(inbound)
        return await self.exchange.exchange()

    async def _snapshot(self) -> Exchange:
        return self.exchange.snapshot(await self.exchange.session())

    async def _open_store(self, url_or_path: str) -> Store:
        database = Database(SlowBackend(backend(url_or_path), self._pace))
        await database.write(upgrade)
        return Store(database)


@asynccontextmanager
async def open_faulty_exchange(open_exchange: OpenExchange) -> AsyncIterator[FaultyExchange]:
    """Open an exchange that can break; it is closed when left.

    Raises:
        PackError: the pack cannot be used.
        StoreError: the database cannot be opened.
    """
    faulty = FaultyExchange(open_exchange)
    await faulty.open()
    try:
        yield faulty
        await faulty.finish()
    finally:
        await faulty.close()


class SlowBackend:
    """A database that takes its time."""

    def __init__(self, inner: Backend, pace: Pace) -> None:
        """Hold up every access to `inner` as long as `pace` says at that moment."""
        self._inner, self._pace = inner, pace

    async def writer(self, *, durable: bool) -> Link:
        """Open a connection that may write."""
        await asyncio.sleep(self._pace.seconds)
        return await self._inner.writer(durable=durable)

    async def reader(self) -> Link:
        """Open a connection that sees what is committed."""
        await asyncio.sleep(self._pace.seconds)
        return await self._inner.reader()

    async def single(self, *, durable: bool) -> Link:
        """Open a connection for one statement."""
        await asyncio.sleep(self._pace.seconds)
        return await self._inner.single(durable=durable)

    async def unhurried(self) -> Link:
        """Open a connection for work that may take long."""
        return await self._inner.unhurried()

    async def scrub(self) -> None:
        """Leave no trace of what was deleted."""
        await self._inner.scrub()

    async def close(self) -> None:
        """Let go of every connection."""
        await self._inner.close()
