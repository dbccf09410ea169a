"""PostgreSQL through SQLAlchemy's asyncio and asyncpg."""

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

CONNECTIONS = 10  # a worker's; more only make the server switch between them
POOL_SECONDS = 600  # in a rush, work queues for a connection
_SETTINGS = {"application_name": "shenbao", "lock_timeout": "10s", "synchronous_commit": "off"}
_DURABLY = text("SET LOCAL synchronous_commit TO on")


class Postgres:
    """A PostgreSQL server."""

    def __init__(self, url: URL) -> None:
        """Name the server; the first use connects."""
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=POOL_SECONDS,
            connect_args={"server_settings": _SETTINGS},
        )

    async def writer(self, *, durable: bool) -> AsyncConnection:
        """Open a connection; one that is not `durable` does not wait for the disk."""
        connection = await self._engine.connect()
        if durable:
            await connection.execute(_DURABLY)
        return connection

    async def reader(self) -> AsyncConnection:
        """Open a connection; readers never wait for writers here."""
        return await self._engine.connect()

    async def close(self) -> None:
        """Disconnect."""
        await self._engine.dispose()
