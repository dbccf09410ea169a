"""A blank form as plain values: its lines and tables in order, each cell with its place and its words."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class PrintedCell:
    """One visible cell: its black words, its grey ones, the rows and columns it covers (0-based, both ends included).

    `roomy` tells that its row is as high as several lines.
    """

    text: str
    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0
    grey: str = ""
    roomy: bool = False


@dataclass(eq=False, slots=True)
class PrintedTable:
    """A table; `cover` tells that it stands before the first page break."""

    cells: list[PrintedCell]
    cover: bool = False
    _at: dict[tuple[int, int], PrintedCell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay the cells out by place."""
        for cell in self.cells:
            for row in range(cell.top, cell.bottom + 1):
                for column in range(cell.left, cell.right + 1):
                    self._at[row, column] = cell

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max((cell.bottom for cell in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((cell.right for cell in self.cells), default=-1) + 1

    def at(self, row: int, column: int) -> PrintedCell | None:
        """Give the cell that covers a place."""
        return self._at.get((row, column))

    def after(self, cell: PrintedCell) -> PrintedCell | None:
        """Give the cell to the right, in the first row of `cell`."""
        return self.at(cell.top, cell.right + 1)

    def below(self, cell: PrintedCell) -> PrintedCell | None:
        """Give the cell under this one."""
        return self.at(cell.bottom + 1, cell.left)

    def row(self, number: int) -> list[PrintedCell]:
        """Give the cells that cover a row, from left to right."""
        found = (self.at(number, column) for column in range(self.width))
        return list(dict.fromkeys(each for each in found if each is not None))

    def beside(self, cell: PrintedCell) -> list[PrintedCell]:
        """Give all cells to the right within the rows of `cell`, in reading order."""
        return [each for each in self.cells if cell.top <= each.top <= cell.bottom and each.left > cell.right]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line outside tables; `cover` tells that it stands before the first page break."""

    text: str
    cover: bool = False


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """The blocks of a form from top to bottom."""

    blocks: tuple[PrintedLine | PrintedTable, ...]

    def lines(self) -> Iterator[PrintedLine]:
        """Go through the lines outside tables."""
        yield from (block for block in self.blocks if isinstance(block, PrintedLine))
