"""Whether a filled form still is the office's form: everything outside the places for answers, element by element.

The blank, laid out for the submission and with its controls still in it, is walked beside the filled form. What a
control owns (see `content_controls`) may hold anything an answer is made of; all else must be the same, as canonical
XML. On the way each cell of the blank gets its counterpart.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from dialogs.document.content_controls import controls, lower, places, release
from dialogs.document.printed_answers import PlacedAnswer

_PAGE = 3  # blocks of an attached page: heading, table, closing paragraph
_PARAGRAPH, _CELL, _CONTROL, _BODY = map(qn, ("w:p", "w:tc", "w:sdt", "w:body"))
_OF_A_CELL = (qn("w:tcPr"), _PARAGRAPH)


class SideBySide:
    """A blank (laid out, with the answers meant for it) and a filled form, compared.

    `same` tells whether all outside the answers is the same; `counterparts` gives, for each cell (or paragraph) that
    holds places, the elements of the filled form that stand there.
    """

    def __init__(self, blank: Any, answers: Sequence[PlacedAnswer], filled: Any, pages: int = 0) -> None:
        """Compare two roots; `pages` is how many attached pages follow the form."""
        self._lines = {answer.place.container: _lines(answer) for answer in answers if answer.place.owned}
        self._containers = {answer.place.container for answer in answers}
        self._controls = {control.element for answer in answers for control in answer.place.controls}
        self._above = {each for element in self._controls for each in element.iterancestors()}
        self._pages = pages
        self.counterparts: dict[Any, list[Any]] = {}
        self.same = self._compare(blank, filled)

    def _compare(self, blank: Any, filled: Any) -> bool:
        if blank.tag != filled.tag:
            return False
        if blank in self._containers:
            self.counterparts[blank] = [filled]
        if blank.tag == _CELL and blank in self._lines:
            ours = all(child.tag in _OF_A_CELL for child in filled)
            return ours and _canonical(blank.find(_OF_A_CELL[0])) == _canonical(filled.find(_OF_A_CELL[0]))
        if blank not in self._above:
            return _canonical(blank) == _canonical(filled)
        if any(child in self._controls for child in blank):
            return self._around_controls(blank, filled)
        return dict(blank.attrib) == dict(filled.attrib) and self._children(blank, list(filled))

    def _children(self, blank: Any, filled: list[Any]) -> bool:
        same, at = True, 0
        for child in blank:
            if blank.tag == _BODY and child.tag == qn("w:sectPr"):
                at += _PAGE * self._pages
            number = self._lines.get(child, 1) if child.tag == _PARAGRAPH else 1
            standing = filled[at : at + number]
            if child in self._lines and child.tag == _PARAGRAPH:
                self.counterparts[child] = standing
                same = same and len(standing) == number and all(each.tag == _PARAGRAPH for each in standing)
            else:
                same = bool(standing) and self._compare(child, standing[0]) and same
            at += number
        return same and at == len(filled)

    def _around_controls(self, blank: Any, filled: Any) -> bool:
        """Compare a line: what stands before, between and behind its controls must be there, in this order."""
        parts: list[list[bytes]] = [[]]
        for child in blank:
            if child in self._controls:
                parts.append([])
            else:
                parts[-1].append(_canonical(child))
        there = [_canonical(child) for child in filled]
        first, *between, last = parts
        end = len(there) - len(last)
        if there[: len(first)] != first or there[end:] != last or len(first) > end:
            return False
        at = len(first)
        for part in between:
            found = next((i for i in range(at, end - len(part) + 1) if there[i : i + len(part)] == part), None)
            if found is None:
                return False
            at = found + len(part)
        return True


def outside(template: Any) -> tuple[bytes, int]:
    """Give a blank as canonical XML without its places for answers, and how many places there are."""
    root = deepcopy(template)
    lower(root)
    for control in [each for each in controls(root) if each.fixed]:
        release(control.element)
    found = places(root)
    for place in found:
        for control in place.controls:
            control.content.clear()
        if place.owned and place.container.tag == _CELL:
            for paragraph in place.container.findall(_PARAGRAPH):
                place.container.remove(paragraph)
    return _canonical(root), len(found)


def _lines(answer: PlacedAnswer) -> int:
    return (answer.text or "").count("\n") + 1


def _canonical(element: Any) -> bytes:
    return b"" if element is None else bytes(etree.tostring(element, method="c14n", exclusive=True, with_tail=False))
