"""SQL for the journal: one row a turn, never changed, enough to run the conversation again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, bindparam, insert, select

from bot.store import blobs as files
from bot.store.codec import unpack
from bot.store.schema import journal, outbox
from dialogs.protocol import Event, Reply

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)

_ADD = insert(journal).returning(journal.c.id)
_TURNS = select(journal).where(journal.c.key == bindparam("at_key")).order_by(journal.c.id)
_REPLIES = select(outbox.c.turn, outbox.c.reply).where(outbox.c.key == bindparam("at_key")).order_by(outbox.c.id)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One turn as it happened. `inputs`: what the core was given beside the event; `at`: milliseconds since 1970."""

    update_id: str
    event: Event
    inputs: Mapping[str, Any]
    state_before: str | None
    state_after: str | None
    replies: tuple[Reply, ...]
    pack_id: str | None
    pack_version: str | None
    code_version: str
    error: str | None
    at: int


def add(connection: Connection, row: Mapping[str, Any]) -> int:
    """Write the row of a turn and return its number."""
    return int(connection.execute(_ADD, dict(row)).scalar_one())


def read(connection: Connection, key: str) -> list[JournalEntry]:
    """Return the turns of a conversation, oldest first."""
    fetch = files.fetcher(connection, key)
    said: dict[int, list[Reply]] = {}
    for row in connection.execute(_REPLIES, {"at_key": key}):
        said.setdefault(row.turn, []).append(Reply.model_validate(unpack(row.reply, fetch)))
    return [
        JournalEntry(
            update_id=row.update_id,
            event=_EVENT.validate_python(unpack(row.event, fetch)),
            inputs=json.loads(row.inputs),
            state_before=row.state_before,
            state_after=row.state_after,
            replies=tuple(said.get(row.id, ())),
            pack_id=row.pack_id,
            pack_version=row.pack_version,
            code_version=row.code_version,
            error=row.error,
            at=row.at,
        )
        for row in connection.execute(_TURNS, {"at_key": key})
    ]
