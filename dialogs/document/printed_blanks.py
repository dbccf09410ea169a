"""What a form prints to be written over: blanks and lines, 年 月 日, a unit behind a blank, hints.

A *hole* is a maximal stretch of text to be exchanged for an answer. A date with room in it (`2025年   月   日`) is one
hole, so that an answer replaces it whole and 年 is never doubled; every other blank (`____人`) is a hole by itself.
"""

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.answer_look import is_grey
from dialogs.document.document_words import document_words
from dialogs.document.printed_labels import squeezed
from dialogs.document.table_grid import Cell
from dialogs.document.word_text import words_of

HOLE = "\0"  # stands for a hole in squeezed text
_ONE = r" \u00a0\u2002\u2003\u3000_＿"
_TOKEN = re.compile(rf"(?P<blank>[{_ONE}]+)|(?P<figures>\d+)|(?P<sign>[年月日])|(?P<other>[^\d年月日{_ONE}]+)")
_WIDE = re.compile(r"[\u3000_＿]|..")  # a blank wide enough to write on
_SHORT = 8  # characters of a label that is spread over its cell
_JOINING = re.compile(r"[\s_＿至到—–~～起止-]*")
_BLANK = re.compile(r"[\s_＿]*")
_PLACE = r"(?:省|市|区|县|乡|镇|街道|社区|村|组|路|街|号|栋|室|[（(][乡镇区市县旗村街道社组]{1,3}[)）])"
_ADDRESS = re.compile(rf"(?:[\s_＿]{{2,}}{_PLACE}{{1,2}}){{2,}}\s*")
_BRACKETED = re.compile(r"\s*[（(][^（()）]{4,}(?:[（(][^（()）]*[）)][^（()）]*)*[）)]\s*")


@dataclass(frozen=True, slots=True)
class Hole:
    """Characters `start`:`end` of a text."""

    start: int
    end: int


def holes_in(text: str) -> list[Hole]:
    """Find the holes of a text, from left to right."""
    tokens = list(_TOKEN.finditer(text))
    holes, at = [], 0
    while at < len(tokens):
        length = _date_at(tokens, at)
        if length:
            holes.append(Hole(tokens[at].start(), tokens[at + length - 1].end()))
        elif tokens[at].lastgroup == "blank" and _WIDE.match(tokens[at][0]):
            holes.append(Hole(*tokens[at].span()))
        at += length or 1
    return holes


def _date_at(tokens: list[re.Match[str]], at: int) -> int:
    """Count the tokens of a date with room in it that begins here: 20__年__月__日, __年__月; 0 when there is none."""
    number, blanks = at, 0
    if tokens[number].lastgroup == "figures":
        number += 1
    for sign in "年月日":
        blank = number < len(tokens) and tokens[number].lastgroup == "blank"
        behind = number + 1 if blank else number
        if behind >= len(tokens) or tokens[behind][0] != sign:
            return number - at if sign == "日" and blanks else 0
        blanks += blank
        number = behind + 1
    return number - at if blanks else 0


def is_blank(text: str) -> bool:
    """Tell whether nothing but blanks and lines is there."""
    return _BLANK.fullmatch(text) is not None


def is_room(text: str) -> bool:
    """Tell whether there is nothing but room for an answer: blanks, a date (or two), or an address with room in it."""
    rest, at = [], 0
    for hole in holes_in(text):
        rest.append(text[at : hole.start])
        at = hole.end
    if _ADDRESS.fullmatch(text):
        return True
    return is_blank(text) or (at > 0 and _JOINING.fullmatch("".join([*rest, text[at:]])) is not None)


def has_room(text: str) -> bool:
    """Tell whether a text leaves room: it is nothing else, or holds a blank to write on (`____人`, `共____项`)."""
    return is_room(text) or any(not _spreads(text, hole) for hole in holes_in(text))


def _spreads(text: str, hole: Hole) -> bool:
    """Tell whether a blank only spreads a short word: 姓    名."""
    before, behind = squeezed(text[: hole.start]), squeezed(text[hole.end :])
    if not before or not behind or len(before) + len(behind) > _SHORT:
        return False
    return before[-1].isalpha() and behind[0].isalpha() and not before.endswith(document_words().counting)


def is_vacant(cell: Cell) -> bool:
    """Tell whether a cell waits for an answer: it leaves room, or prints nothing but a unit or a hint."""
    return has_room(cell.text) or is_unit(cell.text) or is_hint(cell.element)


def is_unit(text: str) -> bool:
    """Tell whether nothing but a unit stands there, whose number is still to be written before it."""
    return squeezed(text) in document_words().units


def is_hint(element: Any) -> bool:
    """Tell whether a cell or paragraph prints only a hint: in grey, or in brackets (a place for a seal is none)."""
    runs = [run for run in element.iter(qn("w:r")) if words_of(run).strip()]
    text = "\n".join(words_of(each) for each in _paragraphs(element))
    if not runs or any(word in squeezed(text) for word in document_words().seals):
        return False
    return all(map(is_grey, runs)) or _BRACKETED.fullmatch(text) is not None


def holed(text: str) -> tuple[str, list[Hole]]:
    """Squeeze a text with a mark for each hole, and say where the holes are."""
    holes = holes_in(text)
    pieces, at = [], 0
    for hole in holes:
        pieces += [squeezed(text[at : hole.start]), HOLE]
        at = hole.end
    return "".join([*pieces, squeezed(text[at:])]), holes


def hole_of_phrase(text: str, phrase: str) -> list[Hole]:
    """Find the holes that stand in a text as the (last) blank stands in a phrase: `共__个月` in `…，共     个月，…`."""
    whole, holes = holed(text)
    wanted = holed(phrase)[0]
    found, at = [], whole.find(wanted)
    while wanted and HOLE in wanted and at >= 0:
        number = whole.count(HOLE, 0, at) + wanted.count(HOLE) - 1
        found.append(holes[number])
        at = whole.find(wanted, at + 1)
    return found


def spanned(text: str, hole: Hole) -> Hole:
    """Give a hole for a date together with the date it goes on to: `____年__月至____年__月`."""
    for other in holes_in(text):
        if other.start > hole.end and _JOINING.fullmatch(between := text[hole.end : other.start]) and between.strip():
            return Hole(hole.start, other.end)
    return hole


def _paragraphs(element: Any) -> list[Any]:
    return [element] if element.tag == qn("w:p") else list(element.iter(qn("w:p")))
