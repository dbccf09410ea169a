"""Updates on their way in, over real HTTP: kept before they are acknowledged, none lost, none unanswered."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.channels.telegram import intake as intake_module
from bot.channels.telegram import polling
from bot.channels.telegram.background_calls import BackgroundCalls
from bot.channels.telegram.connection import build_bot
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import poll
from bot.messages import say
from bot.settings import Settings
from bot.store.storage_key import StorageKey
from bot.store.store_errors import StoreError
from dialogs.protocol import Choice, Text
from tests.emulator.server import Emulator


class Inbox:
    """Remembers what it was told to keep, and can be made to fail."""

    def __init__(self):
        self.kept = {}
        self.woken = []
        self.failures = 0
        self.news = asyncio.Condition()

    async def receive(self, inbounds):
        if self.failures:
            self.failures -= 1
            raise StoreError("磁盘已满")
        async with self.news:
            for inbound in inbounds:
                self.kept.setdefault(inbound.update_id, inbound)
            self.news.notify_all()

    async def holds(self, count):
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: len(self.kept) >= count), 20)
        return [inbound.event for inbound in self.kept.values()]


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture(autouse=True)
def _quick_pauses(monkeypatch):
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.01)


@asynccontextmanager
async def _polling(server, inbox, *, upload_mb=20):
    settings = Settings(token=server.token, api_url=server.url, upload_mb=upload_mb, _env_file=None)
    async with build_bot(settings) as bot:
        background = BackgroundCalls()
        intake = Intake(bot, inbox.receive, inbox.woken.extend, background, settings.upload_limit)
        task = asyncio.create_task(poll(bot, intake.take))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await background.close()


async def test_update_is_kept_with_its_address_and_wakes_its_conversation(server, inbox):
    """An update is kept under the bot's, chat's and user's number, and its conversation is woken."""
    async with _polling(server, inbox):
        update = server.phone(7).types("你好")
        assert await inbox.holds(1) == [Text(text="你好", message=update["message"]["message_id"])]
    (inbound,) = inbox.kept.values()
    assert inbound.update_id == f"4242:{update['update_id']}"
    assert inbox.woken == [StorageKey(bot_id=4242, chat_id=7, user_id=7)]


async def test_update_is_not_acknowledged_before_it_is_kept(server, inbox):
    """While the inbox fails, the server keeps the update and hands it out again."""
    inbox.failures = 3
    async with _polling(server, inbox):
        server.phone(7).types("不能丢")
        assert len(await inbox.holds(1)) == 1
    assert server.count("getUpdates") >= 4


async def test_crash_after_keeping_loses_nothing(server, inbox):
    """A bot that stops between keeping and acknowledging is handed the same update id again, and keeps one."""
    phone = server.phone(7)
    async with _polling(server, inbox):
        update = phone.types("一")
        await inbox.holds(1)
    phone.again(update)
    async with _polling(server, inbox):
        phone.types("二")
        assert [event.text for event in await inbox.holds(2)] == ["一", "二"]


async def test_polling_outlives_trouble_of_the_server(server, inbox):
    """Lost connections, server errors, a rival poller and flood control are waited out."""
    for how in ({"drop": "before"}, {"status": 500}, {"status": 409}, {"retry_after": 1}):
        server.trouble("getUpdates", **how)
    async with _polling(server, inbox):
        server.phone(7).types("还在吗")
        assert len(await inbox.holds(1)) == 1


async def test_polling_takes_over_from_a_webhook(server, inbox):
    """A hook left by an earlier run is taken away, at the second try if need be; nothing queued is dropped."""
    server.trouble("deleteWebhook", status=502)
    async with aiohttp.ClientSession() as session:
        await session.post(f"{server.url}/bot{server.token}/setWebhook", data={"url": "http://127.0.0.1:9/hook"})
    server.phone(7).types("还在")
    async with _polling(server, inbox):
        assert [event.text for event in await inbox.holds(1)] == ["还在"]


async def test_a_file_is_kept_by_its_name_with_the_messenger_and_not_fetched(server, inbox):
    """What is acknowledged at once names the file; the words after it follow it, and nobody waits."""
    server.trouble("getFile", delay=9)
    phone = server.phone(7)
    async with _polling(server, inbox):
        phone.uploads("稿.txt", "正文".encode(), caption="简介在这里")
        phone.types("后来")
        file, text = await inbox.holds(2)
    assert (file.name, file.size, file.caption, text.text) == ("稿.txt", 6, "简介在这里", "后来")
    assert server.count("getFile") == 0


async def test_file_too_large_is_refused_unfetched(server, inbox):
    """A file over the operator's limit is refused with both sizes, without asking the server for it."""
    phone = server.phone(7)
    async with _polling(server, inbox, upload_mb=1):
        phone.uploads("大.zip", b"x", size=2 * 1024 * 1024)
        refusal = (await phone.hears()).text
    assert "2.0 MB" in refusal
    assert "1 MB" in refusal
    assert server.count("getFile") == 0


async def test_every_press_is_answered(server, inbox):
    """The little clock on a pressed button stops; a query that has expired troubles nobody."""
    async with _polling(server, inbox):
        server.world.open_chat(7)
        message = server.world.new_message(server.world.chat(7), server.world.me, {"text": "选"})
        server.world.queries["q1"] = None
        told = {"id": "q1", "from": server.phone(7).user, "message": message, "chat_instance": "1", "data": "value:1"}
        server.world.mailbox.put("callback_query", told)
        server.world.mailbox.put("callback_query", told | {"id": "expired"})
        events = await inbox.holds(2)
    assert events == [Choice(id="value:1", message=message["message_id"])] * 2
    assert server.world.queries["q1"] is not None


async def test_group_gets_one_refusal_and_is_not_listened_to(server, inbox):
    """In a group the bot says once that it works in private chats only; nothing is kept."""
    phone = server.phone(7, group=-100)
    async with _polling(server, inbox):
        phone.types("/start")
        phone.types("我的电话是 0551-0000000")
        assert (await phone.hears()).text == say("telegram_says.group")
        server.phone(8).types("私聊")
        assert [event.text for event in await inbox.holds(1)] == ["私聊"]
    assert phone.unread() == 0


async def test_group_is_told_again_after_a_while(server, inbox, monkeypatch):
    """The refusal is repeated to a group when some time has passed."""
    monkeypatch.setattr(intake_module, "GROUP_SILENCE", 0.0)
    phone = server.phone(7, group=-100)
    async with _polling(server, inbox):
        phone.types("/start")
        await phone.hears()
        phone.types("/start")
        assert (await phone.hears()).text == say("telegram_says.group")
