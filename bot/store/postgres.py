"""PostgreSQL through SQLAlchemy's asyncio and asyncpg."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

T = TypeVar("T")

CONNECTIONS = 10  # a worker's; more only make the server switch between them
NOTES = 2  # connections for short notes made beside an open transaction, each one statement
CONNECT_SECONDS = 10
COMMAND_SECONDS = 15.0  # a server that takes longer is frozen; the connection is given up, the work done again
POOL_SECONDS = 600  # when many write, work queues for a connection


class PostgresLink:
    """A connection taken from the pool."""

    def __init__(self, connection: AsyncConnection, notes: AsyncEngine) -> None:
        """Use a connection; `notes` gives others, which commit each statement."""
        self._connection = connection
        self._notes = notes

    async def run_sync(self, work: Callable[[Connection], T], /) -> T:
        """Run `work` in the transaction.

        Raises:
            TimeoutError: the server does not answer; the connection is given up, for a rollback would wait as well.
        """
        try:
            return await self._connection.run_sync(work)
        except TimeoutError:
            await self._connection.invalidate()
            raise

    async def commit_apart(self, work: Callable[[Connection], T], /) -> T:
        """Run `work`, one statement on rows that the transaction has not locked, on another connection."""
        async with self._notes.connect() as connection:
            return await PostgresLink(connection, self._notes).run_sync(work)

    async def close(self) -> None:
        """Give the connection back; what is not committed is rolled back."""
        await self._connection.close()


class Postgres:
    """A PostgreSQL server."""

    def __init__(self, url: URL) -> None:
        """Name the server; the first use connects."""
        self._durable = _engine(url, "on", CONNECTIONS // 2)
        self._quick = _engine(url, "off", CONNECTIONS)
        self._notes = _engine(url, "off", NOTES).execution_options(isolation_level="AUTOCOMMIT")
        self._unhurried = _engine(url, "on", 1, command_seconds=None)

    async def writer(self, *, durable: bool) -> PostgresLink:
        """Open a connection; one that is not `durable` does not wait for the disk."""
        return PostgresLink(await (self._durable if durable else self._quick).connect(), self._notes)

    async def reader(self) -> PostgresLink:
        """Open a connection; readers never wait for writers here."""
        return PostgresLink(await self._quick.connect(), self._notes)

    async def single(self, *, durable: bool) -> PostgresLink:
        """Open a connection that commits each statement by itself: begin and commit are ways to the server too."""
        engine = self._durable if durable else self._quick
        return PostgresLink(await engine.execution_options(isolation_level="AUTOCOMMIT").connect(), self._notes)

    async def unhurried(self) -> PostgresLink:
        """Open a connection whose statements may take any time: an upgrade builds indexes."""
        return PostgresLink(await self._unhurried.connect(), self._notes)

    async def scrub(self) -> None:
        """Do nothing: the server's own vacuum frees what was deleted, and its log is its operator's."""

    async def close(self) -> None:
        """Disconnect."""
        for engine in (self._durable, self._quick, self._notes, self._unhurried):
            await engine.dispose()


def _engine(
    url: URL, synchronous_commit: str, connections: int, command_seconds: float | None = COMMAND_SECONDS
) -> AsyncEngine:
    settings = {"application_name": "shenbao", "lock_timeout": "10s", "synchronous_commit": synchronous_commit}
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        connect_args={"server_settings": settings, "timeout": CONNECT_SECONDS, "command_timeout": command_seconds},
    )
