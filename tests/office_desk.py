"""The office's page, running beside the applicants', somebody signed in there, and an application handed in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.commands.office_link import give_link
from bot.settings import Settings
from tests.application import BLOCK, STORY
from tests.page import Browser, browsing

FINISHING = ("全部采用", "只补空白", "发完了", "确认，就这样填", "跳过", "确认无误", "同意")


async def sign_in(browser: Browser, settings: Settings, role: str = "edit", name: str = "王敏") -> str:
    """Enter through a link made by the command; gives the path of the link."""
    told = await give_link(settings, name, role)  # type: ignore[arg-type]
    path = told.rpartition("/office/")[2]
    await browser.open(f"office/{path}")
    await browser.press("进入")
    return f"office/{path}"


@asynccontextmanager
async def clerk(url: str, settings: Settings, role: str = "edit", **more: Any) -> AsyncIterator[Browser]:
    """Give somebody signed in."""
    async with browsing(url, **more) as browser:
        await sign_in(browser, settings, role)
        yield browser


async def finish_form(browser: Browser) -> None:
    """Fill the whole form on the applicants' page, and come to its document."""
    await browser.press("开始填表")
    await browser.type(BLOCK)
    for _ in range(25):
        if "提交申报" in " ".join(browser.buttons):
            return
        label = next((one for one in FINISHING if any(one in button for button in browser.buttons)), None)
        await (browser.press(label) if label else browser.type(STORY))
    raise AssertionError(browser.said)
