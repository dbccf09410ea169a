"""The durable memory of the bot: what came in, what was said, where each conversation stands."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection

from bot.store import (
    channel_marks,
    conversation_log,
    erasure,
    inbox,
    journal,
    outbox,
    progress_counts,
    questions,
    sessions,
    submissions,
    turns,
)
from bot.store.database import Database, Transaction, backend
from bot.store.inbox import Parked
from bot.store.keyed_locks import KeyLocks
from bot.store.office_store import OfficeStore
from bot.store.storage_key import StorageKey
from bot.store.store_errors import ChangedMeanwhileError, StoreError
from bot.store.turns import MAX_TRIES, TurnStamp, TurnTx
from bot.store.updates import Inbound, Outgoing, RemoteFile
from bot.store.upgrade import damage, upgrade
from dialogs.protocol import ExistingSubmissions, Lookup, Pictured, Upload

_ANY = 2**62
BUSY_SECONDS = 0.01  # until a conversation that another worker holds is asked for again


class Store:
    """Inbox, sessions, journal, outbox and submissions in one database; safe to share between workers.

    Every method raises `StoreError`, one Chinese line, when the database fails.
    """

    def __init__(
        self,
        database: Database,
        *,
        worker: str = "main",
        clock: Callable[[], float] = time.time,
        settle: float = 0.0,
    ) -> None:
        """Use an open, upgraded database; see `open`."""
        self._database = database
        self._worker = worker
        self._clock = clock
        self._settle = settle
        self._locks = KeyLocks()
        self._begun: dict[int, int] = {}  # updates whose next try is counted already → how many that makes
        self._erased: set[StorageKey] = set()  # said goodbye to; scrubbed once that is sent
        self._code_version = version("shenbao")
        self.office = OfficeStore(database, self._now)

    @classmethod
    async def open(
        cls,
        url_or_path: str | Path,
        *,
        worker: str = "main",
        synchronous: str = "FULL",
        clock: Callable[[], float] = time.time,
        settle: float = 0.0,
    ) -> Self:
        """Open a database, creating or upgrading its tables.

        Args:
            url_or_path: `postgresql://…`, `sqlite:///…` or the path of an SQLite file.
            worker: This process's name, unique among those that share the database and the same after a
                restart, so that it goes on at once with replies it had not sent.
            synchronous: SQLite only: FULL (no update lost in a power cut) or NORMAL (none lost in a crash).
            clock: Gives the time in seconds since 1970.
            settle: Seconds an update waits for others that were sent before it but arrive later.

        Raises:
            StoreError: the database cannot be opened, is damaged, or is newer than this program.
        """
        database = Database(backend(url_or_path, synchronous=synchronous))
        try:
            await database.write_at_leisure(upgrade)
        except BaseException:
            await database.close()
            raise
        return cls(database, worker=worker, clock=clock, settle=settle)

    async def close(self) -> None:
        """Let go of the database."""
        await self._database.close()

    async def receive(self, inbounds: Sequence[Inbound], marks: Mapping[str, str | None] | None = None) -> None:
        """Put updates on disk before returning; those already known are ignored.

        `marks` of the channel are set, or with None taken away, in the same transaction.
        """

        def write(connection: Connection) -> list[int]:
            channel_marks.put(connection, marks or {})
            return inbox.receive(connection, inbounds, self._now()) if inbounds else []

        if len(inbounds) == 1 and not marks and not isinstance(inbounds[0].event, Upload | Pictured):
            begun = await self._database.write_one(
                lambda c: inbox.receive_one(c, inbounds[0], self._now()), durable=True
            )
        elif inbounds or marks:  # when many write, the connection comes late: an update settles from when it is written
            begun = await self._database.write(write, durable=True)
        else:
            return
        self._begun.update(dict.fromkeys(begun, 1))

    async def marks(self, names: Collection[str]) -> dict[str, str]:
        """Give those of a channel's marks that are set."""
        return await self._database.read(lambda connection: channel_marks.read(connection, names))

    async def mark(self, marks: Mapping[str, str | None]) -> None:
        """Set a channel's marks, or with None take them away; the last ones may be lost in a power cut."""
        await self._database.write(lambda connection: channel_marks.put(connection, marks))

    async def waiting(self) -> list[StorageKey]:
        """Return the conversations with updates to handle or replies to send."""
        return await self._database.read(lambda connection: sessions.waiting(connection, self._now()))

    async def left_behind(self, seconds: float) -> list[StorageKey]:
        """Return waiting conversations nobody seems to care for: received so long ago, sent by no other worker."""
        at = self._now()
        until = at - int(seconds * 1000)
        return await self._database.read(lambda c: sessions.left_behind(c, until, self._worker, at))

    async def unhandled(self, seconds: float) -> list[StorageKey]:
        """Return conversations with updates received so long ago; for channels whose applicants fetch the replies."""
        until = self._now() - int(seconds * 1000)
        return await self._database.read(lambda connection: sessions.unhandled(connection, until))

    async def with_drafts(
        self, since: float, until: float, behind: str = "", most: int = 20
    ) -> list[sessions.DraftHolder]:
        """Return conversations with applications that changed last within a time (seconds since 1970).

        `most` at a time, in the order of their addresses; the next ones come `behind` the last of these.
        """
        bounds = int(since * 1000), int(until * 1000)
        return await self._database.read(lambda connection: sessions.with_drafts(connection, *bounds, behind, most))

    @asynccontextmanager
    async def turn(self, key: StorageKey) -> AsyncIterator[TurnTx | None]:
        """Lock a conversation and give its oldest waiting update, or `None` when nothing waits.

        Left without an exception, everything saved is committed in one transaction. Left with one, nothing
        is; after `MAX_TRIES` the update is parked and no longer blocks the chat. A try is counted on disk before
        it begins, so that one which kills the process counts as well; when the database fails, it is not counted
        again. An update whose tries all ended so comes with `TurnTx.spent`, and should be parked.
        """
        async with self._locks.hold(key), AsyncExitStack() as after, self._opened(key) as (transaction, opened):
            if opened is None:
                yield None
                return
            turn_tx = TurnTx(transaction, self._stamp(), *opened)
            try:
                yield turn_tx
                await turn_tx.commit()
            except (StoreError, ChangedMeanwhileError):
                raise
            except Exception as error:
                after.push_async_callback(self._note_failure, opened[1], repr(error))
                raise
            self._begun.pop(opened[1].id, None)
            if turn_tx.erases:
                self._erased.add(key)

    @asynccontextmanager
    async def _opened(self, key: StorageKey) -> AsyncIterator[tuple[Transaction, turns.Opened | None]]:
        """Open a transaction that holds a conversation, when no other worker does."""
        while True:
            async with self._database.transaction() as transaction:
                try:
                    opened = await transaction.run(lambda connection: turns.begin(connection, key, self._settled()))
                    opened = opened and await self._counted(transaction, *opened)
                except (sessions.BusyError, ChangedMeanwhileError):
                    pass
                else:
                    yield transaction, opened
                    return
            await asyncio.sleep(BUSY_SECONDS)

    async def _counted(self, transaction: Transaction, stored: sessions.Stored, waiting: inbox.Waiting) -> turns.Opened:
        """Count a try, unless this process has counted it already, or there are none left."""
        event = waiting.inbound.event
        if isinstance(event, RemoteFile) and not event.missing:  # it is fetched first
            return stored, waiting
        if waiting.tries == self._begun.get(waiting.id):
            return stored, replace(waiting, tries=waiting.tries - 1)
        if waiting.tries < MAX_TRIES:
            self._begun[waiting.id] = waiting.tries + 1
            try:
                await transaction.commit_apart(lambda connection: inbox.begun(connection, waiting.id))
            except StoreError:
                self._begun.pop(waiting.id, None)
                raise
        return stored, waiting

    async def remote(self, key: StorageKey) -> inbox.Waiting | None:
        """Return a conversation's oldest waiting update if it is a file that still lies with the messenger."""
        waiting = await self._database.read(lambda connection: inbox.oldest(connection, key, self._settled()))
        event = waiting.inbound.event if waiting else None
        return waiting if isinstance(event, RemoteFile) and not event.missing else None

    async def arrived(self, waiting: inbox.Waiting, upload: Upload | None) -> None:
        """Put a file on disk in the place of the one that lay with the messenger; None when it is missing there."""
        await self._database.write(lambda connection: inbox.arrived(connection, waiting, upload), durable=True)

    async def _note_failure(self, waiting: inbox.Waiting, error: str) -> None:
        self._begun.pop(waiting.id, None)
        await self._database.write(lambda connection: turns.note_failure(connection, waiting, error))

    async def session(self, key: StorageKey) -> tuple[str | None, dict[str, Any]]:
        """Return the state and data of a conversation as last saved."""
        at_key = sessions.address(key)
        return await self._database.read(lambda connection: sessions.read(connection, at_key))

    async def holdings(self, key: StorageKey, lookup: Lookup) -> ExistingSubmissions:
        """Count what the bot holds beside a draft of this conversation (in a turn: `TurnTx.holdings`)."""
        at_key = sessions.address(key)
        return await self._database.read(lambda connection: submissions.holdings(connection, at_key, lookup))

    async def outbox(self, key: StorageKey) -> list[Outgoing]:
        """Return the unsent replies of a conversation in order; none while another worker is sending them.

        Called again before a repeated sending, it keeps the conversation lent to this worker.
        """
        while True:
            try:
                waiting = await self._database.write(lambda c: outbox.claim(c, key, self._worker, self._now()))
            except sessions.BusyError:
                await asyncio.sleep(BUSY_SECONDS)
                continue
            if not waiting and key in self._erased:
                self._erased.discard(key)
                await self.scrub()
            return waiting

    async def sent(self, outgoing_id: int) -> None:
        """Mark a reply sent."""
        at = self._now()
        await self._database.write_one(lambda connection: outbox.sent(connection, outgoing_id, at))

    async def log(
        self, key: StorageKey, *, after: int = 0, before: int | None = None, most: int = 50
    ) -> conversation_log.ConversationLog:
        """Return what was said, the last `most` turns after one serial and before another."""
        return await self._database.read(lambda c: conversation_log.read(c, key, after, before, most))

    async def fetched(self, key: StorageKey, serial: int) -> None:
        """Mark the replies up to a turn's serial sent, when the applicant's page has asked for them."""
        at = self._now()
        await self._database.write(lambda connection: outbox.fetched(connection, key, serial, at))

    async def file(self, key: StorageKey, digest: str) -> bytes | None:
        """Return a file sent to or by a conversation, by the digest of its bytes."""
        return await self._database.read(lambda connection: conversation_log.file(connection, key, digest))

    async def not_sent(self, outgoing_id: int, error: str) -> None:
        """Count a failed sending."""
        await self._database.write_one(lambda connection: outbox.failed(connection, outgoing_id, error))

    async def not_to_be_sent(self, outgoing_id: int, error: str) -> None:
        """Give a reply up; it is shown to staff, and those behind it are sent."""
        at = self._now()
        await self._database.write(lambda connection: outbox.park(connection, outgoing_id, error, at))

    async def parked_replies(self) -> list[Parked]:
        """Return the replies that were given up."""
        return await self._database.read(outbox.parked)

    async def parked(self) -> list[Parked]:
        """Return the updates put aside because they could not be handled."""
        return await self._database.read(inbox.parked)

    async def conversations(self) -> list[StorageKey]:
        """Return the conversations that have a journal."""
        return await self._database.read(sessions.with_journal)

    async def journal(self, key: StorageKey) -> list[journal.JournalEntry]:
        """Return the turns of a conversation, oldest first."""
        at_key = sessions.address(key)
        return await self._database.read(lambda connection: journal.read(connection, at_key))

    async def open_questions(self, pack_id: str) -> list[questions.OpenQuestion]:
        """Return the questions a pack had no answer for, newest first, without personal data."""
        return await self._database.read(lambda connection: questions.unanswered(connection, pack_id))

    async def question_counts(self, pack_id: str) -> Mapping[str, int]:
        """Count the questions put to a pack by outcome: answered, abstained, clarified."""
        return await self._database.read(lambda connection: questions.counts(connection, pack_id))

    async def progress(self, pack_id: str) -> tuple[list[tuple[str, dict[str, Any]]], progress_counts.FiledCount]:
        """Return state and data of every conversation, and how many applications of a pack are finished."""
        return await self._database.read(lambda c: (progress_counts.stored(c), progress_counts.filed(c, pack_id)))

    async def erase(self, key: StorageKey) -> None:
        """Remove everything a conversation left in the database."""
        async with self._locks.hold(key):
            await self._database.write(
                lambda connection: erasure.forget(connection, sessions.address(key)), durable=True
            )
        await self.scrub()

    async def scrub(self) -> None:
        """Leave nothing of what was erased in the database's log and free pages (SQLite)."""
        await self._database.scrub()

    async def damage(self) -> str | None:
        """Return what is wrong with the file, in SQLite's own words; None when it is sound, or a server's."""
        return await self._database.read(damage)

    async def newest(self) -> datetime | None:
        """Return when a conversation last changed; None when there is none."""
        return await self._database.read(sessions.newest)

    async def forget_older_than(self, moment: datetime, most: int | None = None) -> int:
        """Remove conversations silent since `moment`, the most silent first, `most` at most; return how many."""
        before = int(moment.timestamp() * 1000)
        count = await self._database.write(lambda c: erasure.forget_silent(c, before, most), durable=True)
        await self.scrub()
        return count

    def _now(self) -> int:
        return int(self._clock() * 1000)

    def _settled(self) -> int:
        """Return the moment up to which updates have waited long enough (without need to wait: any)."""
        return self._now() - int(self._settle * 1000) if self._settle else _ANY

    def _stamp(self) -> TurnStamp:
        return TurnStamp(self._worker, self._code_version, self._now())
