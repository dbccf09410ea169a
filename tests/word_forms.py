"""The form as other programs and other hands leave it."""

import io
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import _Cell

from tests.document_samples import CATEGORIES, WORDS

EXPECTED = WORDS | {"category": CATEGORIES[3], "registered": "是"}


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def without_controls(content: bytes) -> Any:
    """The form as an old program saves it: only paragraphs and tables."""
    document = docx.Document(io.BytesIO(content))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for child in list(control.find(qn("w:sdtContent"))):
            control.addprevious(child)
        control.getparent().remove(control)
    return document


def cell(document: Any, row: int, column: int) -> _Cell:
    """A cell of the big table (row 0 is 项目名称)."""
    return document.tables[1].cell(row, column)


CELLS = {  # field → table, row, column, and the words printed before the answer
    "unit_name": (0, 0, 0, "申报单位全称（公章）："),
    "fill_date": (0, 0, 1, "填报日期："),
    "project_name": (1, 0, 1, ""),
    "period": (1, 1, 1, ""),
    "participants": (1, 2, 2, "项目参与人数："),
    "beneficiaries": (1, 4, 2, "项目受益人数（或受益地区名单）："),
    "reach": (1, 6, 2, "网络传播量："),
    "funds": (1, 8, 1, ""),
    "funds_source": (1, 8, 3, ""),
    "manpower": (1, 9, 1, ""),
    "registered": (1, 10, 1, ""),
    "registration_no": (1, 10, 3, ""),
    "contact_applicant": (1, 11, 1, "申报单位："),
    "contact_recommender": (1, 12, 1, "推荐单位："),
    "description": (1, 13, 1, ""),
    "honors": (1, 14, 1, ""),
    "media_links": (1, 15, 1, ""),
}


def shown(content: bytes, key: str) -> str:
    """What a field's cell shows, by python-docx alone, without the words printed before the answer."""
    table, row, column, printed = CELLS[key]
    text = docx.Document(io.BytesIO(content)).tables[table].cell(row, column).text
    assert text.startswith(printed)
    return text.removeprefix(printed)
