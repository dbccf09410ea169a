"""A date or number in the question, held against the fact: 「2月20号交还行吗」→「不行：……」."""

import re
from collections.abc import Sequence
from datetime import date

from knowledge.facts import Facts
from knowledge.faq import Comparison
from knowledge.search.limits import asks_how_many
from knowledge.text.dates import DaySpan, day_span
from knowledge.text.normalise import simplified
from knowledge.text.numerals import whole_number

_DIGITS = "0-9零〇一二两三四五六七八九十百千万"
_OVER = ("超过", "超", "多于", "大于", "不止")
_NOT_OVER = ("不超过", "没超过", "未超过", "不能超过", "不得超过", "别超过", "不超")


def amount(text: str, units: Sequence[str]) -> tuple[int, str] | None:
    """Find the last number before one of `units` in simplified text: (how many, as written with its unit).

    「超过5个」 counts as 6. A bound such as 「不超过5个」 is nobody's wish and gives None.
    """
    unit = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    over = "|".join(_OVER)
    pattern = rf"(?P<before>[不没未得能别]{{0,2}}(?:{over})?)(?P<words>[{_DIGITS}]+)(?:[多来几]|左右)?(?P<unit>{unit})"
    for match in reversed(list(re.finditer(pattern, text))):
        before, value = match["before"], whole_number(match["words"])
        if value is None or before in _NOT_OVER:
            continue
        more = before in _OVER
        return value + more, ("超过" if more else "") + f"{value}{match['unit']}"
    return None


def verdict(question: str, compare: Comparison, facts: Facts, today: date) -> str | None:
    """Say whether what the question names agrees with the fact; None when it names nothing to compare."""
    text = simplified(question)
    if any(word in text for word in compare.unless):
        return None
    if compare.how == "at_most":
        found = amount(text, compare.units)
        if found is None or (found[0] == 1 and asks_how_many(text)):
            return None
        return _line(compare, facts, said=found[1], holds=found[0] <= facts.number(compare.fact))
    limit = facts.date(compare.fact)
    named = day_span(text, today, limit if compare.how == "until" else today)
    if named is None:
        return None
    holds = _agrees(named, compare, limit)
    return None if holds is None else _line(compare, facts, said=named.said, holds=holds)


def _agrees(named: DaySpan, compare: Comparison, limit: date) -> bool | None:
    """Tell whether all days meant agree (True), none does (False), or some do (None)."""
    if compare.how == "until":
        return True if named.last <= limit else False if named.first > limit else None
    return True if named.last < limit else False if named.first >= limit else None


def _line(compare: Comparison, facts: Facts, *, said: str, holds: bool) -> str:
    return facts.fill(compare.holds if holds else compare.fails, said=said)
