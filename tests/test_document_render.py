"""Filling the official form."""

import io
import zipfile
from collections.abc import Callable

import docx
import docx2txt
import mammoth
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from openxml_audit import OpenXmlValidator

from dialogs.document.word_package import TemplateError
from tests.document_samples import TEMPLATE, WORDS, differing, filled, submission, submissions
from tests.word_forms import shown, without_controls


def as_docx2txt_reads(content: bytes) -> str:
    return str(docx2txt.process(io.BytesIO(content)))


def as_mammoth_reads(content: bytes) -> str:
    return str(mammoth.extract_raw_text(io.BytesIO(content)).value)


HARD = "<b>&amp;</b> {{ x }} {% raw %} ${a} \"引\" '号' 𠮷 👨‍👩‍👧‍👦 ①½ é\u0301  两个空格\t制表 ]]>"


@pytest.mark.parametrize("key", WORDS)
def test_every_field_stands_in_its_own_cell(key: str):
    """What was answered is what the cell tied to the field shows."""
    assert shown(filled(submission()), key) == WORDS[key]


@pytest.mark.parametrize("key", ["unit_name", "description"])
def test_every_character_arrives(key: str):
    """Markup, braces, quotes, rare hanzi, joined emoji, spaces and tabs are only text."""
    assert shown(filled(submission({key: HARD})), key) == HARD


def test_all_line_ends_are_one_line_end():
    """Whatever a program calls a new line, each line of a long text is one paragraph."""
    made = filled(submission({"description": "一\r\n二\r三\v四\f五\u2028六\u2029七\x85八"}))
    assert shown(made, "description") == "一\n二\n三\n四\n五\n六\n七\n八"


def test_characters_xml_cannot_hold_are_dropped_and_nothing_with_them():
    """Controls, lone surrogates and non-characters vanish; their neighbours stay."""
    made = filled(submission({"project_name": "a\x00b\x08c\x1fd\ud800e\udffff\uffffg"}))
    assert shown(made, "project_name") == "abcdefg"


def test_one_category_is_ticked_and_the_others_stay_empty():
    """The box whose option names the value, and no other."""
    table = docx.Document(io.BytesIO(filled(submission(category="互联网+应急救援")))).tables[1]
    boxes = [table.cell(row, 1).text.split()[-1] for row in range(2, 8)]
    assert boxes == ["□", "□", "√", "□", "□", "□"]


@pytest.mark.parametrize(("registered", "boxes"), [(True, "是√否□"), (False, "是□否√"), (None, "是□否□")])
def test_yes_or_no_ticks_its_box(*, registered: bool | None, boxes: str):
    """True ticks 是, False 否, an open question neither."""
    assert "".join(shown(filled(submission(registered=registered)), "registered").split()) == boxes


@pytest.mark.parametrize("read", [as_docx2txt_reads, as_mammoth_reads], ids=["docx2txt", "mammoth"])
def test_other_programs_read_every_answer(read: Callable[[bytes], str]):
    """No content control hides one from them."""
    text = read(filled(submission()))
    assert [line for words in WORDS.values() for line in words.split("\n") if line not in text] == []


def test_no_content_control_is_left():
    """Filled or not, boxes and statement included."""
    for each in (submission(), submission({}, category=None, registered=None)):
        assert list(docx.Document(io.BytesIO(filled(each))).element.iter(qn("w:sdt"))) == []


def test_what_was_left_out_keeps_the_blank_form():
    """The printed hint of the 简介 stays while the cell is empty, and goes once it is filled."""
    assert "2000字以内" in shown(filled(submission({})), "description")
    assert "2000字以内" not in shown(filled(submission()), "description")


def test_nothing_but_answers_is_exchanged():
    """Every other part of the package arrives byte for byte."""
    made = zipfile.ZipFile(io.BytesIO(filled(submission())))
    blank = zipfile.ZipFile(io.BytesIO(TEMPLATE))
    assert made.namelist() == blank.namelist()
    changed = [name for name in blank.namelist() if made.read(name) != blank.read(name)]
    assert changed == ["word/document.xml"]


def test_an_empty_submission_gives_back_the_blank_form():
    """Nothing answered, nothing changed but that the controls are open."""
    made = docx.Document(io.BytesIO(filled(submission({}, category=None, registered=None)))).element.body
    texts = [paragraph.text for paragraph in made.iter(qn("w:p"))]
    assert texts == [paragraph.text for paragraph in without_controls(TEMPLATE).element.body.iter(qn("w:p"))]


def test_the_same_submission_makes_the_same_bytes():
    """A form made again can be compared with the one sent."""
    assert filled(submission()) == filled(submission())


def test_a_line_that_brings_its_own_indent_gets_no_second_one():
    """Clerks paste 　　 at the start of a paragraph; the form's own two characters are then left off."""
    made = filled(submission({"description": "　　缩进的\n不缩进的"}))
    paragraphs = docx.Document(io.BytesIO(made)).element.body.iter(qn("w:p"))
    paragraphs = [p for p in paragraphs if "缩进的" in "".join(t.text for t in p.iter(qn("w:t")))]
    assert [p.pPr.find(qn("w:ind")) is None for p in paragraphs] == [True, False]


def test_every_chinese_run_names_an_east_asian_font():
    """Without w:eastAsia Word would pick the Latin font's fallback."""
    body = docx.Document(io.BytesIO(filled(submission()))).element.body
    runs = [run for run in body.iter(qn("w:r")) if any(ord(each) > 0x2E80 for each in run.text)]
    assert len(runs) > 40
    assert all(run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", TEMPLATE[:900]])
def test_a_template_that_is_no_word_document_is_refused_with_a_reason(content: bytes):
    """Staff read what to do about it."""
    with pytest.raises(TemplateError, match="另存为"):
        filled(submission(), content)


@given(submissions)
def test_whatever_was_typed_is_proven_to_have_arrived(each):
    """No text, however nasty, is lost, moved or doubled."""
    assert differing(each, filled(each)) == []


def test_words_schema_accepts_the_blank_the_ordinary_and_the_nasty_form(tmp_path):
    """openxml-audit checks every part against the schema Word uses."""
    hard = submission(dict.fromkeys(WORDS, HARD + "\r\n\x00\ud800　第二行\n\n"))
    for name, content in {
        "blank": TEMPLATE,
        "plain": filled(submission()),
        "hard": filled(hard),
    }.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        assert [str(error) for error in OpenXmlValidator().validate(path).errors] == [], name
