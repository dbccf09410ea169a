"""One turn on one conversation, saved whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from bot.store import blobs as files
from bot.store import (
    inbox,
    joined_statements,
    journal,
    office_messages,
    outbox,
    questions,
    registrations,
    sessions,
    submissions,
)
from bot.store.codec import pack, to_text, without_bytes
from bot.store.database import Transaction
from bot.store.storage_key import StorageKey
from bot.store.store_errors import ChangedMeanwhileError
from bot.store.updates import Inbound, Outgoing, RemoteFile
from dialogs.protocol import (
    Asked,
    ExistingSubmissions,
    FiledSubmission,
    Lookup,
    OfficeMessage,
    Receipt,
    Registration,
    Reply,
)

MAX_TRIES = 5

Opened = tuple[sessions.Stored, inbox.Waiting]


@dataclass(frozen=True, slots=True)
class Result:
    """What a turn leaves behind.

    `data` and `inputs` hold JSON values. `filed`: applications finished by this turn. `inputs`: what the core
    was given beside the event (the date, holdings), for `shenbao replay`. `erase`: first remove everything
    this conversation left in the database (删除我的资料). `asked`: a question without personal data, kept for
    staff apart from the conversation. `to_office`: words for the office's people. `error` parks the update instead of
    handling it. `usage`: what the person has now used of the day (None: no more than before). `drops_file`: the bytes
    that came with the update are not needed any more. `drops_waiting`: nor are any other updates that wait.
    """

    state: str | None
    data: Mapping[str, Any]
    replies: Sequence[Reply]
    filed: Sequence[FiledSubmission] = ()
    pack_id: str | None = None
    pack_version: str | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    erase: bool = False
    asked: Asked | None = None
    to_office: OfficeMessage | None = None
    error: str | None = None
    usage: Mapping[str, Any] | None = None
    drops_file: bool = False
    drops_waiting: bool = False


@dataclass(frozen=True, slots=True)
class TurnStamp:
    """What a turn is recorded with: the worker, the version of the code, the time (milliseconds since 1970)."""

    worker: str
    code_version: str
    at: int


class TurnTx:
    """The oldest waiting update of a conversation, with its stored state and data; locked until left.

    `inbound` is the update, `state`, `data` and `usage` are as the last turn saved them, `tries` says how often this
    update was begun before, `outgoing` holds the queued replies once the turn is committed, `office_message` the
    number of words for the office, `woken` a conversation that this turn gave something to do.
    """

    def __init__(
        self, transaction: Transaction, stamp: TurnStamp, stored: sessions.Stored, waiting: inbox.Waiting
    ) -> None:
        """Open a turn on what was locked."""
        self.inbound: Inbound = waiting.inbound
        self.state: str | None = stored.state
        self.data: dict[str, Any] = stored.data
        self.usage: dict[str, Any] = stored.usage
        self.tries: int = waiting.tries
        self.outgoing: list[Outgoing] = []
        self._transaction = transaction
        self._stamp = stamp
        self._stored = stored
        self._waiting = waiting
        self._result: Result | None = None
        self.left = False
        self.office_message: int | None = None
        self.woken: StorageKey | None = None

    @property
    def last_try(self) -> bool:
        """Whether this update is parked if it fails once more."""
        return self.tries + 1 >= MAX_TRIES

    @property
    def spent(self) -> bool:
        """Whether all tries are used up without an end: each killed the process, or was cut off with it."""
        return self.tries >= MAX_TRIES

    @property
    def erases(self) -> bool:
        """Whether the turn removes all that the conversation left."""
        return self._result is not None and self._result.erase

    def save(self, result: Result) -> None:
        """Say what the turn leaves behind; it is committed when the turn is left without an exception."""
        self._result = result

    def leave(self) -> None:
        """Leave the update waiting, and everything as it was."""
        self.left = True

    def park(
        self,
        error: str,
        replies: Sequence[Reply] = (),
        to_office: OfficeMessage | None = None,
        pack_id: str | None = None,
    ) -> None:
        """Put the update aside for staff, leave state and data as they were stored, and say `replies`."""
        stored = self._stored
        self._result = Result(stored.state, stored.data, replies, error=error, to_office=to_office, pack_id=pack_id)

    async def answer_applicant(self, pack_id: str, number: int, words: str, on: date) -> bool:
        """Answer words for the office, as `bot.store.office_messages.answer` does; False when they are gone.

        Whoever writes here answers; `woken` is the conversation that has something to say once this is committed.

        Raises:
            StoreError: the database failed.
        """
        name, at = str(self.inbound.key.user_id), self._stamp.at
        self.woken = await self._transaction.run(
            lambda c: office_messages.answer(c, pack_id, number, name, words, on, at, named=False)
        )
        return self.woken is not None

    async def holdings(self, lookup: Lookup) -> ExistingSubmissions:
        """Count what the bot holds beside a draft of this conversation.

        Raises:
            StoreError: the database failed.
        """
        key = sessions.address(self.inbound.key)
        return await self._transaction.run(lambda connection: submissions.holdings(connection, key, lookup))

    async def register(self, wish: Registration) -> dict[str, Receipt]:
        """Do what this conversation wishes of the office's register; gives what it holds of it, draft → receipt.

        Raises:
            StoreError: the database failed.
        """
        key, at = sessions.address(self.inbound.key), self._stamp.at
        channel = registrations.channel_of(self.inbound.key)

        def work(connection: Connection) -> dict[str, Receipt]:
            registrations.carry_out(connection, key, channel, wish, at)
            return registrations.receipts(connection, key)

        return await self._transaction.run(work)

    async def files(self, digests: Collection[str]) -> dict[str, bytes]:
        """Return files sent to or by this conversation, digest (SHA-256) → bytes; what was erased is left out.

        Raises:
            StoreError: the database failed.
        """
        key = sessions.address(self.inbound.key)
        return await self._transaction.run(lambda connection: files.found(connection, key, digests))

    async def commit(self) -> None:
        """Save everything in one transaction; called when the turn is left.

        Raises:
            StoreError: the database failed; nothing was saved.
            RuntimeError: the turn was left without `save`, `park` or `leave`.
        """
        result = self._result
        if self.left:
            return
        if result is None:
            raise RuntimeError("a turn ended without save() or park()")
        self.outgoing = await self._transaction.commit(lambda connection: self._settle(connection, result))

    def _settle(self, connection: Connection, result: Result) -> list[Outgoing]:
        if connection.dialect.name == "postgresql" and _is_plain(result):
            return self._settle_at_once(connection, result)
        key, at = sessions.address(self.inbound.key), self._stamp.at
        if result.erase:
            sessions.erase(connection, key)
        sessions.save(connection, key, self._saved(result), at)
        for filed in result.filed:
            submissions.file(connection, key, filed, at)
        if result.asked is not None and result.pack_id is not None:
            questions.keep(connection, result.pack_id, result.asked, at)
        if result.to_office is not None and result.pack_id is not None:
            channel, failed = registrations.channel_of(self.inbound.key), result.error is not None
            given = (result.pack_id, key, channel, result.to_office, at)
            self.office_message = office_messages.keep(connection, *given, failed=failed)
        if result.error is not None:
            inbox.park(connection, self._waiting.id, result.error)
        elif result.drops_waiting:
            inbox.done_all(connection, key)
        else:
            inbox.done(connection, self._waiting.id)
        event, dropped = self._journalled(result)
        turn = journal.add(connection, self._row(result, event))
        files.drop_unused(connection, key, dropped)
        return outbox.add(connection, self.inbound.key, turn, result.replies, at)

    def _saved(self, result: Result) -> sessions.Stored:
        """Give the conversation as the turn leaves it, lent to us if there is something to send."""
        lent = outbox.lend(self._stored, self._stamp.worker, self._stamp.at) if result.replies else self._stored
        usage = self.usage if result.usage is None else dict(result.usage)
        return replace(lent, state=result.state, data=dict(result.data), usage=usage)

    def _settle_at_once(self, connection: Connection, result: Result) -> list[Outgoing]:
        """Save a plain turn in one statement."""
        saved = self._saved(result)
        held = {
            "at_key": sessions.address(self.inbound.key),
            "at_moment": self._stamp.at,
            "at_update": self._waiting.id,
            "to_state": saved.state,
            "to_data": to_text(saved.data),
            "to_usage": to_text(saved.usage),
            "to_sender": saved.sender,
            "to_sender_until": saved.sender_until,
        }
        replies = [pack(reply, {}) for reply in result.replies]
        rows = joined_statements.settle(connection, held, self._row(result, self._waiting.event_text), replies)
        if not rows:
            raise ChangedMeanwhileError
        return [Outgoing(row, self.inbound.key, reply) for row, reply in zip(rows, result.replies, strict=True)]

    def _journalled(self, result: Result) -> tuple[str, Collection[str]]:
        """Give the event as the journal keeps it, and the digests of the files it does not keep."""
        event = self.inbound.event
        if isinstance(event, RemoteFile):  # refused, or missing: no byte of it was ever here
            return without_bytes(pack(event.arrived(b""), {}))[0], ()
        return without_bytes(self._waiting.event_text) if result.drops_file else (self._waiting.event_text, ())

    def _row(self, result: Result, event: str) -> dict[str, Any]:
        return {
            "key": "" if result.erase else sessions.address(self.inbound.key),
            "update_id": self.inbound.update_id,
            "event": "{}" if result.erase else event,
            "inputs": "{}" if result.erase else to_text(dict(result.inputs)),
            "state_before": self._stored.state,
            "state_after": result.state,
            "pack_id": None if result.error else result.pack_id,  # the core had no part in it
            "pack_version": result.pack_version,
            "code_version": self._stamp.code_version,
            "error": result.error,
            "at": self._stamp.at,
        }


def _is_plain(result: Result) -> bool:
    """Tell whether a turn says something and leaves no more behind than its state, its data and its words."""
    kept = result.filed or result.erase or result.asked or result.to_office or result.error
    more = kept or result.drops_file or result.drops_waiting
    return bool(result.replies) and not more and not any(reply.files for reply in result.replies)


def begin(connection: Connection, key: StorageKey, until: int) -> Opened | None:
    """Lock a conversation and return it with its oldest waiting update; `None` when none has waited since `until`.

    Raises:
        BusyError: another worker has locked it.
    """
    stored = sessions.lock(connection, sessions.address(key))
    waiting = inbox.oldest(connection, key, until) if stored else None
    return (stored, waiting) if stored and waiting else None


def note_failure(connection: Connection, waiting: inbox.Waiting, error: str) -> None:
    """Note why a try failed, and park the update after the last one."""
    inbox.failed(connection, waiting.id, error)
    if waiting.tries + 1 >= MAX_TRIES:
        inbox.park(connection, waiting.id, error)
