"""A table filled in a row a message: only what is missing or wrong in a row is asked for; a pasted table whole.

The rows so far stand in `Draft.tables`; once the applicant has no more, or no more may be, the whole is judged like any
other answer.
"""

from collections.abc import Mapping

from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected
from dialogs.fields.typed_rows import (
    MOST_ROWS,
    TypedRow,
    asked_columns,
    is_one_row,
    missing_columns,
    row_text,
    typed_rows,
)
from dialogs.fields.validate import validate
from dialogs.flow import come_back
from dialogs.handlers.answers import take
from dialogs.session import Table
from dialogs.tables import fewest, holds_rows, most_rows, table_of
from dialogs.understanding.row_words import RowSaid, row_wish, says_no_rows
from dialogs.views.rows_view import (
    ask_row,
    nothing_understood,
    row_deleted,
    row_taken,
    too_few_rows,
)
from knowledge.form import Field


def on_rows(context: TurnContext, field: Field, text: str) -> None:
    """Take words as rows of the table being asked for, or do what they wish of it."""
    wish = RowSaid("finished") if says_no_rows(text) else row_wish(text)
    if wish is not None:
        _wished(context, field, wish)
    else:
        _typed(context, field, text)


def _is_taken(context: TurnContext, column: Field, text: str) -> bool:
    return not isinstance(validate(column, text, context.pack, context.moment.today), Rejected)


def _wished(context: TurnContext, field: Field, wish: RowSaid) -> None:
    table = table_of(context.draft, field, context.moment.today)
    number = len(table.rows) - 1 if wish.row < 0 else wish.row - 1
    if wish.wish == "finished":
        _finish(context, field, table)
    elif wish.wish == "more":
        _keep(context, field, table.model_copy(update={"at": _next(field, table), "wrong": {}}))
        ask_row(context, field, table_of(context.draft, field, context.moment.today))
    elif not 0 <= number < len(table.rows):
        nothing_understood(context, field, table)
    elif wish.wish == "delete":
        _delete(context, field, table, number)
    else:
        _keep(context, field, table.model_copy(update={"at": number, "wrong": {}}))
        if not (wish.rest and _typed(context, field, wish.rest)):
            ask_row(context, field, table_of(context.draft, field, context.moment.today))


def _delete(context: TurnContext, field: Field, table: Table, number: int) -> None:
    rows = (*table.rows[:number], *table.rows[number + 1 :])
    kept = Table(rows=rows, at=_next(field, Table(rows=rows)))
    _keep(context, field, kept)
    ask_row(context, field, kept, row_deleted(context, field, number))


def _finish(context: TurnContext, field: Field, table: Table) -> None:
    """Judge the whole, unless a row is not complete or there are too few."""
    whole = [row for row in table.rows if row]
    open_row = next((at for at, row in enumerate(whole) if missing_columns(field, row)), None)
    if not whole and field.optional:
        take(context, field, context.words("rows.none"))
        return
    if open_row is not None or len(whole) < max(fewest(field), 1):
        at = len(whole) if open_row is None else open_row
        kept = Table(rows=tuple(whole), at=at, wrong=table.wrong if at == table.at else {})
        _keep(context, field, kept)
        ask_row(context, field, kept, "" if open_row is not None else too_few_rows(context, field, len(whole)))
        return
    lines = (row_text(field, row, _label(field, number)) for number, row in enumerate(whole))
    _keep(context, field, Table(rows=tuple(whole), at=len(whole)))  # kept until the whole is held
    take(context, field, "\n".join(lines))


def _keep(context: TurnContext, field: Field, table: Table) -> None:
    context.change_draft(tables={**context.draft.tables, field.key: table})


def _label(field: Field, number: int) -> str:
    return field.fixed[number] if number < len(field.fixed) else ""


