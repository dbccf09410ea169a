"""The table being filled in: the rows begun, those held, or a first row proposed from other fields."""

from dialogs.context import TurnContext
from dialogs.fields.reckoning import Reckoning
from dialogs.fields.registry import kind_of
from dialogs.fields.typed_rows import asked_columns, takes, typed_rows
from dialogs.session import Table
from knowledge.form import Field


def table_of(context: TurnContext, field: Field) -> Table:
    """Give the table being filled in: the one begun, the one held, or a new one with its first row proposed."""
    begun = context.draft.tables.get(field.key)
    if begun is not None:
        return begun
    held = context.draft.values.get(field.key)
    if held is not None and holds_rows(context, field):
        rows = tuple(row.cells for row in typed_rows(field, held.text, context.moment.today))
        return Table(rows=rows, at=len(rows))
    first = _proposed(context, field)
    return Table(rows=(first,) if first else ())


def holds_rows(context: TurnContext, field: Field) -> bool:
    """Tell whether the draft holds a table with rows, as against none yet or 无."""
    held = context.draft.values.get(field.key)
    return held is not None and bool(held.value)


def _proposed(context: TurnContext, field: Field) -> dict[str, str]:
    """Give what other fields say of the first row."""
    reckoning = Reckoning(context.draft)
    columns = {column.key: column for column in asked_columns(field)}
    found = {key: reckoning.outcome(formula) for key, formula in field.first.items() if formula and key in columns}
    words = {key: kind_of(columns[key]).written(columns[key], value) for key, value in found.items()}
    return {key: text for key, text in words.items() if text and takes(columns[key], text, context.moment.today)}


def fewest(field: Field) -> int:
    """Give how many rows there must be."""
    return len(field.fixed) or (int(field.least) if isinstance(field.least, int) else 0 if field.optional else 1)


def most_rows(field: Field) -> int | None:
    """Give how many rows there may be; None where nothing bounds them."""
    return len(field.fixed) or (int(field.most) if isinstance(field.most, int) else None)
