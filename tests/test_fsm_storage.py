"""The contract of every storage and isolation: ours and aiogram's own behave alike."""

import asyncio
import inspect
from collections.abc import AsyncIterator
from pathlib import Path

import aiogram.fsm.context
import aiogram.fsm.state
import aiogram.fsm.storage.base
import aiogram.fsm.storage.memory
import aiogram.fsm.storage.redis
import pytest
from aiogram.exceptions import DataNotDictLikeError as AiogramsError
from hypothesis import given
from hypothesis import strategies as st

from bot.aiogram_compat import context, state
from bot.aiogram_compat.context import FSMContext
from bot.aiogram_compat.state import State, StatesGroup
from bot.aiogram_compat.storage import base, memory, redis
from bot.aiogram_compat.storage.base import BaseEventIsolation, BaseStorage, DataNotDictLikeError
from bot.aiogram_compat.storage.memory import MemoryStorage, SimpleEventIsolation
from bot.aiogram_compat.storage.redis import RedisStorage
from bot.aiogram_compat.storage.sql import SqlStorage
from bot.store.keyed_locks import KeyLocks
from bot.store.storage_key import DefaultKeyBuilder, StorageKey

KEY, OTHER = StorageKey(1, 10, 10), StorageKey(1, 20, 20)


class Form(StatesGroup):
    name = State()