def _typed(context: TurnContext, field: Field, text: str) -> bool:
    """Take the rows of a message; False where nothing of it is a cell."""
    table = table_of(context.draft, field, context.moment.today)
    rows = typed_rows(field, text, context.moment.today)
    if is_one_row(field, text) and rows and not rows[0].label:
        return _one_row(context, field, table, text, rows[0])
    if not any(row.cells for row in rows):
        return False
    before = Table() if holds_rows(context.draft, field) and field.key not in context.draft.tables else table
    _several_rows(context, field, before, rows)
    return True


def _several_rows(context: TurnContext, field: Field, table: Table, rows: list[TypedRow]) -> None:
    """Take the lines of a table: each is the row it names, else the next one."""
    last: dict[str, str] = {}
    for row in rows[:MOST_ROWS]:
        number = field.fixed.index(row.label) if row.label else table.at
        held = table.rows[number] if number < len(table.rows) else {}
        padded = (*table.rows, *({} for _ in range(number - len(table.rows))))
        good, last = _sorted_cells(context, field, row)
        table = Table(rows=padded, at=number).with_row({**held, **good}, last)
        table = table.model_copy(update={"at": number + 1})
    _go_on(context, field, table)


def _one_row(context: TurnContext, field: Field, table: Table, text: str, whole: TypedRow) -> bool:
    """Take a row, or what was missing or wrong in the one under way."""
    held, missing = table.row, missing_columns(field, table.row)
    if held and missing:
        wanted = [column for column in asked_columns(field) if column.key in missing]
        part = typed_rows(field, text, context.moment.today, wanted)
        named = len(whole.cells) > len(part[0].cells) if part else True
        row = whole if named or not part else part[0]
        if len(wanted) == 1 and not row.cells and len(whole.cells) <= 1:  # words for the one cell that is missing
            row = TypedRow({wanted[0].key: text.strip()})
    else:
        row = whole
    if not row.cells:
        if not held:
            return False
        nothing_understood(context, field, table)
        return True
    good, wrong = _sorted_cells(context, field, row)
    wrong = wrong | _paired(field, {**held, **good}, row)
    _go_on(context, field, table.with_row({**held, **good}, wrong))
    return True


def _sorted_cells(context: TurnContext, field: Field, row: TypedRow) -> tuple[dict[str, str], dict[str, str]]:
    """Part the cells their columns take from those they do not."""
    columns = {column.key: column for column in asked_columns(field)}
    good = {key: text for key, text in row.cells.items() if _is_taken(context, columns[key], text)}
    return good, {key: text for key, text in row.cells.items() if key not in good}


def _paired(field: Field, row: Mapping[str, str], typed: TypedRow) -> dict[str, str]:
    """Take words left over for the cells that are missing, where there are as many: they are wrong there."""
    missing = missing_columns(field, row)
    return dict(zip(missing, typed.leftover, strict=True)) if len(missing) == len(typed.leftover) else {}


def _go_on(context: TurnContext, field: Field, table: Table) -> None:
    """Ask for what is missing, for the next row, or judge the whole."""
    incomplete = next((at for at, row in enumerate(table.rows) if missing_columns(field, row)), None)
    if incomplete is not None:
        wrong = table.wrong if incomplete in {table.at, table.at - 1} else {}
        kept = table.model_copy(update={"at": incomplete, "wrong": wrong})
        _keep(context, field, kept)
        ask_row(context, field, kept)
        return
    most = most_rows(field) or MOST_ROWS
    if len(table.rows) >= most or holds_rows(context.draft, field):
        _finish(context, field, table)
        return
    kept = Table(rows=table.rows, at=len(table.rows))
    _keep(context, field, kept)
    ask_row(context, field, kept, row_taken(context, field, kept))


def _next(field: Field, table: Table) -> int:
    """Give the first row that is not complete, or a new one."""
    return next((at for at, row in enumerate(table.rows) if missing_columns(field, row)), len(table.rows))


def press_row(context: TurnContext, field: Field, wish: RowSaid) -> None:
    """Do what a button under a table says."""
    if context.field != field and not context.go("edit", field.key):
        come_back(context)
        return
    _wished(context, field, wish)
