"""Recognising the official form, whoever filled it and with whatever program."""

import io
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import assume, given

from knowledge.text.normalise import printable
from tests.document_samples import CATEGORIES, TEMPLATE, WORDS, filled, recognised, submission, submissions
from tests.word_forms import EXPECTED, cell, saved, without_controls


def by_hand(fill: Callable[[Any], None], content: bytes = TEMPLATE) -> dict[str, str] | None:
    document = without_controls(content)
    fill(document)
    return recognised(saved(document))


def test_a_form_we_made_reads_back_as_it_was_filled():
    """The blank tells what was printed, so every word of the answers comes back."""
    assert recognised(filled(submission())) == EXPECTED


def test_the_blank_form_is_recognised_and_empty():
    """Its hint, its 年 月 日 and its boxes are not answers."""
    assert recognised(TEMPLATE) == {}
    assert by_hand(lambda _document: None) == {}


def test_a_form_without_its_controls_reads_the_same():
    """Labels alone are enough."""
    assert recognised(saved(without_controls(filled(submission())))) == EXPECTED


@given(submissions)
def test_whatever_we_delivered_can_be_read_again(each):
    """Every character comes back, whatever was typed, but outer blanks; cells with nothing else count as empty."""
    shown = {key: printable(entry.display).strip() for key, entry in each.entries.items() if key != "declaration"}
    assume(all(text.strip(" \t\n\u3000_＿年月日：:") or not text for text in shown.values()))
    found = {key: text.strip() for key, text in (recognised(filled(each)) or {}).items()}
    assert found == {key: text for key, text in shown.items() if text}


def test_what_was_typed_into_a_control_and_beside_it_belongs_together():
    """A click at the end of the line lands behind the control of the office's blank."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    for paragraph in document.element.body.iter(qn("w:p")):
        tags = [tag.get(qn("w:val")) for tag in paragraph.iter(qn("w:tag"))]
        if tags in (["project_name"], ["contact_applicant"]):
            control = paragraph.find(qn("w:sdt"))
            properties = control.find(qn("w:sdtPr"))
            for hint in properties.findall(qn("w:showingPlcHdr")):
                properties.remove(hint)
            next(control.iter(qn("w:t"))).text = "周晓"
            run = OxmlElement("w:r")
            run.text = "补记"
            paragraph.append(run)
    assert recognised(saved(document)) == {"project_name": "周晓补记", "contact_applicant": "周晓补记"}


def test_the_line_above_the_table_may_be_one_paragraph():
    """Unit and date on one line, parted by spaces."""

    def fill(document: Any) -> None:
        head = document.tables[0]._tbl
        head.getparent().remove(head)
        document.paragraphs[0].insert_paragraph_before(
            "申报单位全称(公章): 淮南市晨光志愿服务中心    填报日期: 2024 年 2 月 6 日"
        )

    def cells(document: Any) -> Any:
        document.tables[1].cell(0, 1).text = "银龄课堂"
        fill(document)

    assert by_hand(cells) == {
        "unit_name": "淮南市晨光志愿服务中心",
        "fill_date": "2024 年 2 月 6 日",
        "project_name": "银龄课堂",
    }


@pytest.mark.parametrize(
    "typed", ["互联网+教育发展 √", "√ 互联网＋教育发展", "互联网+教育发展（√）", "互联网+教育发展□√"]
)
def test_a_category_ticked_by_hand_in_any_way_is_seen(typed: str):
    """People delete the box, or write beside it."""

    def fill(document: Any) -> None:
        cell(document, 5, 1).text = typed

    assert by_hand(fill) == {"category": "互联网+教育发展"}


def test_two_ticked_categories_are_both_reported():
    """Judging is for the rules, not for the reader."""

    def fill(document: Any) -> None:
        cell(document, 2, 1).text = "互联网+共同富裕☑"
        cell(document, 7, 1).text = "其他类别☑"

    assert by_hand(fill) == {"category": "互联网+共同富裕、其他类别"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("是 √  否 □", "是"),
        ("是□ 否■", "否"),
        ("☑是 □否", "是"),
        ("否", "否"),
        ("是（√）否（ ）", "是"),
        ("未备案", "未备案"),
        ("是 □ 否 □", None),
    ],
)
def test_yes_or_no_is_read_however_it_was_marked(typed: str, value: str | None):
    """Box before or behind, one word left over, or words of their own."""

    def fill(document: Any) -> None:
        cell(document, 10, 1).text = typed

    assert by_hand(fill) == ({} if value is None else {"registered": value})


@pytest.mark.parametrize(("font", "code", "ticked"), [("Wingdings", "F0FE", True), ("Wingdings 2", "F0A3", False)])
def test_boxes_of_symbol_fonts_are_seen(font: str, code: str, *, ticked: bool):
    """Word's 插入符号 writes no character but a code of a font."""

    def fill(document: Any) -> None:
        paragraph = cell(document, 10, 1).paragraphs[0]
        paragraph.clear().add_run("是 ")
        symbol = OxmlElement("w:sym")
        symbol.set(qn("w:font"), font)
        symbol.set(qn("w:char"), code)
        paragraph.add_run()._r.append(symbol)
        paragraph.add_run(" 否 □")

    assert by_hand(fill) == ({"registered": "是"} if ticked else {})


