"""Numbers for the operator, in Prometheus' words; counts only, nothing about anybody."""

import os
import time
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from bot.store.storage_key import StorageKey
from bot.store.updates import Outgoing
from dialogs.protocol import Turn

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own variable: where worker processes share their counts
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)

_registry = CollectorRegistry()
_turns = Counter("shenbao_turns", "Turns handled", registry=_registry)
_errors = Counter("shenbao_turn_errors", "Turns that failed and were tried again or parked", registry=_registry)
_seconds = Histogram("shenbao_turn_seconds", "Time of one durable turn", buckets=_BUCKETS, registry=_registry)
_questions = Counter("shenbao_questions", "Questions by how they fared", ["outcome"], registry=_registry)
_sendings = Counter("shenbao_sendings", "Replies sent, and failed tries to send one", ["outcome"], registry=_registry)
_set_aside = Counter("shenbao_updates_set_aside", "Updates nobody could read, passed over", registry=_registry)
for _outcome in ("answered", "abstained", "clarified"):
    _questions.labels(_outcome)  # shown from the start, at 0
for _outcome in ("sent", "failed"):
    _sendings.labels(_outcome)

Handle = Callable[[StorageKey], Awaitable[bool]]
Send = Callable[[Outgoing], Awaitable[None]]


def measured(handle: Handle) -> Handle:
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


def measured_sending(send: Send) -> Send:
    """Count what `send` sends and where it fails."""

    async def send_measured(outgoing: Outgoing) -> None:
        try:
            await send(outgoing)
        except Exception:
            _sendings.labels("failed").inc()
            raise
        _sendings.labels("sent").inc()

    return send_measured


def count_turn(turn: Turn) -> None:
    """Count a question by whether it was answered, abstained from, or answered with near questions."""
    if turn.asked is not None:
        _questions.labels(turn.asked.outcome).inc()


def count_set_aside() -> None:
    """Count an update that could not be read."""
    _set_aside.inc()


def exposition(queue_depth: int, parked: int) -> tuple[bytes, str]:
    """Write the numbers of all worker processes; gives the media type too.

    Args:
        queue_depth: conversations with updates to handle or replies to send.
        parked: updates put aside because they could not be handled.
    """
    shown = CollectorRegistry()
    Gauge("shenbao_waiting_conversations", "Conversations with work to do", registry=shown).set(queue_depth)
    Gauge("shenbao_parked_updates", "Updates put aside for staff", registry=shown).set(parked)
    if FOLDER in os.environ:
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        return generate_latest(shown), CONTENT_TYPE_LATEST
    return generate_latest(_registry) + generate_latest(shown), CONTENT_TYPE_LATEST
