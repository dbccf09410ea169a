"""A Word table as people see it: cells with a place, however they are merged, wrapped or shifted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.word_text import opened, text_of


@dataclass(eq=False, slots=True)
class Cell:
    """One visible cell: its `w:tc`, its text, first and last row, first and last column (0-based)."""

    element: Any
    text: str
    top: int
    bottom: int
    left: int
    right: int


class Grid:
    """The cells of a table in reading order, and by place."""

    def __init__(self, table: Any) -> None:
        """Lay the table out."""
        self.cells: list[Cell] = []
        self._at: dict[tuple[int, int], Cell] = {}
        for number, row in enumerate(each for each in opened(table) if each.tag == qn("w:tr")):
            self._lay_row(number, row)

    def after(self, cell: Cell) -> Cell | None:
        """Give the cell to the right, in the first row of `cell`."""
        return self._at.get((cell.top, cell.right + 1))

    def below(self, cell: Cell) -> Cell | None:
        """Give the cell under this one."""
        return self._at.get((cell.bottom + 1, cell.left))

    def beside(self, cell: Cell) -> list[Cell]:
        """Give all cells to the right within the rows of `cell`, in reading order."""
        return [each for each in self.cells if cell.top <= each.top <= cell.bottom and each.left > cell.right]

    def _lay_row(self, number: int, row: Any) -> None:
        column = _number(row, "w:trPr", "w:gridBefore", 0)
        for element in (each for each in opened(row) if each.tag == qn("w:tc")):
            last = column + _number(element, "w:tcPr", "w:gridSpan", 1) - 1
            cell = self._continued(element, number, column) or self._new(element, number, column, last)
            cell.bottom = number
            self._at.update({(number, each): cell for each in range(column, last + 1)})
            column = last + 1

    def _continued(self, element: Any, number: int, column: int) -> Cell | None:
        merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        return self._at.get((number - 1, column)) if merge is not None and merge.get(qn("w:val")) != "restart" else None

    def _new(self, element: Any, number: int, column: int, last: int) -> Cell:
        cell = Cell(element, text_of(element), number, number, column, last)
        self.cells.append(cell)
        return cell


def grids(body: Any) -> Iterator[Grid]:
    """Go through all tables, nested ones too, in the order they begin."""
    for table in body.iter(qn("w:tbl")):
        yield Grid(table)


def _number(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    value = "" if found is None else found.get(qn("w:val"), "")
    return min(int(value), 100) if value.isdigit() else default
