"""Small signs to the applicant (typing, a pressed button answered) that nobody waits for."""

import asyncio
from collections.abc import Awaitable

import structlog
from telegram.error import TelegramError

log = structlog.get_logger(__name__)


class BackgroundCalls:
    """Signs under way; a failed one is nobody's loss."""

    def __init__(self) -> None:
        """Start with none."""
        self._under_way: set[asyncio.Future[None]] = set()

    def do(self, call: Awaitable[bool]) -> None:
        """Give a sign without waiting for it."""
        task = asyncio.ensure_future(_quietly(call))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Wait for the signs still under way."""
        await asyncio.gather(*self._under_way)


async def _quietly(call: Awaitable[bool]) -> None:
    try:
        await call
    except TelegramError as error:
        log.debug("courtesy_failed", error=type(error).__name__)
