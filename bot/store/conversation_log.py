"""SQL that reads a conversation back as it was said, turn by turn, for a channel that shows it (a page).

A turn's serial is its number in the journal, which its replies in the outbox carry too. It grows within a conversation,
so that whoever has seen everything up to a serial asks for what lies after it, and misses and repeats nothing. The
bytes of files are not read: they are asked for one by one, by digest.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from bot.store import sessions
from bot.store.codec import unpack
from bot.store.schema import blobs, journal, outbox
from bot.store.storage_key import StorageKey
from dialogs.protocol import Button
from knowledge.notice import Citation

_TURNS = (
    select(journal.c.id, journal.c.update_id, journal.c.event)
    .where(journal.c.key == bindparam("at_key"), journal.c.id > bindparam("after"), journal.c.id < bindparam("before"))
    .order_by(journal.c.id.desc())
    .limit(bindparam("most"))
)
_REPLIES = (
    select(outbox.c.turn, outbox.c.reply)
    .where(outbox.c.key == bindparam("at_key"), outbox.c.turn > bindparam("after"), outbox.c.turn < bindparam("before"))
    .order_by(outbox.c.id)
)
_FILE = select(blobs.c.content).where(blobs.c.key == bindparam("at_key"), blobs.c.digest == bindparam("at_digest"))
_LAST = 2**62


@dataclass(frozen=True, slots=True)
class LoggedFile:
    """A file that was sent or handed over: its name, and the digest (SHA-256, hex) its bytes are found by."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class LoggedReply:
    """A reply as it was given, with its files' digests."""

    text: str
    choices: tuple[Button, ...] = ()
    citations: tuple[Citation, ...] = ()
    files: tuple[LoggedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedTurn:
    """What was done (an event as JSON, empty where it was erased) and what was said to it."""

    serial: int
    event: dict[str, Any]
    replies: tuple[LoggedReply, ...] = ()
    update_id: str = ""


@dataclass(frozen=True, slots=True)
class ConversationLog:
    """A stretch of a conversation, oldest turn first; `earlier`: there is more before it; `busy`: more is coming."""

    turns: tuple[LoggedTurn, ...]
    earlier: bool
    busy: bool

    @property
    def serial(self) -> int:
        """The serial of the last turn; 0 when there is none."""
        return self.turns[-1].serial if self.turns else 0


def read(connection: Connection, key: StorageKey, after: int, before: int | None, most: int) -> ConversationLog:
    """Read the last `most` turns after one serial and before another (None: up to the end)."""
    at_key, end = sessions.address(key), before or _LAST
    bounds = {"at_key": at_key, "after": after, "before": end}
    rows = connection.execute(_TURNS, {**bounds, "most": most + 1}).all()
    events = {row.id: row for row in rows[:most]}
    start = min(events, default=after + 1) - 1 if len(rows) > most else after
    replies: dict[int, list[LoggedReply]] = {serial: [] for serial in events}
    for row in connection.execute(_REPLIES, {**bounds, "after": start}):
        replies.setdefault(row.turn, []).append(_reply(row.reply))
    turns = [_turn(serial, events.get(serial), replies[serial]) for serial in sorted(replies)]
    return ConversationLog(tuple(turns), len(rows) > most, sessions.has_update(connection, at_key))


def file(connection: Connection, key: StorageKey, digest: str) -> bytes | None:
    """Return a file sent to or by this conversation; None when it has none of that digest."""
    row = connection.execute(_FILE, {"at_key": sessions.address(key), "at_digest": digest}).one_or_none()
    return bytes(row.content) if row else None


def _turn(serial: int, row: Row[*tuple[Any, ...]] | None, replies: Sequence[LoggedReply]) -> LoggedTurn:
    if row is None:  # erased
        return LoggedTurn(serial, {}, tuple(replies))
    return LoggedTurn(serial, json.loads(row.event), tuple(replies), row.update_id)


def _reply(text: str) -> LoggedReply:
    stored = unpack(text, lambda digest: digest.encode())
    return LoggedReply(
        stored["text"],
        tuple(Button.model_validate(one) for one in stored["choices"]),
        tuple(Citation.model_validate(one) for one in stored["citations"]),
        _files(stored["files"]),
    )


def _files(stored: Sequence[dict[str, Any]]) -> tuple[LoggedFile, ...]:
    return tuple(LoggedFile(one["name"], bytes(one["content"]).decode()) for one in stored)
