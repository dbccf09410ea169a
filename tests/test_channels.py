"""What every channel promises, tried on each: the console, Telegram, 微信客服 and the applicants' page.

The messengers' servers are emulated.
Updates that overtake each other come only from a messenger that pushes them: tests/test_telegram_order.py.
"""

import io
from contextlib import asynccontextmanager
from datetime import date

import docx2txt
import pytest
import stamina

from bot.channels.console.exchange import addressed, open_exchange
from dialogs.protocol import Choice, Text, Upload
from knowledge.loading.pack_folder import PACKS
from tests.application import ANSWERS, BLOCK, STORY
from tests.emulator.server import Emulator
from tests.kf_server import KfServer, words_of
from tests.messenger import messenger, settings_for
from tests.page import PNG, browsing, page_settings, running_page
from tests.wechat import kf_running, kf_settings

PACK = "anhui-2024"


class OnConsole:
    """Somebody at the terminal."""

    def __init__(self, folder):
        self.folder, self.replies, self.number = folder, [], 0

    @asynccontextmanager
    async def running(self):
        opening = open_exchange(
            str(self.folder / "shenbao.db"), PACKS / PACK, lambda: date(2024, 2, 5), self.folder / "out"
        )
        async with opening as self.exchange:
            yield self

    async def says(self, text, times=1):
        self.number += 1
        inbound = addressed(Text(text=text, message=self.number))
        for _ in range(times):
            await self.exchange.arrive(inbound)
        await self._hears()

    async def presses(self, label):
        buttons = [one for reply, _ in reversed(self.replies) for one in reply.choices]
        await self._puts(Choice(id=next(one.id for one in buttons if label in one.label)))

    async def sends(self, name, content):
        self.number += 1
        await self._puts(Upload(name=name, content=content, message=self.number))

    async def heard(self):
        return [reply.text for reply, _ in self.replies]

    async def documents(self):
        return [path.read_bytes() for _, paths in self.replies for path in paths if path.suffix == ".docx"]

    def trouble(self):
        """A terminal is never out of reach."""

    async def _puts(self, event):
        await self.exchange.arrive(addressed(event))
        await self._hears()

    async def _hears(self):
        self.replies += (await self.exchange.exchange()).replies


class OnTelegram:
    """Somebody with Telegram; the bot's words are waited for until it has nothing more to do."""

    def __init__(self, folder, server):
        self.settings, self.server, self.phone = settings_for(server, folder, pages=False), server, server.phone(7)
        self.messages = []

    @asynccontextmanager
    async def running(self):
        async with messenger(self.settings) as self.shell:
            yield self

    async def says(self, text, times=1):
        update = self.phone.types(text)
        for _ in range(times - 1):
            self.phone.again(update)
        await self._hears()

    async def presses(self, label):
        self.phone.presses(label)
        await self._hears()

    async def sends(self, name, content):
        self.phone.uploads(name, content)
        await self._hears()

    async def heard(self):
        return [one.text for one in self.messages]

    async def documents(self):
        return [one.file[1] for one in self.messages if one.file and one.file[0].endswith(".docx")]

    def trouble(self):
        self.server.trouble("sendMessage", status=502)

    async def _hears(self):
        self.messages.append(await self.phone.hears())
        await self.shell.dispatcher.drain()
        while self.phone.unread():
            self.messages.append(await self.phone.hears())


class OnPage:
    """Somebody with a browser."""

    def __init__(self, folder, port):
        self.settings, self.cookies, self.broken = page_settings(folder, web_port=port), None, False

    @asynccontextmanager
    async def running(self):
        async with running_page(self.settings) as url, browsing(url, cookies=self.cookies) as self.browser:
            yield self
            self.cookies = self.browser.client.cookies

    async def says(self, text, times=1):
        page = self.browser.answer
        for _ in range(times):
            self.browser._shown(page)
            await self.browser.type(text)
        if self.broken:  # the answer was lost on its way: the page is opened again
            await self.browser.open()

    async def presses(self, label):
        await self.browser.press(label)

    async def sends(self, name, content):
        await self.browser.upload((name, content))

    async def heard(self):
        await self.browser.open()
        return [str(one.text_content()) for one in self.browser.doc.xpath("//div[@class='it']/div/p[@class='text']")]

    async def documents(self):
        await self.browser.open("files")
        links = [self.browser.url + one for one in self.browser.links if one.endswith(".docx")]
        return [(await self.browser.client.get(link)).content for link in links]

    def trouble(self):
        self.broken = True


