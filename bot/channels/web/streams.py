"""The page's open lines: woken when something was said, each going on exactly from the serial it has seen.

What is sent is read from the store every time; nothing said is kept here, so that a restart loses nothing.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.dispatcher import Handle
from bot.store.storage_key import StorageKey

MOST_STREAMS = 6  # open lines of one conversation: tabs and devices
MOST_OPEN = 2000  # of all together; whoever finds them taken still has the plain forms


class Streams:
    """Who waits for news of which conversation."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._waiting: defaultdict[StorageKey, set[asyncio.Event]] = defaultdict(set)
        self._open: Counter[StorageKey] = Counter()

    def waking(self, handle: Handle) -> Handle:
        """Give `handle` that wakes who waits after each turn."""

        async def handle_and_wake(key: StorageKey) -> bool:
            try:
                return await handle(key)
            finally:
                for event in self._waiting.get(key, ()):
                    event.set()

        return handle_and_wake

    def full(self, key: StorageKey) -> bool:
        """Tell whether a conversation, or the whole page, has as many open lines as it may have."""
        return self._open.get(key, 0) >= MOST_STREAMS or self._open.total() >= MOST_OPEN

    @asynccontextmanager
    async def line(self, key: StorageKey) -> AsyncIterator[asyncio.Event]:
        """Hold a line open; the event given is set at every turn."""
        self._open[key] += 1
        try:
            async with self.news(key) as event:
                yield event
        finally:
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]

    @asynccontextmanager
    async def news(self, key: StorageKey) -> AsyncIterator[asyncio.Event]:
        """Wait for news of a conversation while inside."""
        event = asyncio.Event()
        self._waiting[key].add(event)
        try:
            yield event
        finally:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]


async def heard_within(event: asyncio.Event, seconds: float) -> None:
    """Wait until the event is set, `seconds` at most, and clear it."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
    event.clear()
