"""Locks on Redis: one turn of a conversation at a time among workers, and one clear line when Redis is not there."""

import asyncio
import signal
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import StartupError
from bot.messages import say
from bot.redis_locks import locked
from bot.store.storage_key import StorageKey
from tests.servers import RedisServer

ANNA, BO = StorageKey(1, 10, 10), StorageKey(1, 20, 20)


class Work:
    """Turns that take a moment, and how many ran at once."""

    def __init__(self) -> None:
        self.running: list[StorageKey] = []
        self.together: set[frozenset[StorageKey]] = set()
        self.doubled = False

    async def step(self, key: StorageKey) -> bool:
        self.doubled |= key in self.running
        self.running.append(key)
        await asyncio.sleep(0.02)
        self.together.add(frozenset(self.running))
        self.running.remove(key)
        return True


async def test_workers_take_turns_in_one_conversation_and_not_in_two(redis_url: str):
    """Four workers on one Redis: a conversation's turns never overlap, different conversations' do."""
    work = Work()
    async with AsyncExitStack() as stack:
        steps = [await stack.enter_async_context(locked(SecretStr(redis_url), work.step)) for _ in range(4)]
        assert all(await asyncio.gather(*(step(key) for step in steps for key in (ANNA, BO))))
    assert not work.doubled
    assert {ANNA, BO} in work.together


async def test_a_turn_that_fails_lets_go(redis_url: str):
    """The next turn of the conversation does not wait for a lock nobody holds."""

    async def fails(_key: StorageKey) -> bool:
        raise ZeroDivisionError

    async with locked(SecretStr(redis_url), fails) as step:
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await asyncio.wait_for(step(ANNA), 10)


async def test_without_redis_the_step_is_as_it_was():
    """No setting, no wrapping."""
    work = Work()
    async with locked(None, work.step) as step:
        assert step == work.step


@pytest.mark.parametrize("url", ["unix://{folder}/hush.sock", "redis://:hush@127.0.0.1:1/0", "hush"])
async def test_a_redis_that_is_not_there(url: str, tmp_path: Path):
    """One line names the setting, never its value."""
    with pytest.raises(StartupError) as caught:
        async with locked(SecretStr(url.format(folder=tmp_path)), Work().step):
            pass
    assert str(caught.value) == say("redis.not_reached")
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL])
async def test_a_redis_that_dies_holds_up_no_turn(own_redis: RedisServer, how: signal.Signals):
    """Hanging or gone, in the middle of a turn or before it: turns go on under the database's own lock."""
    done: list[StorageKey] = []

    async def step(key: StorageKey) -> bool:
        if not done:
            own_redis.signal(how)
        done.append(key)
        return True

    async with locked(SecretStr(own_redis.url), step) as alone:
        async with asyncio.timeout(10):  # a dead Redis is noticed in `ANSWER_SECONDS`, a hang would last for ever
            for _ in range(30):
                await alone(ANNA)
            await asyncio.gather(*(alone(BO) for _ in range(30)))
        own_redis.signal(signal.SIGCONT)
    assert len(done) == 60
