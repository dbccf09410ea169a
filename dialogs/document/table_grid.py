"""A Word table as people see it: cells with a place, however they are merged, wrapped or shifted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.word_text import opened, paragraphs_of, words_of


@dataclass(eq=False, slots=True)
class Cell:
    """One visible cell: its `w:tc`, its text, first and last row, first and last column (0-based), its table.

    A paragraph outside tables (a `w:p`) counts as a cell without a table.
    """

    element: Any
    text: str
    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0
    grid: "Grid | None" = None


class Grid:
    """The cells of a table in reading order, and by place."""

    def __init__(self, table: Any) -> None:
        """Lay the table out."""
        self.element = table
        self.cells: list[Cell] = []
        self._at: dict[tuple[int, int], Cell] = {}
        self._width = 0
        for number, row in enumerate(each for each in opened(table) if each.tag == qn("w:tr")):
            self._lay_row(number, row)

    def after(self, cell: Cell) -> Cell | None:
        """Give the cell to the right, in the first row of `cell`."""
        return self._at.get((cell.top, cell.right + 1))

    def below(self, cell: Cell) -> Cell | None:
        """Give the cell under this one."""
        return self._at.get((cell.bottom + 1, cell.left))

    def at(self, row: int, column: int) -> Cell | None:
        """Give the cell that covers a place, merged ones included."""
        return self._at.get((row, column))

    def above(self, cell: Cell) -> list[Cell]:
        """Give the cells over this one, the nearest first."""
        found = (self.at(row, cell.left) for row in range(cell.top - 1, -1, -1))
        return list(dict.fromkeys(each for each in found if each is not None))

    def beneath(self, cell: Cell) -> list[Cell]:
        """Give the cells under this one in its columns, from top to bottom."""
        return [
            each
            for each in self.cells
            if each.top > cell.bottom and each.left >= cell.left and each.right <= cell.right
        ]

    def row(self, number: int) -> list[Cell]:
        """Give the cells that cover a row, from left to right."""
        found = (self._at.get((number, column)) for column in range(self._width))
        return list(dict.fromkeys(each for each in found if each is not None))

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max((row for row, _ in self._at), default=-1) + 1

    def beside(self, cell: Cell) -> list[Cell]:
        """Give all cells to the right within the rows of `cell`, in reading order."""
        return [each for each in self.cells if cell.top <= each.top <= cell.bottom and each.left > cell.right]

    def _lay_row(self, number: int, row: Any) -> None:
        column = _number(row, "w:trPr", "w:gridBefore", 0)
        for element in (each for each in opened(row) if each.tag == qn("w:tc")):
            last = column + _number(element, "w:tcPr", "w:gridSpan", 1) - 1
            cell = self._continued(element, number, column) or self._new(element, number, column, last)
            cell.bottom, cell.right = number, max(cell.right, last)
            self._at.update({(number, each): cell for each in range(column, last + 1)})
            self._width = max(self._width, last + 1)
            column = last + 1

    def _continued(self, element: Any, number: int, column: int) -> Cell | None:
        if _continues(element, "w:hMerge"):
            return self._at.get((number, column - 1))
        return self._at.get((number - 1, column)) if _continues(element, "w:vMerge") else None

    def _new(self, element: Any, number: int, column: int, last: int) -> Cell:
        cell = Cell(element, read_cell(element), number, number, column, last, self)
        self.cells.append(cell)
        return cell


def _continues(element: Any, merged: str) -> bool:
    """Tell whether a cell goes on with one begun above or to the left."""
    merge = element.find(f"{qn('w:tcPr')}/{qn(merged)}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def grids(body: Any) -> Iterator[Grid]:
    """Go through all tables, nested ones too, in the order they begin."""
    for table in body.iter(qn("w:tbl")):
        yield Grid(table)


def read_cell(element: Any) -> str:
    """Read a cell or paragraph with the hints in its controls, one line a paragraph."""
    paragraphs = [element] if element.tag == qn("w:p") else paragraphs_of(element)
    return "\n".join(map(words_of, paragraphs))


def _number(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    value = "" if found is None else found.get(qn("w:val"), "")
    return min(int(value), 100) if value.isdigit() else default
