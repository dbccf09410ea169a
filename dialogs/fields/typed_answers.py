"""Answers of a program as an applicant would type them: yes and no, lists, tables as lists of rows."""

from collections.abc import Iterator
from typing import Any

from dialogs.fields.registry import kind_of
from dialogs.fields.typed_rows import asked_columns, row_text
from knowledge.form import Field


def typed(field: Field, answer: Any) -> str:
    """Give what an applicant would have typed.

    Text stays as it is, a boolean is 是 or 否, a list is a line each. A row of a table is an object (column key or
    label → what would be typed) or a list in the order of the columns; a table whose rows the form prints may be an
    object too, printed words → row.
    """
    if isinstance(answer, bool):
        return kind_of(field).typed(answer=answer)
    if kind_of(field).tabled and isinstance(answer, list | dict):
        return "\n".join(_rows(field, answer))
    if isinstance(answer, list):
        return "\n".join(str(item) for item in answer)
    return "" if answer is None else str(answer)


def is_typable(field: Field, answer: Any) -> bool:
    """Tell whether an answer has a shape its field can be given in."""
    return not isinstance(answer, dict) or (kind_of(field).tabled and bool(field.fixed))


def _rows(field: Field, answer: list[Any] | dict[str, Any]) -> Iterator[str]:
    labels = list(answer) if isinstance(answer, dict) else list(field.fixed)
    rows = list(answer.values()) if isinstance(answer, dict) else answer
    for number, row in enumerate(rows):
        label = labels[number] if number < len(labels) else ""
        if isinstance(row, str):
            yield row if row.startswith(label) else f"{label} {row}"
        else:
            yield row_text(field, _cells(field, row, label), label)


def _cells(field: Field, row: Any, label: str) -> dict[str, str]:
    columns = asked_columns(field)
    if isinstance(row, dict):
        named = ((column, [row[name] for name in (column.key, *column.names) if name in row]) for column in columns)
        return {column.key: typed(column, values[0]) for column, values in named if values}
    listed = list(row) if isinstance(row, list | tuple) else [row]
    listed = listed[1:] if label and listed[:1] == [label] else listed
    return {column.key: typed(column, value) for column, value in zip(columns, listed, strict=False)}
