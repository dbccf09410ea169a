"""Tables in files: the first sheet of a workbook, and any Word table, fill a table of the form."""

import contextlib
import io
from datetime import date, datetime, time
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook

from dialogs.document.table_text import rows_of_table, workbook_text
from dialogs.document.upload_safety import UploadError
from dialogs.document.upload_text import read_text
from dialogs.protocol import Preset
from tests.applicant import Applicant
from tests.test_rows import COSTS, CREW, PACK, TODAY

PEOPLE = [
    ["读书会发起人名单"],
    [],
    ["序号", "分工", "姓 名", "性别", "联系电话", "年龄"],
    [1, "读书分享", "周向晴", "女", "13800000001", 34],
    [2, "摄影、剪辑", "李一帆", "男", "13800000002", 27.0],
    [3, "场地联络", "王小雨", "女", None, 41],
    ["合计", None, "3人"],
]


def workbook(*sheets: list[list[Any]]) -> bytes:
    """Make a workbook of sheets."""
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word(rows: list[list[Any]]) -> bytes:
    """Make a document with a table."""
    document = docx.Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            table.cell(number, column).text = "" if value is None else str(value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def asked_for(key: str) -> Applicant:
    """Give somebody who is asked for a field."""
    applicant = Applicant(PACK, today=TODAY)
    applicant.type("/start")
    applicant.put(Preset(values={}, at=key))
    return applicant


def test_a_cell_is_written_as_somebody_would_type_it() -> None:
    """Days with their year, numbers without a needless point; an empty sheet is passed over."""
    rows = [
        ["日期", "金额", "时刻"],
        [date(2026, 3, 1), 12.0, datetime.combine(date(2026, 3, 1), time(9, 30))],
        ["", 0.1, None],
    ]
    assert workbook_text(workbook([], rows)).split("\n")[1:] == ["2026年3月1日\t12\t2026-03-01 09:30", "\t0.1"]


def test_rows_are_those_under_the_heads_up_to_the_total() -> None:
    """In the form's own order, whatever stands above, between or below."""
    assert rows_of_table(CREW, workbook_text(workbook(PEOPLE))).split("\n") == [
        "周向晴\t女\t34\t读书分享",
        "李一帆\t男\t27\t摄影、剪辑",
        "王小雨\t女\t41\t场地联络",
    ]


def test_a_text_without_the_heads_has_no_rows() -> None:
    """One name alone is no table."""
    assert rows_of_table(CREW, "姓名\t住址\n周向晴\t城东") == ""


@pytest.mark.parametrize(("name", "content"), [("名单.xlsx", workbook(PEOPLE)), ("名单.docx", word(PEOPLE[2:]))])
def test_a_file_fills_the_table_that_is_asked_for(name: str, content: bytes) -> None:
    """All of its rows at once."""
    applicant = asked_for("crew")
    applicant.upload(name, content)
    applicant.type("没有了")
    held = applicant.session.drafts[applicant.session.current].values["crew"].value
    assert isinstance(held, list)
    assert [row["who"]["value"] for row in held] == ["周向晴", "李一帆", "王小雨"]  # type: ignore[index, call-overload]


def test_rows_the_form_prints_are_found_by_their_names() -> None:
    """The first column names them."""
    rows = [["科目", "申请资助", "自筹"], ["购书费", 4000, 6000], ["场地费", 2000, 3000], ["其他费用", 0, 0]]
    applicant = asked_for("costs")
    applicant.upload("预算.xlsx", workbook(rows))
    held = applicant.session.drafts[applicant.session.current].values["costs"].value
    assert isinstance(held, list)
    assert [row["aid"]["value"] for row in held] == [4000, 2000, 0]  # type: ignore[index, call-overload]
    assert COSTS.fixed[0] == "购书费"


def test_a_table_of_another_field_is_offered_to_it() -> None:
    """Nothing is changed before it is confirmed."""
    applicant = asked_for("circle")
    assert "周向晴" in applicant.upload("名单.xlsx", workbook(PEOPLE))
    assert "crew" not in applicant.session.drafts[applicant.session.current].values


@given(some.integers(0, 4000), some.binary(min_size=1, max_size=3))
def test_a_damaged_workbook_is_read_or_refused(at: int, damage: bytes) -> None:
    """Never anything else."""
    content = workbook(PEOPLE)
    with contextlib.suppress(UploadError):
        read_text("名单.xlsx", content[:at] + damage + content[at + len(damage) :])
