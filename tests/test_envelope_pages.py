"""A long text on its own page, a look over it, and the pages of the form as pictures."""

import asyncio
import shutil
from importlib.resources import files

import pytest

from bot.page_previews import BUSY, Drawing, PagePreviews, draw
from bot.store.storage_key import StorageKey
from bot.store.updates import Inbound
from dialogs.protocol import File, Pictured, Showing
from dialogs.understanding.commands import command_of
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.application import BLOCK, STORY
from tests.document_samples import FORM, filled, recognised, submission
from tests.word_forms import cell, without_controls

KEY = StorageKey(bot_id=1, chat_id=2, user_id=2)
LONG = "\n".join([STORY] * 8)


@pytest.fixture
def applicant(pack: NoticePack) -> Applicant:
    """Somebody at the review, with a long description."""
    applicant = Applicant(pack)
    for text in (BLOCK, LONG, "跳过", "跳过"):
        applicant.type(text)
    assert applicant.at == "review"
    return applicant


def to_the_document(applicant: Applicant) -> bytes:
    applicant.press("确认无误")
    applicant.press("同意")
    return applicant.files[0].content


def labels(applicant: Applicant) -> list[str]:
    return [button.label for reply in applicant.replies for button in reply.choices]


def test_a_long_text_may_stand_on_a_page_of_its_own(applicant: Applicant):
    """四.2 可另附页: the cell refers to it, the page holds every word, and it is read back from there."""
    applicant.press("简介放到附页")
    assert "放到附页" in applicant.said
    document = to_the_document(applicant)
    assert cell(without_controls(document), 13, 1).text.startswith("详见附页")
    found = recognised(document)
    assert found is not None
    assert found["description"] == LONG


def test_the_text_may_go_back_into_the_form(applicant: Applicant):
    """The choice is the applicant's until the form is made, and after."""
    applicant.press("简介放到附页")
    applicant.press("简介放回表格里")
    assert cell(without_controls(to_the_document(applicant)), 13, 1).text == LONG


def test_a_short_text_needs_no_page(pack: NoticePack):
    """It fits the form."""
    applicant = Applicant(pack)
    for text in (BLOCK, STORY, "跳过", "跳过"):
        applicant.type(text)
    assert "简介放到附页" not in labels(applicant)


def test_a_page_of_its_own_makes_no_room_for_more_words(applicant: Applicant):
    """2,000 字 hold for the whole, wherever it stands."""
    applicant.press("简介放到附页")
    applicant.type("修改项目简介及实施效果")
    assert "另附页也算在内" in applicant.type("网" * 2001)


def test_a_look_at_the_text_names_parts_and_sentences(pack: NoticePack):
    """What is there with the sentence that shows it, what is not, and how many words are left."""
    applicant = Applicant(pack)
    for text in (BLOCK, "项目旨在帮助老人。志愿者开展课程。已累计服务三千人。", "跳过", "跳过"):
        applicant.type(text)
    applicant.press("帮我看看简介")
    said = applicant.said
    assert "✓ 项目目标：“项目旨在帮助老人。”" in said
    assert "✓ 实施成效：“已累计服务三千人。”" in said
    assert "✗ 具体案例：还没有看到" in said
    assert "上限2000字，还可以写1974字" in said
    assert applicant.at == "review"


def test_private_data_is_pointed_at_by_paragraph_and_place(pack: NoticePack):
    """Without repeating it."""
    applicant = Applicant(pack)
    applicant.type(BLOCK)
    applicant.type(f"{STORY}\n请联系小林13812345678领取。")
    applicant.press("确认")
    applicant.type("跳过")
    applicant.type("跳过")
    applicant.press("帮我看看简介")
    assert "第2段第6字起有手机号" in applicant.said
    assert "13812345678" not in applicant.said


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("打包", "pack_up"),
        ("帮我打包", "pack_up"),
        ("把材料打包发给我", "pack_up"),
        ("看看表格的样子", "pages"),
        ("推荐表打印出来是什么样子", None),
        ("帮我看看简介", "advise"),
        ("简介写得行不行？", "advise"),
        ("查看我发的图片", "evidence"),
        ("我的辅证材料", "evidence"),
        ("材料要打包吗", None),
        ("需要提交哪些辅证材料", None),
        ("辅证材料", None),
    ],
)
def test_all_of_it_can_be_said_in_words(words: str, wish: str | None):
    """And a question about it is for the notice."""
    intent = command_of(words, FORM)
    assert (intent.name if intent else None) == wish


def test_a_finished_document_asks_for_its_pages(applicant: Applicant):
    """Unasked at first, asked for by the button; the document never waits for them."""
    to_the_document(applicant)
    assert applicant.last.showing is not None
    assert not applicant.last.showing.asked
    applicant.press("看看表格的样子")
    assert applicant.last.showing is not None
    assert applicant.last.showing.asked


