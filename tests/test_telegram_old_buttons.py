"""Buttons of answered questions are taken away; what serves on stays; no worker needs to remember anything."""

import asyncio

import pytest

from tests.application import BLOCK, STORY
from tests.emulator.server import Emulator
from tests.messenger import messenger, settings_for


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture
def settings(server, tmp_path):
    return settings_for(server, tmp_path, pages=False)


@pytest.fixture
def phone(server):
    return server.phone(7)


async def say(phone, *words):
    for text in words:
        phone.types(text)
        heard = await phone.hears()
    return heard


def labels_on(phone, number):
    """Give the buttons a message of the bot carries by now."""
    rows = phone._chat.messages[number].get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def settled(condition):
    """Wait until the bot has done what nobody waits for."""
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the buttons did not change")


async def test_an_answered_question_has_no_buttons_any_more(settings, phone):
    """Answered in words as well as by a tap, and across a restart."""
    async with messenger(settings):
        asked = await say(phone, "开始填表", "皖北助农协会", "2024年2月1日", "一根网线", "2021年3月至今")
        assert "互联网+教育发展" in asked.labels
        again = await say(phone, "什么时候截止？")
        await settled(lambda: not labels_on(phone, asked.id))
        assert "互联网+教育发展" in labels_on(phone, again.id)
    async with messenger(settings):
        await say(phone, "教育发展")
        await settled(lambda: labels_on(phone, again.id) == ["👎 没答对"])


async def test_what_a_document_offers_serves_on(settings, phone):
    """Its message keeps its buttons while a field is changed; the question in between loses its own."""
    async with messenger(settings):
        done = await say(phone, "开始填表", BLOCK, STORY, "发完了", "无", "无", "确认无误", "同意")
        assert "打包全部材料" in done.labels
        review = await say(phone, "修改投入资金")
        await say(phone, "15万元")
        await settled(lambda: not labels_on(phone, review.id))
        assert "打包全部材料" in labels_on(phone, done.id)


async def test_a_server_that_does_not_change_messages_holds_up_nothing(settings, phone, server):
    """The next question is asked all the same."""
    server.trouble("editMessageReplyMarkup", status=502)
    async with messenger(settings):
        await say(phone, "/start", "开始填表")
        assert "填报日期" in (await say(phone, "皖北助农协会")).text
