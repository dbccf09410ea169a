"""Somebody wants a person: words reach the office from every channel, its answer reaches the one who asked alone."""

import asyncio

import pytest

from bot import conversation
from bot.store.store import Store
from tests.kf_server import words_of
from tests.whole_office import whole_office

ANSWER = "两个账号都写，用顿号隔开。"


@pytest.fixture
async def office(tmp_path, unused_tcp_port):
    async with whole_office(tmp_path, unused_tcp_port) as running:
        yield running


async def _answered_at_the_page(office, words=ANSWER):
    clerk = await office.clerk()
    await clerk.open("office/messages")
    form = next(form for form in clerk.doc.forms if "text" in form.fields)
    return await clerk._send(form, {"text": words, "do": "answer"})


async def test_telegram_asks_and_staff_answer_by_replying_to_the_news(office):
    """Staff read the words and the field asked; a reply reaches the applicant, marked, and no other chat."""
    phone, other, staff = office.telegram.phone(7), office.telegram.phone(8), office.staff
    for one in (phone, other, staff):
        one.types("/start")
        await one.hears()
    phone.types("开始填表")
    await phone.hears_until("申报单位全称")
    phone.types("转人工")
    assert "请把要说的话用一条消息发给我" in (await phone.hears()).text
    phone.types("我们有两个账号，都要写吗？")
    assert "已转给经办人员：“我们有两个账号，都要写吗？”" in (await phone.hears()).text
    news = await staff.hears()
    assert news.text.startswith("【留言1】申报人（Telegram）请经办人员答复")
    assert "“我们有两个账号，都要写吗？”" in news.text
    assert "正在填：申报单位全称" in news.text
    staff.types(ANSWER, reply_to_message=office.telegram.world.chats[11].messages[news.id])
    assert "已答复留言1" in (await staff.hears()).text
    heard = (await phone.hears_until("经办答复"))[-1]
    assert heard.text.startswith("【经办答复】")
    assert "您问的是：“我们有两个账号，都要写吗？”" in heard.text
    assert ANSWER in heard.text
    assert heard.labels == ["再问经办人员"]
    assert other.unread() == 0
    staff.types("/messages")
    assert (await staff.hears()).text == "没有等答复的留言。"


async def test_the_page_asks_and_the_office_page_answers(office):
    """What the notice does not say goes to the office by one button; the answer wears the clerk's name."""
    browser, other = await office.browser(), await office.browser()
    await browser.type("我们能带家属一起领奖吗")
    await browser.press("请经办人员答复")
    assert "已转给经办人员" in browser.said
    shown = await _answered_at_the_page(office, "可以，一家一位。")
    assert "已发给申报人" in shown
    assert "可以，一家一位。" in shown
    for _ in range(50):
        if "【经办答复】王敏 2月5日" in await browser.open():
            break
        await asyncio.sleep(0.02)
    assert "可以，一家一位。" in browser.said
    assert "可以，一家一位。" not in await other.open()


async def test_wechat_leaves_a_message_where_nobody_is_there(office):
    """People take over where they are; else a message can be left, and its answer comes as any reply."""
    office.wechat.servicers.clear()
    phone = office.wechat.phone("wmA")
    phone.types("转人工")
    await office.wechat_settled()
    assert "给经办人员留言" in words_of(phone.got()[-1])
    phone.taps("给经办人员留言")
    await office.wechat_settled()
    phone.types("盖哪个章？")
    await office.wechat_settled()
    assert "已转给经办人员：“盖哪个章？”" in words_of(phone.got()[-1])
    await _answered_at_the_page(office, "盖单位公章。")
    await office.wechat_settled()
    told = words_of(phone.got()[-1])
    assert "【经办答复】王敏" in told
    assert "盖单位公章。" in told


async def test_a_message_nobody_could_handle_can_be_answered(office, monkeypatch):
    """What 已经转给工作人员 promises: its words and a way to answer are with staff at once."""
    sound = conversation.turn

    def turn(session, event, pack, moment):
        if getattr(event, "text", "") == "毒药":
            raise conversation.TurnTooLongError("too long")
        return sound(session, event, pack, moment)

    monkeypatch.setattr(conversation, "turn", turn)
    phone, staff = office.telegram.phone(7), office.staff
    staff.types("/start")
    await staff.hears()
    phone.types("毒药")
    assert "已经转给工作人员" in (await phone.hears()).text
    news = (await staff.hears()).text
    assert "没能处理" in news
    assert "“毒药”" in news
    staff.types("/answer 1 请换个说法再发。")
    await staff.hears()
    assert "请换个说法再发。" in (await phone.hears_until("经办答复"))[-1].text


async def test_only_staff_answer(office):
    """An applicant who replies to the same words, or writes the command, answers nobody."""
    phone, thief = office.telegram.phone(7), office.telegram.phone(8)
    phone.types("麻烦转人工，我们想问盖章的事")
    await phone.hears()
    news = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 8, "type": "private"},
        "text": "【留言1】",
        "from": office.telegram.world.me,
    }
    thief.types("盖我的章", reply_to_message=news)
    assert "没有“/answer”" in (await thief.hears()).text
    await asyncio.sleep(0)
    assert phone.unread() == 0


async def test_who_is_erased_leaves_no_words(office):
    """删除我的资料 takes the message and its answer along; staff who answer then are told so."""
    phone, staff = office.telegram.phone(7), office.staff
    phone.types("转人工，电话是13912345678")
    await phone.hears()
    phone.types("/delete")
    await phone.hears()
    phone.presses("全部删除")
    await phone.hears()
    staff.types("/answer 1 好的")
    assert "没有留言1，或者申报人已经删除了资料" in (await staff.hears_until("留言1，或者"))[-1].text
    clerk = await office.clerk()
    assert "13912345678" not in await clerk.open("office/messages")


async def test_words_are_closed_without_an_answer(office):
    """And nobody is told anything."""
    phone = office.telegram.phone(7)
    phone.types("转人工，我就试试")
    await phone.hears()
    clerk = await office.clerk()
    assert "我就试试" in await clerk.open("office/messages")
    assert "还没有写答复" in await clerk.press("发给申报人")
    assert "没有发给申报人" in await clerk.press("不用答复")
    assert "没有等答复的留言" in await clerk.open("office/messages")
    assert phone.unread() == 0


async def test_an_answer_of_the_office_becomes_an_entry(office):
    """One click leads to the form for an entry, with question and answer in it."""
    phone = office.telegram.phone(7)
    phone.types("转人工，能寄到付吗")
    await phone.hears()
    await _answered_at_the_page(office, "不收到付件。")
    clerk = await office.clerk()
    await clerk.open("office/messages")
    shown = await clerk.press("写进问答")
    assert "谁" in shown or "怎么答" in shown
    form = next(form for form in clerk.doc.forms if "head" in form.fields)
    assert form.fields["head"] == "转人工，能寄到付吗"
    assert form.fields["text"] == "不收到付件。"


async def test_without_anybody_who_reads_nothing_is_promised(tmp_path):
    """Telegram alone, no staff set, no page: the notice's contact is named, and nothing is said to be passed on."""
    from tests.emulator.server import Emulator  # noqa: PLC0415
    from tests.messenger import messenger, settings_for  # noqa: PLC0415

    async with Emulator() as server, messenger(settings_for(server, tmp_path)):
        phone = server.phone(7)
        phone.types("转人工")
        heard = (await phone.hears()).text
        assert "要找工作人员，请联系" in heard
        assert "转给" not in heard
    store = await Store.open(tmp_path / "shenbao.db")
    assert await store.office.messages("anhui-2024") == []
    await store.close()
