"""Questions on the office's page: what was asked in vain or answered wrong, settled by one click, and undone."""

import asyncio
import shutil

import pytest

from bot.office.content_edits import row_of, row_texts
from bot.office.pack_edits import trial
from bot.office.question_desk import RowEdit, carried_out
from dialogs.understanding.denials import denial
from knowledge.loading.pack_folder import PACKS, load_pack
from tests.applicant import Applicant
from tests.office_desk import clerk
from tests.page import browsing, page_settings, running_page


@pytest.fixture
def settings(tmp_path):
    shutil.copytree(PACKS / "anhui-2024", tmp_path / "packs" / "anhui-2024")
    return page_settings(tmp_path / "data", packs=tmp_path / "packs")


@pytest.fixture
async def url(settings):
    async with running_page(settings) as address:
        yield address


async def choose(browser, head, do):
    """Press a button of the topic with this head."""
    form = next(form for form in browser.doc.forms if "head" in form.fields and form.fields["head"] == head)
    words = {box.get("name"): box.get("value") for box in form.iter("input") if box.get("type") == "checkbox"}
    return await browser._send(form, {**words, "do": do})


async def eventually(browser, path, words):
    """Load a page until it holds some words: an edit is live within two seconds."""
    for _ in range(60):
        if words in await browser.open(path):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(words)


# ---- what looks wrong


def test_words_after_an_answer_that_deny_it():
    """Plain ones may as well answer a field."""
    assert denial("不是") == denial("不对！") == "plain"
    assert denial("答非所问") == denial("我问的不是这个") == denial("没回答我的问题") == "explicit"
    assert denial("不是法人可以报吗") is None
    assert denial("不") is None


def test_an_answer_can_be_said_to_be_wrong(pack):
    """By its button, at once or later; what is near is offered; the question goes to staff with the answer."""
    applicant = Applicant(pack)
    applicant.type("材料发到哪里")
    rating = next(one for reply in applicant.replies for one in reply.choices if "没答对" in one.label)
    answer = applicant.replies[0].text
    assert "没有答到点子上" in applicant.press("没答对")
    asked = applicant.last.asked
    assert (asked.outcome, asked.question) == ("disliked", "材料发到哪里")
    assert asked.answer
    assert asked.answer in answer
    assert f"wrong:{asked.entries[0]}" == rating.id


def test_a_typed_number_never_presses_the_rating(pack):
    """It is no choice among others."""
    applicant = Applicant(pack)
    applicant.type("材料发到哪里")
    applicant.type("1")
    assert applicant.last.asked is None or applicant.last.asked.outcome != "disliked"


@pytest.mark.parametrize(
    ("words", "outcome"), [("不是", "denied"), ("我问的不是这个", "denied"), ("材料往哪儿寄发", "repeated")]
)
def test_the_next_words_can_say_so(pack, words, outcome):
    """不是 outside a field, or the same asked again at once."""
    applicant = Applicant(pack)
    applicant.type("材料发到哪里")
    applicant.type(words)
    assert applicant.last.asked.outcome == outcome


def test_no_to_a_field_is_an_answer(pack):
    """While a field is asked, 不是 belongs to it."""
    applicant = Applicant(pack)
    applicant.type("开始填表")
    applicant.type("材料发到哪里")
    applicant.type("不是")
    assert applicant.last.asked is None


# ---- the page


async def test_topics_are_settled_and_undone(url, settings):
    """Given to an entry, the wording is in the pack after its check, and answered; undone, it is open again."""
    question = "盖章要不要骑缝"
    async with browsing(url) as applicant, clerk(url, settings) as browser:
        await applicant.type(question)
        assert question in await browser.open("office/questions")
        entry = next(one for one in load_pack(settings.packs / "anhui-2024").faq.entries if one.covered)
        assert "已把问法给了那一条" in await choose(browser, question, f"give:{entry.id}")
        given = load_pack(settings.packs / "anhui-2024")
        assert question in next(one for one in given.faq.entries if one.id == entry.id).variants
        assert "没有要处理的提问" in browser.doc.text_content()
        await browser.press("撤销")
        assert question in browser.doc.text_content()
        assert load_pack(settings.packs / "anhui-2024").faq == load_pack(PACKS / "anhui-2024").faq


