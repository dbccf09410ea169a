"""Figures on the office's page, and what staff are told once a week."""

import asyncio
import io
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from bot.clock import HOME
from bot.office.figures import charts
from bot.office.weekly_digest import digested, tell_if_due
from bot.store.figure_counts import FigureCounts
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Asked, Text
from tests.office_desk import clerk
from tests.page import browsing, page_settings, running_page

MONDAY = datetime(2024, 2, 5, 9, 30, tzinfo=HOME)


async def ask(store, user, pack, outcome, *entries):
    """Have somebody ask a question."""
    key = StorageKey(bot_id=1, chat_id=user, user_id=user)
    await store.receive([Inbound(f"{user}:{outcome}:{store.now}", key, Text(text="问"))])
    async with store.turn(key) as tx:
        asked = Asked(question="问", outcome=outcome, entries=entries)
        tx.save(Result("ApplicationForm:menu", {}, [], asked=asked, pack_id=pack.id))


@pytest.fixture
async def store(database_url):
    """Give a store whose clock stands on a Wednesday; `now` is its time."""
    now = [datetime(2024, 1, 31, 0, 30, tzinfo=HOME).timestamp()]
    opened = await Store.open(database_url, clock=lambda: now[0])
    opened.now = now
    yield opened
    await opened.close()


async def test_days_are_those_of_the_offices_clock(store, pack):
    """Half past midnight in China is that day, though elsewhere it is the day before."""
    await ask(store, 1, pack, "answered", "deadline")
    await ask(store, 2, pack, "abstained")
    store.now[0] += 86400
    await ask(store, 1, pack, "answered", "deadline")
    counts = await store.office.figures(pack.id)
    days = [(date(1970, 1, 1) + timedelta(days=day)).isoformat() for day in sorted(counts.messages)]
    assert days == ["2024-01-31", "2024-02-01"]
    assert sorted(counts.people.values()) == [1, 2]
    assert counts.entries == {"deadline": 2}
    made = {chart.name: chart for chart in charts(pack, counts, [], [], date(2024, 2, 2))}
    assert dict(made["answered"].bars)["1.31"] == dict(made["answered"].bars)["2.1"] == 1
    assert made["open"].total == 1
    assert made["top"].bars == (("申报截止到什么时候？", 2),)
    weekly = {chart.name: chart for chart in charts(pack, counts, [], [], date(2024, 2, 2), weekly=True)}
    assert weekly["answered"].bars[-1] == ("1.29", 2)


async def test_staff_are_told_of_a_week_once(store, pack):
    """From Monday morning on, and not again after a restart."""
    await ask(store, 1, pack, "answered", "deadline")
    told = []

    async def tell(news):
        told.append(news)

    assert not await tell_if_due(store, pack, tell, MONDAY - timedelta(hours=3))
    assert await tell_if_due(store, pack, tell, MONDAY)
    assert not await tell_if_due(store, pack, tell, MONDAY + timedelta(days=2))
    assert len(told) == 1
    assert "上周（1.29—2.4）" in told[0]
    assert "答上 1 次" in told[0]


async def test_nobody_is_told_of_nothing(store, pack):
    """An installation nobody has come to yet is silent; the job ends when it is left."""
    told = []

    async def tell(news):
        told.append(news)

    async with digested(store, lambda: pack, tell, every=timedelta(0), clock=lambda: MONDAY):
        while not await store.office.actions(pack.id, ("digest",)):  # noqa: ASYNC110 - the job tells nobody
            await asyncio.sleep(0.01)
    assert told == []


def test_nothing_counted_is_shown_as_nothing(pack):
    """No division by nothing."""
    made = charts(pack, FigureCounts({}, {}, {}, {}, Counter()), [], [], date(2024, 2, 2))
    assert {chart.total for chart in made} == {0}
    assert {chart.highest for chart in made} == {1}


async def test_every_figure_has_a_plot_and_a_sheet(tmp_path):
    """Drawn as SVG without a script; the sheet has the same numbers."""
    settings = page_settings(tmp_path)
    async with running_page(settings) as url, browsing(url) as applicant, clerk(url, settings, role="read") as browser:
        await applicant.type("什么时候截止")
        await applicant.press("开始填表")
        shown = await browser.open("office/figures?by=week")
        assert "申报截止到什么时候？" in browser.answer.text
        assert "申报单位全称" in browser.answer.text or "刚开始" in shown
        assert browser.doc.xpath("//*[local-name()='svg']")
        assert not browser.doc.xpath("//script[not(@src)]") + browser.doc.xpath("//@style")
        sheet = await browser.client.get(f"{url}office/figures.xlsx")
        book = load_workbook(io.BytesIO(sheet.content))
        assert [book["top"].cell(2, column).value for column in (1, 2)] == ["申报截止到什么时候？", 1]
        assert sheet.headers["content-disposition"].startswith("attachment")
