"""The page in a real browser on a phone's screen, scripts on: sending, a lost line, a restart, tabs."""

import shutil
from contextlib import asynccontextmanager

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright, expect

from bot.channels.web.pages import static_file
from bot.messages import say
from tests.application import ANSWERS
from tests.page import PNG, page_settings, running_page

CHROMIUM = shutil.which("chromium")
SCREEN = {"width": 375, "height": 720}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: make tools")


@pytest.fixture
def settings(tmp_path, unused_tcp_port):
    return page_settings(tmp_path, web_port=unused_tcp_port)


@asynccontextmanager
async def phone(url):
    """Open the page in a phone's browser; nothing may go wrong on it."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(viewport=SCREEN, locale="zh-CN", has_touch=True)
        page = await context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(url)
        yield page
        await browser.close()
    assert not errors


async def types(page, text):
    await page.fill("#text", text)
    await page.click("#send")
    await expect(page.locator(".me").last).to_contain_text(text)


async def test_form_is_filled_without_loading_the_page_anew(settings):
    """Answers, a question and a change; the page never reloads, keeps the focus and fits the screen."""
    async with running_page(settings) as url, phone(url) as page:
        await page.evaluate("window.here = true")
        await page.get_by_role("button", name="开始填表").click()
        await expect(page.locator(".it").last).to_contain_text("申报单位全称")
        await types(page, ANSWERS["unit_name"])
        await types(page, "什么时候截止？")
        await expect(page.locator("#log")).to_contain_text("2月19日")
        await types(page, ANSWERS["fill_date"])
        await expect(page.locator("#progress")).to_contain_text("已填 2/")
        assert await page.evaluate("window.here")
        assert await page.input_value("#text") == ""
        assert await page.locator(".choices").count() <= 1
        for path in ("", "tasks", "review", "files", "device"):
            await page.goto(url + path)
            assert await page.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"]


async def test_lost_line_loses_no_word(settings):
    """What could not be sent stays in the input; sent again it is there once."""
    async with running_page(settings) as url, phone(url) as page:
        await page.get_by_role("button", name="开始填表").click()
        await expect(page.locator(".it").last).to_contain_text("申报单位全称")
        await page.context.set_offline(True)
        await page.fill("#text", ANSWERS["unit_name"])
        await page.click("#send")
        await expect(page.locator("#state")).to_have_text(say("web.not_sent"))
        assert await page.input_value("#text") == ANSWERS["unit_name"]
        await page.context.set_offline(False)
        await page.click("#send")
        await expect(page.locator(".me", has_text=ANSWERS["unit_name"])).to_have_count(1)


async def test_restart_of_the_server_goes_unnoticed(settings):
    """The page waits for the server to come back, and goes on where it was."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport=SCREEN)
        async with running_page(settings) as url:
            await page.goto(url)
            await page.get_by_role("button", name="开始填表").click()
            await types(page, ANSWERS["unit_name"])
        await expect(page.locator("#state")).to_have_text(say("web.offline"), timeout=20_000)
        async with running_page(settings):
            await expect(page.locator("#state")).to_have_text(say("web.online"), timeout=20_000)
            await types(page, ANSWERS["fill_date"])
            await expect(page.locator(".me", has_text=ANSWERS["unit_name"])).to_have_count(1)
            await browser.close()


async def test_two_tabs_show_the_same_and_back_shows_what_is_now(settings):
    """Said in one tab, read in the other; the back button leads to no page that is out of date."""
    async with running_page(settings) as url, phone(url) as page:
        other = await page.context.new_page()
        await page.get_by_role("button", name="开始填表").click()
        await expect(page.locator(".it").last).to_contain_text("申报单位全称")
        await other.goto(url)
        await types(other, ANSWERS["unit_name"])
        await expect(page.locator(".me").last).to_contain_text(ANSWERS["unit_name"])
        await page.goto(url + "tasks")
        await page.get_by_role("button", name="项目名称").click()
        await expect(page.locator(".it").last).to_contain_text("项目名称")
        await types(page, ANSWERS["project_name"])
        await page.go_back()
        await page.go_back()
        await expect(page.locator("#log")).to_contain_text(ANSWERS["project_name"])


async def test_picture_is_sent_from_the_phone(settings, tmp_path):
    """The picture chosen stands in the conversation."""
    picture = tmp_path / "截图.png"
    picture.write_bytes(PNG)
    async with running_page(settings) as url, phone(url) as page:
        await page.get_by_role("button", name="开始填表").click()
        await page.locator("summary", has_text=say("web.attach")).click()
        await page.locator("input[type=file]").first.set_input_files(picture)
        await page.get_by_role("button", name=say("web.upload"), exact=True).click()
        await expect(page.locator(".me img")).to_have_count(1)


async def test_page_can_be_used_by_ear_and_keyboard(settings):
    """Axe finds nothing to mend on any page; Tab leads from the way past the menu to the input and its button."""
    async with running_page(settings) as url, phone(url) as page:
        await page.get_by_role("button", name="开始填表").click()
        await types(page, ANSWERS["unit_name"])
        for path in ("", "tasks", "review", "files", "device", "nowhere"):
            await page.goto(url + path)
            found = (await Axe().run(page)).response["violations"]
            assert not [(path, one["id"], one["nodes"][0]["html"]) for one in found]
        await page.goto(url)
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.keyboard.press("Enter")
        await page.keyboard.type(ANSWERS["fill_date"])
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator(".me").last).to_contain_text(ANSWERS["fill_date"])


def test_script_is_for_old_browsers_too():
    """Nothing the browsers in old phones' apps cannot read."""
    script = static_file("page.js").decode()
    for new in ("=>", "?.", "??", "`", "let ", "const ", "class ", "async ", "fetch("):
        assert new not in script
