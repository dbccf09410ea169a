"""What aiogram's tests ask for, made of our storages and isolations; becomes the `conftest.py` beside them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mocked_bot import MockedBot

from bot.aiogram_compat.storage.base import BaseEventIsolation
from bot.aiogram_compat.storage.memory import DisabledEventIsolation, MemoryStorage, SimpleEventIsolation
from bot.aiogram_compat.storage.redis import RedisEventIsolation, RedisStorage
from bot.aiogram_compat.storage.sql import SqlEventIsolation, SqlStorage
from bot.store.storage_key import StorageKey
from tests.servers import postgres_server, postgres_url, redis_server, redis_url  # noqa: F401


@pytest.fixture
def bot() -> MockedBot:
    return MockedBot()


@pytest.fixture
def storage_key(bot: MockedBot) -> StorageKey:
    return StorageKey(chat_id=-42, user_id=42, bot_id=bot.id)


@pytest.fixture
def storage(request: pytest.FixtureRequest) -> object:
    return request.getfixturevalue(request.param)


@pytest.fixture
def isolation(request: pytest.FixtureRequest) -> object:
    return request.getfixturevalue(request.param)


@pytest.fixture
def memory_storage() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
async def redis_storage(redis_url: str) -> AsyncIterator[RedisStorage]:  # noqa: F811 - the fixture
    storage = RedisStorage.from_url(redis_url)
    yield storage
    await storage.close()


@pytest.fixture
async def sqlite_storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    storage = await SqlStorage.open(tmp_path / "fsm.db")
    yield storage
    await storage.close()


@pytest.fixture
async def postgresql_storage(postgres_url: str) -> AsyncIterator[SqlStorage]:  # noqa: F811 - the fixture
    storage = await SqlStorage.open(postgres_url)
    yield storage
    await storage.close()


@pytest.fixture
def redis_isolation(redis_storage: RedisStorage) -> RedisEventIsolation:
    return redis_storage.create_isolation()


@pytest.fixture
def sqlite_isolation(sqlite_storage: SqlStorage) -> SqlEventIsolation:
    return sqlite_storage.create_isolation()


@pytest.fixture
def postgresql_isolation(postgresql_storage: SqlStorage) -> SqlEventIsolation:
    return postgresql_storage.create_isolation()


@pytest.fixture
def lock_isolation() -> BaseEventIsolation:
    return SimpleEventIsolation()


@pytest.fixture
def disabled_isolation() -> BaseEventIsolation:
    return DisabledEventIsolation()
