"""Runs channels until told to stop, then finishes what is under way."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from bot.dispatcher import Dispatcher

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """A channel ready to run: its name for the log, what keeps its conversations going, what brings updates in."""

    name: str
    dispatcher: Dispatcher
    source: Coroutine[Any, Any, None]


async def serve(channels: Sequence[OpenChannel], stop: asyncio.Event) -> None:
    """Take updates from every channel and dispatch them until `stop` is set; then finish the turns under way.

    Raises:
        Exception: whatever ended a source or a dispatcher by itself.
    """
    sources = [asyncio.create_task(channel.source) for channel in channels]
    dispatching = [asyncio.create_task(channel.dispatcher.run()) for channel in channels]
    told = asyncio.create_task(stop.wait())
    log.info("started", channels=[channel.name for channel in channels])
    try:
        await asyncio.wait({*sources, *dispatching, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        log.info("stopping")
        for task in (told, *sources):
            task.cancel()
        await asyncio.wait({told, *sources})
        await asyncio.gather(*(channel.dispatcher.stop() for channel in channels))
        await asyncio.wait(dispatching)
    for task in (*sources, *dispatching):
        if not task.cancelled():
            task.result()  # raises what ended it
    log.info("stopped")
