"""Numbers for the operator, in Prometheus' words; counts only, nothing about anybody."""

import os
import time
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from bot.fsm.key import StorageKey

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own variable: where worker processes share their counts
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)

_registry = CollectorRegistry()
_turns = Counter("shenbao_turns", "Turns handled", registry=_registry)
_errors = Counter("shenbao_turn_errors", "Turns that failed and were tried again or parked", registry=_registry)
_seconds = Histogram("shenbao_turn_seconds", "Time of one durable turn", buckets=_BUCKETS, registry=_registry)


def measured(handle: Callable[[StorageKey], Awaitable[bool]]) -> Callable[[StorageKey], Awaitable[bool]]:
    """Count and time the turns `handle` takes; looking in vain for work is not a turn."""

    async def handle_measured(key: StorageKey) -> bool:
        start = time.perf_counter()
        try:
            worked = await handle(key)
        except Exception:
            _errors.inc()
            raise
        if worked:
            _turns.inc()
            _seconds.observe(time.perf_counter() - start)
        return worked

    return handle_measured


def exposition(queue_depth: int) -> tuple[bytes, str]:
    """Write the numbers of all worker processes and how many conversations wait; gives the media type too."""
    shown = CollectorRegistry()
    depth = Gauge("shenbao_waiting_conversations", "Conversations with work to do", registry=shown)
    depth.set(queue_depth)
    if FOLDER in os.environ:
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        return generate_latest(shown), CONTENT_TYPE_LATEST
    return generate_latest(_registry) + generate_latest(shown), CONTENT_TYPE_LATEST
