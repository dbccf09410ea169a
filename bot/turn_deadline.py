"""A deadline for a turn: one that goes on computing is cut off, so that one message cannot hold up everybody.

The core is pure Python and patterns, and both obey a signal. What does not (a library's own loop) is ended with its
process, see `bot.heartbeat`.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TURN_SECONDS = 10.0  # of computing, not of waiting: a machine that sleeps or swaps cuts nothing off
AGAIN_SECONDS = 1.0  # should something on the way have taken the error for its own


class TurnTooLongError(Exception):
    """A turn took more than its share of computing."""


@contextmanager
def turn_deadline(seconds: float = TURN_SECONDS) -> Iterator[None]:
    """Cut off what is inside after so many seconds of computing; only in the main thread, where signals arrive.

    Raises:
        TurnTooLongError: it was cut off.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _cut_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _cut_off(_signal: int, _frame: FrameType | None) -> None:
    raise TurnTooLongError
