"""Runs until told to stop, then finishes what is under way."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.channels.telegram.assembly import Shell

log = structlog.get_logger(__name__)


async def serve(shell: Shell, source: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Take updates from `source` and dispatch them until `stop` is set; then finish the turns under way.

    Args:
        shell: the assembled messenger.
        source: brings updates in until it is cancelled.
        stop: set when told to stop.

    Raises:
        Exception: whatever ended `source` or the dispatcher by itself.
    """
    incoming, dispatching = asyncio.create_task(source), asyncio.create_task(shell.dispatcher.run())
    told = asyncio.create_task(stop.wait())
    log.info("started", bot=shell.bot.username)
    try:
        await asyncio.wait({incoming, dispatching, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        log.info("stopping")
        told.cancel()
        incoming.cancel()
        await asyncio.wait({incoming, told})
        await shell.dispatcher.stop()
        await asyncio.wait({dispatching})
    for task in (incoming, dispatching):
        if not task.cancelled():
            task.result()  # raises what ended it
    log.info("stopped")
