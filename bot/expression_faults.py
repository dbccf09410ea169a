"""Expressions of a form that could not be reckoned out: into the log, and to staff, once each as long as we run."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.messages import say
from dialogs.protocol import Turn

log = logging.getLogger(__name__)


class ExpressionFaults:
    """Told of every turn; tells each fault once."""

    def __init__(self, tell: Callable[[str], Awaitable[None]] | None = None) -> None:
        """Tell through the log, and through `tell` where there is one."""
        self._tell = tell
        self._told: set[tuple[str, str]] = set()
        self._under_way: set[asyncio.Task[None]] = set()

    def note(self, turn: Turn) -> None:
        """Tell what is new."""
        for fault in turn.faults:
            if fault in self._told:
                continue
            self._told.add(fault)
            expression, error = fault
            log.warning("an expression could not be reckoned out: %s (%s)", expression, error)
            if self._tell is not None:
                news = say("conversation.expression_fault", expression=expression, error=error)
                task = asyncio.ensure_future(self._say(news))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def _say(self, news: str) -> None:
        if self._tell is not None:
            await self._tell(news)
