"""The form as other programs and other hands leave it."""

import io
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import _Cell

from knowledge.form import Form
from knowledge.loading.yaml_file import load_yaml
from tests.document_samples import CATEGORIES, PACK, WORDS

FORM = load_yaml(PACK / "form.yaml", Form)
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
