"""A value put right in one place: a part of a contact, some words of it, its last digits; the rest stays."""

import re

from rapidfuzz.fuzz import ratio

from dialogs.fields.phone_numbers import Phone, find_phones
from dialogs.fields.read_value import Misread
from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import ends_like_unit, may_be_person
from knowledge.form import Field

_GAPS = re.compile(r"[\s,，、:：/;；]+")
_LABELLED = re.compile(r"(?:联系人|姓名|电话|手机|单位)")
_FIGURE = r"(?:\d[\d,.]{0,12}|[零一二两三四五六七八九十百千万]{1,8})"
_HEAD = 2  # characters by which a value said anew is known
_DATE = r"\d{2,4}(?:年|[./-])\d{1,2}月?(?:\d{1,2}[日号])?"
_TAIL = 8  # digits; more of them are a number of their own


def with_part(one: Field, before: str, words: str, part: str | None) -> str | None:
    """Put a part into a contact said before: the new phone for the old, the new name for the old; or None."""
    if not before or not kind_of(one).people:
        return None
    new, old = _phones(words), _phones(before)
    if new and old and part in (None, "phone"):
        return before[: old[0].start] + words[new[0].start : new[0].end] + before[old[0].end :]
    if new or not old or part == "phone":
        return None
    spoken = [piece for piece in _GAPS.split(before[: old[0].start] + " " + before[old[0].end :]) if piece]
    stale = _stale(spoken, words.strip(), part)
    return before.replace(stale, words.strip(), 1) if stale else None


def _stale(spoken: list[str], words: str, part: str | None) -> str | None:
    """Find the piece that the new words stand for: by the part named, or because it is of their sort."""
    if part is None and not may_be_person(words):
        return None
    units = [piece for piece in spoken if ends_like_unit(piece) and not may_be_person(piece)]
    people = [piece for piece in spoken if piece not in units and not _LABELLED.fullmatch(piece)]
    fitting = units if part == "unit" else people
    return max(fitting, key=lambda piece: (ratio(piece, words), -len(piece)), default=None)


def _phones(text: str) -> list[Phone]:
    try:
        return find_phones(text)
    except Misread:
        return []


def exchanged(before: str, old: str, new: str) -> str | None:
    """Put new words in the place of old ones; a unit said with the new and standing there already is not doubled."""
    begin = _place(before, old)
    if begin < 0 or not old or (begin > 0 and new.startswith(before[:_HEAD])):
        return None  # said anew from its beginning
    rest = before[begin + len(old) :]
    overlap = next((size for size in range(min(len(new), len(rest)), 0, -1) if new.endswith(rest[:size])), 0)
    return before[:begin] + new + rest[overlap:]


def with_figure_of(before: str, noun: str, words: str) -> str | None:
    """Put a new figure to the one a noun is counted by: 志愿者, 66个 into 4名社工，60名志愿者."""
    new = re.fullmatch(rf"(?P<figure>{_FIGURE})(?:个人|[个名位人次])?", words.strip())
    if new is None or not noun or noun[:1].isdigit():
        return None
    counted = rf"(?P<old>{_FIGURE})(?=[个名位]?{re.escape(noun)})|(?<={re.escape(noun)})(?P<behind>{_FIGURE})"
    places = list(re.finditer(counted, before))
    if len(places) != 1:
        return None
    return before[: places[0].start()] + new["figure"] + before[places[0].end() :]


def _place(before: str, old: str) -> int:
    """Find old words; figures only as a whole, or as the end of a number."""
    if not old[:1].isdigit():
        return before.find(old)
    match = re.search(rf"(?<![\d.]){re.escape(old)}(?![\d.])|{re.escape(old)}(?!\d)", before)
    return match.start() if match else -1


def with_tail(before: str, digits: str) -> str | None:
    """Put new last digits to the last number of a value; None when they are no mere end of one."""
    numbers = [match for match in re.finditer(r"\d[\d-]*", before) if len(match[0]) > len(digits)]
    if not numbers or not digits.isdigit() or len(digits) > _TAIL:
        return None
    end = numbers[-1].end()
    return before[: end - len(digits)] + digits + before[end:]


def with_measure(before: str, words: str) -> str | None:
    """Put a new figure to the only one with its unit: 3月 into 2021年5月至今, 220场 into a text of 200场."""
    match = re.fullmatch(r"(?P<figure>\d+)(?P<unit>[^\d\W]{1,2})", words.strip())
    places = list(re.finditer(rf"\d+(?={re.escape(match['unit'])})", before)) if match else []
    if match is None or len(places) != 1:
        return None
    return before[: places[0].start()] + match["figure"] + before[places[0].end() :]


def with_beginning(before: str, words: str) -> str | None:
    """Put a new beginning to a span of time that goes on: 2021年5月开始的 into 2021年3月至今."""
    date, span = (
        re.search(_DATE, words),
        re.match(rf"(?:{_DATE})(?P<rest>\s*(?:[-~至到—]|开始|起).*)\Z", before, re.DOTALL),
    )
    return date[0] + span["rest"] if date and span else None
