"""One person's share of a day: what is over it is refused, with the limit and the day it begins anew."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.commands.replay import replay
from bot.conversation import Conversation
from bot.quotas import Quota
from bot.store.schema import blobs
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Event, File, Reply, Text, Upload
from knowledge.pack import NoticePack
from tests.drawing import drawn

KEY = StorageKey(bot_id=1, chat_id=7, user_id=7)
MEGABYTE = 1024 * 1024


class Office:
    """An office that counts: a store, a conversation with a quota, a day the test sets."""

    def __init__(self, database: str, pack: NoticePack, store: Store) -> None:
        self.database, self.pack, self.store, self.day, self.number = database, pack, store, date(2024, 2, 5), 0

    async def hears(self, *events: Event, staff: tuple[int, ...] = (), **limits: int) -> list[str]:
        """Receive all of them, then handle what waits; gives what is said."""
        for event in events:
            self.number += 1
            await self.store.receive([Inbound(f"{self.number}", KEY, event, self.number)])
        quota = Quota(**{"messages": 99, "files": 99, "megabytes": 99, "drafts": 99, **limits})
        conversation = Conversation(self.store, lambda: self.pack, lambda: self.day, staff, quota=quota)
        said = []
        while await conversation.step(KEY):
            for outgoing in await self.store.outbox(KEY):
                said.append(outgoing.reply.text)
                await self.store.sent(outgoing.id)
        return said

    async def bytes_kept(self) -> int:
        contents = await self.store._database.read(lambda c: c.execute(blobs.select()).all())
        return sum(len(row.content) for row in contents)


@pytest.fixture
async def office(database_url: str, pack: NoticePack) -> AsyncIterator[Office]:
    store = await Store.open(database_url, synchronous="NORMAL")
    yield Office(database_url, pack, store)
    await store.close()


async def test_a_flood_of_messages_ends_with_one_sentence_and_goes_on_the_next_day(office: Office) -> None:
    """It says the limit and when it ends; what was filled in is as it was, and staff have no limit."""
    await office.hears(Text(text="开始填表"), Text(text="合肥市护苗志愿者协会"))
    before = await office.store.session(KEY)
    said = await office.hears(*[Text(text="再说一遍")] * 20, messages=2)
    assert len(said) == 1
    assert "2 条" in said[0]
    assert "2月6日0点" in said[0]
    assert await office.store.session(KEY) == before
    assert await office.hears(Text(text="截止日期是哪天？"), messages=2, staff=(7,))
    office.day = date(2024, 2, 6)
    assert "上限" not in (await office.hears(Text(text="截止日期是哪天？"), messages=2))[0]


@pytest.mark.parametrize("limits", [{"files": 1}, {"megabytes": 1}])
async def test_files_over_the_share_leave_no_byte_and_words_are_still_taken(office: Office, limits) -> None:
    """The first picture is kept, the next is refused by name; typing goes on."""
    first, second = drawn(1), drawn(2) + bytes(MEGABYTE)
    await office.hears(Text(text="开始填表"), Upload(name="甲.jpg", content=first), **limits)
    said = await office.hears(Upload(name="乙.jpg", content=second), Text(text="截止日期是哪天？"), **limits)
    assert "乙.jpg" in said[0]
    assert len(said) > 1
    assert await office.bytes_kept() == len(first)


async def test_applications_over_the_share_are_not_begun(office: Office) -> None:
    """Those there are stay as they are."""
    await office.hears(Text(text="开始填表"), Text(text="合肥市护苗志愿者协会"), drafts=1)
    said = await office.hears(Text(text="/new"), Text(text="再填一份"), drafts=1)
    _, data = await office.store.session(KEY)
    assert len(data["drafts"]) == 1
    assert any("1 份" in words for words in said)


async def test_the_bytes_of_a_file_that_gives_nothing_are_dropped_and_the_journal_runs_again(office: Office) -> None:
    """Refused files, one of them twice, leave their names only; a picture that is kept is kept."""
    junk = bytes(range(256)) * 4000
    uploads = [Upload(name=f"{n}.bin", content=junk, caption="看看" if n else "", album="a") for n in range(3)]
    broken = Upload(name="坏.png", content=b"\x89PNG\r\n\x1a\n" + junk)
    await office.hears(broken, Text(text="开始填表"), *uploads, Upload(name="好.jpg", content=drawn(1)), broken)
    assert await office.bytes_kept() == len(drawn(1))
    assert "完全一致" in str(await replay(office.database, None, None))


async def test_whoever_asks_twice_for_the_same_files_gets_them_once(office: Office) -> None:
    """While sending waits, sixty kits asked for are one, other files others; one file's bytes are read at a time."""
    kit = File(name="申报材料.zip", content=b"PK" * 1000)
    for number in range(60):
        await office.store.receive([Inbound(f"k{number}", KEY, Text(text="打包"))])
        async with office.store.turn(KEY) as tx:
            assert tx is not None
            other = File(name="表.docx", content=b"PK" + bytes([number == 30]))
            tx.save(Result(None, {"n": number}, [Reply(text="请收好", files=(kit,)), Reply(text="", files=(other,))]))
    sent = []
    while waiting := await office.store.outbox(KEY):
        assert sum(bool(outgoing.reply.files) for outgoing in waiting) == 1
        for outgoing in waiting:
            await office.store.sent(outgoing.id)
            sent.append(outgoing)
    assert len(sent) == 3  # the kit once, the other file in two states
