"""State and data of one conversation, as handlers see them."""

from collections.abc import Mapping
from typing import Any

from bot.aiogram_compat.storage.base import BaseStorage, StateType, state_name
from bot.store.storage_key import StorageKey


class FSMContext:
    """A storage seen from one key; works on our storages and on aiogram's."""

    def __init__(self, storage: BaseStorage, key: StorageKey) -> None:
        """Look at `key` in `storage`."""
        self.storage = storage
        self.key = key

    async def set_state(self, state: StateType = None) -> None:
        """Replace the state; `None` removes it."""
        await self.storage.set_state(key=self.key, state=state_name(state))

    async def get_state(self) -> str | None:
        """Return the full name of the state, or `None`."""
        return await self.storage.get_state(key=self.key)

    async def set_data(self, data: Mapping[str, Any]) -> None:
        """Replace the data."""
        await self.storage.set_data(key=self.key, data=data)

    async def get_data(self) -> dict[str, Any]:
        """Return the data."""
        return await self.storage.get_data(key=self.key)

    async def get_value(self, key: str, default: Any | None = None) -> Any | None:
        """Return one value of the data, or `default`."""
        return await self.storage.get_value(storage_key=self.key, dict_key=key, default=default)

    async def update_data(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> dict[str, Any]:
        """Merge into the data and return the whole; `data` wins over keywords."""
        return await self.storage.update_data(key=self.key, data={**kwargs, **(data or {})})

    async def clear(self) -> None:
        """Remove state and data."""
        await self.set_state(state=None)
        await self.set_data({})
