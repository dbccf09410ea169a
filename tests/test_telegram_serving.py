"""The messenger as a whole with the real store and dispatcher, over real HTTP; the core is an echo."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.channels.serving import serve
from bot.channels.telegram import polling
from bot.channels.telegram.assembly import joined
from bot.channels.telegram.connection import build_bot
from bot.channels.telegram.polling import poll
from bot.dispatcher import Dispatcher
from bot.settings import Settings
from bot.store.store import Store
from bot.store.turns import Result
from dialogs.protocol import Reply
from tests.emulator.server import Emulator


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture(autouse=True)
def _quick_pauses(monkeypatch):
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.01)


class Echo:
    """A core that counts the turns of a conversation and repeats what it heard."""

    def __init__(self, store):
        self._store = store
        self.held = asyncio.Event()  # cleared: turns wait, as on a slow machine
        self.held.set()
        self.broken = False

    async def step(self, key):
        async with self._store.turn(key) as tx:
            if tx is None:
                return False
            await self.held.wait()
            if self.broken:
                raise RuntimeError("the machine is on fire")
            count = tx.data.get("count", 0) + 1
            tx.save(Result("Echo:on", {"count": count}, [Reply(text=f"{count}. {tx.inbound.event.text}")]))
        return True


@asynccontextmanager
async def _messenger(server, folder, stop=None):
    """Run the messenger on a database in `folder`; leaving stops it."""
    settings = Settings(token=server.token, api_url=server.url, data=folder, _env_file=None)
    store = await Store.open(settings.database)
    echo = Echo(store)

    def dispatching(owns, send, visibly, _fetch):
        return Dispatcher(store, visibly(echo.step), send, owns=owns)

    async with build_bot(settings) as bot, joined(bot, store, dispatching, settings.upload_limit) as shell:
        task = asyncio.create_task(serve([shell.fed_by(poll(bot, shell.intake.take))], stop or asyncio.Event()))
        try:
            yield shell, echo, task
        finally:
            echo.held.set()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await store.close()


async def test_burst_of_one_person_is_answered_in_order(server, tmp_path):
    """Ten messages typed at once get ten answers in the order typed."""
    phone = server.phone(7)
    for number in range(10):
        phone.types(f"第{number}句")
    async with _messenger(server, tmp_path):
        answers = [(await phone.hears()).text for _ in range(10)]
    assert answers == [f"{number + 1}. 第{number}句" for number in range(10)]


async def test_many_people_at_once_are_each_answered_in_order(server, tmp_path):
    """Twenty chats at once: every one gets its own answers, in its own order."""
    phones = [server.phone(number) for number in range(1, 21)]
    for word in ("甲", "乙"):
        for phone in phones:
            phone.types(word)
    async with _messenger(server, tmp_path):
        answers = [[(await phone.hears()).text, (await phone.hears()).text] for phone in phones]
    assert answers == [["1. 甲", "2. 乙"]] * 20


async def test_update_delivered_twice_is_applied_once(server, tmp_path):
    """A redelivered update changes nothing and is answered once."""
    phone = server.phone(7)
    async with _messenger(server, tmp_path):
        update = phone.types("一")
        assert (await phone.hears()).text == "1. 一"
        phone.again(update)
        phone.types("二")
        assert (await phone.hears()).text == "2. 二"
    assert phone.unread() == 0


async def test_flood_control_holds_back_one_chat_only(server, tmp_path):
    """A chat that must wait gets its reply after the time asked for; another is answered meanwhile."""
    ann, bob = server.phone(7), server.phone(8)
    server.trouble("sendMessage", chat=7, retry_after=1)
    async with _messenger(server, tmp_path):
        ann.types("慢")
        bob.types("快")
        assert (await bob.hears()).text == "1. 快"
        assert ann.unread() == 0
        assert (await ann.hears()).text == "1. 慢"


async def test_reply_is_sent_again_after_a_failure_and_nothing_overtakes_it(server, tmp_path):
    """A reply the server refused for a moment arrives, before the one that followed it."""
    phone = server.phone(7)
    server.trouble("sendMessage", status=502)
    phone.types("一")
    phone.types("二")
    async with _messenger(server, tmp_path):
        assert [(await phone.hears()).text for _ in range(2)] == ["1. 一", "2. 二"]


async def test_somebody_who_blocked_the_bot_troubles_nobody(server, tmp_path):
    """A reply nobody can receive is put aside; the others are answered."""
    ann, bob = server.phone(7), server.phone(8)
    ann.blocks()
    ann.types("再见")
    bob.types("你好")
    async with _messenger(server, tmp_path) as (shell, *_):
        assert (await bob.hears()).text == "1. 你好"
        await shell.dispatcher.drain()
        assert await shell.store.waiting() == []


async def test_update_kept_but_not_handled_is_handled_after_the_restart(server, tmp_path):
    """What was acknowledged but could not be handled any more when the process went is handled by the next one."""
    phone = server.phone(7)
    async with _messenger(server, tmp_path) as (_, echo, _):
        echo.broken = True
        phone.types("别丢")
        await server.acknowledged()
    assert phone.unread() == 0
    async with _messenger(server, tmp_path):
        assert (await phone.hears()).text == "1. 别丢"


async def test_told_to_stop_it_finishes_the_turn_in_hand(server, tmp_path):
    """On a stop signal no more is fetched; the turn under way ends and its state is kept."""
    stop = asyncio.Event()
    phone = server.phone(7)
    async with _messenger(server, tmp_path, stop) as (_, echo, task):
        echo.held.clear()
        phone.types("一")
        await server.acknowledged()
        stop.set()
        await asyncio.sleep(0.05)
        phone.types("二")
        echo.held.set()
        await task
    async with _messenger(server, tmp_path):
        assert (await phone.hears_until("2. 二"))[-1].text == "2. 二"