async def test_an_answer_that_looks_wrong_is_shown_with_what_was_said(url, settings):
    """And may be put aside."""
    async with browsing(url) as applicant, clerk(url, settings) as browser:
        await applicant.type("材料发到哪里")
        await applicant.press("没答对")
        shown = await browser.open("office/questions")
        assert "答了，但可能没答对" in shown
        assert "ahwxb2020@126.com" in shown
        assert "已放到一边" in await choose(browser, "材料发到哪里", "ignore")
        assert "没有要处理的提问" in browser.doc.text_content()


async def test_the_office_answers_in_its_own_name(url, settings):
    """The applicant reads who answered, when, and that the notice does not say so."""
    question = "评审现场能不能带家属旁听"
    async with browsing(url) as applicant, clerk(url, settings) as browser:
        await applicant.type(question)
        await browser.open("office/questions")
        await choose(browser, question, "write")
        form = next(form for form in browser.doc.forms if "text" in form.fields)
        await browser._send(form, {"head": question, "kind": "official", "text": "不能，评审不公开进行。"})
        assert "已写入并检查通过" in browser.doc.text_content()
        await eventually(browser, "office/questions", "写了新的一条")
        for _ in range(60):
            await applicant.type(question)
            if "评审不公开进行" in applicant.said:
                break
            await asyncio.sleep(0.1)
        assert "经办答复：王敏，2024年2月5日" in applicant.said
        assert "通知原文没有写" in applicant.said
    folder = settings.packs / "anhui-2024"
    own = row_of(folder, "new_1")
    reworded = own.model_copy(update={"answer": "不可以。", "variants": ("家属能旁听吗",)})
    with trial(folder, row_texts(folder, own, reworded)) as (tried, problems):
        assert not [problem for problem in problems if problem.grave]
        entry = next(one for one in load_pack(tried).faq.entries if one.id == "new_1")
        assert (entry.answer, entry.variants, entry.by) == ("不可以。", ("家属能旁听吗",), "王敏")
    assert carried_out(folder, RowEdit(own, None)) == []
    assert load_pack(folder).faq == load_pack(PACKS / "anhui-2024").faq


async def test_what_check_refuses_is_told_and_not_written(url, settings):
    """A quote that is not verbatim: said with its mend, and what was typed is still there."""
    async with browsing(url) as applicant, clerk(url, settings) as browser:
        await applicant.type("评审现场能不能带家属旁听")
        await browser.open("office/questions")
        await choose(browser, "评审现场能不能带家属旁听", "write")
        form = next(form for form in browser.doc.forms if "text" in form.fields)
        given = {"head": "能带家属吗", "kind": "answered", "text": "可以。", "clause": "四.1", "quote": "家属可以旁听"}
        shown = await browser._send(form, given)
        assert "怎么改" in shown
        assert "家属可以旁听" in shown
        assert load_pack(settings.packs / "anhui-2024").faq == load_pack(PACKS / "anhui-2024").faq


async def test_the_notice_does_not_say_by_one_click(url, settings):
    """The applicant is told so from then on."""
    async with browsing(url) as applicant, clerk(url, settings) as browser:
        await applicant.type("评审现场能不能带家属旁听")
        await browser.open("office/questions")
        assert "已写入并检查通过" in await choose(browser, "评审现场能不能带家属旁听", "unstated")
        new = load_pack(settings.packs / "anhui-2024").faq.entries
        assert any(not one.covered and one.question == "评审现场能不能带家属旁听" for one in new)


async def test_trying_a_question_shows_how_it_is_answered(url, settings):
    """How it is heard, what is read, the ranking with where each entry stands; nothing is counted."""
    async with clerk(url, settings, role="read") as browser:
        shown = await browser.open("office/trial?q=什么时候截止&during=period")
        for words in ("提问", "2024年2月19日", "即日起至", "faq/answers.yaml 第"):
            assert words in shown
        assert "没有要处理的提问" in await browser.open("office/questions")


async def test_trying_words_tells_how_the_conversation_hears_them(url, settings):
    """Corrections, small talk and putting off are read by the one entry that reads every message."""
    async with clerk(url, settings, role="read") as browser:
        for said, heard in (
            ("参与人数是4500人", "栏目“项目参与人数”的内容"),
            ("先空着，回头补", "对话里的话"),
            ("你好", "对话里的话"),
            ("上一步", "命令"),
        ):
            assert heard in await browser.open(f"office/trial?q={said}&during=funds"), said