def test_the_printed_hint_above_an_answer_is_left_out():
    """Many type under （2000字以内…） without deleting it."""

    def fill(document: Any) -> None:
        cell(document, 13, 1).add_paragraph("项目目标：助老。")
        cell(document, 13, 1).add_paragraph("（注：数据截至2023年底）")

    assert by_hand(fill) == {"description": "项目目标：助老。\n（注：数据截至2023年底）"}


def test_both_contacts_may_share_one_cell():
    """Merged by hand, one line each; a longer contact runs on in the next line."""

    def fill(document: Any) -> None:
        cell(document, 12, 1)._tc.getparent().getparent().remove(cell(document, 12, 1)._tc.getparent())
        cell(document, 11, 1).text = "申报单位: 周晓\n0554-2600000\n推荐单位：市委网信办 吴越 0554-2600001"

    assert by_hand(fill) == {
        "contact_applicant": "周晓\n0554-2600000",
        "contact_recommender": "市委网信办 吴越 0554-2600001",
    }


def test_rows_may_have_been_moved():
    """A label is found where it is, not where it was."""

    def by_hand_moved(document: Any) -> None:
        cell(document, 0, 1).text = "银龄课堂"
        rows = document.tables[1]._tbl.tr_lst
        rows[-1].addnext(rows[0])
        rows[-1].addnext(rows[9])

    assert by_hand(by_hand_moved, filled(submission({"manpower": "志愿者120人"}))) == {
        "project_name": "银龄课堂",
        "manpower": "志愿者120人",
        "category": CATEGORIES[3],
        "registered": "是",
    }


def test_an_answer_that_reads_like_a_label_is_still_an_answer():
    """A value cell is never taken for a label."""
    words = WORDS | {"project_name": "备案号", "funds": "资金来源", "funds_source": "投入人力"}
    assert recognised(saved(without_controls(filled(submission(words))))) == EXPECTED | words


def test_a_form_typed_anew_with_other_labels_is_recognised():
    """Aliases from the pack, plain two-column table, no colons, full-width marks."""
    document = docx.Document()
    document.add_paragraph("申报单位全称（公章）：晨光中心　　填报日期：2024.2.6")
    rows = [("项 目 名 称：", "银龄课堂"), ("实施时间", "2020年至今"), ("类别", "社会帮扶"), ("参与人数", "800人")]
    rows += [("受益人数", "三千"), ("传播量", "360万"), ("投入资金", "12万"), ("资金来源", "捐赠"), ("荣誉", "/")]
    table = document.add_table(len(rows), 2)
    for number, row in enumerate(rows):
        table.cell(number, 0).text, table.cell(number, 1).text = row
    assert recognised(saved(document)) == {
        "unit_name": "晨光中心",
        "fill_date": "2024.2.6",
        "project_name": "银龄课堂",
        "period": "2020年至今",
        "category": "社会帮扶",
        "participants": "800人",
        "beneficiaries": "三千",
        "reach": "360万",
        "funds": "12万",
        "funds_source": "捐赠",
        "honors": "/",
    }


def test_what_was_struck_out_in_review_mode_is_not_read():
    """Tracked changes: deleted words are gone, inserted ones count."""

    def fill(document: Any) -> None:
        paragraph = cell(document, 0, 1).paragraphs[0]
        paragraph.clear()
        for name, word in (("w:del", "旧名"), ("w:ins", "新名")):
            change = OxmlElement(name)
            run = OxmlElement("w:r")
            run.text = word
            change.append(run)
            paragraph._p.append(change)

    assert by_hand(fill) == {"project_name": "新名"}


@pytest.mark.parametrize("kind", ["empty", "letter", "other table"])
def test_another_document_is_not_this_form(kind: str):
    """A letter, or a table about something else, is offered as text instead."""
    document = docx.Document()
    if kind != "empty":
        document.add_paragraph("项目名称：银龄课堂")
        document.add_paragraph("关于报送材料的函，联系人：周晓。")
    if kind == "other table":
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(1, 0).text = "姓名", "电话"
    assert recognised(saved(document)) is None


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_form_saved_by_libreoffice_reads_the_same(tmp_path):
    """Round trip through another program, which rewrites the whole file."""
    (tmp_path / "form.docx").write_bytes(filled(submission()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        "out",
        "form.docx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert recognised((tmp_path / "out" / "form.docx").read_bytes()) == EXPECTED
