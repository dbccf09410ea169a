"""SQL for conversations: their address, their state and data, and the lock a turn holds."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same ON CONFLICT

from bot.store.codec import to_text
from bot.store.schema import (
    IS_WAITING,
    blobs,
    inbox,
    journal,
    office_actions,
    office_messages,
    outbox,
    registrations,
    sessions,
    submissions,
)
from bot.store.storage_key import DefaultKeyBuilder, StorageKey

_build = DefaultKeyBuilder(with_bot_id=True, with_business_connection_id=True, with_destiny=True).build

EMPTY = "{}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A conversation as stored; `sender` may send its replies until `sender_until`; `usage` as in `bot.quotas`."""

    state: str | None
    data: dict[str, Any]
    sender: str | None
    sender_until: int
    usage: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftHolder:
    """A conversation with applications: its key and address, state and data, when it last changed (milliseconds)."""

    key: StorageKey
    address: str
    state: str | None
    data: dict[str, Any]
    changed_at: int


UNKNOWN = Stored(None, {}, None, 0)


def address(key: StorageKey) -> str:
    """Return the string a conversation is filed under in every table."""
    return _build(key)


class BusyError(Exception):
    """Another worker holds the conversation at this moment."""


# An existing row is written as it is: that locks it, so that nobody drops it while updates for it come in.
_insert = insert(sessions)
_OPEN = _insert.on_conflict_do_update(index_elements=["key"], set_={"destiny": _insert.excluded.destiny})
_ROW = select(sessions.c.state, sessions.c.data, sessions.c.sender, sessions.c.sender_until, sessions.c.usage).where(
    sessions.c.key == bindparam("at_key")
)
_WAIT, _TRY = _ROW.with_for_update(), _ROW.with_for_update(skip_locked=True)
_READ = select(sessions.c.state, sessions.c.data).where(sessions.c.key == bindparam("at_key"))
_SAVE = update(sessions).where(sessions.c.key == bindparam("at_key"))
_KEYS = select(
    sessions.c.bot_id,
    sessions.c.chat_id,
    sessions.c.user_id,
    sessions.c.thread_id,
    sessions.c.business_connection_id,
    sessions.c.destiny,
)


def ensure(connection: Connection, keys: set[StorageKey], at: int) -> None:
    """Make sure each conversation has its row, in one order for everybody, so that no two writers block each other."""
    connection.execute(_OPEN, sorted((fresh(key, at) for key in keys), key=lambda row: str(row["key"])))


def fresh(key: StorageKey, at: int) -> dict[str, object]:
    """Give the row of a conversation that begins."""
    return {
        "key": address(key),
        "bot_id": key.bot_id,
        "chat_id": key.chat_id,
        "user_id": key.user_id,
        "thread_id": key.thread_id,
        "business_connection_id": key.business_connection_id,
        "destiny": key.destiny,
        "data": EMPTY,
        "updated_at": at,
    }


def lock(connection: Connection, key: str) -> Stored | None:
    """Lock a conversation until the transaction ends and return it; `None` when there is no such row.

    Raises:
        BusyError: another worker has locked it.
    """
    row = connection.execute(_TRY, {"at_key": key}).one_or_none()
    if row is None and connection.execute(_ROW, {"at_key": key}).first():
        raise BusyError
    return _stored(row)


def wait_for(connection: Connection, key: str) -> Stored | None:
    """Lock a conversation, after whoever holds it."""
    return _stored(connection.execute(_WAIT, {"at_key": key}).one_or_none())


def _stored(row: Row[*tuple[Any, ...]] | None) -> Stored | None:
    if row is None:
        return None
    return Stored(row.state, json.loads(row.data), row.sender, row.sender_until, json.loads(row.usage))


def read(connection: Connection, key: str) -> tuple[str | None, dict[str, Any]]:
    """Return the state and data of a conversation without locking it; `(None, {})` when there is no such row."""
    row = connection.execute(_READ, {"at_key": key}).one_or_none()
    return (row.state, json.loads(row.data)) if row else (None, {})


def save(connection: Connection, key: str, stored: Stored, at: int) -> None:
    """Write a conversation that is locked."""
    connection.execute(
        _SAVE,
        {
            "at_key": key,
            "state": stored.state,
            "data": to_text(stored.data),
            "sender": stored.sender,
            "sender_until": stored.sender_until,
            "usage": to_text(stored.usage),
            "updated_at": at,
        },
    )


def relend(connection: Connection, key: str, stored: Stored) -> None:
    """Write who may send a conversation's replies."""
    connection.execute(_SAVE, {"at_key": key, "sender": stored.sender, "sender_until": stored.sender_until})


def erase(connection: Connection, key: str) -> None:
    """Remove what a conversation said and was told; ids of handled updates stay, nameless, so none is handled again."""
    for table in (journal, outbox, blobs, submissions, office_messages):
        connection.execute(delete(table).where(table.c.key == key))
    numbers = select(registrations.c.number).where(registrations.c.key == key)
    connection.execute(update(office_actions).where(office_actions.c.subject.in_(numbers)).values(detail=""))
    left = dict.fromkeys(("key", "draft", "note", "document_name", "document", "package"), "")
    left |= {
        "status": "erased",
        "identity": EMPTY,
        "submission": EMPTY,
    }  # a number is given once
    connection.execute(update(registrations).where(registrations.c.key == key).values(left))
    connection.execute(
        update(inbox).where(inbox.c.key == key, inbox.c.status != "waiting").values(key="", event=None, error=None)
    )


