"""Forms and papers sent to the bot: read, judged, shown beside the draft; nothing is saved unconfirmed."""

import io

import docx
import pytest

from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.application import BLOCK
from tests.document_samples import TEMPLATE, WORDS, filled, submission
from tests.word_forms import cell, saved, without_controls

FILLED = submission(WORDS)


@pytest.fixture
def applicant(pack: NoticePack) -> Applicant:
    """Somebody who has filled in a unit and a date of their own."""
    applicant = Applicant(pack)
    for text in ("开始填表", "皖北助农协会", "2024年2月6日"):
        applicant.type(text)
    assert applicant.at == "project_name"
    return applicant


def values(applicant: Applicant) -> dict[str, str]:
    return {key: value.display for key, value in applicant.session.draft.values.items()}


def send_form(applicant: Applicant, content: bytes = filled(FILLED)) -> str:
    return applicant.upload("推荐表.docx", content)


def test_a_filled_form_is_shown_field_by_field_and_changes_nothing(applicant: Applicant):
    """＋ fills a gap, ≠ would change an answer, what is the same is left out."""
    before = values(applicant)
    said = send_form(applicant)
    assert f"＋ 项目名称：{WORDS['project_name']}" in said
    assert f"≠ 申报单位全称：{WORDS['unit_name']}（现在填的是：皖北助农协会）" in said
    assert "填报日期" not in said
    assert values(applicant) == before
    assert applicant.at == "import_review"


def test_all_is_taken_and_the_conversation_goes_on_at_the_review(applicant: Applicant):
    """Nothing is left to ask."""
    send_form(applicant)
    applicant.press("全部采用")
    assert values(applicant)["unit_name"] == WORDS["unit_name"]
    assert applicant.at == "review"


def test_only_gaps_are_filled(applicant: Applicant):
    """What the applicant has typed stays."""
    send_form(applicant)
    applicant.press("只补空白")
    assert values(applicant)["unit_name"] == "皖北助农协会"
    assert values(applicant)["reach"] == WORDS["reach"]


def test_single_fields_are_picked_by_ticking(applicant: Applicant):
    """Taps on a phone: each turns its field on or off; the count is on the button."""
    send_form(applicant)
    applicant.press("挑着采用")
    applicant.press("☑ 申报单位全称")
    applicant.press("☑ 网络传播量")
    applicant.press("☐ 申报单位全称")
    applicant.press("采用勾选的")
    assert values(applicant)["unit_name"] == WORDS["unit_name"]
    assert "reach" not in values(applicant)
    assert applicant.at == "reach"


def test_nothing_may_be_taken(applicant: Applicant):
    """The draft is as it was, and the same field is asked for."""
    before = values(applicant)
    send_form(applicant)
    applicant.press("都不采用")
    assert values(applicant) == before
    assert applicant.at == "project_name"


def test_a_value_that_cannot_be_taken_is_named_with_its_reason(applicant: Applicant):
    """Every value is judged as if it had been typed; the others can still be taken."""
    document = without_controls(filled(FILLED))
    cell(document, 8, 1).text = "很多"
    said = send_form(applicant, saved(document))
    assert "✗ 投入资金：很多（不能用：" in said
    applicant.press("全部采用")
    assert "funds" not in values(applicant)
    assert applicant.at == "funds"


def test_a_form_edited_in_word_brings_only_its_changes(applicant: Applicant):
    """Our own document, sent back with one cell rewritten."""
    send_form(applicant)
    applicant.press("全部采用")
    document = docx.Document(io.BytesIO(filled(FILLED)))
    for text in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        text.text = (text.text or "").replace(WORDS["funds"], "13.8万元")
    said = send_form(applicant, saved(document))
    assert "≠ 投入资金" in said
    assert said.count("≠") == 1
    assert "＋" not in said


def test_what_is_blank_in_the_file_stays_as_it_is(applicant: Applicant):
    """An empty cell is no answer."""
    words = {key: text for key, text in WORDS.items() if key not in {"unit_name", "reach"}}
    said = send_form(applicant, filled(submission(words)))
    assert "保留您现在填的：申报单位全称" in said
    applicant.press("全部采用")
    assert values(applicant)["unit_name"] == "皖北助农协会"
    assert applicant.at == "reach"


def test_a_form_with_the_same_answers_has_nothing_to_offer(applicant: Applicant):
    """No diff, no buttons; on we go."""
    send_form(applicant)
    applicant.press("全部采用")
    assert "没有要更新的" in send_form(applicant)


def test_a_blank_form_gets_a_kind_word(applicant: Applicant):
    """Somebody sends the attachment as downloaded."""
    assert "空白的表" in send_form(applicant, TEMPLATE)
    assert applicant.at == "project_name"


def test_a_paper_with_labels_is_proposed_field_by_field_with_its_words(applicant: Applicant):
    """Whichever field is asked for; what was understood stands beside what was written."""
    text = BLOCK.replace("约260人", "大约两百六十人吧") + "\n负责部门：综合科"
    said = applicant.upload("材料.txt", text.encode())
    assert "＋ 项目参与人数：" in said
    assert "约260人" in said
    assert "下面的没有对上栏目，要用的话告诉我填哪一栏：\n负责部门：综合科" in said
    assert "participants" not in values(applicant)


def test_a_whole_paper_is_not_taken_for_the_description(pack: NoticePack):
    """Even while the description is asked for; and a description with a heading still is one."""
    applicant = Applicant(pack)
    applicant.type(BLOCK)
    assert applicant.at == "description"
    assert "≠" in applicant.upload("材料.txt", BLOCK.replace("12.5万元", "18万元").encode())
    applicant.press("都不采用")
    story = "项目名称：山里的直播课\n" + "志愿者每周通过直播平台给山里的孩子上课，累计三百堂。" * 5
    applicant.upload("简介.txt", story.encode())
    assert values(applicant)["description"] == story


def test_any_other_text_is_offered_for_the_field_asked_for(applicant: Applicant):
    """Or for the description; or for nothing."""
    applicant.upload("说明.txt", "志愿者每周通过直播平台给孩子上课。".encode())
    labels = [button.label for reply in applicant.replies for button in reply.choices]
    assert labels[-1] == "都不填"
    applicant.press("都不填")
    assert "description" not in values(applicant)
