"""SQLite: what may wait for the disk or for a lock runs in a thread, the rest at once.

A hop to a thread and back costs more than a small transaction (80 µs against 50), and aiosqlite takes four
for each statement (860 µs for one commit). SQLite has one writer at a time anyway, so writers queue here, in
order, instead of polling the file's lock.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.store.store_errors import ChangedMeanwhileError, as_store_errors

T = TypeVar("T")

_BUSY_MILLISECONDS = 10_000
_CHECKPOINT_PAGES = 1_000  # of the log, until they are written into the file


@dataclass(frozen=True, slots=True)
class CommitMode:
    """How a connection works: what it may wait for (a lock, the disk), and so whether it needs a thread."""

    synchronous: str
    busy_milliseconds: int
    checkpoint_pages: int

    def take(self, driver: sqlite3.Connection) -> None:
        """Set SQLite up."""
        driver.execute(f"PRAGMA synchronous={self.synchronous}")
        driver.execute(f"PRAGMA busy_timeout={self.busy_milliseconds}")
        driver.execute(f"PRAGMA wal_autocheckpoint={self.checkpoint_pages}")


QUICK = CommitMode("NORMAL", busy_milliseconds=0, checkpoint_pages=0)  # appends to the log: never waits


class SqliteLink:
    """A connection, kept open between transactions. What may wait for disk or lock runs in a thread."""

    def __init__(self, engine: Engine, threads: ThreadPoolExecutor, patient: CommitMode, start: str) -> None:
        """Connect at first use; `patient` is how it works when it may wait, `start` how its transactions begin."""
        self._engine = engine
        self._start = start
        self._threads = threads
        self._patient = patient
        self._queue = asyncio.Lock()
        self._connection: Connection | None = None
        self._wanted = patient
        self._taken: CommitMode | None = None

    async def enter(self, *, quick: bool) -> Self:
        """Take the connection, after those who asked before; `quick`: what is to be done never waits for the disk."""
        await self._queue.acquire()
        self._wanted = QUICK if quick else self._patient
        return self

    async def run_sync(self, work: Callable[[Connection], T], /) -> T:
        """Run `work`: at once if it is quick, in a thread if it may wait, or has to for another process's lock."""
        if self._wanted is QUICK and self._connection is not None:
            try:
                self._begin(self._connection)
            except sqlite3.OperationalError:
                self._wanted = self._patient
            else:
                return work(self._connection)
        return await self._in_thread(work)

    async def commit_apart(self, work: Callable[[Connection], T], /) -> T:
        """Commit `work` and begin again; SQLite tells whether another process wrote in between.

        Raises:
            ChangedMeanwhileError: one did.
        """

        def committed(connection: Connection) -> T:
            result = work(connection)
            connection.commit()
            return result

        before = await self.run_sync(_writes_of_others)
        result = await self.run_sync(committed)
        if await self.run_sync(_writes_of_others) != before:
            raise ChangedMeanwhileError
        return result

    async def _in_thread(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a thread; a cancelled caller still waits for it, so that no half-done work is left behind."""
        running = asyncio.get_running_loop().run_in_executor(self._threads, self._work, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise

    def _work(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection, self._wanted = self._engine.connect(), self._patient
        self._begin(self._connection)
        return work(self._connection)

    def _begin(self, connection: Connection) -> None:
        """Begin a transaction, unless one is open.

        Not by SQLAlchemy's `begin` event: should that fail, later statements would run outside of transactions.
        """
        driver = _driver(connection)
        if driver.in_transaction:
            return
        if self._wanted is not self._taken:
            self._wanted.take(driver)
            self._taken = self._wanted
        driver.execute(self._start)

    async def empty_log(self) -> None:
        """Write the log into the file and cut it to nothing.

        Raises:
            sqlite3.OperationalError: somebody reads the file all the time.
        """

        def emptied(connection: Connection) -> None:
            driver = _driver(connection)
            driver.rollback()
            if driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise sqlite3.OperationalError("database is locked")

        await self._in_thread(emptied)

    async def close(self) -> None:
        """Roll back what is open and let the next one in."""
        try:
            if self._connection is not None and _is_open(self._connection):
                self._connection.rollback()
                _driver(self._connection).rollback()
        finally:
            self._queue.release()

    def disconnect(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


class Sqlite:
    """One SQLite file, with one connection that writes and one that reads."""

    def __init__(self, path: Path, *, synchronous: str) -> None:
        """Name the file; the first use creates it.

        `synchronous` is SQLite's, for what must be durable: with FULL it survives a power cut, with NORMAL a crash.

        Raises:
            StoreError: its folder cannot be made.
        """
        with as_store_errors():
            _keep_private(path)
        engine = _engine(path)
        patient = CommitMode(synchronous, _BUSY_MILLISECONDS, _CHECKPOINT_PAGES)
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="sqlite")
        self._writer = SqliteLink(engine, self._threads, patient, "BEGIN IMMEDIATE")
        self._reader = SqliteLink(engine, self._threads, patient, "BEGIN")

    async def writer(self, *, durable: bool) -> SqliteLink:
        """Give the one connection that may write."""
        return await self._writer.enter(quick=not durable)

    async def reader(self) -> SqliteLink:
        """Give the connection that reads what is committed."""
        return await self._reader.enter(quick=False)

    async def single(self, *, durable: bool) -> SqliteLink:
        """Give the one connection that may write."""
        return await self.writer(durable=durable)

    async def unhurried(self) -> SqliteLink:
        """Give the one connection that may write; nothing here hurries it."""
        return await self.writer(durable=True)

    async def scrub(self) -> None:
        """Write the log into the file and empty it; what was deleted is overwritten in the file (`secure_delete`)."""
        await self._writer.enter(quick=False)
        try:
            await self._writer.empty_log()
        finally:
            await self._writer.close()

    async def close(self) -> None:
        """Close the file."""
        self._writer.disconnect()
        self._reader.disconnect()
        self._threads.shutdown()


def _keep_private(path: Path) -> None:
    """Make the folder and the file, for their owner only; files made earlier are closed to others too."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.is_dir():
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
        for file in path.parent.glob(f"{path.name}*"):
            with suppress(OSError):  # somebody else's: opening it says what is wrong
                file.chmod(0o600)


def _engine(path: Path) -> Engine:
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA secure_delete=ON")

    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "timeout": _BUSY_MILLISECONDS / 1000},
    )
    event.listen(engine, "connect", prepare)
    return engine


def _is_open(connection: Connection) -> bool:
    """Tell whether a transaction is open, be it only in SQLAlchemy's eyes: SQLite ends one by itself on a full disk."""
    return connection.in_transaction() or _driver(connection).in_transaction


def _writes_of_others(connection: Connection) -> int:
    """Give a number that changes whenever another connection has written (`PRAGMA data_version`)."""
    return int(_driver(connection).execute("PRAGMA data_version").fetchone()[0])


def _driver(connection: Connection) -> sqlite3.Connection:
    driver: Any = connection.connection.dbapi_connection
    return cast("sqlite3.Connection", driver)