def drop(connection: Connection, key: str) -> None:
    """Remove a conversation's row and whatever it still has waiting."""
    connection.execute(update(inbox).where(inbox.c.key == key).values(key="", event=None, error=None, status="done"))
    connection.execute(delete(sessions).where(sessions.c.key == key))


def silent_since(connection: Connection, at: int, most: int | None = None) -> list[str]:
    """Return the `most` silent of conversations in which nothing happened since `at`, in the order everybody locks."""
    silent = select(sessions.c.key).where(sessions.c.updated_at < at).order_by(sessions.c.updated_at).limit(most)
    return sorted(connection.scalars(silent))


def newest(connection: Connection) -> datetime | None:
    """Return when a conversation last changed; None when there is none."""
    at = connection.execute(select(func.max(sessions.c.updated_at))).scalar_one()
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC)


_WITH_DRAFTS = (
    select(*_KEYS.selected_columns, sessions.c.key, sessions.c.state, sessions.c.data, sessions.c.updated_at)
    .where(
        sessions.c.updated_at > bindparam("since"),
        sessions.c.updated_at <= bindparam("until"),
        sessions.c.key > bindparam("behind"),
        sessions.c.data.like('%"drafts"%'),
    )
    .order_by(sessions.c.key)
    .limit(bindparam("most"))
)


def with_drafts(connection: Connection, since: int, until: int, behind: str, most: int) -> list[DraftHolder]:
    """Return conversations with applications, last changed after one moment and up to another, `most` at a time.

    `behind`: only those whose address comes after this one, in the order of addresses.
    """
    bounds = {"since": since, "until": until, "behind": behind, "most": most}
    return [
        DraftHolder(storage_key(row), row.key, row.state, json.loads(row.data), row.updated_at)
        for row in connection.execute(_WITH_DRAFTS, bounds)
    ]


# in the order of the index of what waits, or SQLite takes the one over all a conversation ever sent
_HAS_UPDATE = (
    select(inbox.c.id).where(inbox.c.key == bindparam("at_key"), IS_WAITING).order_by(inbox.c.position).limit(1)
)
_WAITING = _KEYS.where(
    sessions.c.key.in_(
        select(inbox.c.key)
        .where(IS_WAITING, inbox.c.received_at <= bindparam("until"))
        .union(select(outbox.c.key).where(outbox.c.sent_at.is_(None)))
    )
)
_UNHANDLED = _KEYS.where(
    sessions.c.key.in_(select(inbox.c.key).where(IS_WAITING, inbox.c.received_at <= bindparam("until")))
)
_NOT_BEING_SENT = or_(
    sessions.c.sender.is_(None), sessions.c.sender == bindparam("worker"), sessions.c.sender_until <= bindparam("at")
)


_HAS_PARKED = select(inbox.c.id).where(inbox.c.key == bindparam("at_key"), inbox.c.status == "parked").limit(1)


def has_parked(connection: Connection, key: str) -> bool:
    """Tell whether an update of a conversation was put aside for staff."""
    return connection.execute(_HAS_PARKED, {"at_key": key}).first() is not None


def has_update(connection: Connection, key: str) -> bool:
    """Tell whether an update of a conversation waits to be handled."""
    return connection.execute(_HAS_UPDATE, {"at_key": key}).first() is not None


def waiting(connection: Connection, until: int) -> list[StorageKey]:
    """Return the conversations with replies to send or updates received up to a moment."""
    return [storage_key(row) for row in connection.execute(_WAITING, {"until": until})]


def left_behind(connection: Connection, until: int, worker: str, at: int) -> list[StorageKey]:
    """Return those of the waiting conversations whose replies no other worker is sending."""
    names = {"until": until, "worker": worker, "at": at}
    return [storage_key(row) for row in connection.execute(_WAITING.where(_NOT_BEING_SENT), names)]


def unhandled(connection: Connection, until: int) -> list[StorageKey]:
    """Return the conversations with updates received up to a moment."""
    return [storage_key(row) for row in connection.execute(_UNHANDLED, {"until": until})]


def with_journal(connection: Connection) -> list[StorageKey]:
    """Return the conversations that have a journal."""
    rows = connection.execute(_KEYS.where(sessions.c.key.in_(select(journal.c.key))).order_by(sessions.c.key))
    return [storage_key(row) for row in rows]


def storage_key(row: Row[*tuple[Any, ...]]) -> StorageKey:
    """Return the address a row of the sessions table stands for."""
    return StorageKey(
        bot_id=row.bot_id,
        chat_id=row.chat_id,
        user_id=row.user_id,
        thread_id=row.thread_id,
        business_connection_id=row.business_connection_id,
        destiny=row.destiny,
    )
