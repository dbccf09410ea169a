"""One way to run synchronous SQL functions on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot.messages import say
from bot.store.store_errors import StoreError, as_store_errors

T = TypeVar("T")
Work = Callable[[Connection], T]


class Link(Protocol):
    """An open connection; what is not committed when it closes is rolled back."""

    async def run_sync(self, work: Work[T], /) -> T:
        """Run `work`, which begins a transaction if none is open, and may commit it."""

    async def commit_apart(self, work: Work[T], /) -> T:
        """Run `work` and commit it at once, in a transaction that so far only reads and locks, which stays open.

        Raises:
            ChangedMeanwhileError: what was read and locked is free again, and may have changed.
        """

    async def close(self) -> None:
        """Give the connection back."""


class Backend(Protocol):
    """A kind of database."""

    async def writer(self, *, durable: bool) -> Link:
        """Open a connection that may write; `durable`: what it commits must survive a power cut."""

    async def reader(self) -> Link:
        """Open a connection that sees what is committed and waits for no writer."""

    async def single(self, *, durable: bool) -> Link:
        """Open a connection for one statement that writes, `durable` as in `writer`."""

    async def unhurried(self) -> Link:
        """Open a connection that may write, durably, for work that may take long."""

    async def scrub(self) -> None:
        """Leave no trace of what was deleted outside of the tables, as far as this kind of database can."""

    async def close(self) -> None:
        """Let go of every connection."""


class Transaction:
    """One open transaction; it is rolled back unless committed."""

    def __init__(self, link: Link) -> None:
        """Work on an open connection."""
        self._link = link

    async def run(self, work: Work[T]) -> T:
        """Run `work` in the transaction.

        Raises:
            StoreError: the database failed.
        """
        with as_store_errors():
            return await self._link.run_sync(work)

    async def commit_apart(self, work: Work[T]) -> T:
        """Run `work` and commit it at once; the transaction, which has only read and locked so far, stays open.

        Raises:
            StoreError: the database failed.
            ChangedMeanwhileError: another process wrote in between; begin anew.
        """
        with as_store_errors():
            return await self._link.commit_apart(work)

    async def commit(self, work: Work[T]) -> T:
        """Run `work` and commit everything.

        Raises:
            StoreError: the database failed; nothing was saved.
        """

        def both(connection: Connection) -> T:
            result = work(connection)
            connection.commit()
            return result

        return await self.run(both)


class Database:
    """Where the bot's tables live."""

    def __init__(self, backend: Backend) -> None:
        """Work on an open backend."""
        self._backend = backend

    @asynccontextmanager
    async def transaction(self, *, durable: bool = False) -> AsyncIterator[Transaction]:
        """Open a transaction; leaving without `commit` rolls it back.

        Only what comes from outside has to be `durable`, on disk when `commit` returns: an update that was
        received. A power cut may undo the last turns and notes of sending, whole and in order; they are then
        done again from the inbox.

        Raises:
            StoreError: there is no connection to be had.
        """
        with as_store_errors():
            link = await self._backend.writer(durable=durable)
        try:
            yield Transaction(link)
        finally:
            await link.close()

    async def write(self, work: Work[T], *, durable: bool = False) -> T:
        """Run `work` in a transaction of its own and commit it; `durable` as in `transaction`.

        Raises:
            StoreError: the database failed; nothing was saved.
        """
        async with self.transaction(durable=durable) as transaction:
            return await transaction.commit(work)

    async def write_one(self, work: Work[T], *, durable: bool = False) -> T:
        """Run `work`, one statement, as a transaction of its own; `durable` as in `transaction`.

        Raises:
            StoreError: the database failed; nothing was saved.
        """
        with as_store_errors():
            link = await self._backend.single(durable=durable)
        try:
            return await Transaction(link).commit(work)
        finally:
            await link.close()

    async def write_at_leisure(self, work: Work[T]) -> T:
        """Run `work`, which may take long, in a transaction of its own and commit it.

        Raises:
            StoreError: the database failed; nothing was saved.
        """
        with as_store_errors():
            link = await self._backend.unhurried()
        try:
            return await Transaction(link).commit(work)
        finally:
            await link.close()

    async def read(self, work: Work[T]) -> T:
        """Run `work` on what is committed.

        Raises:
            StoreError: the database failed.
        """
        with as_store_errors():
            link = await self._backend.reader()
        try:
            return await Transaction(link).run(work)
        finally:
            await link.close()

    async def scrub(self) -> None:
        """Overwrite what was deleted wherever the database still has it: its log, its free pages.

        Raises:
            StoreError: the database failed, or somebody reads it all the time; try again later.
        """
        with as_store_errors():
            await self._backend.scrub()

    async def close(self) -> None:
        """Let go of every connection."""
        await self._backend.close()


def backend(url_or_path: str | Path, *, synchronous: str = "FULL") -> Backend:
    """Return the backend for a database URL, or for the path of an SQLite file.

    Raises:
        StoreError: the URL cannot be read, or names another kind of database.
    """
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        from bot.store.sqlite import Sqlite  # noqa: PLC0415 - only the driver in use is loaded

        return Sqlite(Path(url_or_path), synchronous=synchronous)
    try:
        url = make_url(url_or_path)
    except (ArgumentError, ValueError):
        raise StoreError(say("store.bad_url")) from None
    if url.get_backend_name() == "sqlite" and url.database:
        return backend(Path(url.database), synchronous=synchronous)
    if url.get_backend_name() == "postgresql":
        from bot.store.postgres import Postgres  # noqa: PLC0415 - only the driver in use is loaded

        return Postgres(url)
    raise StoreError(say("store.other_kind", name=url.drivername))
