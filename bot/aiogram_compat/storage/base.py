"""What a storage and an event isolation promise."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Self

from bot.aiogram_compat.registration import as_aiograms_too, register
from bot.aiogram_compat.state import State
from bot.store.storage_key import DEFAULT_DESTINY, DefaultKeyBuilder, KeyBuilder, StorageKey

__all__ = [
    "DEFAULT_DESTINY",
    "BaseEventIsolation",
    "BaseStorage",
    "DataNotDictLikeError",
    "DefaultKeyBuilder",
    "KeyBuilder",
    "StateType",
    "StorageKey",
]

StateType = str | State | None


class DataNotDictLikeError(Exception):
    """What was to be stored as data is no dict."""


class BaseStorage(ABC):
    """Keeps a state and a dict of data for each key."""

    def __new__(cls, *_args: Any, **_kwargs: Any) -> Self:
        """Make a storage that aiogram, if the program uses it, takes for one of its own."""
        register(BaseStorage, BaseEventIsolation)
        return super().__new__(cls)

    @abstractmethod
    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Replace the state; `None` removes it."""

    @abstractmethod
    async def get_state(self, key: StorageKey) -> str | None:
        """Return the full name of the state, or `None`."""

    @abstractmethod
    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data.

        Raises:
            DataNotDictLikeError: `data` is no dict.
        """

    @abstractmethod
    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data as a dict of the caller's own; empty when there is none."""

    async def get_value(self, storage_key: StorageKey, dict_key: str, default: Any | None = None) -> Any | None:
        """Return one value of the data, or `default`."""
        return (await self.get_data(storage_key)).get(dict_key, default)

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Merge `data` into what is stored and return the whole; our storages let no other writer come between."""
        merged = {**await self.get_data(key), **data}
        await self.set_data(key, merged)
        return merged.copy()

    @abstractmethod
    async def close(self) -> None:
        """Let go of files and connections."""


class BaseEventIsolation(ABC):
    """Lets one event of a key be handled at a time."""

    @abstractmethod
    def lock(self, key: StorageKey) -> AbstractAsyncContextManager[None]:
        """Hold the key while the context is open."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of locks and connections."""


def state_name(state: Any) -> str | None:
    """Return the stored name of a state: ours, aiogram's, a string or `None`."""
    name = getattr(state, "state", state)
    return None if name is None else str(name)


def checked(data: object) -> dict[str, Any]:
    """Return `data` if it is a dict.

    Raises:
        DataNotDictLikeError: it is not; in a program that uses aiogram, the error is also aiogram's own.
    """
    if isinstance(data, dict):
        return data
    raise as_aiograms_too(DataNotDictLikeError)(f"Data must be a dict or dict-like object, got {type(data).__name__}")
