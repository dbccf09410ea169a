"""A blank form and a filled copy of it laid side by side by their printed words, whoever filled it, row by row.

Rows added, left out or changed by hand cost only themselves: of all ways to pair the lines and rows of both in order,
the one with most words in common is taken. A row that stands for many (of free rows) pairs with each of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from docx.oxml.ns import qn

from dialogs.document.cell_pattern import CellPattern, fits, pattern_of
from dialogs.document.content_controls import Place, places
from dialogs.document.printed_labels import squeezed
from dialogs.document.table_grid import read_cell
from dialogs.document.word_text import opened, text_of

_MOST = 60_000  # rows of one side times rows of the other: a form has dozens
_ALIKE = 0.4  # share of a table's printed words from which another table is that table
_SAME, _FITS, _ROOM = 2.0, 1.0, 0.2  # what a printed cell, an answer among printed words, a bare answer cell count
_BUILT = 0.1  # what it counts that a row has as many cells
_One = TypeVar("_One")
_Other = TypeVar("_Other")


@dataclass(frozen=True)
class _Cell:
    """A cell (or line) of the blank: its printed words, squeezed, and the pattern of its answers, if it has any."""

    element: Any
    words: str
    pattern: CellPattern | None
    printed: list[str]  # the words of the pattern, squeezed


@dataclass(frozen=True)
class _Standing:
    """A cell (or line) of the copy, and its text."""

    element: Any
    text: str
    words: str


@dataclass(frozen=True)
class _Row:
    """A row of cells; `free` if it stands for many."""

    cells: tuple[_Cell, ...]
    free: bool = False


@dataclass(frozen=True)
class _Block:
    """A line (one row of one cell) or a table."""

    rows: tuple[_Row, ...]
    table: bool


@dataclass(frozen=True)
class _Copied:
    """A line or a table of the copy, and the words of its cells, squeezed."""

    element: Any
    rows: list[list[_Standing]]
    words: set[str]
    table: bool


@dataclass
class Alignment:
    """Which elements of the copy hold the answers of each cell of the blank, in order; `behind` is what follows it."""

    standing: dict[Any, list[Any]] = field(default_factory=dict)
    behind: list[Any] = field(default_factory=list)


def align(blank: Any, copy: Any, free_keys: set[str]) -> Alignment:
    """Lay two bodies side by side; `free_keys` are the fields whose rows may be more or fewer than printed."""
    patterns = _patterns(blank)
    ours = [_block(each, patterns, free_keys) for each in opened(blank) if each.tag in (qn("w:p"), qn("w:tbl"))]
    theirs = [_copied(each) for each in opened(copy) if each.tag in (qn("w:p"), qn("w:tbl"))]
    found = Alignment()
    pairs = _pairs(ours, theirs, _blocks_alike, _is_own_line)
    for one, other in pairs:
        block, copied = ours[one], theirs[other]
        rows = _pairs(block.rows, copied.rows, _rows_alike, _repeats if block.table else bool)
        for row, standing in rows:
            _keep(block.rows[row], copied.rows[standing], found)
    found.behind = [each.element for each in theirs[pairs[-1][1] + 1 :]] if pairs else []
    return found


def _copied(element: Any) -> _Copied:
    rows = _standing(element)
    return _Copied(element, rows, {cell.words for row in rows for cell in row}, element.tag == qn("w:tbl"))


def _patterns(blank: Any) -> dict[Any, tuple[CellPattern, Place]]:
    together: dict[Any, list[Place]] = {}
    for place in places(blank):
        together.setdefault(place.container, []).append(place)
    return {container: (pattern_of(container, group), group[0]) for container, group in together.items()}


def _block(element: Any, patterns: dict[Any, tuple[CellPattern, Place]], free_keys: set[str]) -> _Block:
    if element.tag == qn("w:p"):
        return _Block((_Row((_cell(element, patterns),)),), table=False)
    return _Block(tuple(_row(row, patterns, free_keys) for row in opened(element) if row.tag == qn("w:tr")), table=True)


def _row(element: Any, patterns: dict[Any, tuple[CellPattern, Place]], free_keys: set[str]) -> _Row:
    cells = [each for each in opened(element) if each.tag == qn("w:tc")]
    tags = [patterns[each][1].tag for each in cells if each in patterns]
    return _Row(
        tuple(_cell(each, patterns) for each in cells),
        any(tag.key in free_keys and tag.part is not None for tag in tags),
    )


def _cell(element: Any, patterns: dict[Any, tuple[CellPattern, Place]]) -> _Cell:
    pattern = patterns[element][0] if element in patterns else None
    printed = pattern.squeezed_words if pattern else []
    return _Cell(element, "" if pattern else squeezed(read_cell(element)), pattern, printed)


def _standing(element: Any) -> list[list[_Standing]]:
    """Give the rows of a table of the copy; a line is one row of one cell."""
    rows = [[element]]
    if element.tag == qn("w:tbl"):
        found = [row for row in opened(element) if row.tag == qn("w:tr")]
        rows = [[cell for cell in opened(row) if cell.tag == qn("w:tc")] for row in found]
    texts = [[(cell, text_of(cell)) for cell in row] for row in rows]
    return [[_Standing(cell, text, squeezed(text)) for cell, text in row] for row in texts]


def _blocks_alike(one: _Block, other: _Copied) -> float:
    if one.table != other.table:
        return 0
    if not one.table:
        cell = one.rows[0].cells[0]
        return _cells_alike(cell, other.rows[0][0]) if cell.pattern or cell.words else _ROOM * (other.words == {""})
    printed = {cell.words for row in one.rows for cell in row.cells if cell.words}
    if not printed:  # a lone cell for an answer
        return _SAME if sum(map(len, other.rows)) == sum(len(row.cells) for row in one.rows) else 0
    share = len(printed & other.words) / len(printed)
    return _SAME * (1 + share * len(printed)) if share >= _ALIKE else 0


def _repeats(row: _Row) -> bool:
    return row.free


def _is_own_line(block: _Block) -> bool:
    """Tell whether a line is there for an answer alone, which may then be several lines."""
    pattern = block.rows[0].cells[0].pattern if not block.table else None
    return pattern is not None and pattern.places[0].owned


def _keep(row: _Row, standing: Sequence[_Standing], found: Alignment) -> None:
    for cell, there in zip(row.cells, standing, strict=True):
        if cell.pattern is not None:
            found.standing.setdefault(cell.element, []).append(there.element)


def _rows_alike(row: _Row, standing: Sequence[_Standing]) -> float:
    if len(row.cells) != len(standing):
        return 0
    return _BUILT + sum(_cells_alike(cell, each, free=row.free) for cell, each in zip(row.cells, standing, strict=True))


def _cells_alike(cell: _Cell, standing: _Standing, *, free: bool = False) -> float:
    """Say how well a cell of the copy fits one of the blank; a numbered row may bear another number."""
    if cell.pattern is None:
        numbered = free and max(len(cell.words), len(standing.words)) <= 3  # noqa: PLR2004 - ⑥, 12.
        same = standing.words == cell.words
        return _SAME * bool(cell.words) if same else 0 if numbered else -_SAME
    if not any(cell.printed):
        return _ROOM
    return _FITS if fits(cell.printed, standing.words) else 0


def _pairs(
    ours: Sequence[_One],
    theirs: Sequence[_Other],
    alike: Callable[[_One, _Other], float],
    repeats: Callable[[_One], bool],
) -> list[tuple[int, int]]:
    """Pair two sequences in order so that what is paired is most alike (Needleman-Wunsch without gap costs)."""
    if not ours or not theirs or len(ours) * len(theirs) > _MOST:
        return []
    worth = [[alike(one, other) for other in theirs] for one in ours]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            goes_on = best[i][j + 1] if repeats(ours[i]) else 0.0
            paired = worth[i][j] + max(best[i + 1][j + 1], goes_on) if worth[i][j] > 0 else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_traced(best, worth, [repeats(one) for one in ours]))


def _traced(best: list[list[float]], worth: list[list[float]], repeats: list[bool]) -> list[tuple[int, int]]:
    pairs, i, j = [], 0, 0
    while i < len(worth) and j < len(worth[0]):
        alone = worth[i][j] + best[i + 1][j + 1]
        again = worth[i][j] + best[i][j + 1]
        if worth[i][j] > 0 and best[i][j] in (alone, again if repeats[i] else alone):
            pairs.append((i, j))
            i, j = (i + 1, j + 1) if best[i][j] == alone else (i, j + 1)
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
