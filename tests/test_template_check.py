"""`shenbao check` on the blank form: faults as file:line, the mapping of every field, a picture of it."""

import io
import shutil
import zipfile
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bot.commands.check import check, show_map, specimen
from bot.packs import lint, ready_pack
from dialogs.document.field_map import painted
from dialogs.document.template_check import faults, survey
from knowledge.form import Form
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.problems import PackError
from tests.applicant import Applicant
from tests.application import BLOCK, STORY
from tests.blank_forms import blank, form_of
from tests.document_samples import FORM, TEMPLATE, recognised
from tests.word_forms import cell, saved, without_controls


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "anhui-2024", tmp_path / "pack"))


def retag(folder: Path, old: str, new: str) -> None:
    """Write other words into the template's tags, as a slip of the pen in Word would."""
    template = folder / "template.docx"
    with zipfile.ZipFile(template) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(template, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def said(folder: Path, tmp_path: Path) -> str:
    lines: list[str] = []
    check(folder, tmp_path / "data", lines.append)
    return "\n".join(lines)


def test_a_blank_without_any_tags_is_a_good_template(folder: Path, tmp_path: Path):
    """The office drops in its own form: checked, filled and proven like ours."""
    (folder / "template.docx").write_bytes(saved(without_controls(TEMPLATE)))
    assert "检查通过" in said(folder, tmp_path)
    applicant = Applicant(ready_pack(folder))
    for text in (BLOCK, STORY, "跳过", "跳过"):
        applicant.type(text)
    applicant.press("确认无误")
    applicant.press("同意")
    found = recognised(applicant.files[0].content)
    assert found is not None
    assert found["description"] == STORY


def test_a_field_without_a_cell_is_told(folder: Path, tmp_path: Path):
    """With the file, the field, and what to click in Word."""
    document = without_controls(TEMPLATE)
    row = cell(document, 9, 0)._tc.getparent()
    row.getparent().remove(row)
    (folder / "template.docx").write_bytes(saved(document))
    assert "template.docx:0: 表里没有找到“投入人力”的位置。怎么改：" in said(folder, tmp_path)


def test_a_misspelt_tag_is_told_and_the_label_found(folder: Path):
    """The stray tag is a fault; the field itself is not lost."""
    retag(folder, 'w:tag w:val="reach"', 'w:tag w:val="raech"')
    assert ["“raech”不对应任何栏目" in problem.reason for problem in lint(folder)] == [True]


def test_an_option_without_its_box_is_told(folder: Path):
    """A category that could not be ticked."""
    retag(folder, 'w:val="category=互联网+应急救援', 'w:val="category=互联网+应急救援队')
    reasons = [problem.reason for problem in lint(folder)]
    assert "表里没有找到“互联网+应急救援”的方框" in reasons


def test_a_template_that_cannot_be_filled_stops_the_start_with_one_line(folder: Path):
    """A package with a broken main part: no traceback, no half-working bot."""
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as package:
        package.writestr("word/document.xml", "<w:document")
    (folder / "template.docx").write_bytes(broken.getvalue())
    with pytest.raises(PackError, match=r"^template.docx:0: .*怎么改：.*$"):
        ready_pack(folder)


def test_the_map_names_every_field_and_how_it_was_found(folder: Path, tmp_path: Path):
    """By tag or by label; blank cells nobody fills are named by their neighbour."""
    document = without_controls(TEMPLATE)
    table = document.tables[1]
    table.add_row().cells[0].text = "主管单位意见"
    (folder / "template.docx").write_bytes(saved(document))
    lines: list[str] = []
    show_map(folder, tmp_path / "out" / "map.png", lines.append)
    assert "投入人力（manpower）：按标签文字和位置" in lines
    assert any(line.startswith("已证明：除") and "逐字节相同" in line for line in lines)
    assert any(line.startswith("没有对应栏目、留空的格子") and "主管单位意见" in line for line in lines)
    if shutil.which("soffice"):
        assert (tmp_path / "out" / "map.png").read_bytes().startswith(b"\x89PNG")


def test_the_map_paints_every_cell_with_its_tag_and_label():
    """The form's own words stay beside it; a box bears the name of its option."""
    text = "\n".join(docx.Document(io.BytesIO(painted(TEMPLATE, FORM))).element.body.itertext())
    assert [field.key for field in FORM.fields if f"{field.key}" not in text] == []
    assert "funds 投入资金" in text
    assert "registered=是" in text
    assert "（推荐单位盖章）" in text


def test_the_map_may_be_a_word_file(folder: Path, tmp_path: Path):
    """Where there is no LibreOffice."""
    show_map(folder, tmp_path / "map.docx", lambda _: None)
    assert docx.Document(str(tmp_path / "map.docx")).tables


def test_the_specimen_shows_each_field_in_its_cell():
    """What staff look at: the name of the field where its answer will stand."""
    made = specimen(load_pack(PACKS / "anhui-2024"))
    text = "\n".join(without_controls(made).tables[1].cell(8, column).text for column in range(4))
    assert "【投入资金】" in text
    assert survey(TEMPLATE, FORM).empty == ()
    assert docx.Document(io.BytesIO(made)).tables


NAME = {"key": "name", "label": "姓名"}
ALIKE = form_of({"key": "a", "label": "甲项", "at": "补助__元"}, {"key": "b", "label": "乙项", "at": "补助__元"})
SEVERAL = form_of(
    *({"key": key, "label": label} for key, label in zip("abcd", ("单位", "职务", "电话", "地址"), strict=True))
)


@pytest.mark.parametrize(
    ("form", "template", "said_of_it"),
    [
        (form_of(NAME), blank([["姓名", "见附件一的说明"]]), "“姓名”的格子（第1张表第1行第2格）里已经印有文字"),
        (form_of(NAME), blank("姓名：白露      单位：     "), "“姓名”的格子（第1行文字）里已经印有文字“白露”"),
        (ALIKE, blank([["经费", "补助____元"]]), "“乙项”和“甲项”指的是表里同一个地方（第1张表第1行第2格）"),
        (form_of(NAME), blank([["姓名", ""], ["姓名", ""]]), "“姓名”在表里还有一处空着（第1张表第2行第2格）"),
        (SEVERAL, blank([["单位", "一中", "职务", "主任"], ["电话", "0551", "地址", "东路"]]), "这份表好像已经填过了"),
        (form_of({**NAME, "kind": "boolean"}), blank([["姓名", "☑是 □否"]]), "“姓名：是”的方框"),
        (
            form_of({**NAME, "print": {"cells": 6}}),
            blank([["姓名", "", "", ""]]),
            "写了 6 格，表里只找到",
        ),
    ],
)
def test_a_tie_that_is_not_certain_is_a_fault(form: Form, template: bytes, said_of_it: str):
    """With the place on the form, in one line, once."""
    found = [str(fault) for fault in faults(template, form)]
    assert len(found) == 1
    assert said_of_it in found[0]
    assert "怎么改：" in found[0]


def test_changes_nobody_accepted_are_a_fault():
    """Word still shows them as 修订."""
    document = docx.Document(io.BytesIO(blank([["姓名", ""]])))
    inserted = OxmlElement("w:ins", {qn("w:id"): "1", qn("w:author"): "x"})
    run = OxmlElement("w:r")
    run.text = "（必填）"
    inserted.append(run)
    document.tables[0].cell(0, 0).paragraphs[0]._p.append(inserted)
    assert "没处理的修订（1 处）" in str(faults(saved(document), form_of(NAME))[0])


def test_a_tag_used_twice_is_a_fault():
    """Word lets staff copy a tagged cell."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    table = document.tables[1]._tbl
    table.append(deepcopy(table.tr_lst[0]))
    assert any("标记“project_name”用了 2 次" in str(fault) for fault in faults(saved(document), FORM))
