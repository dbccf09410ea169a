"""Tables with a row for each thing: found by the labels over their columns, however the heads are merged.

Free rows are those under the head that wait for answers; fixed rows are those whose first words the form prints.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.document.content_controls import Tag
from dialogs.document.document_words import document_words
from dialogs.document.field_locations import FieldLocation
from dialogs.document.form_sheet import FormSheet
from dialogs.document.option_boxes import box_of_each_option, boxes_in, is_box_only, options_of
from dialogs.document.printed_blanks import hole_of_phrase, is_blank, is_vacant
from dialogs.document.printed_labels import forms_of, squeezed
from dialogs.document.table_grid import Cell, Grid
from dialogs.fields.registry import kind_of
from knowledge.form import Column, Field


@dataclass(frozen=True, slots=True)
class RowLocations:
    """The rows of a field: the places of the columns in each, from top to bottom; the columns not found, by key."""

    rows: tuple[tuple[FieldLocation, ...], ...]
    lost_columns: tuple[str, ...]
    lost_rows: tuple[str, ...] = ()

    @property
    def places(self) -> list[FieldLocation]:
        """All places of all rows."""
        return [place for row in self.rows for place in row]


@dataclass(frozen=True, slots=True)
class _Head:
    """The heads of a field's columns in one table: column key → cell."""

    grid: Grid
    cells: dict[str, Cell]
    named: bool  # the field's own label stands by the table

    @property
    def bottom(self) -> int:
        return max(cell.bottom for cell in self.cells.values())


def row_locations(sheet: FormSheet, field: Field, taken: set[Cell]) -> RowLocations | None:
    """Find the rows of a field with columns; `None` when there is no table with any of its columns.

    `taken` are cells of other fields' rows; those found are added.
    """
    heads = sorted(_heads(sheet, field), key=lambda head: (-len(head.cells), not head.named))
    for head in heads:
        rows = list(_fixed(head, field) if field.fixed else _free(head, field))
        cells = {place.cell for _, row in rows for place in row}
        if rows and not cells & taken:
            taken |= cells
            return RowLocations(
                rows=tuple(tuple(row) for _, row in rows),
                lost_columns=tuple(column.key for column in field.columns if column.key not in head.cells),
                lost_rows=tuple(name for name in field.fixed if name not in {name for name, _ in rows}),
            )
    return None


def _heads(sheet: FormSheet, field: Field) -> Iterator[_Head]:
    names = {squeezed(name) for name in field.names}
    for grid in sheet.grids:
        heading = squeezed(sheet.heading_of(grid))
        above = any(name in heading for name in names)
        for row in range(grid.height):
            cells: dict[str, Cell] = {}
            for column in field.columns:
                found = next((cell for cell in _heads_in(grid, row) if _is_head(grid, cell, column)), None)
                if found is not None and (found not in cells.values() or "__" in column.at):
                    cells[column.key] = found
            if cells:
                beside = any(names & set(forms_of(cell.text)) for cell in grid.row(row) if cell not in cells.values())
                yield _Head(grid, cells, above or beside)


def _heads_in(grid: Grid, row: int) -> list[Cell]:
    """Give the cells of a row, and those right below that share a merged head over them."""
    cells = grid.row(row)
    return cells + [each for each in grid.row(row + 1) if each.top == row + 1 and not is_vacant(each)]


def _is_head(grid: Grid, cell: Cell, column: Column) -> bool:
    """Tell whether a cell is the head of a column, by itself or together with the merged head over it."""
    names = {squeezed(name.split(" ")[0]) for name in ((column.at,) if column.at else column.names)}
    own = forms_of(cell.text)
    over = [form for each in grid.above(cell)[:1] for form in forms_of(each.text)]
    return bool(names & {*own, *(outer + inner for outer in over for inner in own)})


def _free(head: _Head, field: Field) -> Iterator[tuple[str, list[FieldLocation]]]:
    for row in range(head.bottom + 1, head.grid.height):
        cells = {key: head.grid.at(row, cell.left) for key, cell in head.cells.items()}
        if _sums_up(head.grid, row) or not all(_continues(cell, head.cells[key], row) for key, cell in cells.items()):
            return
        yield "", _places(field, {key: cell for key, cell in cells.items() if cell is not None}, None)


def _sums_up(grid: Grid, row: int) -> bool:
    """Tell whether a row is the sum of those above it."""
    words = (squeezed(cell.text) for cell in grid.row(row) if cell.top == row)
    return any(each.startswith(document_words().sums) for each in words)


def _continues(cell: Cell | None, head: Cell, row: int) -> bool:
    """Tell whether a cell goes on with a column: as wide as its head, one row high, waiting for an answer."""
    if cell is None or (cell.top, cell.bottom, cell.left, cell.right) != (row, row, head.left, head.right):
        return False
    return is_vacant(cell) or bool(boxes_in(cell))


def _fixed(head: _Head, field: Field) -> Iterator[tuple[str, list[FieldLocation]]]:
    for number, name in enumerate(field.fixed, 1):
        for row in range(head.bottom + 1, head.grid.height):
            printed = [cell for cell in head.grid.row(row) if squeezed(name) in forms_of(cell.text)]
            if printed:
                cells = {key: head.grid.at(row, cell.left) for key, cell in head.cells.items()}
                there = {key: cell for key, cell in cells.items() if cell is not None and cell not in printed}
                yield name, _places(field, there, number)
                break


def _places(field: Field, cells: dict[str, Cell], row: int | None) -> list[FieldLocation]:
    found: list[FieldLocation] = []
    for column in field.columns:
        if column.key in cells:
            found += _in_cell(Tag(field.key, column.key, row=row), column, cells[column.key])
    return found


def _in_cell(tag: Tag, column: Column, cell: Cell) -> list[FieldLocation]:
    """Give the places in one cell of a row: its boxes, the blank that `at` names, or all of it."""
    phrase = column.at.split(" ")[-1]
    if kind_of(column).boxed and (boxes := _boxes(cell, column)):
        return [
            FieldLocation(Tag(tag.key, tag.part, option, tag.row), cell, at, at + 1, exact=True)
            for option, at in boxes.items()
        ]
    holes = hole_of_phrase(cell.text, phrase) if "__" in phrase and not is_blank(phrase) else []
    if holes:
        return [FieldLocation(tag, cell, holes[0].start, holes[0].end, exact=True)]
    return [FieldLocation(tag, cell)]


def _boxes(cell: Cell, column: Column) -> dict[str, int]:
    """Give each option its box in a cell; a lone box says yes."""
    boxes, options = boxes_in(cell), options_of(column)
    found = box_of_each_option(boxes, options)
    if not found and is_box_only(cell.text) and not kind_of(column).optioned:
        found = {options[0]: boxes[0]}
    return {option: box.at for option, box in found.items()}
