"""PostgreSQL through SQLAlchemy's asyncio and asyncpg."""

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

CONNECTIONS = 10  # a worker's; more only make the server switch between them
POOL_SECONDS = 600  # in a rush, work queues for a connection
_LOCK_MILLISECONDS = 10_000


class Postgres:
    """A PostgreSQL server."""

    def __init__(self, url: URL) -> None:
        """Name the server; the first use connects."""
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=POOL_SECONDS,
            connect_args={"server_settings": {"lock_timeout": str(_LOCK_MILLISECONDS), "application_name": "shenbao"}},
        )

    async def writer(self) -> AsyncConnection:
        """Open a connection."""
        return await self._engine.connect()

    async def reader(self) -> AsyncConnection:
        """Open a connection; readers never wait for writers here."""
        return await self._engine.connect()

    async def close(self) -> None:
        """Disconnect."""
        await self._engine.dispose()
