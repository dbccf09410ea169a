"""Tells staff in time that the disk is filling up: when nothing can be saved, nothing is lost, but nobody is served.

The disk watched is that of the data folder, where the embedded database lies; a PostgreSQL server watches its own.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog

from bot.messages import say

MEGABYTE = 1024 * 1024
LEAST_FREE = 500 * MEGABYTE  # bytes; below, it is time to clear up
EVERY_SECONDS = 60.0
AGAIN_SECONDS = 6 * 3600.0  # until it is told again while nothing changes

log = structlog.get_logger(__name__)


def free_bytes(folder: Path) -> int:
    """Give the free space of the disk a folder is on.

    Raises:
        OSError: there is no such folder.
    """
    return shutil.disk_usage(folder).free


@asynccontextmanager
async def disk_alarm(
    folder: Path,
    tell: Callable[[str], Awaitable[None]],
    *,
    free: Callable[[Path], int] = free_bytes,
    every: float = EVERY_SECONDS,
    again: float = AGAIN_SECONDS,
) -> AsyncIterator[None]:
    """While inside, watch the disk.

    Args:
        folder: where the data lies.
        tell: tells staff: when space runs low, now and then while it stays so, and when there is enough again.
        free: gives the free bytes of a folder's disk.
        every: seconds between two looks.
        again: seconds between two alarms.
    """
    task = asyncio.create_task(_watch(folder, tell, free, every, again))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _watch(
    folder: Path, tell: Callable[[str], Awaitable[None]], free: Callable[[Path], int], every: float, again: float
) -> None:
    clock = asyncio.get_running_loop().time
    told_at: float | None = None
    while True:
        with suppress(OSError):  # no folder: nothing is stored here
            left = free(folder)
            if left < LEAST_FREE and (told_at is None or clock() - told_at >= again):
                told_at = clock()
                log.error("disk_low", free_mb=left // MEGABYTE)
                await tell(say("disk.low", free=left // MEGABYTE))
            elif left >= LEAST_FREE and told_at is not None:
                told_at = None
                log.info("disk_well", free_mb=left // MEGABYTE)
                await tell(say("disk.well", free=left // MEGABYTE))
        await asyncio.sleep(every)
