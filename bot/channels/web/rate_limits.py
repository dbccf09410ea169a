"""How much one conversation, or one address, may ask of the page: a bucket that drips."""

import time
from collections.abc import Callable, Hashable

MOST_KNOWN = 50_000  # buckets remembered at once; who was silent longest is forgotten first


class RateLimit:
    """Allows `burst` requests at once, and `per_minute` in the long run, for each key."""

    def __init__(self, burst: int, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with full buckets; `clock` gives seconds."""
        self._burst, self._per_second, self._clock = burst, per_minute / 60, clock
        self._left: dict[Hashable, tuple[float, float]] = {}

    def allows(self, key: Hashable) -> bool:
        """Tell whether one more is allowed now, and count it if it is."""
        now = self._clock()
        left, at = self._left.pop(key, (float(self._burst), now))
        left = min(self._burst, left + (now - at) * self._per_second)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)  # the latest last
        if len(self._left) > MOST_KNOWN:
            del self._left[next(iter(self._left))]
        return allowed
