"""SQL for replies: in order, by one sender at a time, until sent.

A conversation is lent to one sender: the worker whose turn made the replies sends them. Should it die, the
loan ends by itself and another worker goes on; a worker that restarts under its old name goes on at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.store import blobs as files
from bot.store import sessions
from bot.store.codec import MARK, Blobs, carries_bytes, pack, unpack, without_bytes
from bot.store.inbox import Parked
from bot.store.schema import IS_PARKED, outbox
from bot.store.storage_key import StorageKey
from bot.store.updates import Outgoing
from dialogs.protocol import Reply

LOAN_SECONDS = 30
AT_ONCE = 50  # replies read at once

_ADD = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_WAITING = (
    select(outbox.c.id, outbox.c.reply, outbox.c.tries)
    .where(outbox.c.key == bindparam("at_key"), outbox.c.sent_at.is_(None))
    .order_by(outbox.c.id)
)
_UNSENT = _WAITING.limit(AT_ONCE)
_CLOSE = update(outbox).where(outbox.c.id == bindparam("at_id"))


def add(connection: Connection, key: StorageKey, turn: int, replies: Sequence[Reply], at: int) -> list[Outgoing]:
    """Queue the replies of a turn; of replies with the same files the last alone is sent."""
    if not replies:
        return []
    at_key = sessions.address(key)
    kept: Blobs = {}
    rows = [{"key": at_key, "turn": turn, "reply": pack(reply, kept)} for reply in replies]
    if kept:
        _supersede(connection, at_key, [without_bytes(str(row["reply"]))[1] for row in rows], at)
    files.keep(connection, at_key, kept)
    ids = connection.scalars(_ADD, rows).all()
    return [Outgoing(row_id, key, reply) for row_id, reply in zip(ids, replies, strict=True)]


def _supersede(connection: Connection, at_key: str, queued: Sequence[set[str]], at: int) -> None:
    """Do not send what waits with the very files that are queued anew: who asks twice meanwhile gets them once."""
    for row in connection.execute(_WAITING.where(outbox.c.reply.contains(MARK)), {"at_key": at_key}).all():
        digests = without_bytes(row.reply)[1]
        if digests and digests in queued:
            sent(connection, row.id, at)


def lend(stored: sessions.Stored, worker: str, at: int) -> sessions.Stored:
    """Return the conversation lent to `worker`, unless another one has it now."""
    if stored.sender not in {None, worker} and stored.sender_until > at:
        return stored
    return replace(stored, sender=worker, sender_until=at + LOAN_SECONDS * 1000)


def claim(connection: Connection, key: StorageKey, worker: str, at: int) -> list[Outgoing]:
    """Lend the conversation to `worker` and return its unsent replies; none while another worker sends them."""
    at_key = sessions.address(key)
    stored = sessions.lock(connection, at_key)
    lent = stored and lend(stored, worker, at)
    if stored is None or lent is None or lent.sender != worker:
        return []
    rows = connection.execute(_UNSENT, {"at_key": at_key}).all()
    if not rows:
        _give_back(connection, at_key, stored)
    elif stored.sender != worker or stored.sender_until < at + LOAN_SECONDS * 750:  # three quarters of it
        sessions.relend(connection, at_key, lent)
    fetch = files.fetcher(connection, at_key)
    return [
        Outgoing(row.id, key, Reply.model_validate(unpack(row.reply, fetch)), row.tries) for row in _first_bytes(rows)
    ]


def _first_bytes(rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[Row[*tuple[Any, ...]]]:
    """Give rows up to the first that carries a file: one reply's bytes are in memory, not those of all that wait."""
    for row in rows:
        yield row
        if carries_bytes(row.reply):
            return


def _give_back(connection: Connection, key: str, stored: sessions.Stored) -> None:
    """End the loan when all is sent, and with it the last trace of a conversation that asked to be erased."""
    if stored.sender is not None:
        sessions.relend(connection, key, replace(stored, sender=None, sender_until=0))
    blank = stored.state is None and not stored.data
    if blank and not sessions.has_update(connection, key) and not sessions.has_parked(connection, key):
        sessions.erase(connection, key)
        sessions.drop(connection, key)


def sent(connection: Connection, row_id: int, at: int) -> None:
    """Mark a reply sent."""
    connection.execute(_CLOSE, {"at_id": row_id, "sent_at": at})


def fetched(connection: Connection, key: StorageKey, turn: int, at: int) -> None:
    """Mark the replies of a conversation sent up to those of a turn: whoever asks for them has been given them."""
    at_key = sessions.address(key)
    stored = sessions.wait_for(connection, at_key)
    unsent = (outbox.c.key == at_key, outbox.c.sent_at.is_(None))
    connection.execute(update(outbox).where(*unsent, outbox.c.turn <= turn).values(sent_at=at))
    if stored is not None and connection.execute(select(outbox.c.id).where(*unsent).limit(1)).first() is None:
        _give_back(connection, at_key, stored)


def park(connection: Connection, row_id: int, error: str, at: int) -> None:
    """Give a reply up, for staff to look at; those behind it are sent."""
    given_up = {"sent_at": at, "error": error, "tries": -1 - outbox.c.tries}
    connection.execute(update(outbox).where(outbox.c.id == row_id, outbox.c.tries >= 0).values(**given_up))


def parked(connection: Connection) -> list[Parked]:
    """Return the replies that were given up, oldest first."""
    rows = connection.execute(select(outbox).where(IS_PARKED).order_by(outbox.c.id))
    return [Parked(str(row.turn), row.key, row.error or "", row.sent_at) for row in rows]


def failed(connection: Connection, row_id: int, error: str) -> None:
    """Count a failed sending."""
    connection.execute(update(outbox).where(outbox.c.id == row_id).values(tries=outbox.c.tries + 1, error=error))
