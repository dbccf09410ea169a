"""Putting content controls where a blank form has room for answers."""

import re
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.boxes import OFF
from dialogs.document.grid import Cell
from dialogs.document.labels import find, squeezed
from dialogs.document.reading import paragraphs_of, text_of
from dialogs.document.runs import between, blank_run, checkbox, cut, locked, placeholder_mark, wrap
from dialogs.document.spots import Spot, options_of
from knowledge.form import Field

_TICKS = {"□": "■", "○": "●", "◯": "●"}  # what a box shows when ticked; any other shows ☒
_PRINTED = re.compile(r"[\s_＿年月日]*|\s*[（(].{12,}[）)]\s*", re.DOTALL)  # blanks, 年 月 日, or a hint
_GAP = 2  # characters of a blank left between an answer and the next label of its line


def tie(spot: Spot, field: Field) -> None:
    """Put the control (or the checkboxes) of a field where its value belongs."""
    if spot.boxes:
        for cell in spot.cells:
            for option in options_of(field):
                _tie_box(cell, field, option)
    elif spot.cells:
        cell = spot.cells[0]
        if cell.element.tag == qn("w:tc") and (spot.start, spot.end) == (0, None):
            _tie_cell(cell, field)
        else:
            _tie_line(cell, spot, field)


def lock_statement(body: Any, field: Field) -> None:
    """Lock the paragraph that prints the words a consent agrees to."""
    for paragraph in body.iter(qn("w:p")):
        if field.statement and squeezed(field.statement) in squeezed(text_of(paragraph)):
            wrap(list(paragraph.iterchildren(qn("w:r"))), field.key, field.label, locked())
            return


def _tie_cell(cell: Cell, field: Field) -> None:
    """The whole cell is for the answer; a hint in it becomes the placeholder, blank lines beside it go."""
    paragraphs = list(paragraphs_of(cell.element))
    place = next((each for each in paragraphs if text_of(each).strip()), paragraphs[0])
    if _PRINTED.fullmatch(cell.text):
        for each in paragraphs:
            if each is not place and not text_of(each).strip():
                each.getparent().remove(each)
        runs = list(place.iterchildren(qn("w:r"))) or [blank_run(place, len(place))]
    else:
        runs = [blank_run(place, cut(place, 0))]
    wrap(runs, field.key, field.label, *placeholder_mark())


def _tie_line(cell: Cell, spot: Spot, field: Field) -> None:
    """The answer follows a label in its line; blanks or 年 月 日 standing there become the placeholder."""
    paragraph, start = _local(cell, spot.start)
    line = text_of(paragraph)
    end = len(line) if spot.end is None else min(start + spot.end - spot.start, len(line))
    rest = line[start:end]
    if end < len(line) and not rest.strip():
        end -= min(_GAP, len(rest))
    fits = _PRINTED.fullmatch(rest) and "\t" not in rest and end > start
    runs = between(paragraph, start, end) if fits else [blank_run(paragraph, cut(paragraph, start))]
    wrap(runs, field.key, field.label, *placeholder_mark())


def _tie_box(cell: Cell, field: Field, option: str) -> None:
    place = find(cell.text, option)
    if place is None:
        return
    start, end = place
    if cell.text.strip()[0] in OFF:
        box = re.search(rf"([{OFF}])[\s）)\]]*$", cell.text[:start])
        position = box.start(1) if box else None
    else:
        box = re.match(rf"[\s（(\[]*([{OFF}])", cell.text[end:])
        position = end + box.start(1) if box else None
    if position is not None:
        paragraph, offset = _local(cell, position)
        glyph = cell.text[position]
        runs = between(paragraph, offset, offset + 1)
        wrap(runs, f"{field.key}={option}", f"{field.label}：{option}", checkbox(glyph, _TICKS.get(glyph, "☒")))


def _local(cell: Cell, offset: int) -> tuple[Any, int]:
    """Turn an offset in a cell's text into a paragraph and the offset in its text."""
    if cell.element.tag == qn("w:p"):
        return cell.element, offset
    paragraphs = list(paragraphs_of(cell.element))
    for paragraph in paragraphs:
        length = len(text_of(paragraph))
        if offset <= length:
            return paragraph, offset
        offset -= length + 1
    return paragraphs[-1], len(text_of(paragraphs[-1]))
