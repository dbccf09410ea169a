"""A long answer on a titled page of its own (四.2: 表格空间不够可另附页)."""

from hypothesis import given
from openxml_audit import OpenXmlValidator

from dialogs.document.verify import Mismatch
from tests.document_samples import WORDS, differing, filled, proven, recognised, submission, submissions
from tests.test_document_readback import tampered
from tests.word_forms import EXPECTED, cell, without_controls

ASKED = submission(apart=["description"])
APART = filled(ASKED)


def test_the_cell_refers_to_the_page_and_the_page_holds_the_text():
    """Heading and reference name the field as the form does."""
    document = without_controls(APART)
    assert cell(document, 13, 1).text == "详见附页《项目简介及实施效果》。"
    assert document.tables[2].cell(0, 0).text == WORDS["description"]
    assert [each.text for each in document.paragraphs if each.text][-1] == "附页：项目简介及实施效果"


@given(submissions)
def test_nothing_is_lost_on_the_way_to_the_page(each):
    """Read back like any other cell, and the form itself stays the office's."""
    each = each.model_copy(update={"apart": frozenset(["description"])})
    made = filled(each)
    assert differing(each, made) == []
    assert proven(each, made).changed == ()


def test_a_page_that_lost_a_word_is_found():
    """The proof reads the page, not only the cell."""
    found = differing(ASKED, tampered(APART, "每周开课", "开课"))
    assert {each.field for each in found} == {"description"}


def test_a_cell_that_no_longer_refers_to_the_page_is_found():
    """Otherwise nobody would turn the page."""
    found = differing(ASKED, tampered(APART, "详见附页", "略"))
    assert found[0] == Mismatch(
        field="description", expected="详见附页《项目简介及实施效果》。", found="略《项目简介及实施效果》。"
    )


def test_a_page_that_was_asked_for_and_is_missing_is_found():
    """The text in the cell after all is not what was chosen."""
    assert {each.field for each in differing(ASKED, filled(submission()))} == {"description"}


def test_reading_the_form_finds_the_text_on_its_page():
    """The words 详见附页 lead to it."""
    assert recognised(APART) == EXPECTED


def test_words_schema_accepts_the_page(tmp_path):
    """openxml-audit finds nothing."""
    path = tmp_path / "form.docx"
    path.write_bytes(APART)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
