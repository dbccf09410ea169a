"""Tables in files somebody sent: a workbook (.xlsx) as lines, and the rows of a form's table found in such lines.

A row is one line, its cells parted by tabs, as the rows of a Word table are. Only the first sheet with anything in it
is read, and of it no more than a form could hold; formulas count by the values Excel kept of them.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from dialogs.document.document_words import document_words
from dialogs.document.printed_labels import forms_of, squeezed
from dialogs.document.upload_safety import BROKEN, UploadError, damaged, refuse_harm
from dialogs.fields.typed_rows import MOST_ROWS, asked_columns
from knowledge.form import Field

_MOST_COLUMNS = 60
_LARGEST_WHOLE = 20 * 1024 * 1024  # bytes of all parts unpacked
_BOOK = "xl/workbook.xml"


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a workbook of Excel's (or WPS's) present format."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _BOOK in package.namelist()
    except BROKEN:
        return False


def workbook_text(content: bytes) -> str:
    """Give the lines of the first sheet that has any.

    Raises:
        UploadError: the file is broken, protected, or made to harm.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - takes a fifth of a second

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            refuse_harm(package, _LARGEST_WHOLE)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = (_lines(sheet) for sheet in book.worksheets)
        return "\n".join(next((lines for lines in sheets if lines), []))
    except UploadError:
        raise
    except (*BROKEN, TypeError, AttributeError, SyntaxError) as error:
        raise damaged() from error


def _lines(sheet: Any) -> list[str]:
    rows = sheet.iter_rows(max_row=2 * MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
    lines = ("\t".join(map(_shown, row)).rstrip("\t") for row in rows)
    return [line for line in lines if line.strip()]


def _shown(value: object) -> str:
    """Write a cell's value as somebody would type it."""
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return "" if value is None else " ".join(str(value).split())


def rows_of_table(table: Field, text: str) -> str:
    """Give the lines of a text that are rows of a form's table: those under its heads, up to a total; empty if none.

    Columns may stand in any order, further ones between them; those of the table come out in its own order.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        places = _places(table, line.split("\t"))
        if places:
            rows = (each.split("\t") for each in lines[number + 1 :])
            found = [row for row in rows if any(cell.strip() for cell in row)]
            end = next((at for at, row in enumerate(found) if _sums_up(row)), len(found))
            return "\n".join("\t".join(_cells(row, places)) for row in found[:end])
    return ""


def _places(table: Field, heads: Sequence[str]) -> list[int]:
    """Say in which cell of a row of heads each column stands, the printed rows' names first; empty if it is none."""
    wanted = asked_columns(table)
    found = [next((at for at, head in enumerate(heads) if _names(column, head)), -1) for column in wanted]
    if sum(at >= 0 for at in found) < max(2, len(wanted) - 1):
        return []
    first = [next(at for at in range(len(heads)) if at not in found)] if table.fixed and len(heads) > len(found) else []
    return [*first, *found]


def _names(column: Field, head: str) -> bool:
    return bool({squeezed(name) for name in column.names} & set(forms_of(head)))


def _cells(row: Sequence[str], places: Sequence[int]) -> list[str]:
    return [row[at].strip() if 0 <= at < len(row) else "" for at in places]


def _sums_up(row: Sequence[str]) -> bool:
    words = next((squeezed(cell) for cell in row if cell.strip()), "")
    return words.startswith(document_words().sums)
