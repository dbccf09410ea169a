"""News for staff in their own group, through its robot: `shenbao web` alone tells who works there what has come."""

from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.office.group_robot import LARGEST, GroupRobot, shortened
from tests.office_desk import clerk, finish_form
from tests.page import browsing, page_settings, running_page


class Group:
    """A group's robot; `answers` are given in turn, the last again and again."""

    def __init__(self):
        self.posted, self.answers = [], [{"errcode": 0, "errmsg": "ok"}]

    async def answer(self, request):
        self.posted.append(await request.json())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return web.json_response(answer)

    @property
    def told(self):
        return [one["text"]["content"] for one in self.posted]


@asynccontextmanager
async def group_at(port):
    group, app = Group(), web.Application()
    app.router.add_post("/robot", group.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield group, f"http://127.0.0.1:{port}/robot"
    finally:
        await runner.cleanup()


async def _until(what):
    import asyncio  # noqa: PLC0415

    async with asyncio.timeout(20):
        while not what():  # noqa: ASYNC110 - another task posts
            await asyncio.sleep(0.02)


async def test_the_page_alone_tells_of_applications_and_words(tmp_path, unused_tcp_port):
    """No Telegram anywhere: the group reads of a new application and of words to answer, and where to do so."""
    async with group_at(unused_tcp_port) as (group, address):
        settings = page_settings(tmp_path, notice_url=address, public_url="http://sb.example.cn")
        async with running_page(settings) as url, browsing(url) as applicant:
            await finish_form(applicant)
            await applicant.press("提交申报")
            await _until(lambda: group.posted)
            await applicant.type("转人工，我们想补一张照片")
            await _until(lambda: len(group.posted) > 1)
    handed_in, words = group.told
    assert handed_in.startswith("【申报助手】\n新的申报：受理号 anhui-2024-0001")
    assert "http://sb.example.cn/office" in handed_in
    assert "我们想补一张照片" in words
    assert "申报页面" in words


async def test_an_open_page_counts_what_waits(tmp_path):
    """What the script of an open page asks for: how many applications, how many words to answer."""
    settings = page_settings(tmp_path)
    async with running_page(settings) as url, browsing(url) as applicant, clerk(url, settings, "read") as browser:
        await applicant.type("转人工，我们想补一张照片")
        assert (await browser.client.get(f"{url}office/news")).json() == {"applications": 0, "messages": 1}
        await browser.open("office/messages")
        assert browser.buttons == ["退出"]


async def test_what_a_robot_does_not_take_is_told_again(unused_tcp_port):
    """A code other than 0 under status 200 is a refusal; the third try is the last."""
    async with group_at(unused_tcp_port) as (group, address):
        group.answers = [{"errcode": 45009}, {"code": 9499}, {"errcode": 0}]
        await GroupRobot(address, pause=0).told("改好了")
        assert len(group.posted) == 3
        group.answers = [{"errcode": 310000}]
        await GroupRobot(address, pause=0).told("改好了")
        assert len(group.posted) == 6
    await GroupRobot(address, pause=0).told("没人在听")


@pytest.mark.parametrize("text", ["好" * 5000, "a" * 5000, "好" * 666, ""])
def test_news_is_cut_to_what_a_robot_takes(text):
    """By bytes, between characters; what fits stays."""
    cut = shortened(text)
    assert len(cut.encode()) <= LARGEST
    assert cut == text or cut.endswith("（全文在办公页面）")


def test_a_robot_of_feishu_has_a_body_of_its_own():
    """The others share one."""
    assert GroupRobot("https://open.feishu.cn/open-apis/bot/v2/hook/x")._body("好")["msg_type"] == "text"
    assert GroupRobot("https://oapi.dingtalk.com/robot/send")._body("好")["msgtype"] == "text"
