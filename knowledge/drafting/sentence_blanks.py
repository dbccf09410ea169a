"""Blanks within a sentence: `自付____元；申请补助____元（大写：____）`, in a cell or in a line outside tables.

Each blank is a field that says by the words around it where it stands (`at`). It is called by the words before it,
up to the mark or the blank before; where those say too little, by the label of its cell, or by the heading.
"""

import re
from collections.abc import Iterator

from knowledge.drafting.found_field import FoundField
from knowledge.drafting.printed_room import Room, holes, is_seal, room_of
from knowledge.drafting.word_lists import word_lists

_TELLING = 4  # characters before a blank that say what it is for
_STOPS = r"[，,；;。、（(\s_＿]"
_NEXT = re.compile(r"\s*[^\s（()），,。；;_＿]{0,4}")
_MARKED = re.compile("[，,；;。]")
_LONGEST = 1000  # characters of a line that are looked at
_MOST_WORDS = 20  # characters of a name


def sum_and_capitals(found: FoundField, text: str) -> list[FoundField]:
    """Take `人民币（大写）：____（￥____元）` as one sum, written twice; nothing where it is something else."""
    spans = holes(text)
    written = [text[:start].rstrip() for start, _ in spans]
    capital = next((n for n, words in enumerate(written) if re.search(r"大写[)）]?[：:]?$", words)), None)
    figures = next((n for n, words in enumerate(written) if re.search(r"(?:[￥¥]|小写[)）]?[：:]?)$", words)), None)
    if capital is None or figures is None:
        return []
    made = []
    for number, name in ((figures, found.label), (capital, word_lists().capitals[0])):
        start, end = spans[number]
        before = re.split(r"[，,；;、\s_＿]", text[:start].rstrip())[-1]
        behind = _NEXT.match(text[end:]) if number == figures else None
        unit = unit_behind(text[end:]) or "元"
        room = Room("unit", unit, found.hint) if number == figures else Room("blank")
        each = FoundField(name, room, group=found.group if number == figures else found.label)
        each.at = f"{before}__{behind[0].strip() if behind else ''}"
        each.label_cell = found.label
        made.append(each)
    return made


def blanks_in_cell(found: FoundField, text: str) -> Iterator[FoundField]:
    """Make each blank of a cell's sentence a field: the first bears the label, the others their own words."""
    last = ""
    for order, (start, end) in enumerate(holes(text)):
        each = _blank(text, (start, end), found, last, order)
        each.label_cell, last = found.label, unit_behind(text[end:])
        yield each


def blanks_in_line(text: str, heading: str) -> list[FoundField]:
    """Make the blanks of a line a field each; none where it is no sentence: `单位：____ 日期：____年__月__日`."""
    text = text[:_LONGEST]
    spans = holes(text)
    spoken = [start for start, _ in spans if text[:start].strip() and not text[:start].rstrip().endswith(("：", ":"))]
    if not spoken or not (_MARKED.search(text) or any(unit_behind(text[end:]) for _, end in spans)):
        return []
    outer, made, last = FoundField(heading, Room("sentence")), list[FoundField](), ""
    for start, end in spans:
        before = _words_before(text, start)
        if before and not is_seal(before):
            made.append(_blank(text, (start, end), outer, last, 1))
        last = unit_behind(text[end:])
    for each in made:
        each.group = each.group if len(each.label) < _TELLING else ""
    return [each for each in made if each.label]


def _blank(text: str, span: tuple[int, int], outer: FoundField, last: str, order: int) -> FoundField:
    """Read one blank; `last` is the unit printed behind the blank before it."""
    start, end = span
    before, behind, unit = _words_before(text, start), _NEXT.match(text[end:]), unit_behind(text[end:])
    room = _room_of_blank(unit, before, outer) if unit else room_of(text[start:end], outer.room.hint)
    name = _name_of(before.removeprefix(last))
    name = f"{unit}{word_lists().number}" if unit and name in word_lists().counting and order else name
    telling = len(name) >= _TELLING and not name.endswith(word_lists().counting)
    label = name if telling or (order and name) else outer.label
    group = outer.group if label == outer.label else outer.label
    return FoundField(label, room, group=group, at=f"{before}__{behind[0].strip() if behind else ''}")


def _words_before(text: str, start: int) -> str:
    """Give the words before a blank, from the last mark or blank on; a colon between stays: `大写：`."""
    return re.split(_STOPS, text[:start].rstrip(" \u3000"))[-1]


def _name_of(before: str) -> str:
    words = word_lists()
    own = re.sub(rf"^(?:{'|'.join(words.leading)})[：:]?", "", before.rstrip("：:"))
    for bound in words.bounds:
        own = own.removesuffix(bound)
    return own[-_MOST_WORDS:]


def _room_of_blank(unit: str, before: str, found: FoundField) -> Room:
    """Say what a blank with a unit behind it takes: 自__年 is a calendar year, not how many."""
    words = word_lists()
    if unit == words.year and before.endswith(words.points) and not before.endswith(words.bounds):
        return Room("year", unit, found.hint)
    return Room("unit", unit, found.hint)


def unit_behind(text: str) -> str:
    """Give the unit printed behind a blank; an empty text when there is none."""
    units = sorted(word_lists().units, key=len, reverse=True)
    return next((unit for unit in units if text.lstrip().startswith(unit)), "")