async def opened(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> BaseStorage:
    if kind == "memory":
        return MemoryStorage()
    if kind == "redis":
        return RedisStorage.from_url(request.getfixturevalue("redis_url"))
    url = tmp_path / "fsm.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    return await SqlStorage.open(url)


@pytest.fixture(params=["memory", "sqlite", "postgresql", "redis"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BaseStorage]:
    storage = await opened(request.param, request, tmp_path)
    yield storage
    await storage.close()


@pytest.fixture
def isolation(storage: BaseStorage) -> BaseEventIsolation:
    return SimpleEventIsolation() if isinstance(storage, MemoryStorage) else storage.create_isolation()


async def test_a_state_is_stored_by_its_full_name(storage: BaseStorage):
    """Our states, aiogram's states and plain names are all stored as names."""

    class Theirs(aiogram.fsm.state.StatesGroup):
        name = aiogram.fsm.state.State()

    for given_state, stored in (
        (Form.name, "Form:name"),
        (Theirs.name, "Theirs:name"),
        ("plain", "plain"),
        (None, None),
    ):
        await storage.set_state(KEY, given_state)
        assert await storage.get_state(KEY) == stored
    assert await storage.get_state(OTHER) is None


async def test_data_is_a_dict_of_the_callers_own(storage: BaseStorage):
    """Changing what was read changes nothing stored, and the other way round."""
    await storage.set_data(KEY, {"名称": "护苗"})
    read = await storage.get_data(KEY)
    read["名称"] = "changed"
    assert await storage.get_data(KEY) == {"名称": "护苗"}
    assert await storage.get_value(KEY, "名称") == "护苗"
    assert await storage.get_value(KEY, "missing", "default") == "default"
    assert await storage.get_data(OTHER) == {}


@pytest.mark.parametrize("error", [DataNotDictLikeError, AiogramsError])
async def test_data_must_be_a_dict(storage: BaseStorage, error: type[Exception]):
    """The error can be caught as ours and, in an aiogram program, as aiogram's."""
    with pytest.raises(error):
        await storage.set_data(KEY, ())


async def test_fifty_concurrent_updates_of_data_all_arrive(storage: BaseStorage):
    """`update_data` is one step: no update overwrites another."""
    await asyncio.gather(*(storage.update_data(KEY, {str(number): number}) for number in range(50)))
    assert await storage.get_data(KEY) == {str(number): number for number in range(50)}


async def test_five_concurrent_updates_that_each_add_one_give_five(storage: BaseStorage, isolation: BaseEventIsolation):
    """Under the isolation that belongs to a storage, read-change-write is safe."""

    async def add_one() -> None:
        async with isolation.lock(KEY):
            count = await storage.get_value(KEY, "count", 0)
            await asyncio.sleep(0)
            await storage.set_data(KEY, {"count": count + 1})

    await asyncio.gather(*(add_one() for _ in range(5)))
    assert await storage.get_data(KEY) == {"count": 5}
    await isolation.close()


async def test_an_isolation_holds_up_only_its_own_key(isolation: BaseEventIsolation):
    """Another conversation goes on while one is held."""
    async with isolation.lock(KEY), asyncio.timeout(5), isolation.lock(OTHER):
        pass


async def test_a_dead_owners_lock_ends_by_itself(tmp_path: Path):
    """A lock that was never let go of holds nobody up for longer than its time."""
    storage = await SqlStorage.open(tmp_path / "fsm.db")
    dead = storage.create_isolation(timeout=0.05)
    held = dead.lock(KEY)
    await held.__aenter__()
    async with asyncio.timeout(5), storage.create_isolation().lock(KEY):
        pass
    await held.__aexit__(None, None, None)
    await storage.close()


async def test_the_storage_reads_what_aiograms_redis_storage_wrote(redis_url: str):
    """Same keys, same values: either program can take over the other's conversations."""
    theirs = aiogram.fsm.storage.redis.RedisStorage.from_url(redis_url)
    ours = RedisStorage.from_url(redis_url)
    await theirs.set_state(KEY, "Form:name")
    await theirs.set_data(KEY, {"名称": "护苗"})
    assert (await ours.get_state(KEY), await ours.get_data(KEY)) == ("Form:name", {"名称": "护苗"})
    await ours.update_data(KEY, {"more": [1, 2]})
    await ours.set_state(KEY, Form.name)
    assert (await theirs.get_state(KEY), await theirs.get_data(KEY)) == ("Form:name", {"名称": "护苗", "more": [1, 2]})
    await theirs.close()
    await ours.close()


async def test_looking_at_a_conversation_leaves_nothing_in_memory():
    """An idle or unknown conversation costs no memory."""
    storage, locks = MemoryStorage(), KeyLocks()
    await storage.get_state(KEY)
    await storage.get_data(KEY)
    async with locks.hold(KEY):
        assert len(locks) == 1
    assert len(storage.storage) == len(locks) == 0


@pytest.mark.parametrize("kind", ["ours", "aiograms"])
async def test_a_context_is_a_storage_seen_from_one_key(kind: str):
    """Our context works on our storage and on aiogram's."""
    storage = MemoryStorage() if kind == "ours" else aiogram.fsm.storage.memory.MemoryStorage()
    here, there = FSMContext(storage, KEY), FSMContext(storage, OTHER)
    await here.set_state(Form.name)
    assert await here.update_data({"a": 1}, a=0, b=2) == {"a": 1, "b": 2}
    assert (await here.get_state(), await here.get_value("b")) == ("Form:name", 2)
    await here.clear()
    assert (await here.get_state(), await here.get_data()) == (None, {})
    assert await there.get_data() == {}


KEYS = st.builds(
    dict,
    bot_id=st.integers(0, 99),
    chat_id=st.integers(-99, 99),
    user_id=st.integers(0, 99),
    thread_id=st.none() | st.integers(0, 3),
    business_connection_id=st.none() | st.text(max_size=3),
    destiny=st.sampled_from(["default", "other"]),
)
FLAGS = st.fixed_dictionaries(
    {name: st.booleans() for name in ("with_bot_id", "with_business_connection_id", "with_destiny")}
)


@given(KEYS, FLAGS, st.sampled_from([None, "data", "state", "lock"]))
def test_keys_are_filed_where_aiogram_files_them(key, flags, part):
    """For every key and every setting the two key builders agree, refusals included."""

    def built(builder, storage_key):
        try:
            return builder.build(storage_key, part)
        except ValueError:
            return "refused"

    theirs = aiogram.fsm.storage.base
    assert built(DefaultKeyBuilder(**flags), StorageKey(**key)) == built(
        theirs.DefaultKeyBuilder(**flags), theirs.StorageKey(**key)
    )


PAIRS = [
    (ours, theirs, name)
    for ours, theirs, names in (
        (state, aiogram.fsm.state, ["State", "StatesGroup"]),
        (context, aiogram.fsm.context, ["FSMContext"]),
        (base, aiogram.fsm.storage.base, ["StorageKey", "BaseStorage", "BaseEventIsolation", "KeyBuilder"]),
        (base, aiogram.fsm.storage.base, ["DefaultKeyBuilder"]),
        (memory, aiogram.fsm.storage.memory, ["MemoryStorage", "DisabledEventIsolation", "SimpleEventIsolation"]),
        (redis, aiogram.fsm.storage.redis, ["RedisStorage", "RedisEventIsolation"]),
    )
    for name in names
]


@pytest.mark.parametrize(("ours", "theirs", "name"), PAIRS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_public_name_takes_the_arguments_aiograms_takes(ours, theirs, name):
    """Same classes, same methods, same parameters with the same defaults."""
    our_class, their_class = getattr(ours, name), getattr(theirs, name)
    for method, function in inspect.getmembers(their_class, inspect.isfunction):
        if method.startswith("_") and method not in {"__init__", "__call__"}:
            continue
        assert parameters(getattr(our_class, method)) == parameters(function), f"{name}.{method}"


def parameters(function) -> list[tuple[str, object, str]]:
    found = inspect.signature(function).parameters.values()
    return [(one.name, "loads" in str(one.default) or one.default, one.kind.name) for one in found]
