"""SQL for applications handed in at the office: their numbers (受理号), what was handed in, what became of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite reads the same ON CONFLICT

from bot.store import blobs as files
from bot.store.codec import to_text
from bot.store.schema import receipt_counters, registrations, sessions
from bot.store.sessions import storage_key
from bot.store.storage_key import StorageKey
from dialogs.protocol import File, Receipt, Registration
from dialogs.submission import Submission

SUBMITTED, WITHDRAWN, SETTLED, ERASED = "submitted", "withdrawn", "recommended", "erased"
MOST = 5000  # applications listed


@dataclass(frozen=True, slots=True)
class RegisteredApplication:
    """An application as the office has it; times are milliseconds since 1970.

    `draft`: its applicant's own number of it; `identity`: what the pack says identifies it; `submission` is None once
    the applicant had everything erased; `document` and `package` are digests (SHA-256) of the form and of everything
    packed; `seen_at`: when somebody of the office opened it.
    """

    number: str
    key: str
    draft: str
    version: int
    status: str
    note: str
    channel: str
    identity: Mapping[str, str]
    submission: Submission | None
    document_name: str
    document: str
    package: str
    submitted_at: int
    changed_at: int
    seen_at: int | None


def receipts(connection: Connection, key: str) -> dict[str, Receipt]:
    """Return what a conversation has handed in: draft → receipt, the newest of each."""
    rows = connection.execute(
        select(registrations).where(registrations.c.key == key).order_by(registrations.c.submitted_at)
    )
    return {row.draft: _receipt(row) for row in rows}


def carry_out(connection: Connection, key: str, channel: str, wish: Registration, at: int) -> None:
    """Hand an application in, again or for the first time, or take it back; what the office has settled stays."""
    own = (registrations.c.key == key, registrations.c.draft == wish.draft, registrations.c.status != WITHDRAWN)
    held = connection.execute(select(registrations.c.number, registrations.c.status).where(*own)).first()
    if wish.change == "look" or (held is not None and held.status == SETTLED):
        return
    if wish.change == "withdraw":
        connection.execute(update(registrations).where(*own).values(status=WITHDRAWN, changed_at=at))
        return
    row = {**_content(connection, key, wish), "status": SUBMITTED, "channel": channel}
    row |= {"submitted_at": at, "changed_at": at, "seen_at": None, "note": ""}
    if held is not None:
        again = {**row, "version": registrations.c.version + 1}
        connection.execute(update(registrations).where(registrations.c.number == held.number).values(again))
        return
    number = _next_number(connection, wish.filed.pack_id, wish.on)
    connection.execute(insert(registrations).values(number=number, key=key, draft=wish.draft, version=1, **row))


def _content(connection: Connection, key: str, wish: Registration) -> dict[str, Any]:
    """Keep the files handed in, and give the columns that say what they hold."""
    content = {"pack_id": wish.filed.pack_id, "submitted_on": wish.on.isoformat(), "document_name": ""}
    content["identity"] = to_text(wish.filed.identity)
    content["submission"] = to_text(wish.submission.model_dump(mode="json")) if wish.submission else "{}"
    for name, file in (("document", wish.document), ("package", wish.package)):
        content[name] = _kept(connection, key, file) if file else ""
    if wish.document is not None:
        content["document_name"] = wish.document.name
    return content


def _kept(connection: Connection, key: str, file: File) -> str:
    digest = file.digest
    files.keep(connection, key, {digest: file.content})
    return digest


def _next_number(connection: Connection, pack_id: str, on: date) -> str:
    """Count one more application of a call in a year; who comes at the same moment waits for this transaction."""
    insertion = upsert(receipt_counters).values(pack_id=pack_id, year=on.year, last=1)
    counted = insertion.on_conflict_do_update(
        index_elements=["pack_id", "year"], set_={"last": receipt_counters.c.last + 1}
    )
    last = connection.execute(counted.returning(receipt_counters.c.last)).scalar_one()
    call = pack_id if str(on.year) in pack_id else f"{pack_id}-{on.year}"
    return f"{call}-{last:04d}"


def listed(connection: Connection, pack_id: str) -> list[RegisteredApplication]:
    """Return the applications of a call, the newest first."""
    wanted = select(registrations).where(registrations.c.pack_id == pack_id)
    rows = connection.execute(wanted.order_by(registrations.c.submitted_at.desc()).limit(MOST))
    return [_application(row) for row in rows]


def found(connection: Connection, number: str) -> RegisteredApplication | None:
    """Return the application of a number."""
    row = connection.execute(select(registrations).where(registrations.c.number == number)).one_or_none()
    return _application(row) if row else None


def unseen(connection: Connection, pack_id: str) -> int:
    """Count the applications nobody of the office has opened since they came."""
    new = (registrations.c.pack_id == pack_id, registrations.c.status == SUBMITTED, registrations.c.seen_at.is_(None))
    return int(connection.execute(select(func.count()).select_from(registrations).where(*new)).scalar_one())


def see(connection: Connection, number: str, at: int) -> None:
    """Note that somebody of the office opened an application."""
    unopened = (registrations.c.number == number, registrations.c.seen_at.is_(None))
    connection.execute(update(registrations).where(*unopened).values(seen_at=at))


def decide(connection: Connection, number: str, status: str, words: str, at: int) -> bool:
    """Say what became of an application; False when its applicant has taken it back."""
    there = (registrations.c.number == number, registrations.c.status.not_in([WITHDRAWN, ERASED]))
    changed = update(registrations).where(*there).values(status=status, note=words, changed_at=at)
    return connection.execute(changed).rowcount == 1


def conversation_of(connection: Connection, number: str) -> StorageKey:
    """Return the conversation that an application came from."""
    came_from = registrations.c.key == sessions.c.key
    row = connection.execute(select(sessions).join(registrations, came_from).where(registrations.c.number == number))
    return storage_key(row.one())


def channel_of(key: StorageKey) -> str:
    """Name the channel a conversation is led on; the text `desk.channels.<name>` says it."""
    if key.bot_id == 0:
        return "console"
    return key.destiny if key.bot_id < 0 else "telegram"


def _receipt(row: Row[*tuple[Any, ...]]) -> Receipt:
    given = {"number": row.number, "version": row.version, "status": row.status, "note": row.note}
    return Receipt.model_validate({**given, "on": row.submitted_on})


def _application(row: Row[*tuple[Any, ...]]) -> RegisteredApplication:
    return RegisteredApplication(
        number=row.number,
        key=row.key,
        draft=row.draft,
        version=row.version,
        status=row.status,
        note=row.note,
        channel=row.channel,
        identity=json.loads(row.identity),
        submission=Submission.model_validate_json(row.submission) if row.submission != "{}" else None,
        document_name=row.document_name,
        document=row.document,
        package=row.package,
        submitted_at=row.submitted_at,
        changed_at=row.changed_at,
        seen_at=row.seen_at,
    )
