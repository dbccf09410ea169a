"""SQL for updates: received once, handled once, parked when they cannot be handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same ON CONFLICT

from bot.store import blobs as files
from bot.store import joined_statements, sessions
from bot.store.codec import Blobs, pack, unpack
from bot.store.schema import IS_WAITING, inbox
from bot.store.storage_key import StorageKey
from bot.store.store_errors import ChangedMeanwhileError
from bot.store.updates import RECEIVED, Inbound, RemoteFile
from dialogs.protocol import Upload

_RECEIVE = insert(inbox).on_conflict_do_nothing(index_elements=["bot_id", "update_id"]).returning(inbox.c.id)
_OLDEST = (
    select(inbox.c.id, inbox.c.update_id, inbox.c.event, inbox.c.position, inbox.c.tries, inbox.c.received_at)
    .where(inbox.c.key == bindparam("at_key"), IS_WAITING)
    .order_by(inbox.c.position, inbox.c.id)
    .limit(1)
)
_COUNT = update(inbox).where(inbox.c.id == bindparam("at_id")).values(tries=inbox.c.tries + 1)
_CLOSE = update(inbox).where(inbox.c.id == bindparam("at_id"))

OFFICE = "office:"  # how the numbers of updates begin that the office puts into a conversation


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update to be handled: its row, how it was stored, and how often handling it was begun before."""

    id: int
    inbound: Inbound
    event_text: str
    tries: int


@dataclass(frozen=True, slots=True)
class Parked:
    """An update that could not be handled, or a reply that could not be sent, for staff to look at.

    Its words stay in the database. `update_id`: of a reply the number of its turn in the journal; `received_at`: of a
    reply when it was given up (milliseconds since 1970).
    """

    update_id: str
    key: str
    error: str
    received_at: int


def receive(connection: Connection, inbounds: Sequence[Inbound], at: int) -> list[int]:
    """Store updates, their first try counted; those already known are ignored. Gives the rows of the others."""
    sessions.ensure(connection, {inbound.key for inbound in inbounds}, at)
    rows: list[int] = []
    for inbound in inbounds:
        kept: Blobs = {}
        row = {
            "bot_id": inbound.key.bot_id,
            "update_id": inbound.update_id,
            "key": sessions.address(inbound.key),
            "position": inbound.position,
            "event": pack(inbound.event, kept),
            "received_at": at,
            "tries": 1,
        }
        rows += connection.scalars(_RECEIVE, row)
        files.keep(connection, sessions.address(inbound.key), kept)
    return rows


def receive_one(connection: Connection, inbound: Inbound, at: int) -> list[int]:
    """Store an update without bytes as `receive` does, in one statement where the database takes it."""
    if connection.dialect.name != "postgresql":
        return receive(connection, [inbound], at)
    opened = sessions.fresh(inbound.key, at)
    row = {
        **{name: opened[name] for name in ("chat_id", "user_id", "thread_id", "business_connection_id", "destiny")},
        "at_key": opened["key"],
        "at_bot": opened["bot_id"],
        "at_moment": at,
        "update_id": inbound.update_id,
        "position": inbound.position,
        "event": pack(inbound.event, {}),
    }
    return list(connection.scalars(joined_statements.RECEIVE, row))


def oldest(connection: Connection, key: StorageKey, until: int) -> Waiting | None:
    """Return the first update of a conversation that waits to be handled, if it was received before a moment."""
    at_key = sessions.address(key)
    row = connection.execute(_OLDEST, {"at_key": at_key}).one_or_none()
    if row is None or row.received_at > until:
        return None
    event = RECEIVED.validate_python(unpack(row.event, files.fetcher(connection, at_key)))
    return Waiting(row.id, Inbound(row.update_id, key, event, row.position), row.event, row.tries)


def arrived(connection: Connection, waiting: Waiting, upload: Upload | None) -> None:
    """Put a file in the place of the one that lay with the messenger; None: note that it is missing there."""
    remote = waiting.inbound.event
    if not isinstance(remote, RemoteFile):
        return
    kept: Blobs = {}
    event = pack(upload or remote.model_copy(update={"missing": True}), kept)
    at_row = inbox.c.id == waiting.id
    if connection.execute(
        update(inbox).where(at_row, inbox.c.event == waiting.event_text).values(event=event)
    ).rowcount:
        files.keep(connection, sessions.address(waiting.inbound.key), kept)


def done(connection: Connection, row_id: int) -> None:
    """Mark a waiting update handled; its words now stand in the journal only.

    Raises:
        ChangedMeanwhileError: it waits no more: another worker has handled it.
    """
    if not connection.execute(_CLOSE.where(IS_WAITING), {"at_id": row_id, "status": "done", "event": None}).rowcount:
        raise ChangedMeanwhileError


def done_all(connection: Connection, key: str) -> None:
    """Mark all waiting updates of a conversation handled, but for what the office has to say."""
    sent = (inbox.c.key == key, IS_WAITING, inbox.c.update_id.not_like(f"{OFFICE}%"))
    connection.execute(update(inbox).where(*sent).values(status="done", event=None))


def park(connection: Connection, row_id: int, error: str) -> None:
    """Put an update aside; its words are kept for whoever looks into it."""
    connection.execute(_CLOSE, {"at_id": row_id, "status": "parked", "error": error})


def begun(connection: Connection, row_id: int) -> None:
    """Count a try."""
    connection.execute(_COUNT, {"at_id": row_id})


def failed(connection: Connection, row_id: int, error: str) -> None:
    """Note why the last try failed."""
    connection.execute(_CLOSE, {"at_id": row_id, "error": error})


def parked(connection: Connection) -> list[Parked]:
    """Return what was put aside, oldest first."""
    rows = connection.execute(select(inbox).where(inbox.c.status == "parked").order_by(inbox.c.id))
    return [_parked(row) for row in rows]


def _parked(row: Row[Any]) -> Parked:
    return Parked(row.update_id, row.key, row.error or "", row.received_at)
