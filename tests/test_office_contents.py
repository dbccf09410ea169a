"""Contents on the office's page: edited in forms, checked at once, put off with every place shown, brought back."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.kept_packs import KeptPacks
from bot.office.content_edits import fact_texts
from bot.office.deadline_change import ChangeRefusedError, Supplement, deadline_change
from bot.office.pack_edits import trial
from knowledge.loading.notice_file import read_head
from knowledge.loading.pack_folder import PACKS, load_pack
from tests.office_desk import clerk
from tests.page import page_settings, running_page

EXTENDED = "经研究，征集时间延长至2024年3月1日。其他要求不变。"


@pytest.fixture
def settings(tmp_path):
    shutil.copytree(PACKS / "anhui-2024", tmp_path / "packs" / "anhui-2024")
    return page_settings(tmp_path / "data", packs=tmp_path / "packs")


@pytest.fixture
async def browser(settings):
    async with running_page(settings) as url, clerk(url, settings) as opened:
        yield opened


def pack_of(settings):
    return load_pack(settings.packs / "anhui-2024")


async def post(browser, do, name, **parts):
    """Fill in the form that has a field of this name, and press a button of it."""
    form = next(form for form in browser.doc.forms if name in form.fields)
    return await browser._send(form, {**dict(form.fields), **parts, "do": do})


async def test_an_answer_is_previewed_then_written(browser, settings):
    """What applicants would read first; nothing is written until it is saved; the history says who."""
    await browser.open("office/edit?kind=entry&name=deadline")
    text = "请赶在{deadline}前报送。"
    shown = await post(browser, "preview", "part_answer", part_answer=text)
    assert "请赶在2024年2月19日前报送。" in shown
    assert pack_of(settings).faq == load_pack(PACKS / "anhui-2024").faq
    assert "检查通过，已写入" in await post(browser, "save", "part_answer", part_answer=text)
    assert next(one for one in pack_of(settings).faq.entries if one.id == "deadline").answer == text
    history = await browser.open("office/history")
    assert "王敏　改了问答　deadline" in history


async def test_what_check_refuses_is_not_written(browser, settings):
    """A name no fact has: said with its mend; the words typed are still in the form."""
    await browser.open("office/edit?kind=entry&name=deadline")
    shown = await post(browser, "save", "part_answer", part_answer="请在{deadlin}前报送。")
    assert "怎么改" in shown
    assert "{deadlin}" in shown
    assert pack_of(settings).faq == load_pack(PACKS / "anhui-2024").faq


async def test_who_edits_what_was_edited_meanwhile_is_told(browser, settings):
    """The later does not overwrite the earlier unseen."""
    await browser.open("office/edit?kind=field&name=period")
    form = next(form for form in browser.doc.forms if "part_prompt" in form.fields)
    given = {**dict(form.fields), "part_prompt": "项目从哪年哪月做到哪年哪月？", "do": "save"}
    await browser._send(form, given)
    assert pack_of(settings).fields["period"].prompt == "项目从哪年哪月做到哪年哪月？"
    await browser.open("office/contents")
    answer = await browser.client.post(str(browser.answer.url.join("save")), data={**given, "part_prompt": "另一句？"})
    assert "后来又改过了" in answer.text
    assert pack_of(settings).fields["period"].prompt == "项目从哪年哪月做到哪年哪月？"


async def test_a_fact_is_changed_wherever_it_is_used(browser, settings):
    """The preview shows the answers that follow."""
    await browser.open("office/edit?kind=fact&name=contact_phone")
    assert "0551-62600001" in await post(browser, "preview", "part_value", part_value="0551-62600001")
    await post(browser, "save", "part_value", part_value="0551-62600001")
    assert pack_of(settings).facts["contact_phone"] == "0551-62600001"


def test_a_fact_that_yaml_would_misread_is_put_in_quotes():
    """A colon, a number sign, yes: they stay words."""
    for value in ("a: b", "甲 # 乙", "yes", "[x", '说"好"'):
        text = fact_texts(PACKS / "anhui-2024", "contact_name", value)["notice.md"]
        assert str(read_head("notice.md", text).values["facts"]["contact_name"]) == value


# ---- the deadline


def test_a_new_deadline_shows_every_place_it_touches(pack):
    """Quotes that say the old day cite the new clause; the notice itself stays; the pack passes its check."""
    folder = PACKS / "anhui-2024"
    given = Supplement("deadline", "2024年3月1日", "关于延长征集时间的通知", EXTENDED)
    change = deadline_change(folder, pack, given)
    assert (change.before, change.after) == ("2024年2月19日", "2024年3月1日")
    assert {one.file for one in change.quotes} == {"form.yaml", "faq/answers.yaml", "faq/open.yaml"}
    assert all("{deadline}" in one.text for one in change.named)
    assert change.literal
    with trial(folder, change.texts) as (tried, problems):
        assert not [problem for problem in problems if problem.grave]
        new = load_pack(tried)
    assert new.facts.shown("deadline") == "2024年3月1日"
    assert new.notice.clauses["补充通知"].text == EXTENDED
    assert {name: clause for name, clause in new.notice.clauses.items() if name != "补充通知"} == pack.notice.clauses


@pytest.mark.parametrize(
    ("value", "words", "fault"),
    [
        ("2024-02-19", EXTENDED, "不用改"),
        ("三月初", EXTENDED, "不是日期"),
        ("2024-03-02", EXTENDED, "没有写“2024年3月2日”"),
    ],
)
def test_a_deadline_that_makes_no_sense_is_refused(pack, value, words, fault):
    """The same day, no day, a day the supplementary notice does not say."""
    with pytest.raises(ChangeRefusedError, match=fault):
        deadline_change(PACKS / "anhui-2024", pack, Supplement("deadline", value, "", words))


async def test_a_deadline_is_put_off_and_brought_back(browser, settings):
    """Shown first, then written and live; the version before comes back by one click."""
    kept = KeptPacks(settings.data / "packs", settings.packs / "anhui-2024")
    for _ in range(100):
        if kept.history():
            break
        await asyncio.sleep(0.05)
    await browser.open("office/deadline")
    given = {"value": "2024-03-01", "title": "补充通知", "words": EXTENDED}
    assert "共动到这些地方" in await post(browser, "show", "words", **given)
    assert "检查通过，已写入" in await post(browser, "save", "words")
    for _ in range(100):
        if len(kept.history()) > 1:
            break
        await asyncio.sleep(0.05)
    assert "2024年2月19日 → 2024年3月1日" in await browser.open("office/history")
    assert "检查通过，已写入" in await browser.press("恢复成这一版")
    assert pack_of(settings).version == load_pack(PACKS / "anhui-2024").version


@pytest.mark.parametrize("name", ["reading-2026", "volunteer-2025"])
async def test_the_pages_know_no_call_by_heart(tmp_path, name):
    """Other calls' packs, in one file or in many: every page is there, before anything was kept or handed in."""
    shutil.copytree(Path(__file__).parent / "packs" / name, tmp_path / "packs" / name)
    settings = page_settings(tmp_path / "data", packs=tmp_path / "packs", pack=name, today="2025-03-03")
    async with running_page(settings) as url, clerk(url, settings) as browser:
        for path in ("applications", "questions", "trial?q=什么时候截止", "contents", "deadline", "history", "figures"):
            await browser.open(f"office/{path}")
            assert browser.answer.status_code == 200, path
