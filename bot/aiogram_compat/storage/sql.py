"""A storage and an isolation on SQLite or PostgreSQL: the same table the bot's own conversations stand in."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import Connection

from bot.aiogram_compat.storage.base import BaseEventIsolation, BaseStorage, StateType, checked, state_name
from bot.store import expiring_locks as locks
from bot.store import sessions
from bot.store.database import Database, backend
from bot.store.keyed_locks import KeyLocks
from bot.store.storage_key import StorageKey
from bot.store.upgrade import upgrade

LOCK_SECONDS = 60.0
POLL_SECONDS = 0.02


class SqlStorage(BaseStorage):
    """Keeps state and data in the sessions table, under aiogram's key with bot id and destiny."""

    def __init__(self, database: Database) -> None:
        """Use an open, upgraded database; see `open`."""
        self._database = database

    @classmethod
    async def open(cls, url_or_path: str | Path) -> Self:
        """Open a database, creating or upgrading its tables.

        Raises:
            StoreError: the database cannot be opened, is damaged, or is newer than this program.
        """
        database = Database(backend(url_or_path))
        await database.write(upgrade)
        return cls(database)

    def create_isolation(self, **kwargs: Any) -> "SqlEventIsolation":
        """Return an isolation on the same database."""
        return SqlEventIsolation(self._database, **kwargs)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Replace the state."""
        name = state_name(state)
        await self._change(key, lambda stored: replace(stored, state=name))

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state."""
        return (await self._read(key))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data."""
        new = checked(data)
        await self._change(key, lambda stored: replace(stored, data=new))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data."""
        return (await self._read(key))[1]

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Merge into the data while its row is locked."""
        return (await self._change(key, lambda stored: replace(stored, data={**stored.data, **data}))).data

    async def close(self) -> None:
        """Let go of the database."""
        await self._database.close()

    async def _read(self, key: StorageKey) -> tuple[str | None, dict[str, Any]]:
        address = sessions.address(key)
        return await self._database.read(lambda connection: sessions.read(connection, address))

    async def _change(self, key: StorageKey, change: Callable[[sessions.Stored], sessions.Stored]) -> sessions.Stored:
        address, at = sessions.address(key), int(time.time() * 1000)

        def work(connection: Connection) -> sessions.Stored:
            sessions.ensure(connection, {key}, at)
            changed = change(sessions.wait_for(connection, address) or sessions.UNKNOWN)
            sessions.save(connection, address, changed, at)
            return changed

        return await self._database.write(work)


class SqlEventIsolation(BaseEventIsolation):
    """One event of a key at a time, among all processes on one database.

    Within a process, events queue in order; between processes they ask again every `POLL_SECONDS`.
    """

    def __init__(self, database: Database, timeout: float = LOCK_SECONDS) -> None:
        """Use an open database; a lock ends by itself after `timeout` seconds, should its owner die."""
        self._database = database
        self._timeout = timeout
        self._queue = KeyLocks()

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncIterator[None]:
        """Hold the key."""
        address, owner = sessions.address(key), uuid4().hex
        async with self._queue.hold(address):
            while not await self._taken(address, owner):  # noqa: ASYNC110 - another process cannot wake us
                await asyncio.sleep(POLL_SECONDS)
            try:
                yield
            finally:
                await self._database.write(lambda connection: locks.free(connection, address, owner))

    async def _taken(self, address: str, owner: str) -> bool:
        at = time.time()
        until = int((at + self._timeout) * 1000)
        return await self._database.write(
            lambda connection: locks.take(connection, address, owner, int(at * 1000), until)
        )

    async def close(self) -> None:
        """The storage owns the database."""
