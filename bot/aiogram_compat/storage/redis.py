"""A storage and an isolation on Redis, in the layout of aiogram's own."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Self

from redis.asyncio.client import Pipeline, Redis
from redis.asyncio.connection import ConnectionPool
from redis.asyncio.lock import Lock
from redis.typing import ExpiryT

from bot.aiogram_compat.storage.base import BaseEventIsolation, BaseStorage, StateType, checked, state_name
from bot.store.storage_key import DefaultKeyBuilder, KeyBuilder, StorageKey

DEFAULT_REDIS_LOCK_KWARGS = {"timeout": 60}


def connected(url: str, connection_kwargs: dict[str, Any] | None) -> Redis:
    """Return a client for `redis://…` or `unix://…`; the first use connects."""
    return Redis(connection_pool=ConnectionPool.from_url(url, **(connection_kwargs or {})))


class RedisStorage(BaseStorage):
    """Keeps state and data under two Redis keys; unlike aiogram's, `update_data` loses no concurrent update."""

    def __init__(  # noqa: PLR0913, PLR0917 - aiogram's signature
        self,
        redis: Redis,
        key_builder: KeyBuilder | None = None,
        state_ttl: ExpiryT | None = None,
        data_ttl: ExpiryT | None = None,
        json_loads: Callable[..., Any] = json.loads,
        json_dumps: Callable[..., str] = json.dumps,
    ) -> None:
        """Use a client; the `…_ttl` are times to live of what is written, in seconds."""
        self.redis = redis
        self.key_builder = key_builder or DefaultKeyBuilder()
        self.state_ttl = state_ttl
        self.data_ttl = data_ttl
        self.json_loads = json_loads
        self.json_dumps = json_dumps

    @classmethod
    def from_url(cls, url: str, connection_kwargs: dict[str, Any] | None = None, **kwargs: Any) -> Self:
        """Use the server at a URL."""
        return cls(redis=connected(url, connection_kwargs), **kwargs)

    def create_isolation(self, **kwargs: Any) -> "RedisEventIsolation":
        """Return an isolation on the same server with the same keys."""
        return RedisEventIsolation(redis=self.redis, key_builder=self.key_builder, **kwargs)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Replace the state."""
        name, at = state_name(state), self.key_builder.build(key, "state")
        if name is None:
            await self.redis.delete(at)
        else:
            await self.redis.set(at, name, ex=self.state_ttl)

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state."""
        value = await self.redis.get(self.key_builder.build(key, "state"))
        return value.decode() if isinstance(value, bytes) else value

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data; no data takes no key."""
        at = self.key_builder.build(key, "data")
        if checked(data):
            await self.redis.set(at, self.json_dumps(data), ex=self.data_ttl)
        else:
            await self.redis.delete(at)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data."""
        return self._loaded(await self.redis.get(self.key_builder.build(key, "data")))

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Merge into the data; when somebody else writes in between, start over."""
        at, merged = self.key_builder.build(key, "data"), dict[str, Any]()

        async def merge(pipe: Pipeline) -> None:
            merged.clear()
            merged.update({**self._loaded(await pipe.get(at)), **data})
            pipe.multi()  # type: ignore[no-untyped-call]
            if merged:
                pipe.set(at, self.json_dumps(merged), ex=self.data_ttl)

        await self.redis.transaction(merge, at)
        return merged

    async def close(self) -> None:
        """Disconnect."""
        await self.redis.aclose(close_connection_pool=True)

    def _loaded(self, value: bytes | str | None) -> dict[str, Any]:
        loaded: dict[str, Any] = {} if value is None else self.json_loads(value)
        return loaded


class RedisEventIsolation(BaseEventIsolation):
    """One event of a key at a time, among all processes on one Redis server."""

    def __init__(
        self,
        redis: Redis,
        key_builder: KeyBuilder | None = None,
        lock_kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Use a client; `lock_kwargs` go to Redis' lock (by default it lets go after 60 seconds)."""
        self.redis = redis
        self.key_builder = key_builder or DefaultKeyBuilder()
        self.lock_kwargs = lock_kwargs or DEFAULT_REDIS_LOCK_KWARGS

    @classmethod
    def from_url(cls, url: str, connection_kwargs: dict[str, Any] | None = None, **kwargs: Any) -> Self:
        """Use the server at a URL."""
        return cls(redis=connected(url, connection_kwargs), **kwargs)

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncIterator[None]:
        """Hold the key."""
        name = self.key_builder.build(key, "lock")
        async with self.redis.lock(name=name, **self.lock_kwargs, lock_class=Lock):
            yield

    async def close(self) -> None:
        """The storage owns the connection."""
