"""A long answer on a titled page of its own (四.2: 表格空间不够可另附页)."""

import pytest
from hypothesis import given
from openxml_audit import OpenXmlValidator

from dialogs.document.fill import fill
from dialogs.document.read_form import read_form
from dialogs.document.verify import Mismatch, differences, prove_untouched
from tests.document_samples import TEMPLATE, WORDS, submission, submissions
from tests.test_document_readback import tampered
from tests.word_forms import EXPECTED, FORM, cell, saved, without_controls

ASKED = submission(apart=["description"])
APART = fill(ASKED, TEMPLATE)


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
    made = fill(each, TEMPLATE)
    assert differences(each, made) == []
    assert prove_untouched(TEMPLATE, made).changed == ()


def test_a_page_that_lost_a_word_is_found():
    """The proof reads the page, not only the cell."""
    found = differences(ASKED, tampered(APART, "每周开课", "开课"))
    assert [each.field for each in found] == ["description"]


def test_a_cell_that_no_longer_refers_to_the_page_is_found():
    """Otherwise nobody would turn the page."""
    found = differences(ASKED, tampered(APART, "详见附页", "略"))
    assert found == [
        Mismatch(field="description", expected="详见附页《项目简介及实施效果》。", found="略《项目简介及实施效果》。")
    ]


def test_a_page_that_was_asked_for_and_is_missing_is_found():
    """The text in the cell after all is not what was chosen."""
    assert [each.field for each in differences(ASKED, fill(submission(), TEMPLATE))] == ["description", "description"]


@pytest.mark.parametrize("content", [APART, saved(without_controls(APART))], ids=["controls", "labels"])
def test_reading_the_form_finds_the_text_on_its_page(content: bytes):
    """With controls, and by the words 详见附页 alone."""
    assert read_form(content, FORM) == EXPECTED


def test_words_schema_accepts_the_page(tmp_path):
    """openxml-audit finds nothing."""
    path = tmp_path / "form.docx"
    path.write_bytes(APART)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
