"""A storage and isolations inside one process: for tests, and for what may be forgotten."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from bot.aiogram_compat.storage.base import BaseEventIsolation, BaseStorage, StateType, checked, state_name
from bot.store.keyed_locks import KeyLocks
from bot.store.storage_key import StorageKey


@dataclass
class MemoryStorageRecord:
    """What is kept for one key."""

    data: dict[str, Any] = field(default_factory=dict)
    state: str | None = None


class MemoryStorage(BaseStorage):
    """Keeps records in `storage`, key → record; looking does not create one."""

    def __init__(self) -> None:
        """Start empty."""
        self.storage: defaultdict[StorageKey, MemoryStorageRecord] = defaultdict(MemoryStorageRecord)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Replace the state."""
        self.storage[key].state = state_name(state)

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state."""
        return self._record(key).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data."""
        self.storage[key].data = checked(data).copy()

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return a copy of the data."""
        return self._record(key).data.copy()

    async def get_value(self, storage_key: StorageKey, dict_key: str, default: Any | None = None) -> Any | None:
        """Return a copy of one value."""
        return copy(self._record(storage_key).data.get(dict_key, default))

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Merge into the data."""
        self.storage[key].data.update(data)
        return self.storage[key].data.copy()

    async def close(self) -> None:
        """Nothing to let go of."""

    def _record(self, key: StorageKey) -> MemoryStorageRecord:
        return self.storage.get(key) or MemoryStorageRecord()


class DisabledEventIsolation(BaseEventIsolation):
    """Isolates nothing."""

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncIterator[None]:  # noqa: ARG002 - the shape of an isolation
        """Let everybody through."""
        yield

    async def close(self) -> None:
        """Nothing to let go of."""


class SimpleEventIsolation(BaseEventIsolation):
    """One event of a key at a time, within this process."""

    def __init__(self) -> None:
        """Start with no key held."""
        self._locks = KeyLocks()

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncIterator[None]:
        """Hold the key, after everybody who asked before."""
        async with self._locks.hold(key):
            yield

    async def close(self) -> None:
        """Locks are let go of by those who hold them."""
