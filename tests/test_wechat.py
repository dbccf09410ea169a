"""微信客服 against a server that behaves as its documentation says (tests/kf_server.py)."""

import asyncio
import base64
import io

import aiohttp
import docx2txt
import httpx
import pytest

from bot.channels.wechat.kf_callback import CallbackSecrets, NotOursError, callback_opened
from bot.channels.wechat.kf_client import KfClient, KfError
from bot.channels.wechat.kf_layout import lay_out
from bot.channels.wechat.kf_reading import applicant, conversation
from bot.errors import StartupError
from bot.store.store import Store
from dialogs.protocol import Button, File, Reply
from tests.kf_server import ACCOUNT, CORP, KEY, TOKEN, KfServer, seal, signed, until, words_of
from tests.wechat import kf_running, kf_settings


@pytest.fixture
async def server():
    async with KfServer() as server:
        yield server


async def client_of(server, session):
    return KfClient(session, kf_settings(server, "unused"))


# ---- callback


SECRETS = CallbackSecrets(TOKEN, base64.b64decode(KEY + "="), CORP)


def test_a_callback_is_opened_with_its_secrets():
    """What the server seals and signs is read."""
    sealed = seal("你好")
    query = signed(sealed)
    assert SECRETS.opened(query["msg_signature"], query["timestamp"], query["nonce"], sealed) == "你好"


@pytest.mark.parametrize(
    ("sealed", "query"),
    [
        (seal("你好"), {**signed(seal("你好")), "msg_signature": "0" * 40}),
        (seal("你好", receiver="wwOther"), None),
        ("AAAA", None),
        ("不是", None),
        (seal("你好")[:-24] + "A" * 24, None),
    ],
    ids=["signature", "receiver", "length", "characters", "padding"],
)
def test_a_forged_callback_is_refused(sealed, query):
    """Whatever is wrong with it, and nothing of it is read."""
    query = query or signed(sealed)
    with pytest.raises(NotOursError):
        SECRETS.opened(query["msg_signature"], query["timestamp"], query["nonce"], sealed)


async def test_the_address_proves_itself_and_wakes_only_for_the_server(server, tmp_path):
    """The echo comes back in plain; a callback wakes with its token; a forged one, or none, gets 403."""
    woken = []
    settings = kf_settings(server, tmp_path, wechat_port=0, wechat_callback_token=TOKEN, wechat_callback_key=KEY)
    async with callback_opened(settings, woken.append) as port, httpx.AsyncClient() as client:
        url = f"http://127.0.0.1:{port}/kf"
        echo = seal("5551234")
        assert (await client.get(url, params={**signed(echo), "echostr": echo})).text == "5551234"
        query, body = server.callback()
        assert (await client.post(url, params=query, content=body)).status_code == 200
        assert woken == ["ENC"]
        assert (await client.post(url, params=query, content=body.replace("<Encrypt>", "<E>"))).status_code == 403
        bomb = '<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'
        assert (await client.post(url, params=query, content=bomb)).status_code == 403
        query, body = server.callback(token="guessed")
        assert (await client.post(url, params=query, content=body)).status_code == 403
        query, body = server.callback(event="another")
        assert (await client.post(url, params=query, content=body)).status_code == 200
        assert woken == ["ENC"]


async def test_a_port_without_its_secrets_is_told(server, tmp_path):
    """Which settings are missing."""
    with pytest.raises(StartupError, match="SHENBAO_WECHAT_CALLBACK_KEY"):
        async with kf_running(kf_settings(server, tmp_path, wechat_port=0)):
            pass


@pytest.mark.parametrize(
    ("more", "said"), [({"wechat_secret": "wrong"}, "SHENBAO_WECHAT_SECRET"), ({"wechat_corp_id": "x"}, "CORP_ID")]
)
async def test_a_refused_setting_is_told_at_the_start(server, tmp_path, more, said):
    """By its name, and how to mend it."""
    with pytest.raises(StartupError, match=said):
        async with kf_running(kf_settings(server, tmp_path, **more)):
            pass


# ---- access token


async def test_many_callers_fetch_one_token(server):
    """Single flight: twenty calls at once, one gettoken."""
    async with aiohttp.ClientSession() as session:
        client = await client_of(server, session)
        await asyncio.gather(*(client.sync("", "") for _ in range(20)))
        assert server.fetched == 1


