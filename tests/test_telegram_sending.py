"""Replies on their way out, over real HTTP: whole, in order, and honest about failure."""

import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.connection import build_bot
from bot.channels.telegram.sending import Sender
from bot.settings import Settings
from bot.store.storage_key import StorageKey
from bot.store.updates import Outgoing
from dialogs.protocol import Button, File, Reply
from tests.emulator.server import Emulator

KEY = StorageKey(bot_id=4242, chat_id=7, user_id=7)
PARTS = "\n\n".join(letter * 4000 for letter in "甲乙丙")


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture
async def send(server):
    async with build_bot(Settings(token=server.token, api_url=server.url, _env_file=None)) as bot:
        yield Sender(bot)


def _outgoing(text="", **more):
    return Outgoing(1, KEY, Reply(text=text, **more))


async def test_text_arrives_as_it_is_with_its_buttons(server, send):
    """Marks that other channels would read as markup arrive untouched, buttons with their ids."""
    phone = server.phone(7)
    text = "*星* _线_ <b>&amp;</b> [链](http://a.b) `码`"
    await send(_outgoing(text, choices=(Button(id="value:1:category:0", label="互联网+共同富裕"),)))
    heard = await phone.hears()
    assert heard.text == text
    assert heard.buttons == (("互联网+共同富裕", "value:1:category:0"),)


async def test_address_in_a_text_opens_no_preview(server, send):
    """A link the notice names does not fill the screen with somebody's page."""
    phone = server.phone(7)
    await send(_outgoing("见 https://example.com/news"))
    assert phone._chat.from_bot[-1]["link_preview_options"] == {"is_disabled": True}


async def test_document_arrives_byte_for_byte_with_its_chinese_name(server, send):
    """A document comes under its own name, with caption and buttons, while the bot is seen uploading."""
    phone = server.phone(7)
    file = File(name="乡村“微课”+甲市委网信办+张三+0551-1234567.docx", content=bytes(range(256)))
    await send(_outgoing("推荐表已生成。", files=(file,), choices=(Button(id="new", label="再填一份"),)))
    heard = await phone.hears()
    assert heard.file == (file.name, file.content)
    assert (heard.text, heard.labels) == ("推荐表已生成。", ["再填一份"])
    assert phone.actions == ["upload_document"]


async def test_picture_is_shown_as_a_picture(server, send):
    """A page picture is sent as a photo, not as a file."""
    phone = server.phone(7)
    await send(_outgoing("第1页", files=(File(name="page.png", content=b"png"),)))
    assert (await phone.hears()).text == "第1页"
    assert server.count("sendPhoto") == 1


async def test_reply_broken_off_goes_on_where_it_stopped(server, send):
    """After a server error in the middle of a long reply, the parts already sent are not sent again."""
    phone = server.phone(7)
    await send(_outgoing("先来一句"))
    server.trouble("sendMessage", status=502)
    with pytest.raises(NetworkError):
        await send(_outgoing(PARTS))
    server.trouble("sendMessage", status=500, delay=0)
    with pytest.raises(TelegramError):
        await send(_outgoing(PARTS))
    await send(_outgoing(PARTS))
    assert [(await phone.hears()).text[0] for _ in range(4)] == ["先", "甲", "乙", "丙"]
    assert phone.unread() == 0


async def test_parts_sent_are_remembered(server, send):
    """The second part's failure does not repeat the first."""
    phone = server.phone(7)
    server.trouble("sendDocument", status=502)
    files = (File(name="a.png", content=b"a"), File(name="b.docx", content=b"b"))
    with pytest.raises(NetworkError):
        await send(_outgoing("两个", files=files))
    await send(_outgoing("两个", files=files))
    assert (await phone.hears()).text == "两个"
    assert (await phone.hears()).file == ("b.docx", b"b")
    assert (server.count("sendPhoto"), phone.unread()) == (1, 0)


async def test_flood_control_names_its_time(server, send):
    """A 429 is raised at once with the seconds to wait, so that only this conversation waits."""
    server.phone(7)
    server.trouble("sendMessage", retry_after=3)
    with pytest.raises(RetryAfter) as caught:
        await send(_outgoing("慢点"))
    assert caught.value.retry_after.total_seconds() == 3


@pytest.mark.parametrize(
    "body", [b'{"ok": true}', b'{"ok": true, "result": {"message_id": "x"}}', b'{"ok": true, "result": 7}']
)
async def test_what_was_sent_is_not_sent_again_for_an_odd_receipt(server, send, body):
    """The server says it is done: whatever else it says, the reply counts as sent, and the next one follows."""
    phone = server.phone(7)
    server.trouble("sendMessage", body=body)
    await send(_outgoing("一"))
    await send(_outgoing("二"))
    assert [(await phone.hears()).text for _ in range(2)] == ["一", "二"]
    assert server.count("sendMessage") == 2
