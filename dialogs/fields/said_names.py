"""The name within what was said around it: 那个，单位就写某县某某协会就中 names a unit, which begins with its place.

And a name said again, put right: 云课塘，哎打错，云课堂 is the one said last.
"""

import re

from rapidfuzz.fuzz import ratio

from dialogs.fields.chatter import without_closing
from dialogs.fields.unit_names import ends_like_unit, name_words
from knowledge.form import Field
from knowledge.text.divisions import first_place

_BREAK = re.compile(r"[\s，,。.；;！!？?…~～—]+")
_NAME = re.compile(r"[\u3400-\u9fffA-Za-z0-9·（）()“”]*")
_AROUND = 12  # characters said before or behind a name, at most
_SHORTEST = 4  # hanzi of a name that can be known again
_ALIKE = 70  # of 100
_LEAST_CHUNKS = 3  # a name, words about it, the name again
_OPEN = "（(“"


def said_name(field: Field, words: str) -> str:
    """Give the name meant by words typed for a field of names; the words themselves where nothing is said around it."""
    again = _said_again(words)
    if not ends_like_unit(field.example):
        return again
    return _unit_within(again) or again


def _said_again(words: str) -> str:
    """Give the last of two names much alike with other words between them."""
    chunks = [chunk for chunk in _BREAK.split(words) if chunk]
    if len(chunks) < _LEAST_CHUNKS or len(chunks[0]) < _SHORTEST:
        return words
    first, between, last = chunks[0], chunks[1:-1], chunks[-1]
    listed = any(_alike(first, chunk) or ends_like_unit(chunk) for chunk in between)
    return last if first != last and _alike(first, last) and not listed else words


def _alike(one: str, other: str) -> bool:
    return ratio(one, other) >= _ALIKE


def _unit_within(words: str) -> str:
    """Give the one name of a unit that begins with a place; empty where there is none, or more is said than that."""
    place = first_place(words)
    if place is None or place[0] > _AROUND:
        return ""
    before, run = words[: place[0]], _NAME.match(words, place[0])
    whole = run[0] if run else ""
    ends = (end for end in range(len(whole), place[1] - place[0], -1) if ends_like_unit(whole[:end]))
    end = next(ends, 0)
    behind = words[place[0] + end :]
    framed = bool(before or behind) and _leads_in(before) and _closes(behind)
    return whole[:end] if end and framed else ""


def _leads_in(before: str) -> bool:
    """Tell whether words before a place are no part of the name (中共 is): they end in a mark or say a name follows."""
    marked = not before or not (before[-1].isalnum() or before[-1] in _OPEN)
    return marked or before.endswith(name_words().unit_leads)


def _closes(behind: str) -> bool:
    """Tell whether what is said behind a name is no part of it."""
    rest = without_closing(f"某{behind}") if behind else "某"
    return rest == "某" or rest.removeprefix("某") in name_words().closings or _talk(behind)


def _talk(behind: str) -> bool:
    behind = behind.removeprefix("的") or behind
    return not behind[0].isalnum() and behind[0] not in _OPEN and len(behind) <= _AROUND and first_place(behind) is None
