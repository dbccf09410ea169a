"""SQL for words applicants had passed on to the office's people, and for what these answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, case, func, insert, select, update

from bot.store import inbox, office_records
from bot.store.office_records import OfficeAction
from bot.store.schema import office_messages, sessions
from bot.store.sessions import storage_key
from bot.store.storage_key import StorageKey
from bot.store.updates import Inbound
from dialogs.protocol import OfficeAnswered, OfficeMessage

SHOWN = 200  # messages looked back on
ANSWERED, CLOSED = "answered_message", "closed_message"  # what the office does with one, as its records say

_OPEN = office_messages.c.answered_at.is_(None)


@dataclass(frozen=True, slots=True)
class MessageToOffice:
    """Words for the office: what was typed, where (`channel`, the `field` asked for, what was `asked` before).

    `failed`: nobody asked for the office, but the message could not be handled. `answer` is empty until somebody
    (`answered_by`) answers, or where they saw no need to. Times are milliseconds since 1970.
    """

    id: int
    channel: str
    text: str
    field: str | None
    asked: str
    failed: bool
    at: int
    answer: str
    answered_by: str
    answered_at: int | None


def keep(  # noqa: PLR0913, PLR0917 - a column each
    connection: Connection, pack_id: str, key: str, channel: str, message: OfficeMessage, at: int, *, failed: bool
) -> int:
    """Remember words for the office, and give their number."""
    row = {"pack_id": pack_id, "key": key, "channel": channel, "failed": int(failed), "at": at}
    row |= {**message.model_dump(), "answer": "", "answered_by": ""}
    return int(connection.execute(insert(office_messages).values(row).returning(office_messages.c.id)).scalar_one())


def listed(connection: Connection, pack_id: str) -> list[MessageToOffice]:
    """Return the messages of a call: those that wait, the oldest first, then the others, the newest first."""
    order = (_OPEN.desc(), case((_OPEN, office_messages.c.id), else_=-office_messages.c.id))
    rows = connection.execute(
        select(office_messages).where(office_messages.c.pack_id == pack_id).order_by(*order).limit(SHOWN)
    )
    return [_message(row) for row in rows]


def waiting(connection: Connection, pack_id: str) -> int:
    """Count the messages nobody has answered."""
    of_pack = (office_messages.c.pack_id == pack_id, _OPEN)
    return int(connection.execute(select(func.count()).select_from(office_messages).where(*of_pack)).scalar_one())


def answer(  # noqa: PLR0913, PLR0917 - who answers what, when
    connection: Connection, pack_id: str, number: int, name: str, words: str, on: date, at: int, *, named: bool
) -> StorageKey | None:
    """Answer a message, or (without words) close it; the answer goes into its applicant's inbox, in one step.

    Returns:
        The conversation it came from; None when there is no such message, or its applicant had everything erased.
    """
    wanted = (office_messages.c.id == number, office_messages.c.pack_id == pack_id)
    row = connection.execute(select(office_messages).where(*wanted)).one_or_none()
    key = _conversation(connection, row.key) if row is not None else None
    if row is None or key is None:
        return None
    given = f"{row.answer}\n\n{words}".strip()
    connection.execute(update(office_messages).where(*wanted).values(answer=given, answered_by=name, answered_at=at))
    done = OfficeAction(0, name, ANSWERED if words else CLOSED, str(number), "", at)
    action = office_records.note(connection, pack_id, done)
    if words:
        by = name if named else ""
        event = OfficeAnswered(number=number, question=row.text, text=words, on=on, by=by)
        inbox.receive(connection, [Inbound(f"{inbox.OFFICE}message:{number}:{action}", key, event)], at)
    return key


def _conversation(connection: Connection, key: str) -> StorageKey | None:
    found = connection.execute(select(sessions).where(sessions.c.key == key)).one_or_none()
    return storage_key(found) if found else None


def _message(row: Row[*tuple[Any, ...]]) -> MessageToOffice:
    names = ("id", "channel", "text", "field", "asked", "at", "answer", "answered_by", "answered_at")
    return MessageToOffice(failed=bool(row.failed), **{name: getattr(row, name) for name in names})
