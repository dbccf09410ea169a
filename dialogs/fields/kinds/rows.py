"""A table of rows: a line a row, its cells in the order of the columns, or named; a pasted table whole.

With `fixed` the rows are those the form prints, by the words in their first column.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Extent, Kind
from dialogs.fields.no_answer import is_none
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.reckoning import cell_of
from dialogs.fields.registry import kind_of
from dialogs.fields.typed_rows import TypedRow, asked_columns, needed_in_row, typed_rows
from knowledge.expressions.plain_values import UNKNOWN, Plain
from knowledge.form import Field
from knowledge.text.normalise import readable


class Rows(Kind):
    """A table; `value` is a list of rows, each column → `{"value", "display", "printed"}`."""

    name = "rows"
    tabled = True
    roomy = True
    numbered = True
    flowing = True
    paragraphs = True
    value_type = None
    bounded = "items"
    unread = "unread_rows"
    speech = False

    def clean(self, raw: str) -> str:
        """Keep tabs and wide gaps: they part the cells."""
        return "\n".join(line for line in readable(raw).split("\n") if line.strip())

    def unlabelled(self, field: Field, text: str) -> str:
        """Drop the table's own label from the first line."""
        first, _, rest = text.partition("\n")
        bare = super().unlabelled(field, first.strip()) if first.strip().startswith(field.names) else first
        return "\n".join(part for part in (bare, rest) if part.strip())

    def extent(self, value: JsonValue) -> Extent | None:
        """Say how many rows there are."""
        count = Decimal(len(value)) if isinstance(value, list) else Decimal(0)
        return Extent(count, count)

    def sample_of(self, field: Field) -> str:
        """Write a row of examples."""
        shown = (column.example or kind_of(column).sample_of(column) for column in asked_columns(field))
        return "，".join(each for each in shown if each)

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read the rows; a fixed table is complete with all its rows.

        Raises:
            Misread: a cell is missing or not understood, words fit no column, a printed row is missing.
        """
        typed = _in_place(field, typed_rows(field, text, today))
        found = [read_row(field, row, today, number) for number, row in enumerate(typed)]
        if not found:
            raise Misread
        rows: list[JsonValue] = [{key: cell_of(cell) for key, cell in row.items()} for row in found]
        doubts = tuple(
            say("in_row", row=row_name(field, number), column=column.label, message=doubt)
            for number, row in enumerate(found)
            for column in field.columns
            if column.key in row
            for doubt in row[column.key].doubts
        )
        return ReadValue(rows, shown_rows(field, rows), doubts=doubts)

    def cells(self, field: Field, value: JsonValue) -> Iterator[tuple[str, Field, ReadValue]]:
        """Give every cell, for its column's own rules: the row's name, the column, what was read."""
        for number, row in enumerate(value if isinstance(value, list) else ()):
            for column in field.columns:
                cell = row.get(column.key) if isinstance(row, dict) else None
                if isinstance(cell, dict):
                    held = ReadValue(cell["value"], str(cell["display"]), printed=str(cell["printed"]))
                    yield row_name(field, number), column, held


def _in_place(field: Field, typed: list[TypedRow]) -> list[TypedRow]:
    """Put the rows of a fixed table in the form's order.

    Raises:
        Misread: a row the form prints is missing.
    """
    if not field.fixed:
        return typed
    named = {row.label: row for row in typed if row.label}
    if not named and len(typed) == len(field.fixed):
        return typed
    missing = [name for name in field.fixed if name not in named]
    if missing:
        raise Misread("row_missing", names="、".join(missing))
    return [named[name] for name in field.fixed]


def read_row(field: Field, row: TypedRow, today: date, number: int) -> dict[str, ReadValue]:
    """Read the cells of one row; an optional one may be missing.

    Raises:
        Misread: the first cell that is missing or not understood.
    """
    if row.leftover:
        raise Misread("row_leftover", row=row_name(field, number), words="、".join(row.leftover))
    found: dict[str, ReadValue] = {}
    for column in asked_columns(field):
        text = row.cells.get(column.key, "")
        wanted = needed_in_row(field, column, lambda one: _plain_of(one, found))
        if not text.strip() and not column.optional and wanted is True:
            raise Misread("cell_missing", row=row_name(field, number), column=column.label)
        if text.strip() and wanted is not False:
            found[column.key] = read_cell(column, text, today, row_name(field, number))
    return found


def _plain_of(column: Field, row: dict[str, ReadValue]) -> Plain:
    """Give what a cell read already is to the conditions of the others."""
    return kind_of(column).plain(row[column.key].value) if column.key in row else UNKNOWN


def read_cell(column: Field, text: str, today: date, row: str) -> ReadValue:
    """Read one cell.

    Raises:
        Misread: it is no value of its column; the row and the column are named.
    """
    kind = kind_of(column)
    if column.optional and is_none(text):
        return kind.none(column)
    try:
        return kind.read(column, kind.unlabelled(column, kind.clean(text)), today)
    except Misread as misread:
        reason = {"invalid": kind.unread, "absent": "empty"}.get(misread.reason, misread.reason)
        said = column.invalid or say(reason, **{**misread.parts, "label": column.label})
        raise Misread("in_row", row=row, column=column.label, message=said) from None


def row_name(field: Field, number: int) -> str:
    """Name a row: by the words the form prints in it, or by its number."""
    if number < len(field.fixed):
        return field.fixed[number]
    return say("row_name", number=number + 1)


def shown_rows(field: Field, rows: JsonValue) -> str:
    """Show the rows, one a line: their name, then their cells."""
    listed = rows if isinstance(rows, list) else []
    return "\n".join(_shown(field, row, number) for number, row in enumerate(listed) if isinstance(row, dict))


def _shown(field: Field, row: dict[str, JsonValue], number: int) -> str:
    cells = [cell.get("display") for column in field.columns if isinstance(cell := row.get(column.key), dict)]
    name = f"{field.fixed[number]}：" if number < len(field.fixed) else f"{number + 1}. "
    return name + "，".join(str(cell) for cell in cells if cell)