class OnWechat:
    """Somebody with WeChat; a message the server is slow to give is waited for."""

    def __init__(self, folder, server):
        self.settings, self.server, self.phone = kf_settings(server, folder), server, server.phone("wmApplicant")

    @asynccontextmanager
    async def running(self):
        async with kf_running(self.settings) as self.kf:
            yield self

    async def says(self, text, times=1):
        self.phone.types(text)
        for _ in range(times - 1):
            self.phone.again()
        await self.kf.settled()

    async def presses(self, label):
        self.phone.taps(label)
        await self.kf.settled()

    async def sends(self, name, content):
        self.phone.sends(name, content)
        await self.kf.settled()

    async def heard(self):
        return [words for one in self.phone.got() if (words := words_of(one))]

    async def documents(self):
        return [content for name, content in self.phone.files() if name.endswith(".docx")]

    def trouble(self):
        self.server.trouble("kf/send_msg", status=502, done=True)


@pytest.fixture(autouse=True)
def _no_pauses():
    """Failed sendings are tried again at once."""
    with stamina.set_testing(True, attempts=50):
        yield


@pytest.fixture(params=["console", "telegram", "web", "wechat"])
async def channel(request, tmp_path, unused_tcp_port):
    async with Emulator() as server, KfServer() as kf_server:
        makers = {
            "console": lambda: OnConsole(tmp_path),
            "telegram": lambda: OnTelegram(tmp_path, server),
            "web": lambda: OnPage(tmp_path, unused_tcp_port),
            "wechat": lambda: OnWechat(tmp_path, kf_server),
        }
        yield makers[request.param]()


async def begin(channel):
    """Greet, and start the form."""
    await channel.says("你好")
    await channel.presses("开始填表")


async def last(channel):
    return (await channel.heard())[-1]


async def test_a_button_does_what_it_says(channel):
    """The form begins with its first field."""
    async with channel.running():
        await begin(channel)
        assert "申报单位全称" in await last(channel)


async def test_an_update_delivered_twice_is_handled_once(channel):
    """The answer is not taken for the next field as well."""
    async with channel.running():
        await begin(channel)
        await channel.says(ANSWERS["unit_name"], times=2)
        before = await channel.heard()
        assert "填报日期" in before[-1]
        await channel.says(ANSWERS["fill_date"])
        assert "项目名称" in await last(channel)


async def test_a_failed_sending_loses_and_doubles_nothing(channel):
    """What could not be shown at first is shown once."""
    async with channel.running():
        await begin(channel)
        channel.trouble()
        await channel.says(ANSWERS["unit_name"])
        await channel.says(ANSWERS["fill_date"])
        asked = [said for said in await channel.heard() if "第3项" in said]
        assert len(asked) == 1


async def test_restart_in_the_middle_is_not_felt(channel):
    """The field asked before is answered after."""
    async with channel.running():
        await begin(channel)
        await channel.says(ANSWERS["unit_name"])
    async with channel.running():
        await channel.says(ANSWERS["fill_date"])
        assert "项目名称" in await last(channel)


async def test_files_go_both_ways(channel):
    """A picture is taken as evidence; the document holds the answers."""
    async with channel.running():
        await begin(channel)
        await channel.says(BLOCK)
        await channel.sends("现场.png", PNG)
        assert "图片收到了" in "".join(await channel.heard())
        for words in (STORY, "发完了", "无", ANSWERS["media_links"], "确认无误", "同意"):
            await channel.says(words)
        [document] = await channel.documents()
        assert ANSWERS["project_name"] in docx2txt.process(io.BytesIO(document))


async def test_a_long_text_arrives_whole(channel):
    """Every one of its characters is counted, whatever a message of the channel holds."""
    async with channel.running():
        await begin(channel)
        await channel.says(BLOCK)
        await channel.says("简介" + "开课" * 1900)
        assert "3802" in "".join(await channel.heard()).replace(",", "")
