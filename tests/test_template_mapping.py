"""The office's own blank form: tied by label and position when staff wrote no tags into it."""

import io
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from dialogs.document.auto_tagging import auto_tagged
from dialogs.document.template_check import faults, survey
from dialogs.document.word_package import TemplateError
from tests.document_samples import FORM, TEMPLATE, WORDS, differing, filled, proven, recognised, submission
from tests.word_forms import EXPECTED, cell, saved, without_controls

PLAIN = saved(without_controls(TEMPLATE))  # the form as the office would send it
KEYS = {field.key for field in FORM.fields}


def changed(change: Any) -> bytes:
    document = without_controls(TEMPLATE)
    change(document)
    return saved(document)


def test_our_template_is_tied_by_tags_alone():
    """It comes back byte for byte, and nothing is missing or stray."""
    found = survey(TEMPLATE, FORM)
    assert auto_tagged(TEMPLATE, FORM) == TEMPLATE
    assert (set(found.tagged), found.labelled, found.missing, found.stray) == (KEYS, (), (), ())
    assert faults(TEMPLATE, FORM) == []


def test_a_blank_without_tags_is_tied_by_its_labels():
    """Every field finds its cell, the statement its lock."""
    found = survey(PLAIN, FORM)
    assert (found.tagged, set(found.labelled), found.missing, found.stray) == ((), KEYS, (), ())


def test_a_form_filled_through_labels_is_proven_like_any_other():
    """Filled, read back, compared; recognised again; and nothing but answer cells changed."""
    template = auto_tagged(PLAIN, FORM)
    made = filled(submission(), template)
    assert differing(submission(), made, template) == []
    assert recognised(made, template) == EXPECTED
    assert recognised(template, template) == {}
    assert proven(submission(), made, template).changed == ()


def test_tying_leaves_what_is_printed_as_it_was(tmp_path):
    """The tied form prints the same words, and Word's schema accepts it."""
    before = [paragraph.text for paragraph in without_controls(PLAIN).element.body.iter(qn("w:p"))]
    template = auto_tagged(PLAIN, FORM)
    after = [paragraph.text for paragraph in without_controls(template).element.body.iter(qn("w:p"))]
    assert [text.strip() for text in after] == [text.strip() for text in before]
    path = tmp_path / "tied.docx"
    path.write_bytes(filled(submission(), template))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_unit_and_date_may_share_one_line():
    """The date's label keeps its distance from the unit's name."""

    def one_line(document: Any) -> None:
        head = document.tables[0]._tbl
        head.getparent().remove(head)
        line = document.paragraphs[1].insert_paragraph_before("申报单位全称(公章)：")
        line.add_run("            填报日期：    年  月  日")

    template = auto_tagged(changed(one_line), FORM)
    made = filled(submission(), template)
    assert differing(submission(), made, template) == []
    assert recognised(made, template) == EXPECTED
    texts = [paragraph.text for paragraph in without_controls(made).paragraphs]
    assert f"申报单位全称(公章)：{WORDS['unit_name']}  填报日期：{WORDS['fill_date']}" in texts


def test_blank_lines_that_make_a_cell_tall_are_not_part_of_the_answer():
    """Old forms hold cells open with empty paragraphs."""

    def tall(document: Any) -> None:
        for _ in range(6):
            cell(document, 13, 1).add_paragraph()

    template = auto_tagged(changed(tall), FORM)
    assert differing(submission(), filled(submission(), template), template) == []


@pytest.mark.parametrize("line", ["□是  □否", "是（□）否（□）", "是☐ 否☐"])
def test_boxes_may_be_drawn_in_any_usual_way(line: str):
    """Before or behind the word, in brackets, by another glyph."""

    def drawn(document: Any) -> None:
        cell(document, 10, 1).text = line

    for registered in (True, False):
        each = submission(registered=registered)
        template = auto_tagged(changed(drawn), FORM)
        made = filled(each, template)
        assert differing(each, made, template) == []
        assert (recognised(made, template) or {})["registered"] == ("是" if registered else "否")


def test_a_missing_cell_is_told_with_its_mend():
    """Staff read which field, and what to click."""

    def without_row(document: Any) -> None:
        row = cell(document, 9, 0)._tc.getparent()
        row.getparent().remove(row)

    template = changed(without_row)
    assert survey(template, FORM).missing == ("manpower",)
    assert "没有找到“投入人力”的位置。怎么改：" in str(faults(template, FORM)[0])


def test_a_tag_no_field_has_is_told():
    """A slip of the pen in Word's properties."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    for tag in document.element.body.iter(qn("w:tag")):
        if tag.get(qn("w:val")) == "funds":
            tag.set(qn("w:val"), "fund")
    assert survey(saved(document), FORM).stray == ("fund",)
    assert "“fund”不对应任何栏目" in "".join(map(str, faults(saved(document), FORM)))


def test_what_staff_tagged_themselves_stays_theirs():
    """Tags and labels mix: the control keeps its place, the rest is found around it."""
    document = without_controls(TEMPLATE)
    paragraph = cell(document, 0, 1).paragraphs[0]._p
    control, content, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtContent"), OxmlElement("w:sdtPr")
    properties.append(OxmlElement("w:tag", {qn("w:val"): "project_name"}))
    content.extend(paragraph.findall(qn("w:r")))
    control.extend([properties, content])
    paragraph.append(control)
    found = survey(saved(document), FORM)
    assert (found.tagged, found.missing) == (("project_name",), ())
    template = auto_tagged(saved(document), FORM)
    assert differing(submission(), filled(submission(), template), template) == []


def test_a_template_that_is_no_document_is_told():
    """One line for staff, no traceback."""
    with pytest.raises(TemplateError):
        survey(b"no", FORM)
    assert "另存为" in str(faults(b"no", FORM)[0])
