"""The boxes a form prints for the options of a field: which box belongs to which option.

A box belongs to the option it touches: all boxes stand before their options, or all behind. The longest option wins
(农民工 before 农民), and it must end where the printed word ends. A box in a cell of its own belongs to the option in
the next cell, or to the row of a table whose cell is the option.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.document.printed_labels import forms_of, squeezed
from dialogs.document.table_grid import Cell
from dialogs.fields.registry import kind_of
from knowledge.form import Field
from knowledge.text.checkboxes import OFF, ON

_BOX = re.compile(f"[{ON}{OFF}]")
_MARKS = re.compile(r"[\s()（）\[\]【】,，、;；.。:：/_＿\ufe0e\ufe0f]")
_EDGE_LEFT, _EDGE_RIGHT = re.compile(r"^[\s(（\[【]+"), re.compile(r"[\s(（\[【]+$")


@dataclass(frozen=True, slots=True)
class Box:
    """A box glyph: character `at` of a cell's text, and the words beside it on either side, up to the next box."""

    cell: Cell
    at: int
    before: str
    behind: str


def options_of(field: Field) -> list[str]:
    """Name the boxes a field has on the form: its choices, or what its kind calls yes and no."""
    kind = kind_of(field)
    return [choice.label for choice in field.choices] or [kind.typed(answer=True), kind.typed(answer=False)]


def boxes_in(cell: Cell, start: int = 0, end: int | None = None) -> list[Box]:
    """Find the boxes in (a stretch of) a cell."""
    end = len(cell.text) if end is None else end
    found = [match.start() for match in _BOX.finditer(cell.text, start, end)]
    edges = [start - 1, *found, end]
    return [
        Box(cell, at, cell.text[edges[number] + 1 : at], cell.text[at + 1 : edges[number + 2]])
        for number, at in enumerate(found)
    ]


def has_box(text: str) -> bool:
    """Tell whether there is a box, ticked or not."""
    return _BOX.search(text) is not None


def is_box_only(text: str) -> bool:
    """Tell whether a cell holds nothing but one box."""
    return len(squeezed(text)) == 1 and has_box(text)


def box_of_each_option(boxes: Sequence[Box], options: Sequence[str]) -> dict[str, Box]:
    """Give each option its box; options without one are left out."""
    behind = {option: box for box in reversed(boxes) if (option := _beginning(box.behind, options))}
    before = {option: box for box in reversed(boxes) if (option := _ending(box.before, options))}
    if len(behind) != len(before):
        return max(behind, before, key=len)
    first = boxes[0].cell.text[: boxes[0].at] if boxes else ""
    return before if _MARKS.sub("", first) else behind


def box_beside_each_option(cells: Sequence[Cell], options: Sequence[str]) -> dict[str, Box]:
    """Give each option the box in the cell of its own next to it: 是 | □ | 否 | □."""
    names = {squeezed(option): option for option in options}
    named = {cell: next((names[form] for form in forms_of(cell.text) if form in names), None) for cell in cells}
    kinds = [cell for cell in cells if is_box_only(cell.text) or named[cell]]
    if not kinds:
        return {}
    box_first = is_box_only(kinds[0].text)
    found = ((one, other) if box_first else (other, one) for one, other in pairwise(kinds))
    return {option: boxes_in(box)[0] for box, name in found if is_box_only(box.text) and (option := named[name])}


def _beginning(words: str, options: Sequence[str]) -> str | None:
    """Find the longest option the words begin with, as a whole word."""
    return _longest(_EDGE_LEFT.sub("", words), options, end=False)


def _ending(words: str, options: Sequence[str]) -> str | None:
    """Find the longest option the words end with, as a whole word."""
    return _longest(_EDGE_RIGHT.sub("", words), options, end=True)


def _longest(words: str, options: Sequence[str], *, end: bool) -> str | None:
    for option in sorted(options, key=len, reverse=True):
        for cut in _cuts(words, len(squeezed(option)), end=end):
            inside, outside = (words[cut:], words[:cut]) if end else (words[:cut], words[cut:])
            touching = outside[-1:] if end else outside[:1]
            if squeezed(inside) == squeezed(option) and (not touching or _MARKS.match(touching)):
                return option
    return None


def _cuts(words: str, length: int, *, end: bool) -> Iterator[int]:
    """Give the places in words that leave `length` characters, blanks aside, on the side asked for."""
    count = 0
    for index in range(len(words) - 1, -1, -1) if end else range(len(words)):
        count += len(squeezed(words[index]))
        if count == length:
            yield index if end else index + 1
        if count > length:
            return
