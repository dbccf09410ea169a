"""Old data goes by itself: conversations silent for longer than the office keeps them."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from bot import retention_job
from bot.retention_job import kept_for
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Text

DAY = 86400


def _key(user):
    return StorageKey(bot_id=1, chat_id=user, user_id=user)


async def _talk(store, user):
    await store.receive([Inbound(str(user), _key(user), Text(text="你好"))])
    async with store.turn(_key(user)) as tx:
        tx.save(Result(state="Form:name", data={"name": "某某"}, replies=[]))


async def test_silent_conversations_are_erased_and_lively_ones_kept(tmp_path, monkeypatch):
    """Of two conversations, silent for 40 and for 20 days, 30 days of keeping leave the second."""
    age = 40 * DAY
    store = await Store.open(tmp_path / "x.db", clock=lambda: time.time() - age)
    await _talk(store, 1)
    age = 20 * DAY
    await _talk(store, 2)
    age = 0
    await _talk(store, 3)
    forget, done = store.forget_older_than, asyncio.Event()

    async def watched(moment, most):
        count = await forget(moment, most)
        done.set()
        return count

    monkeypatch.setattr(store, "forget_older_than", watched)
    async with kept_for(store, 30):
        await asyncio.wait_for(done.wait(), 20)
    assert await store.session(_key(1)) == (None, {})
    assert await store.session(_key(2)) == ("Form:name", {"name": "某某"})
    await store.close()


async def test_a_clock_a_year_ahead_erases_nothing(tmp_path, monkeypatch):
    """A clock far past the newest row is doubted: nothing goes, and the log says why."""
    store = await Store.open(tmp_path / "x.db")
    await _talk(store, 1)
    doubted = asyncio.Event()
    monkeypatch.setattr(retention_job.log, "warning", lambda name, **_: name == "clock_doubted" and doubted.set())
    async with kept_for(store, 30, clock=lambda: datetime.now(UTC) + timedelta(days=365)):
        await asyncio.wait_for(doubted.wait(), 20)
    assert await store.session(_key(1)) == ("Form:name", {"name": "某某"})
    await store.close()


async def test_one_run_erases_only_a_share(tmp_path):
    """Of what is old, the most silent go first, and no more than a run may take."""
    age = 40 * DAY
    store = await Store.open(tmp_path / "x.db", clock=lambda: time.time() - age)
    for user in (1, 2, 3):
        await _talk(store, user)
        age -= DAY
    assert await store.forget_older_than(datetime.now(UTC) - timedelta(days=30), 2) == 2
    assert await store.session(_key(3)) == ("Form:name", {"name": "某某"})
    await store.close()
