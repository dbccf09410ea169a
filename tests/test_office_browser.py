"""The office's page in a real browser, on a phone's screen and a desk's: one application from link to applicant."""

import shutil

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright, expect

from bot.commands.office_link import give_link
from tests.office_desk import finish_form
from tests.page import browsing, page_settings, running_page

CHROMIUM = shutil.which("chromium")
PHONE, DESK = {"width": 375, "height": 720}, {"width": 1280, "height": 800}
PATHS = ("applications", "questions", "trial?q=什么时候截止", "contents", "deadline", "history", "figures")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: make tools")


async def fits(page):
    """Nothing sticks out on a phone or a desk's screen, and nothing is hard to use for anybody."""
    for screen in (DESK, PHONE):
        await page.set_viewport_size(screen)
        assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert not (await Axe().run(page)).response["violations"]


async def test_an_application_goes_from_the_link_to_its_applicant(tmp_path, unused_tcp_port):
    """Signed in by a link, found in the list, returned with a note that the applicant reads; every page fits."""
    settings = page_settings(tmp_path, web_port=unused_tcp_port)
    async with running_page(settings) as url, browsing(url) as applicant, async_playwright() as driver:
        await finish_form(applicant)
        await applicant.press("提交申报")
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport=PHONE, locale="zh-CN")
        await page.goto((await give_link(settings, "王敏", "edit")).splitlines()[-1])
        await page.get_by_role("button", name="进入").click()
        await page.get_by_role("link", name="anhui-2024-0001").click()
        await fits(page)
        await page.fill("textarea[name=note]", "请补上项目负责人职务")
        await page.get_by_role("button", name="退回补正").click()
        await expect(page.get_by_role("status")).to_contain_text("已记下")
        for path in PATHS:
            await page.goto(f"{url}office/{path}")
            await fits(page)
        await browser.close()
        await applicant.open()
        assert "请补上项目负责人职务" in applicant.doc.text_content()
