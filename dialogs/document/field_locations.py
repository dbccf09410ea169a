"""Where the values of a form stand, found by labels alone, however those are spaced and whichever width they have.

A cell that is a label has its value in the cell to the right; a cell or line that begins with a label and a colon
holds the value behind it; `外（内）` among a field's aliases means the line 内：… beside the cell 外; the boxes of
a choice are the cells beside its label that hold nothing but options and boxes.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dialogs.document.table_grid import Cell, Grid, grids
from dialogs.document.word_text import paragraphs_of, text_of
from dialogs.fields.registry import kind_of
from knowledge.form import Field, Form
from knowledge.text.checkboxes import ticked_options

_COLON = r"\s*[:;]"
_NESTED = re.compile(r"(.+)[（(](.+)[）)]")
_LONG = 4  # characters from which a label is not mistaken for a word of an answer


@dataclass(frozen=True, slots=True)
class Nested:
    """A label in two steps: the line `inner：…` in a cell beside the cell `outer`; written `outer（inner）`."""

    outer: str
    inner: str
    key: str


class PrintedLabels:
    """All labels and aliases of a form's fields; the official label of one field beats an alias of another."""

    def __init__(self, form: Form) -> None:
        """Prepare the patterns."""
        fields = [field for field in form.fields if not kind_of(field).declared]
        pairs = [(field.label, field.key) for field in fields]
        pairs += [(alias, field.key) for field in fields for alias in field.aliases]
        self._keys: dict[str, str] = {}
        for label, key in pairs:
            self._keys.setdefault(squeezed(label), key)
        self.nested = [
            Nested(squeezed(match[1]), squeezed(match[2]), key)
            for label, key in pairs
            if (match := _NESTED.fullmatch(label))
        ]
        ordered = sorted(self._keys, key=len, reverse=True)
        self._first = re.compile(rf"\s*({_any(ordered)}){_COLON}|\s*({_any(_long(ordered))})(?=\s|\d|$)")
        self._next = re.compile(rf"({_any(_long(ordered))}){_COLON}|(?<=\s)({_any(ordered)}){_COLON}")

    def key(self, text: str) -> str | None:
        """Give the field whose label a cell's text is, whole and alone."""
        return self._keys.get(squeezed(text).rstrip(":"))

    def begin(self, text: str) -> bool:
        """Tell whether text is a label or starts with one."""
        return self.key(text) is not None or self._first.match(_plain(text)) is not None

    def in_line(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Find `label：value` in text that starts with a label: (field key, start and end of the value)."""
        plain = _plain(text)
        match = self._first.match(plain)
        while match:
            following = self._next.search(plain, match.end())
            yield self._keys[squeezed(match[1] or match[2])], match.end(), following.start() if following else len(text)
            match = following


def squeezed(text: str) -> str:
    """Give text for comparing labels: one width, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def find(text: str, words: str) -> tuple[int, int] | None:
    """Find words in text, however they are spaced: where they start and end."""
    match = re.search(_spaced(squeezed(words)), _plain(text))
    return match.span() if match else None


def section(text: str, label: str, rivals: set[str]) -> tuple[int, int] | None:
    """Find what stands behind `label：` at the start of a line, up to a line that starts with a rival label."""
    plain = _plain(text)
    match = re.search(rf"(?:^|(?<=\n))\s*{_spaced(label)}({_COLON}|\s*$)", plain)
    if match is None:
        return None
    rival = re.compile(rf"\n\s*({_any(sorted(rivals))})({_COLON}|\s*$)").search(plain, match.end())
    return match.end(), rival.start() if rival else len(text)


def _plain(text: str) -> str:
    """One width for every character, each still at its index."""
    return "".join(each if len(wide := unicodedata.normalize("NFKC", each)) != 1 else wide for each in text)


def _spaced(label: str) -> str:
    return r"\s*".join(map(re.escape, label))


def _any(labels: list[str]) -> str:
    return "|".join(map(_spaced, labels)) or "(?!)"


def _long(labels: list[str]) -> list[str]:
    return [label for label in labels if len(label) >= _LONG]


@dataclass(frozen=True, slots=True)
class FieldLocation:
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


def field_locations(body: Any, form: Form) -> dict[str, FieldLocation]:
    """Find the spot of each field; fields whose labels are not there are left out."""
    return _Sheet(form).find(body)


def options_of(field: Field) -> list[str]:
    """Name the boxes a field has on the form."""
    return [choice.label for choice in field.choices] or ["是", "否"]


def chosen(spot: FieldLocation, field: Field) -> list[str]:
    """Name the options ticked at a spot of boxes, by their official labels."""
    options = {squeezed(option): option for option in options_of(field)}
    return [options[each] for each in ticked_options([squeezed(cell.text) for cell in spot.cells], options) or []]


class _Sheet:
    """Goes through a document once; each cell is taken once, each field's first spot counts."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.labels = PrintedLabels(form)
        self.found: dict[str, FieldLocation] = {}
        self.taken: set[Cell] = set()

    def find(self, body: Any) -> dict[str, FieldLocation]:
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
            self.found.setdefault(key, FieldLocation((cell,), start, end))

    def _nested(self, grid: Grid, nested: Nested) -> None:
        rivals = {each.inner for each in self.labels.nested if each.outer == nested.outer}
        for outer in (cell for cell in grid.cells if squeezed(cell.text) == nested.outer):
            for cell in grid.beside(outer):
                if behind := section(cell.text, nested.inner, rivals):
                    blank = not cell.text[slice(*behind)].strip()
                    value = grid.after(cell) if blank else None
                    self.found.setdefault(
                        nested.key, FieldLocation((value,)) if value else FieldLocation((cell,), *behind)
                    )
                    self.taken |= {outer, cell, value or cell}

    def _whole(self, grid: Grid, cell: Cell) -> None:
        key = self.labels.key(cell.text)
        if cell in self.taken or key is None or key in self.found:
            return
        field = self.form.field(key)
        boxes = self._boxes(grid, cell, field) if kind_of(field).boxed else ()
        value = None if boxes else self._value_cell(grid, cell)
        if boxes:
            self.found[key] = FieldLocation(boxes, boxes=True)
        elif value:
            self.found[key] = FieldLocation((value,))
        else:  # no cell of its own: the value would follow in the label's cell
            self.found[key] = FieldLocation((cell,), len(cell.text.rstrip()))
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
        return tuple(cell for cell in cells if ticked_options([squeezed(cell.text)], options) is not None)
