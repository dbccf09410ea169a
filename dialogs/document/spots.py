"""Where the values of a form stand, found by labels alone.

A cell that is a label has its value in the cell to the right; a cell or line that begins with a label and a colon
holds the value behind it; `外（内）` among a field's aliases means the line 内：… beside the cell 外; the boxes of
a choice are the cells beside its label that hold nothing but options and boxes.
"""

from dataclasses import dataclass
from typing import Any

from dialogs.document.boxes import ticked
from dialogs.document.grid import Cell, Grid, grids
from dialogs.document.labels import Labels, Nested, section, squeezed
from dialogs.document.reading import paragraphs_of, text_of
from knowledge.form import Field, Form

BOXED = ("choice", "boolean")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field's value stands: characters `start`:`end` of the first cell's text; or, if `boxes`, the cells.

    Without any cell the form has the label, but no room for the value. A paragraph outside tables counts as a
    cell of its own.
    """

    cells: tuple[Cell, ...] = ()
    start: int = 0
    end: int | None = None
    boxes: bool = False

    @property
    def text(self) -> str:
        """What stands there, as typed."""
        return self.cells[0].text[self.start : self.end] if self.cells else ""


def spots(body: Any, form: Form) -> dict[str, Spot]:
    """Find the spot of each field; fields whose labels are not there are left out."""
    return _Sheet(form).find(body)


def options_of(field: Field) -> list[str]:
    """Name the boxes a field has on the form."""
    return [choice.label for choice in field.choices] or ["是", "否"]


def chosen(spot: Spot, field: Field) -> list[str]:
    """Name the options ticked at a spot of boxes, by their official labels."""
    options = {squeezed(option): option for option in options_of(field)}
    return [options[each] for each in ticked([squeezed(cell.text) for cell in spot.cells], options) or []]


class _Sheet:
    """Goes through a document once; each cell is taken once, each field's first spot counts."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.labels = Labels(form)
        self.found: dict[str, Spot] = {}
        self.taken: set[Cell] = set()

    def find(self, body: Any) -> dict[str, Spot]:
        for paragraph in paragraphs_of(body):
            self._in_line(Cell(paragraph, text_of(paragraph), 0, 0, 0, 0))
        for grid in grids(body):
            for nested in self.labels.nested:
                self._nested(grid, nested)
            for cell in grid.cells:
                self._whole(grid, cell)
            for cell in grid.cells:
                if cell not in self.taken:
                    self._in_line(cell)
        return self.found

    def _in_line(self, cell: Cell) -> None:
        for key, start, end in self.labels.in_line(cell.text):
            self.found.setdefault(key, Spot((cell,), start, end))

    def _nested(self, grid: Grid, nested: Nested) -> None:
        rivals = {each.inner for each in self.labels.nested if each.outer == nested.outer}
        for outer in (cell for cell in grid.cells if squeezed(cell.text) == nested.outer):
            for cell in grid.beside(outer):
                if behind := section(cell.text, nested.inner, rivals):
                    blank = not cell.text[slice(*behind)].strip()
                    value = grid.after(cell) if blank else None
                    self.found.setdefault(nested.key, Spot((value,)) if value else Spot((cell,), *behind))
                    self.taken |= {outer, cell, value or cell}

    def _whole(self, grid: Grid, cell: Cell) -> None:
        key = self.labels.key(cell.text)
        if cell in self.taken or key is None or key in self.found:
            return
        field = self.form.field(key)
        boxes = self._boxes(grid, cell, field) if field.kind in BOXED else ()
        value = None if boxes else self._value_cell(grid, cell)
        if boxes:
            self.found[key] = Spot(boxes, boxes=True)
        elif value:
            self.found[key] = Spot((value,))
        else:  # no cell of its own: the value would follow in the label's cell
            self.found[key] = Spot((cell,), len(cell.text.rstrip()))
        self.taken |= {cell, *boxes, value or cell}

    def _value_cell(self, grid: Grid, label: Cell) -> Cell | None:
        """The cell to the right, else below; after a colon, where the value may be missing, not another label."""
        value = grid.after(label) or grid.below(label)
        if value is None or value in self.taken:
            return None
        colon = squeezed(label.text).endswith(":")
        return None if colon and self.labels.begin(value.text) else value

    @staticmethod
    def _boxes(grid: Grid, label: Cell, field: Field) -> tuple[Cell, ...]:
        """The cells beside a label that are made of its options and boxes only."""
        options = list(map(squeezed, options_of(field)))
        cells = [cell for cell in grid.beside(label) if squeezed(cell.text)]
        return tuple(cell for cell in cells if ticked([squeezed(cell.text)], options) is not None)
