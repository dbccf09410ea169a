"""The table being filled in: the rows begun, those held, or a first row proposed from other fields."""

from datetime import date

from dialogs.fields.reckoning import Reckoning
from dialogs.fields.registry import kind_of
from dialogs.fields.typed_rows import asked_columns, takes, typed_rows
from dialogs.session import Draft, Table
from knowledge.form import Field


def table_of(draft: Draft, field: Field, today: date) -> Table:
    """Give the table being filled in: the one begun, the one held, or a new one with its first row proposed."""
    begun = draft.tables.get(field.key)
    if begun is not None:
        return begun
    held = draft.values.get(field.key)
    if held is not None and holds_rows(draft, field):
        rows = tuple(row.cells for row in typed_rows(field, held.text, today))
        return Table(rows=rows, at=len(rows))
    first = _proposed(draft, field, today)
    return Table(rows=(first,) if first else ())


def holds_rows(draft: Draft, field: Field) -> bool:
    """Tell whether the draft holds a table with rows, as against none yet or 无."""
    held = draft.values.get(field.key)
    return held is not None and bool(held.value)


def _proposed(draft: Draft, field: Field, today: date) -> dict[str, str]:
    """Give what other fields say of the first row."""
    reckoning = Reckoning(draft)
    columns = {column.key: column for column in asked_columns(field)}
    found = {key: reckoning.outcome(formula) for key, formula in field.first.items() if formula and key in columns}
    words = {key: kind_of(columns[key]).written(columns[key], value) for key, value in found.items()}
    return {key: text for key, text in words.items() if text and takes(columns[key], text, today)}


def fewest(field: Field) -> int:
    """Give how many rows there must be."""
    return len(field.fixed) or (int(field.least) if isinstance(field.least, int) else 0 if field.optional else 1)


def most_rows(field: Field) -> int | None:
    """Give how many rows there may be; None where nothing bounds them."""
    return len(field.fixed) or (int(field.most) if isinstance(field.most, int) else None)
