"""The emulator behaves as the Bot API does, so that tests over it mean something."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from tests.emulator.server import Emulator


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture
async def bot(server, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with _client(server) as client:
        yield client


def _client(server):
    return Bot(server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot")


def _keyboard(data="x", label="好"):
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


async def test_only_the_right_token_is_let_in(server):
    """Another token is refused, as a revoked one would be."""
    stranger = Bot("1:other", base_url=f"{server.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_unknown_method_is_not_found(server):
    """A method the server does not know is a 404."""
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/bot{server.token}/fly") as answer:
        assert answer.status == 404
        assert (await answer.json())["ok"] is False


async def test_updates_come_again_until_confirmed(server, bot):
    """The same updates are handed out until a poll with a higher offset confirms them."""
    phone = server.phone(7)
    phone.types("一")
    phone.types("二")
    first = await bot.get_updates()
    assert [update.message.text for update in first] == ["一", "二"]
    assert await bot.get_updates() == first
    assert await bot.get_updates(first[0].update_id + 1) == first[1:]
    assert await bot.get_updates(first[1].update_id + 1) == ()


async def test_long_poll_waits_for_something_new(server, bot):
    """A poll with a timeout is answered when an update arrives."""
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    server.phone(7).types("你好")
    assert len(await waiting) == 1


async def test_second_poller_ends_the_first(server, bot):
    """Two pollers conflict: the one that waited is told so."""
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    async with _client(server) as other:
        await other.get_updates()
    with pytest.raises(Conflict):
        await waiting


async def test_only_wanted_kinds_of_update_arrive(server, bot):
    """Kinds left out of allowed_updates are not queued."""
    await bot.get_updates(allowed_updates=["message"])
    phone = server.phone(7)
    phone.edits(phone.types("一"), "二")
    assert [update.edited_message for update in await bot.get_updates()] == [None]


async def test_confirmed_update_can_come_once_more(server, bot):
    """A redelivery has the same update_id."""
    phone = server.phone(7)
    update = phone.types("一")
    await bot.get_updates(update["update_id"] + 1)
    phone.again(update)
    assert [again.update_id for again in await bot.get_updates(update["update_id"] + 1)] == [update["update_id"]]


async def test_phone_hears_text_and_buttons(server, bot):
    """The phone shows what was sent; a press becomes a callback query that can be answered."""
    phone = server.phone(7)
    await bot.send_message(7, "选一项", reply_markup=_keyboard("yes", "同意"))
    assert (await phone.hears()).labels == ["同意"]
    phone.presses("同意")
    (update,) = await bot.get_updates()
    assert update.callback_query.data == "yes"
    assert await bot.answer_callback_query(update.callback_query.id)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("no-such-query")


async def test_messages_can_be_edited_and_deleted(server, bot):
    """Text, caption and, without a sound, keyboard change in place; an edit that changes nothing is refused."""
    phone = server.phone(7)
    sent = await bot.send_message(7, "一", reply_markup=_keyboard())
    await bot.edit_message_text("二", 7, sent.message_id)
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("二", 7, sent.message_id)
    await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=_keyboard("y", "行"))
    assert [(heard.text, heard.labels) for heard in [await phone.hears() for _ in range(2)]][-1] == ("二", ["行"])
    file = await bot.send_document(7, b"x", "旧", filename="a.txt")
    await bot.edit_message_caption(7, file.message_id, caption="新")
    assert (await phone.hears_until("新"))[-1].file == ("a.txt", b"x")
    await bot.delete_message(7, sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("三", 7, sent.message_id)


async def test_files_go_both_ways(server, bot):
    """A document arrives at the phone byte for byte, an upload at the bot, an album as one group."""
    phone = server.phone(7)
    await bot.send_document(7, b"\x00\xff", filename="表.docx")
    assert (await phone.hears()).file == ("表.docx", b"\x00\xff")
    phone.uploads("稿.txt", "正文".encode())
    (update,) = await bot.get_updates()
    file = await bot.get_file(update.message.document.file_id)
    assert bytes(await file.download_as_bytearray()).decode() == "正文"
    assert (await bot.send_photo(7, b"png", "图")).photo[-1].file_size == 3
    album = await bot.send_media_group(
        7, [InputMediaDocument(b"a", filename="a"), InputMediaDocument(b"b", filename="b")]
    )
    assert len({message.media_group_id for message in album}) == 1


async def test_server_keeps_its_limits(server, bot):
    """Text, caption, button data and downloads beyond the Bot API's limits are refused."""
    phone = server.phone(7)
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(7, "长" * 4097)
    with pytest.raises(BadRequest, match="text is empty"):
        await bot.send_message(7, " \n ")
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_document(7, b"x", "长" * 1025)
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(7, "?", reply_markup=_keyboard("数" * 22))
    held = phone.uploads("大.zip", bytes(20 * 1024 * 1024 + 1))["message"]["document"]
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(held["file_id"])
    assert phone.unread() == 0


async def test_strangers_and_blockers_cannot_be_written_to(server, bot):
    """A chat that never was, and a person who blocked the bot, refuse messages."""
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(99, "喂")
    server.phone(7).blocks()
    with pytest.raises(Forbidden):
        await bot.send_message(7, "喂")


async def test_menu_of_commands_is_kept(bot):
    """Commands set are commands given."""
    await bot.set_my_commands([("start", "开始")])
    assert [command.command for command in await bot.get_my_commands()] == ["start"]


async def test_troubles_come_as_planned(server, bot):
    """Flood control, server errors and lost connections hit the planned calls and no others."""
    phone = server.phone(7)
    server.trouble("sendMessage", retry_after=3)
    server.trouble("sendMessage", status=500)
    server.trouble("sendMessage", drop="before")
    server.trouble("sendMessage", drop="after")
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "一")
    for text in ("二", "三", "四"):
        with pytest.raises(TelegramError):
            await bot.send_message(7, text)
    await bot.send_message(7, "五")
    assert [(await phone.hears()).text for _ in range(2)] == ["四", "五"]
    assert phone.unread() == 0


async def test_trouble_of_one_chat_leaves_others_alone(server, bot):
    """A fault may be planned for one chat only."""
    server.phone(7), server.phone(8)
    server.trouble("sendMessage", status=502, chat=8)
    await bot.send_message(7, "好")
    with pytest.raises(NetworkError):
        await bot.send_message(8, "坏")


async def test_webhook_is_posted_until_accepted(server, bot):
    """An update is posted with the secret until a 2xx answer, each time with the same id; polling is barred."""
    posts = []
    accepted = asyncio.Event()

    async def receive(request):
        posts.append(
            (Update.de_json(await request.json()).update_id, request.headers["X-Telegram-Bot-Api-Secret-Token"])
        )
        if len(posts) > 2:
            accepted.set()
        return web.Response(status=200 if accepted.is_set() else 503)

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    update = server.phone(7).types("你好")
    await accepted.wait()
    assert posts == [(update["update_id"], "s3cret")] * 3
    assert "503" in (await bot.get_webhook_info()).last_error_message
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    await runner.cleanup()
