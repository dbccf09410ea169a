"""A form as people see it: its cells and lines in order, and the stretches that words such as 表二 single out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.document_words import document_words
from dialogs.document.printed_labels import forms_of, plain, spaced, squeezed
from dialogs.document.table_grid import Cell, Grid, read_cell
from dialogs.document.word_text import opened, switched_on

_LONGEST = 4000  # characters of a cell that are looked at for labels
_CLOSING = {"（": "）", "(": ")", "【": "】", "[": "]"}


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a cell to look at: characters `start`:`end` (to the end if `None`)."""

    cell: Cell
    start: int = 0
    end: int | None = None

    @property
    def text(self) -> str:
        """The words of the stretch."""
        return self.cell.text[self.start : self.end][:_LONGEST]


class FormSheet:
    """The cells of a document in reading order; `blocks` are its lines and tables, each with its cells."""

    def __init__(self, body: Any) -> None:
        """Lay a body out."""
        self.blocks: list[list[Cell]] = []
        self._elements: list[Any] = []
        for element in opened(body):
            if element.tag == qn("w:p"):
                self.blocks.append([Cell(element, read_cell(element))])
            elif element.tag == qn("w:tbl"):
                nested = [Grid(each) for each in element.iter(qn("w:tbl"))]
                cells = [cell for grid in nested for cell in grid.cells]
                if not cells:
                    continue
                self.blocks.append(cells)
            else:
                continue
            self._elements.append(element)

    @property
    def regions(self) -> list[Region]:
        """All there is, lines first."""
        lines = [cell for block in self.blocks for cell in block if cell.grid is None]
        cells = [cell for block in self.blocks for cell in block if cell.grid is not None]
        return [Region(cell) for cell in (*lines, *cells)]

    @property
    def grids(self) -> list[Grid]:
        """All tables."""
        found = (cell.grid for block in self.blocks for cell in block)
        return list(dict.fromkeys(grid for grid in found if grid is not None))

    def block_behind(self, line: Cell) -> list[Cell]:
        """Give what follows a line: the next line or table, empty lines before a table aside."""
        number = next(number for number, block in enumerate(self.blocks) if line in block)
        following = self.blocks[number + 1 :]
        said = next((block for block in following if _is_table(block) or block[0].text.strip()), [])
        return said if _is_table(said) else (following or [[]])[0]

    def heading_of(self, grid: Grid) -> str:
        """Give the words of the last line above a table."""
        above = ""
        for block in self.blocks:
            if any(cell.grid is grid for cell in block):
                return above
            if not _is_table(block) and block[0].text.strip():
                above = block[0].text
        return above

    def narrowed(self, word: str, within: Sequence[Region]) -> tuple[list[Region], list[Cell]]:
        """Give what a word singles out, and the cells that bear it as their label (see `field_locations`)."""
        if word in document_words().cover:
            first = {cell for block in self.blocks[: self._first_break()] for cell in block}
            return [region for region in within if region.cell in first], []
        wanted = squeezed(word)
        labels = self.labelled(wanted, within)
        if labels:
            return self.around(labels), labels
        section = self._section(wanted)
        if section:
            return [region for region in within if region.cell in section], []
        return list(_behind_word(within, wanted)), []

    @staticmethod
    def labelled(name: str, within: Sequence[Region]) -> list[Cell]:
        """Give the cells that bear a squeezed name as their label."""
        return [region.cell for region in within if region.cell.grid and name in forms_of(region.text)]

    @staticmethod
    def around(labels: Sequence[Cell]) -> list[Region]:
        """Give the cells that labels are for."""
        return [Region(cell) for label in labels for cell in _around(label)]

    def _first_break(self) -> int:
        for number, element in enumerate(self._elements):
            broken = any(each.get(qn("w:type")) == "page" for each in element.iter(qn("w:br")))
            if number and (broken or switched_on(element, "w:pageBreakBefore")):
                return number
            if next(element.iter(qn("w:sectPr")), None) is not None:
                return number + 1
        return len(self.blocks)

    def _section(self, wanted: str) -> set[Cell]:
        """Give the cells under the line that begins with, or holds, the words: up to the next such line."""
        lines = [number for number, block in enumerate(self.blocks) if self._heads(number)]
        found = [number for number in lines if squeezed(self.blocks[number][0].text).startswith(wanted)]
        found = found or [number for number in lines if wanted in squeezed(self.blocks[number][0].text)]
        if not found:
            return set()
        end = next((number for number in lines if number > found[0]), len(self.blocks))
        return {cell for block in self.blocks[found[0] : end] for cell in block}

    def _heads(self, number: int) -> bool:
        """Tell whether a block is a line with words, with a table (or empty lines, then a table) after it."""
        block = self.blocks[number]
        if _is_table(block) or not block[0].text.strip():
            return False
        following = (each for each in self.blocks[number + 1 :] if _is_table(each) or each[0].text.strip())
        return _is_table(next(following, []))


def _is_table(block: Sequence[Cell]) -> bool:
    return bool(block) and block[0].grid is not None


def _around(label: Cell) -> Iterator[Cell]:
    """Give the cells a label is for: beside it within its rows, and beneath it."""
    grid = label.grid
    yield from (*grid.beside(label), *grid.beneath(label)) if grid is not None else ()


def _behind_word(within: Iterable[Region], wanted: str) -> Iterator[Region]:
    """Give what stands behind a word: in its brackets, else up to the end of the line."""
    for region in within:
        found = re.search(spaced(wanted), plain(region.text)) if wanted else None
        if found:
            end, rest = found.end(), region.text[found.end() :]
            closing = _CLOSING.get(rest.lstrip()[:1])
            length = _closed(rest, closing) if closing else len(rest.split("\n", maxsplit=1)[0])
            yield Region(region.cell, region.start + end, region.start + end + length)


def _closed(text: str, closing: str) -> int:
    depth = 0
    for index, each in enumerate(text):
        depth += (each in _CLOSING) - (each in _CLOSING.values())
        if each == closing and depth == 0:
            return index + 1
    return len(text)
