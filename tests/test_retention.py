"""Old data goes by itself: conversations silent for longer than the office keeps them."""

import asyncio
import time

from bot.fsm.key import StorageKey
from bot.messages import Inbound
from bot.retention import kept_for
from bot.store import Store
from dialogs.events import Text

DAY = 86400


def _inbound(user):
    return Inbound(str(user), StorageKey(bot_id=1, chat_id=user, user_id=user), Text(text="你好"))


async def test_silent_conversations_are_erased_and_lively_ones_kept(tmp_path, monkeypatch):
    """Of two conversations, silent for 40 and for 20 days, 30 days of keeping leave the second."""
    age = 40 * DAY
    store = await Store.open(tmp_path / "x.db", clock=lambda: time.time() - age)
    await store.receive([_inbound(1)])
    age = 20 * DAY
    await store.receive([_inbound(2)])
    forget, done = store.forget_older_than, asyncio.Event()

    async def watched(moment):
        count = await forget(moment)
        done.set()
        return count

    monkeypatch.setattr(store, "forget_older_than", watched)
    async with kept_for(store, 30):
        await asyncio.wait_for(done.wait(), 20)
    assert [key.user_id for key in await store.waiting()] == [2]
    await store.close()
