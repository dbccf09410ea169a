"""A store on each kind of database, with a clock the test sets."""

from collections.abc import AsyncIterator

import pytest

from bot.store.store import Store
from tests.test_store.turns import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(database_url: str, clock: Clock) -> AsyncIterator[Store]:
    store = await Store.open(database_url, synchronous="NORMAL", clock=clock)
    yield store
    await store.close()
