"""The applicants' page, running, and somebody at it with a browser that has no scripts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from lxml import html

from bot.channels.service import Service, open_service
from bot.channels.serving import serve
from bot.channels.web.web_channel import open_page
from bot.settings import Settings

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea735"
    "81e40000000049454e44ae426082"
)  # one white point


def page_settings(folder: Path, **more: Any) -> Settings:
    """Give the settings of a page on a day of the call, at any free port."""
    given = {"data": folder, "today": "2024-02-05", "web_port": 0, "pages": False, "packs": None, "pack": "anhui-2024"}
    return Settings(**{**given, **more}, _env_file=None)


@asynccontextmanager
async def running_page(settings: Settings) -> AsyncIterator[str]:
    """Run the page; gives its address."""
    async with served_page(settings) as (_, url):
        yield url


@asynccontextmanager
async def served_page(settings: Settings) -> AsyncIterator[tuple[Service, str]]:
    """Run the page; gives what it stands on, and its address."""
    async with open_service(settings, worker="web") as service, open_page(service) as (channel, url):
        stop = asyncio.Event()
        task = asyncio.create_task(serve([channel], stop))
        try:
            yield service, url
        finally:
            stop.set()
            await task


@dataclass
class Browser:
    """Loads pages, fills in their forms, presses their buttons; `doc` is the page shown, parsed."""

    url: str
    client: httpx.AsyncClient
    doc: Any = None
    answer: Any = None

    async def open(self, path: str = "") -> str:
        return self._shown(await self.client.get(self.url + path))

    async def type(self, text: str, **files: Any) -> str:
        return await self._send(self.form("compose"), {"text": text}, files)

    async def upload(self, *files: tuple[str, bytes], text: str = "") -> str:
        return await self._send(self.form("compose"), {"text": text}, [("files", one) for one in files])

    async def press(self, label: str) -> str:
        """Press the first button whose label, or name read out, contains `label`."""
        for form in self.doc.forms:
            for button in form.iter("button"):
                if label in (button.text_content() + button.get("aria-label", "")):
                    given = {button.get("name"): button.get("value")} if button.get("name") else {}
                    return await self._send(form, given)
        raise AssertionError(f"no button {label!r} among {self.buttons}")

    async def fill(self, name: str, value: str) -> str:
        form = next(form for form in self.doc.forms if name in form.fields)
        return await self._send(form, {name: value})

    async def _send(self, form: Any, given: dict[str, str], files: Any = None) -> str:
        hidden = {one.get("name"): one.get("value") for one in form.iter("input") if one.get("type") == "hidden"}
        url = httpx.URL(str(self.answer.url)).join(form.get("action"))
        return self._shown(await self.client.post(url, data={**hidden, **given}, files=files or None))

    def form(self, id_: str) -> Any:
        return self.doc.get_element_by_id(id_)

    @property
    def buttons(self) -> list[str]:
        return [button.text_content() for form in self.doc.forms for button in form.iter("button")]

    @property
    def said(self) -> str:
        """The last words of the assistant."""
        turns = self.doc.xpath("//div[@class='turn']")
        return str(turns[-1].text_content()) if turns else ""

    @property
    def mine(self) -> list[str]:
        return [str(one.text_content()).strip() for one in self.doc.xpath("//div[@class='me']/div")]

    @property
    def links(self) -> list[str]:
        return [str(one) for one in self.doc.xpath("//a[starts-with(@href,'file/')]/@href")]

    @property
    def typed(self) -> str:
        return self.form("text").text or ""

    @property
    def notice(self) -> str:
        return "".join(self.doc.xpath("//p[@role='alert']/text()"))

    def _shown(self, answer: httpx.Response) -> str:
        self.answer = answer
        self.doc = html.fromstring(answer.content)
        return str(self.doc.text_content())


@asynccontextmanager
async def browsing(url: str, **more: Any) -> AsyncIterator[Browser]:
    """Give somebody at the page."""
    async with httpx.AsyncClient(follow_redirects=True, timeout=30, **more) as client:
        browser = Browser(url, client)
        await browser.open()
        yield browser
