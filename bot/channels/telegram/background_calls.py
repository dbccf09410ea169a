"""Calls nobody waits for: showing that the bot types, answering a pressed button, taking old buttons away."""

import asyncio
from collections.abc import Awaitable

import structlog
from telegram.error import TelegramError

log = structlog.get_logger(__name__)


class BackgroundCalls:
    """Calls under way; a failed one is logged and nothing more."""

    def __init__(self) -> None:
        """Start with none."""
        self._under_way: set[asyncio.Future[None]] = set()

    def do(self, call: Awaitable[object]) -> None:
        """Make a call without waiting for it."""
        task = asyncio.ensure_future(_quietly(call))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Wait for the calls still under way."""
        await asyncio.gather(*self._under_way)


async def _quietly(call: Awaitable[object]) -> None:
    try:
        await call
    except TelegramError as error:
        log.debug("background_call_failed", error=type(error).__name__)
