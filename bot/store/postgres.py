"""PostgreSQL through SQLAlchemy's asyncio and asyncpg."""

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

CONNECTIONS = 10  # a worker's; more only make the server switch between them
POOL_SECONDS = 600  # when many write, work queues for a connection


class Postgres:
    """A PostgreSQL server."""

    def __init__(self, url: URL) -> None:
        """Name the server; the first use connects."""
        self._durable = _engine(url, "on", CONNECTIONS // 2)
        self._quick = _engine(url, "off", CONNECTIONS)

    async def writer(self, *, durable: bool) -> AsyncConnection:
        """Open a connection; one that is not `durable` does not wait for the disk."""
        return await (self._durable if durable else self._quick).connect()

    async def reader(self) -> AsyncConnection:
        """Open a connection; readers never wait for writers here."""
        return await self._quick.connect()

    async def close(self) -> None:
        """Disconnect."""
        await self._durable.dispose()
        await self._quick.dispose()


def _engine(url: URL, synchronous_commit: str, connections: int) -> AsyncEngine:
    settings = {"application_name": "shenbao", "lock_timeout": "10s", "synchronous_commit": synchronous_commit}
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        connect_args={"server_settings": settings},
    )
