"""How a table is asked for: the rows so far, the cells the next one wants, what is missing or wrong in it."""

from dialogs.buttons import AddRow, ChangeRow, DropRow, FinishRows, Keep, button
from dialogs.context import TurnContext
from dialogs.fields.kinds.rows import row_name
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.typed_rows import asked_columns, missing_columns
from dialogs.fields.validate import validate
from dialogs.protocol import Button
from dialogs.session import Table
from dialogs.tables import fewest, holds_rows, most_rows, table_of
from knowledge.form import Field

_SHOWN = 12  # rows shown while a table is filled in
_BUTTONS = 6  # rows offered to be changed


def ask_row(context: TurnContext, field: Field, table: Table, before: str = "") -> None:
    """Ask for the row the table is at."""
    lines = [before, *row_lines(context, field, table)]
    context.say("\n".join(line for line in lines if line), row_buttons(context, field))


def row_lines(context: TurnContext, field: Field, table: Table | None = None) -> list[str]:
    """Give the rows so far, and what is wanted next."""
    table = table or table_of(context.draft, field, context.moment.today)
    rows = [row_shown(field, row, number) for number, row in enumerate(table.rows) if row and number != table.at]
    hidden = len(rows) - _SHOWN
    more = [context.words("rows.more", count=hidden)] if hidden > 0 else []
    return [*rows[:_SHOWN], *more, *_wanted(context, field, table)]


def row_shown(field: Field, row: dict[str, str], number: int) -> str:
    """Show a row on one line."""
    cells = (row.get(column.key, "") for column in asked_columns(field))
    return f"{row_name(field, number)}：" + "，".join(cell for cell in cells if cell)


def _wanted(context: TurnContext, field: Field, table: Table) -> list[str]:
    name, row = row_name(field, table.at), table.row
    missing = [column for column in asked_columns(field) if column.key in missing_columns(field, row)]
    if not row and not table.wrong:
        if table.at >= (most_rows(field) or table.at + 1) or holds_rows(context.draft, field):
            return [context.words("rows.change")]
        return [context.words("rows.ask", row=name, columns=_labels(context, asked_columns(field)))]
    wrong = [_wrong(context, column, table.wrong[column.key]) for column in missing if column.key in table.wrong]
    rest = [column for column in missing if column.key not in table.wrong]
    so_far = context.words("rows.so_far", row=row_shown(field, row, table.at)) if row else ""
    if not missing:
        return [so_far, context.words("rows.rewrite", label=asked_columns(field)[-1].label)]
    asked = context.words("rows.missing", row=name, columns=_labels(context, rest)) if rest else ""
    return [so_far, *wrong, asked]


def _wrong(context: TurnContext, column: Field, text: str) -> str:
    outcome = validate(column, text, context.pack, context.moment.today)
    message = outcome.message if isinstance(outcome, Rejected) else ""
    return context.words("rows.wrong", label=column.label, text=text, message=message)


def _labels(context: TurnContext, columns: list[Field]) -> str:
    """Name columns, those with choices together with them."""
    named = [
        context.words("rows.choices", label=column.label, choices="/".join(choice.label for choice in column.choices))
        if column.choices
        else context.words("rows.optional", label=column.label)
        if column.optional
        else column.label
        for column in columns
    ]
    return "、".join(named)


def row_buttons(context: TurnContext, field: Field) -> tuple[Button, ...]:
    """Offer to finish, to add a row, to change or delete one, as the table is now."""
    draft, table = context.draft, table_of(context.draft, field, context.moment.today)
    count, most = len([row for row in table.rows if row]), most_rows(field)
    held = holds_rows(context.draft, field)
    complete = count >= fewest(field) and not any(missing_columns(field, row) for row in table.rows)
    buttons: list[Button] = []
    if complete and not held and not field.fixed:
        buttons.append(button(FinishRows(draft.id, field.key), context.words("button.rows_done")))
    if held and (most is None or count < most):
        buttons.append(button(AddRow(draft.id, field.key), context.words("button.row_more")))
    shown = range(max(0, count - (_BUTTONS if held else 1)), count)
    for number in shown:
        name = row_name(field, number)
        buttons.append(button(ChangeRow(draft.id, field.key, number + 1), context.words("button.row_change", row=name)))
        if not field.fixed and (not held or number == count - 1):
            dropped = context.words("button.row_drop", row=name)
            buttons.append(button(DropRow(draft.id, field.key, number + 1), dropped))
    if held:
        buttons.append(button(Keep(draft.id, field.key), context.words("button.keep")))
    return tuple(buttons)


def nothing_understood(context: TurnContext, field: Field, table: Table) -> None:
    """Say that words fit no cell."""
    ask_row(context, field, table, context.words("rows.not_understood", example=kind_of(field).sample_of(field)))


def row_taken(context: TurnContext, field: Field, table: Table) -> str:
    """Say which row was taken, and how many there may or must be."""
    count, least, most = len(table.rows), fewest(field), most_rows(field)
    taken = context.words("rows.taken", row=row_name(field, count - 1))
    if field.fixed:
        return taken
    if count < least:
        return taken + context.words("rows.at_least", least=least, left=least - count)
    return taken + context.words("rows.enough" if most is None else "rows.enough_most", most=most)


def too_few_rows(context: TurnContext, field: Field, count: int) -> str:
    """Say that there must be more rows."""
    return context.words("rows.too_few", label=field.label, least=fewest(field), count=count)


def row_deleted(context: TurnContext, field: Field, number: int) -> str:
    """Say that a row is gone."""
    return context.words("rows.deleted", row=row_name(field, number))
