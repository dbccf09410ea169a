"""SIGTERM and SIGINT: the turns under way are finished, and the process ends within three seconds come what may.

All that matters is on disk, so that whatever is cut off then is done again by the next process.
"""

import asyncio
import faulthandler
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import structlog

STOP_SECONDS = 2.5
HUNG_SECONDS = 0.4  # more, and no signal is obeyed: a library computes without end
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_ALARM = hasattr(signal, "setitimer")  # not on Windows, where the watchdog alone ends what hangs

log = structlog.get_logger(__name__)


@contextmanager
def stop_signal(seconds: float = STOP_SECONDS) -> Iterator[asyncio.Event]:
    """Give an event that is set at the first SIGTERM or SIGINT; the process ends `seconds` after it, even if it hangs.

    Plain signal handlers, not the event loop's: those wait for a turn that computes without end; and an alarm, for a
    thread would wait for it as well. Outside the main thread there are no signals, and nobody sets the event.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told(_signal: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            if _ALARM:
                signal.setitimer(signal.ITIMER_REAL, seconds)
            faulthandler.dump_traceback_later(seconds + HUNG_SECONDS, exit=True)
        loop.call_soon_threadsafe(stop.set)

    before = {}
    with suppress(ValueError):  # not the main thread
        before = {number: signal.signal(number, told) for number in _SIGNALS}
        if _ALARM:
            before[signal.SIGALRM] = signal.signal(signal.SIGALRM, _end)
    try:
        yield stop
    finally:
        if before:
            if _ALARM:
                signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(_signal: int, _frame: FrameType | None) -> None:
    log.warning("stopped_late")
    os._exit(0)