def test_pages_arrive_beside_whatever_is_going_on(applicant: Applicant):
    """They change nothing: the same number typed still chooses the same button."""
    to_the_document(applicant)
    before = applicant.session
    applicant.put(Pictured(name="推荐表.docx", pages=(b"1", b"2")))
    assert [file.name for file in applicant.files] == ["推荐表_第1页.png", "推荐表_第2页.png"]
    assert applicant.session == before


def test_a_pdf_comes_with_the_pages(applicant: Applicant):
    """Where one could be made; the Word file stays what is sent in."""
    to_the_document(applicant)
    assert "PDF" in applicant.put(Pictured(name="推荐表.docx", pages=(b"1",), pdf=b"%PDF-1.7"))
    assert [file.name for file in applicant.files] == ["推荐表.pdf", "推荐表_第1页.png"]


def test_that_no_pictures_can_be_made_is_said_once(applicant: Applicant):
    """Again only to somebody who asks."""
    assert "看不了表格的样子" in applicant.put(Pictured(name="a.docx", pages=()))
    assert applicant.put(Pictured(name="a.docx", pages=())) == ""
    assert "看不了" in applicant.put(Pictured(name="a.docx", pages=(), asked=True))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
async def test_libreoffice_draws_the_pages():
    """A profile and a folder of its own, gone afterwards; the same pages as a PDF."""
    drawing = await draw(filled(submission()))
    assert len(drawing.pages) == 1
    assert drawing.pages[0].startswith(b"\x89PNG")
    assert drawing.pdf.startswith(b"%PDF")


async def test_without_libreoffice_there_are_no_pages(monkeypatch):
    """And no error."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert await draw(filled(submission())) == Drawing()


async def test_a_hung_libreoffice_is_killed(monkeypatch, tmp_path):
    """Nobody waits for it longer than the limit, and nothing of it is left running."""
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 600\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("bot.page_previews.SECONDS", 1.0)
    assert await draw(b"x") == Drawing()
    pid = (tmp_path / "pid").read_text().strip()
    check = await asyncio.create_subprocess_exec("kill", "-0", pid, stderr=asyncio.subprocess.DEVNULL)
    assert await check.wait() != 0


class Inbox:
    """Takes updates, and converts slowly."""

    def __init__(self) -> None:
        self.inbounds: list[Inbound] = []
        self.at_once = self.most_at_once = 0

    async def receive(self, inbounds) -> None:
        self.inbounds += inbounds

    async def convert(self, _document: bytes) -> Drawing:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.01)
        self.at_once -= 1
        return Drawing((b"page",), b"%PDF")


def showing(*, asked: bool) -> Showing:
    return Showing(document=File(name="推荐表.docx", content=b"x"), asked=asked)


async def _all(previews: PagePreviews) -> None:
    await asyncio.gather(*previews._tasks)


async def test_documents_are_drawn_one_at_a_time_and_come_in_as_updates():
    """Each becomes an update of its conversation, with an id of its own; the conversation is woken."""
    inbox, woken = Inbox(), []
    previews = PagePreviews(inbox.receive, inbox.convert)
    previews.notify = woken.extend
    for _ in range(3):
        previews.show(KEY, showing(asked=True))
    await _all(previews)
    assert inbox.most_at_once == 1
    assert [inbound.event for inbound in inbox.inbounds] == [
        Pictured(name="推荐表.docx", pages=(b"page",), pdf=b"%PDF", asked=True)
    ] * 3
    assert len({inbound.update_id for inbound in inbox.inbounds}) == 3
    assert woken == [KEY] * 3


async def test_when_many_wait_only_those_who_asked_are_served():
    """A rush of finished forms must not keep the machine drawing for an hour."""
    inbox = Inbox()
    previews = PagePreviews(inbox.receive, inbox.convert)
    for _ in range(BUSY + 5):
        previews.show(KEY, showing(asked=False))
    previews.show(KEY, showing(asked=True))
    await _all(previews)
    assert len(inbox.inbounds) == BUSY + 1


async def test_where_pictures_are_switched_off_the_button_still_works():
    """The setting is about pictures nobody asked for."""
    inbox = Inbox()
    previews = PagePreviews(inbox.receive, inbox.convert, unasked=False)
    previews.show(KEY, showing(asked=False))
    previews.show(KEY, showing(asked=True))
    await _all(previews)
    assert [inbound.event.asked for inbound in inbox.inbounds] == [True]


@pytest.mark.skipif(shutil.which("fc-match") is None, reason="needs fontconfig")
@pytest.mark.parametrize("named", ["仿宋_GB2312", "方正小标宋简体", "宋体", "黑体", "楷体_GB2312"])
async def test_the_fonts_forms_name_are_stood_in_for_by_chinese_faces(named: str):
    """Never by Japanese or Korean ones, whose glyphs differ."""
    fonts = str(files("bot") / "page_fonts.conf")
    process = await asyncio.create_subprocess_exec(
        "fc-match", "-f", "%{family}", named, env={"FONTCONFIG_FILE": fonts}, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert not any(face in out.decode() for face in ("CJK JP", "CJK KR"))
