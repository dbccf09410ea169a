"""Codes that bring a conversation to another device: short, for ten minutes, once.

They live in the process: a restart makes them void, and a new one takes a second.
"""

import secrets
import time
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
LENGTH = 8  # 8.5e11 codes: at ten tries in ten minutes an address none is found
SECONDS = 600.0
MOST = 10_000  # codes at once; then the oldest go


class ResumeCodes:
    """Codes given out and not yet used."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with none; `clock` gives seconds."""
        self._clock = clock
        self._given: dict[str, tuple[int, float]] = {}

    def give(self, number: int) -> str:
        """Make a code for a conversation; one it had before is void."""
        self._given = {code: kept for code, kept in self._given.items() if kept[0] != number and not self._over(kept)}
        while len(self._given) >= MOST:
            del self._given[next(iter(self._given))]
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self._given[code] = (number, self._clock() + SECONDS)
        return code

    def take(self, typed: str) -> int | None:
        """Give the conversation of a code and make it void; None when there is no such code, or no longer."""
        code = "".join(typed.upper().split()).replace("-", "")
        kept = self._given.pop(code, None)
        return kept[0] if kept is not None and not self._over(kept) else None

    def _over(self, kept: tuple[int, float]) -> bool:
        return self._clock() >= kept[1]
