"""Pushed updates that overtake each other on their way are handled in the order they were sent."""

import pytest

from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Text

ANN = StorageKey(bot_id=1, chat_id=7, user_id=7)


class Clock:
    """Seconds, moved by hand."""

    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def store(database_url, clock):
    store = await Store.open(database_url, clock=clock, settle=0.15)
    yield store
    await store.close()


async def _arrives(store, *positions):
    for position in positions:
        await store.receive([Inbound(f"u{position}", ANN, Text(text=str(position)), position)])


async def _handled(store):
    """Handle all that may be handled now; gives it in order."""
    said = []
    while True:
        async with store.turn(ANN) as tx:
            if tx is None:
                return said
            said.append(tx.inbound.position)
            tx.save(Result("Form:name", {}, []))


async def test_an_update_waits_for_one_sent_before_it(store, clock):
    """The later one comes first: neither is handled before the other had its time to arrive."""
    await _arrives(store, 2)
    assert await _handled(store) == []
    clock.now += 0.1
    await _arrives(store, 1)
    clock.now += 0.1  # the later one has waited long enough, the one before it has not
    assert await _handled(store) == []
    clock.now += 0.1
    assert await _handled(store) == [1, 2]


async def test_nobody_waits_for_ever(store, clock):
    """Messages that keep coming do not hold up those that have waited."""
    for position in range(5):
        await _arrives(store, position)
        clock.now += 0.1
    assert await _handled(store) == [0, 1, 2, 3]


async def test_polled_updates_do_not_wait(database_url, clock):
    """Long polling brings updates in order: they are handled at once."""
    store = await Store.open(database_url, clock=clock)
    await _arrives(store, 1)
    assert await _handled(store) == [1]
    await store.close()
