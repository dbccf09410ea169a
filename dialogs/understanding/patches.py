"""A value put right in one place: a part of a contact, some words of it, its last digits; the rest stays."""

import re
from datetime import date
from operator import eq

from rapidfuzz.fuzz import ratio

from dialogs.fields.kinds.contact import told_parts
from dialogs.fields.phone_numbers import Phone, find_phones
from dialogs.fields.read_value import Misread
from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import any_of, ends_like_unit, may_be_person, name_words
from knowledge.form import Field
from knowledge.text.numerals import whole_number

_GAPS = re.compile(r"[\s,，、:：/;；]+")
_LABELLED = re.compile(r"(?:联系人|姓名|电话|手机|单位)")
_FIGURE = r"(?:\d[\d,.]{0,12}|[零一二两三四五六七八九十百千万]{1,8})"
_LEAST_TOLD = 5  # characters that may be a pronoun rather than a name
_HEAD = 2  # characters by which a value said anew is known
_DATE = r"\d{2,4}(?:年|[./-])\d{1,2}月?(?:\d{1,2}[日号])?"
_TAIL = 8  # digits; more of them are a number of their own


def with_part(one: Field, before: str, words: str, part: str | None, today: date) -> str | None:
    """Put the parts that words tell into a contact said before, the new phone for the old; the rest stays; or None.

    Args:
        one: the contact's field.
        before: the contact as it was said.
        words: the new unit, name or phone, or several of them.
        part: the part they are said to be, where that was said.
        today: the day.
    """
    if not before or not kind_of(one).people:
        return None
    told, new, old = parts_in(one, words, part), _phones(words), _phones(before)
    if not told or (set(told) == {"name"} and not may_be_person(told["name"])):
        return None
    held, changed = _held(one, before, today), before
    for each in sorted(told, key=lambda name: name != "phone"):
        if each == "phone":
            if not (new and old):
                return None
            changed = changed[: old[0].start] + words[new[0].start : new[0].end] + changed[old[0].end :]
        else:
            stale = held.get(each) or _stale(before, words.strip(), each)
            if not stale or stale not in changed:
                return None
            changed = _titled(stale).sub(lambda _: told[each], changed, count=1)  # noqa: B023 - used at once
    return changed


def parts_in(one: Field, words: str, part: str | None = None) -> dict[str, str]:
    """Give the parts that words tell; one alone is the part named, and a unit where it looks like one."""
    try:
        told = told_parts(one, words)
    except Misread:
        return {}
    bare = words.strip()
    if set(bare) & set(name_words().not_in_names) and len(bare) < _LEAST_TOLD:
        return {}  # 我自己
    if part in ("unit", "name") and part in one.parts and set(told) <= {"unit", "name"} and len(_GAPS.split(bare)) == 1:
        return {part: bare}
    if part == "phone":
        return {"phone": told["phone"]} if "phone" in told else {}
    plain_unit = "unit" not in told or len(told) > 1 or ends_like_unit(told["unit"])
    return told if plain_unit else {}


def _held(one: Field, before: str, today: date) -> dict[str, str]:
    """Give the parts of a contact as they are held; empty where it lacks some."""
    try:
        value = kind_of(one).read(one, before, today).value
    except Misread:
        return {}
    return {part: str(words) for part, words in value.items()} if isinstance(value, dict) else {}


def _titled(stale: str) -> re.Pattern[str]:
    """Match what is exchanged; the title behind a name goes with it."""
    return re.compile(rf"{re.escape(stale)}(?:{any_of(name_words().titles)})?")


def _stale(before: str, words: str, part: str) -> str | None:
    """Find the piece of an incomplete contact that the new words stand for."""
    spoken = before
    for phone in reversed(_phones(before)):
        spoken = spoken[: phone.start] + " " + spoken[phone.end :]
    pieces = [piece for piece in _GAPS.split(spoken) if piece]
    units = [piece for piece in pieces if ends_like_unit(piece) and not may_be_person(piece)]
    people = [piece for piece in pieces if piece not in units and not _LABELLED.fullmatch(piece)]
    return max(units if part == "unit" else people, key=lambda piece: (ratio(piece, words), -len(piece)), default=None)


def _phones(text: str) -> list[Phone]:
    try:
        return find_phones(text)
    except Misread:
        return []


def exchanged(before: str, old: str, new: str) -> str | None:
    """Put new words in the place of old ones; a unit said with the new and standing there already is not doubled."""
    begin = _place(before, old)
    if begin < 0 and in_digits(old) != old:
        old, new = in_digits(old), in_digits(new)  # 五月改成三月, where 5月 is held
        begin = _place(before, old)
    if begin < 0 or not old or (begin > 0 and new.startswith(before[:_HEAD])):
        return None  # said anew from its beginning
    rest = before[begin + len(old) :]
    overlap = next((size for size in range(min(len(new), len(rest)), 0, -1) if new.endswith(rest[:size])), 0)
    return before[:begin] + new + rest[overlap:]


def in_digits(words: str) -> str:
    """Write the figure of a month or a day in digits, 五月 → 5月; other words stay."""
    match = re.fullmatch(r"(?P<figure>[一二三四五六七八九十]{1,3})(?P<unit>[月日号])", words.strip())
    number = whole_number(match["figure"]) if match else None
    return words if match is None or number is None else f"{number}{match['unit']}"


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


def with_piece(before: str, piece: str) -> str | None:
    """Put a piece of a title in the place of the one it looks like: 云课堂 into 田间云教室; None where it is none.

    A piece that begins as the title does is the title said anew.
    """
    size = len(piece)
    if not _HEAD <= size < len(before) or before.startswith(piece[0]):
        return None
    spans = [(sum(map(eq, before[at : at + size], piece)), at) for at in range(1, len(before) - size + 1)]
    alike, begin = max(spans, default=(0, 0))
    if not alike or alike == size or sum(count == alike for count, _ in spans) > 1:
        return None
    return before[:begin] + piece + before[begin + size :]


def with_tail(before: str, digits: str) -> str | None:
    """Put new last digits to the last number of a value; None when they are no mere end of one."""
    numbers = [match for match in re.finditer(r"\d[\d-]*", before) if len(match[0]) > len(digits)]
    if not numbers or not digits.isdigit() or len(digits) > _TAIL:
        return None
    end = numbers[-1].end()
    return before[: end - len(digits)] + digits + before[end:]


def with_measure(before: str, words: str) -> str | None:
    """Put a new figure to the only one with its unit: 3月 into 2021年5月至今, 220场 into a text of 200场."""
    words = in_digits(re.sub(r"(?<=[年月日号])份?(?:开始|起|开办|启动)?[的了]?\Z", "", words.strip()))
    match = re.fullmatch(r"(?P<figure>\d+)(?P<unit>[^\d\W]{1,2})", words)
    unit = "[日号]" if match and match["unit"] == "号" else re.escape(match["unit"]) if match else ""
    places = list(re.finditer(rf"\d+(?={unit})", before)) if match else []
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