async def test_a_token_that_ended_early_is_replaced(server):
    """42001 and 40014: once, without the caller knowing; a second refusal is told."""
    async with aiohttp.ClientSession() as session:
        client = await client_of(server, session)
        await client.sync("", "")
        server.tokens.clear()
        await asyncio.gather(*(client.sync("", "") for _ in range(5)))
        assert server.fetched == 2
        server.trouble("kf/sync_msg", code=42001, times=2)
        with pytest.raises(KfError, match="42001"):
            await client.sync("", "")


# ---- layout


def test_words_and_buttons_are_one_menu():
    """As long as the head of a menu holds the words."""
    [part] = lay_out(Reply(text="请选：", choices=(Button(id="a:1", label="甲"),)))
    assert part.kind == "msgmenu"


@pytest.mark.parametrize("length", [300, 341, 342, 683, 1200, 2500])
@pytest.mark.parametrize("buttons", [0, 1, 10, 17])
def test_no_part_is_over_the_limits_and_nothing_is_lost(length, buttons):
    """Texts of 2,048 bytes, heads of 1,024, ten entries; the rest of the buttons is spelled out."""
    text = "一二三，四五六。" * (length // 8)
    choices = tuple(Button(id=f"b:{n}", label=f"选项{n}") for n in range(buttons))
    parts = [{"msgtype": one.kind, one.kind: one.content} for one in lay_out(Reply(text=text, choices=choices))]
    for part in parts:
        KfServer()._check(part)
    whole = "".join(words_of(part) for part in parts)
    assert whole.replace("\n", "").startswith(text)
    assert all(f"选项{n}" in str(parts) for n in range(buttons))


def test_pages_that_come_as_pdf_cost_no_messages():
    """Of five, pictures of the same pages would take them all."""
    files = tuple(File(name=name, content=b"123456") for name in ("1.png", "2.png", "表.pdf"))
    assert [part.file.name for part in lay_out(Reply(text="", files=files))] == ["表.pdf"]


# ---- conversation


async def test_five_messages_a_turn_then_the_applicant_is_asked(server, tmp_path):
    """The fifth says that more is to come; when they write, it comes, before the answer to what they wrote."""
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        phone = server.phone("wmA")
        phone.types("你好")
        await kf.settled()
        phone.seen = len(phone.got())
        key, [row] = conversation(ACCOUNT, "wmA"), [Reply(text="。".join(str(n) * 300 for n in range(30)))]
        server.credit["wmA"] = (5, server.credit["wmA"][1])
        sender = kf.channel.dispatcher
        kf.channel.allowance.renew(key)
        await _queue(kf.service.store, key, row)
        sender.notify([key])
        assert [await phone.hears() for _ in range(5)][-1].startswith("（内容较长")
        phone.types("继续")
        await kf.channel.sync.catch_up()
        rest = [await phone.hears() for _ in range(2)]
        assert rest[0].startswith("1")


async def _queue(store, key, reply):
    from bot.store import outbox  # noqa: PLC0415

    await store._database.write(lambda connection: outbox.add(connection, key, 99, [reply], store._now()))


async def test_what_was_sent_before_a_crash_comes_once(server, tmp_path):
    """The answer to a sending is lost: tried again, the server knows its number."""
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        server.trouble("kf/send_msg", status=502, done=True)
        phone = server.phone("wmA")
        phone.types("你好")
        await kf.settled()
        assert len(phone.got()) == 1


async def test_a_person_takes_over_and_the_assistant_comes_back(server, tmp_path):
    """Asked for a person, the conversation is put through; the assistant is silent until that is over."""
    async with kf_running(kf_settings(server, tmp_path, wechat_servicer="zhang")) as kf:
        phone = server.phone("wmA")
        for words in ("你好", "转人工"):
            phone.types(words)
            await kf.settled()
        assert server.states["wmA"] == 3
        assert words_of(phone.got()[-1]).startswith("正在为您转接")
        before = len(phone.got())
        server.happens(
            {"msgid": "p1", "external_userid": "wmA", "origin": 5, "msgtype": "text", "text": {"content": "在"}}
        )
        phone.types("我想问张老师一件事")
        await kf.settled()
        assert len(phone.got()) == before
        server.ends("wmA")
        await kf.settled()
        assert words_of(phone.got()[-1]).startswith("人工服务已经结束")
        phone.types("什么时候截止？")
        await kf.settled()
        assert "2月19日" in words_of(phone.got()[-1])


async def test_nobody_there_is_said(server, tmp_path):
    """And the assistant stays."""
    server.servicers.clear()
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        phone = server.phone("wmA")
        phone.types("转人工")
        await kf.settled()
        assert any("没有能接待" in words_of(one) for one in phone.got())
        phone.types("什么时候截止？")
        await kf.settled()
        assert "2月19日" in words_of(phone.got()[-1])


async def test_a_reply_caught_by_a_take_over_waits(server, tmp_path):
    """95018: staff are told; when the applicant writes after it is over, the reply comes."""
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        phone = server.phone("wmA")
        phone.types("什么时候截止？")
        server.states["wmA"] = 3
        await kf.channel.sync.catch_up()
        await until(lambda: kf.news)
        assert "95018" in kf.news[0]
        assert not phone.got()
        server.ends("wmA")
        phone.types("你好")
        await kf.settled()
        assert "2月19日" in "".join(map(words_of, phone.got()))


async def test_too_many_calls_are_waited_out_and_told(server, tmp_path):
    """45009: the page is read later, nothing is lost."""
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        server.trouble("kf/sync_msg", code=45009)
        kf.channel.sync.wake("ENC")
        await until(lambda: kf.news)
        assert "45009" in kf.news[0]
        phone = server.phone("wmA")
        phone.types("你好")
        await kf.settled()
        assert phone.got()


async def test_what_cannot_be_read_puts_the_question_again(server, tmp_path):
    """Spoken words, a place, a card; a link is words."""
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        phone = server.phone("wmA")
        phone.types("开始填表")
        await kf.settled()
        for kind, content, said in [
            ("voice", {"media_id": "x"}, "语音我听不了"),
            ("location", {"latitude": 31.8, "name": "某处"}, "位置我读不了"),
            ("business_card", {"userid": "u"}, "这类消息我读不了"),
        ]:
            phone.puts(kind, **content)
            await kf.settled()
            words = words_of(phone.got()[-1])
            assert said in words
            assert "申报单位全称" in words
        server.happens({"msgtype": "text"})  # without what every message has: passed over alone
        phone.puts("link", title="某某协会", url="https://example.org")
        await kf.settled()
        assert len(phone.got()) == 5


async def test_somebody_who_comes_in_is_welcomed_once(server, tmp_path):
    """Within twenty seconds, by the code of the event; nothing is stored of them."""
    server.codes["W1"] = "wmA"
    server.event("enter_session", "wmA", welcome_code="W1")
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        await kf.settled()
        phone = server.phone("wmA")
        assert "申报助手" in words_of(phone.got()[0])
        assert not await kf.service.store.conversations()
        phone.taps("开始填表")
        await kf.settled()
        assert "申报单位全称" in words_of(phone.got()[-1])


async def test_files_bear_the_name_the_server_tells(server, tmp_path):
    """A filled form sent as a file is recognised by its name; a file that is gone is asked for again."""
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        phone = server.phone("wmA")
        phone.types("空白表")
        await kf.settled()
        [(name, content)] = phone.files()
        assert name.endswith(".docx")
        assert docx2txt.process(io.BytesIO(content))
        phone.sends("填好的表.docx", content)
        await kf.settled()
        phone.puts("file", media_id="gone")
        await kf.settled()
        assert "填好的表.docx" in "".join(map(words_of, phone.got())) or "没有" in words_of(phone.got()[-2])


async def test_messages_not_delivered_are_told_to_staff(server, tmp_path):
    """With the reason, once an hour."""
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        for _ in range(3):
            server.event("msg_send_fail", "wmA", fail_msgid="x", fail_type=2)
        await kf.settled()
        assert len(kf.news) == 1
        assert "应用已经关闭" in kf.news[0]


async def test_a_cursor_moves_with_what_it_passed(server, tmp_path):
    """A page the inbox cannot keep is read again; repeated messages are one."""
    server.page = 2
    async with kf_running(kf_settings(server, tmp_path)) as kf:
        phone = server.phone("wmA")
        for n in range(5):
            phone.types(f"第{n}句")
            phone.again()
        await kf.settled()
        store = kf.service.store
        assert len(await store.journal(conversation(ACCOUNT, "wmA"))) == 5
        assert list((await store.marks(["wechat cursor wkAccount"])).values()) == ["10"]


async def test_erased_means_the_mark_as_well(tmp_path):
    """What says that people talk to somebody goes with the rest of them."""
    store = await Store.open(tmp_path / "s.db")
    key = conversation(ACCOUNT, "wmA")
    from bot.store.sessions import address  # noqa: PLC0415

    await store.receive([], {address(key): "people"})
    await store.erase(key)
    assert not await store.marks([address(key)])
    assert applicant(key) == "wmA"
    await store.close()
