"""A process that no longer comes round ends, so that whoever started it can start another.

What computes without end in a library's own code obeys no signal and lets no other thread run; the standard library's
watchdog (`faulthandler`) needs neither.
"""

import asyncio
import faulthandler
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

BEAT_SECONDS = 1.0
MUTE_SECONDS = 30.0  # without a beat, a process is taken for hung


@asynccontextmanager
async def heartbeat(
    told: Callable[[], None] = lambda: None, *, every: float = BEAT_SECONDS, mute: float = MUTE_SECONDS
) -> AsyncIterator[None]:
    """While inside, end this process when its event loop stands still for `mute` seconds.

    Args:
        told: called at each beat, to tell whoever watches from outside.
        every: seconds between two beats.
        mute: seconds without a beat after which the process ends with status 1, and writes to the log where in the
            code it stood (places only, no values).
    """
    task = asyncio.create_task(_beat(told, every, mute))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
        faulthandler.cancel_dump_traceback_later()


async def _beat(told: Callable[[], None], every: float, mute: float) -> None:
    while True:
        told()
        faulthandler.dump_traceback_later(mute, exit=True, file=sys.__stderr__ or 2)
        await asyncio.sleep(every)
