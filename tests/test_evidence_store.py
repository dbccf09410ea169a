"""The bytes of evidence: kept with the conversation, packed after a restart, replayed, erased with the rest."""

import io
import zipfile
from datetime import date
from hashlib import sha256

from bot.commands.replay import replay
from bot.conversation import Conversation
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.updates import Inbound, Outgoing
from dialogs.protocol import Choice, Event, Reply, Text, Upload
from tests.application import BLOCK, LINKS, STORY
from tests.drawing import drawn

KEY = StorageKey(bot_id=1, chat_id=2, user_id=2)
OTHER = StorageKey(bot_id=1, chat_id=3, user_id=3)


class Chat:
    """One conversation on a database, as the shell leads it."""

    def __init__(self, database: str, pack, key: StorageKey = KEY) -> None:
        self.database, self.pack, self.key, self.number = database, pack, key, 0
        self.replies: list[Reply] = []

    async def put(self, *events: Event) -> None:
        """Each call is a program of its own: opened, used, closed."""
        store = await Store.open(self.database)
        conversation = Conversation(store, lambda: self.pack, lambda: date(2024, 2, 5))
        for event in events:
            self.number += 1
            await store.receive([Inbound(f"{self.key.chat_id}-{self.number}", self.key, event, self.number)])
            assert await conversation.step(self.key)
            waiting: list[Outgoing] = await store.outbox(self.key)
            self.replies = [outgoing.reply for outgoing in waiting]
            for outgoing in waiting:
                await store.sent(outgoing.id)
        await store.close()

    async def press(self, label: str) -> None:
        await self.put(next(Choice(id=b.id) for reply in self.replies for b in reply.choices if label in b.label))


async def to_the_document(chat: Chat) -> None:
    shot = Upload(name="a.jpg", content=drawn(1), message=9)
    await chat.put(Text(text=BLOCK), Text(text=STORY), Text(text="跳过"), shot, Text(text=LINKS[0]))
    await chat.press("确认无误")
    await chat.press("同意")


async def test_the_kit_is_packed_from_what_earlier_programs_kept(database_url, pack):
    """On either database; and a journal with a kit in it runs again without a difference."""
    chat = Chat(database_url, pack)
    await to_the_document(chat)
    await chat.press("打包")
    with zipfile.ZipFile(io.BytesIO(chat.replies[0].files[0].content)) as package:
        assert package.read("报道截图1.jpg") == drawn(1)
    assert "完全一致" in str(await replay(database_url, None, None))


async def test_nobody_is_given_the_files_of_another_conversation(database_url, pack):
    """The same digest in another chat is another file."""
    await to_the_document(Chat(database_url, pack))
    store = await Store.open(database_url)
    await store.receive([Inbound("x", OTHER, Text(text="你好"))])
    async with store.turn(OTHER) as tx:
        assert tx is not None
        assert await tx.files([sha256(drawn(1)).hexdigest()]) == {}
        tx.park("test")
    await store.close()


async def test_erasing_leaves_no_picture_behind(database_url, pack):
    """删除我的资料 means the bytes, too."""
    chat = Chat(database_url, pack)
    await to_the_document(chat)
    await chat.put(Text(text="删除我的资料"))
    await chat.press("全部删除")
    store = await Store.open(database_url)
    assert await store._database.read(lambda connection: list(connection.exec_driver_sql("SELECT 1 FROM blobs"))) == []
    await store.close()
