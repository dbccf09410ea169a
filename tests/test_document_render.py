"""Filling the official form."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from openxml_audit import OpenXmlValidator

from dialogs.document.fill import fill
from dialogs.document.template import TemplateError
from dialogs.document.verify import differences
from tests.document_samples import TEMPLATE, WORDS, submission, submissions

HARD = "<b>&amp;</b> {{ x }} {% raw %} ${a} \"引\" '号' 𠮷 👨‍👩‍👧‍👦 ①½ é\u0301  两个空格\t制表 ]]>"


def cell(document: bytes, tag: str) -> str:
    """What a tied cell shows, by python-docx alone: its paragraphs, or the control's words in a shared line."""
    for control in docx.Document(io.BytesIO(document)).element.body.iter(qn("w:sdt")):
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == tag:
            alone = not list(control.getparent().iterchildren(qn("w:r")))
            place = control.getparent().getparent().iter(qn("w:p")) if alone else [control]
            return "\n".join("".join(run.text for run in each.iter(qn("w:r"))) for each in place)
    raise AssertionError(tag)


@pytest.mark.parametrize("key", WORDS)
def test_every_field_stands_in_its_own_cell(key: str):
    """What was answered is what the cell tied to the field shows."""
    assert cell(fill(submission(), TEMPLATE), key) == WORDS[key]


@pytest.mark.parametrize("key", ["unit_name", "description"])
def test_every_character_arrives(key: str):
    """Markup, braces, quotes, rare hanzi, joined emoji, spaces and tabs are only text."""
    assert cell(fill(submission({key: HARD}), TEMPLATE), key) == HARD


def test_all_line_ends_are_one_line_end():
    """Whatever a program calls a new line, each line of a long text is one paragraph."""
    made = fill(submission({"description": "一\r\n二\r三\v四\f五\u2028六\u2029七\x85八"}), TEMPLATE)
    assert cell(made, "description") == "一\n二\n三\n四\n五\n六\n七\n八"


def test_characters_xml_cannot_hold_are_dropped_and_nothing_with_them():
    """Controls, lone surrogates and non-characters vanish; their neighbours stay."""
    made = fill(submission({"project_name": "a\x00b\x08c\x1fd\ud800e\udffff\uffffg"}), TEMPLATE)
    assert cell(made, "project_name") == "abcdefg"


def test_one_category_is_ticked_and_the_others_stay_empty():
    """The box whose tag names the value, and no other."""
    made = fill(submission(category="互联网+应急救援"), TEMPLATE)
    assert cell(made, "category=互联网+应急救援") == "■"
    assert cell(made, "category=互联网+教育发展") == "□"


@pytest.mark.parametrize(("registered", "boxes"), [(True, "■□"), (False, "□■"), (None, "□□")])
def test_yes_or_no_ticks_its_box(*, registered: bool | None, boxes: str):
    """True ticks 是, False 否, an open question neither."""
    made = fill(submission(registered=registered), TEMPLATE)
    assert cell(made, "registered=是") + cell(made, "registered=否") == boxes


def test_what_was_left_out_keeps_the_blank_form():
    """The printed hint of the 简介 stays while the cell is empty, and goes once it is filled."""
    assert "2000字以内" in cell(fill(submission({}), TEMPLATE), "description")
    assert "2000字以内" not in cell(fill(submission(), TEMPLATE), "description")


def test_nothing_but_answers_is_exchanged():
    """Every other part of the package arrives byte for byte."""
    made = zipfile.ZipFile(io.BytesIO(fill(submission(), TEMPLATE)))
    blank = zipfile.ZipFile(io.BytesIO(TEMPLATE))
    assert made.namelist() == blank.namelist()
    changed = [name for name in blank.namelist() if made.read(name) != blank.read(name)]
    assert changed == ["word/document.xml"]


def test_an_empty_submission_gives_back_the_blank_form():
    """Nothing answered, nothing changed."""
    made = zipfile.ZipFile(io.BytesIO(fill(submission({}, category=None, registered=None), TEMPLATE)))
    blank = zipfile.ZipFile(io.BytesIO(TEMPLATE))
    assert made.read("word/document.xml") == blank.read("word/document.xml")


def test_the_same_submission_makes_the_same_bytes():
    """A form made again can be compared with the one sent."""
    assert fill(submission(), TEMPLATE) == fill(submission(), TEMPLATE)


def test_a_line_that_brings_its_own_indent_gets_no_second_one():
    """Clerks paste 　　 at the start of a paragraph; the form's own two characters are then left off."""
    made = fill(submission({"description": "　　缩进的\n不缩进的"}), TEMPLATE)
    paragraphs = docx.Document(io.BytesIO(made)).element.body.iter(qn("w:p"))
    paragraphs = [p for p in paragraphs if "缩进的" in "".join(t.text for t in p.iter(qn("w:t")))]
    assert [p.pPr.find(qn("w:ind")) is None for p in paragraphs] == [True, False]


def test_every_chinese_run_names_an_east_asian_font():
    """Without w:eastAsia Word would pick the Latin font's fallback."""
    body = docx.Document(io.BytesIO(fill(submission(), TEMPLATE))).element.body
    runs = [run for run in body.iter(qn("w:r")) if any(ord(each) > 0x2E80 for each in run.text)]
    assert len(runs) > 40
    assert all(run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", TEMPLATE[:900]])
def test_a_template_that_is_no_word_document_is_refused_with_a_reason(content: bytes):
    """Staff read what to do about it."""
    with pytest.raises(TemplateError, match="另存为"):
        fill(submission(), content)


@given(submissions)
def test_whatever_was_typed_is_proven_to_have_arrived(each):
    """No text, however nasty, is lost, moved or doubled."""
    assert differences(each, fill(each, TEMPLATE)) == []


def test_words_schema_accepts_the_blank_the_ordinary_and_the_nasty_form(tmp_path):
    """openxml-audit checks every part against the schema Word uses."""
    hard = submission(dict.fromkeys(WORDS, HARD + "\r\n\x00\ud800　第二行\n\n"))
    for name, content in {
        "blank": TEMPLATE,
        "plain": fill(submission(), TEMPLATE),
        "hard": fill(hard, TEMPLATE),
    }.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        assert [str(error) for error in OpenXmlValidator().validate(path).errors] == [], name
