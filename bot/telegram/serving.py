"""Runs until told to stop, then finishes what is under way."""

import asyncio
import signal
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from typing import Any

import structlog

from bot.telegram.shell import Shell

log = structlog.get_logger(__name__)


async def serve(shell: Shell, source: Coroutine[Any, Any, None]) -> None:
    """Take updates from `source` and dispatch them until SIGTERM or SIGINT; then finish the turns under way.

    Args:
        shell: the assembled messenger.
        source: brings updates in until it is cancelled.

    Raises:
        Exception: whatever ended `source` or the dispatcher by itself.
    """
    told = _told_to_stop()
    incoming = asyncio.create_task(source)
    dispatching = asyncio.create_task(shell.dispatcher.run())
    log.info("started", bot=shell.bot.username)
    await asyncio.wait({incoming, dispatching, asyncio.ensure_future(told)}, return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    await _end(incoming)
    await shell.dispatcher.stop()
    await dispatching
    log.info("stopped")


def _told_to_stop() -> Awaitable[object]:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError, RuntimeError):  # not on every system, and not outside the main thread
            loop.add_signal_handler(number, stop.set)
    return stop.wait()


async def _end(task: asyncio.Task[None]) -> None:
    """Cancel a task; an error that had ended it before is raised."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
