"""How long a text takes at a place, how that grows with its length, and which pattern it is spent in.

Theory: a linear reader takes T(2n) < 3·T(n). From 1k to 4k characters there are two doublings (at most 9 times as
long), from 4k to 20k a little over two (13 times), from 20k to 200k over three (38 times). Below a few milliseconds
nothing can be told. A turn that does not end is stopped by a signal, which the matcher of patterns obeys.
"""

import math
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[2]
ROUNDS = 3
LIMIT = 0.4  # seconds of work after which a turn is stopped, for each 20,000 characters
FLOOR = 0.010  # seconds below which growth is not looked at: short texts may take another way
AT_4K = 0.050  # seconds a turn may take at 4,000 characters


class TooLongError(Exception):
    """A turn was stopped."""


@dataclass(frozen=True)
class Offence:
    """What is wrong with a text at a place: how long it took by size, and where the time went."""

    place: str
    text: str
    times: dict[int, float]
    fault: str
    where: str


def timed(send: Callable[[Any], Any], made: Any, size: int) -> float:
    """Give the least seconds of some rounds; infinity when one does not end in time."""
    best = math.inf
    for _ in range(ROUNDS):
        began = time.process_time()
        try:
            stopped(LIMIT * max(1, size / 20_000), lambda: send(made))
        except TooLongError:
            return math.inf
        best = min(best, time.process_time() - began)
        if best < FLOOR / 2:
            break
    return best


def fault_in(times: dict[int, float]) -> str:
    """Say what the times of growing sizes show; "" when nothing."""
    if times.get(4000, 0) > AT_4K:
        return "slow at 4k"
    for (small, before), (large, after) in zip(list(times.items()), list(times.items())[1:], strict=False):
        if after > FLOOR and after > 3 ** math.log2(large / small) * max(before, FLOOR / 5):
            return f"grows {after / max(before, FLOOR / 5):.0f}-fold from {small} to {large}"
    return ""


def where(send: Callable[[Any], Any], made: Any, seconds: float) -> str:
    """Tell the line of ours a turn spends its time in, by stopping it on the way a few times."""
    seen: list[str] = []
    for share in (0.4, 0.7):
        try:
            stopped(min(seconds, LIMIT) * share, lambda: send(made))
        except TooLongError as error:
            ours = [
                frame
                for frame in traceback.extract_tb(error.__traceback__)
                if frame.filename.startswith(str(ROOT))
                and "/tests/" not in frame.filename
                and ".venv" not in frame.filename
            ]
            if ours:
                seen.append(f"{Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno} {ours[-1].name}")
    return max(seen, key=seen.count, default="")


def stopped(seconds: float, run: Callable[[], Any]) -> Any:
    """Run something, but with no more than so much work; `TooLongError` when that is not enough."""
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return run()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooLongError
