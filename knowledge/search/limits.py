"""A number or day in a question, held against the limits an answer names: 「一周上6节课行吗」 against 不少于8节.

An answer needs no `compare` for it: limits are read from its own words (`lexicon/bounds.yaml`). Where an answer names
several limits of one unit, the one whose part of the sentence shares the question's words is meant; when that does not
decide, nothing is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text import numerals
from knowledge.text.dates import day_span
from knowledge.text.normalise import simplified
from knowledge.text.numerals import number

_LEXICON = Path(numerals.__file__).parent / "lexicon" / "bounds.yaml"
_PART = re.compile(r"[^,，;；:：。\n]+")
_NUM = r"[0-9]+(?:\.[0-9]+)?[百千万亿]*|[零一二两三四五六七八九十百千万]+"
_DATE = r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|[0-9]{4}年"
_TO = r"\s*(?:至|到|-|~|—)\s*"
_ABOUT = 6  # characters around an amount in which its limit word stands
_CONTEXT = 2  # parts of an answer before a limit that tell what it is about, its own included


class _Words(Model):
    """All of `bounds.yaml`."""

    units: tuple[str, ...]
    least_before: tuple[str, ...]
    least_after: tuple[str, ...]
    most_before: tuple[str, ...]
    most_after: tuple[str, ...]
    until_before: tuple[str, ...]
    until_after: tuple[str, ...]
    from_before: tuple[str, ...]
    from_after: tuple[str, ...]
    common: tuple[str, ...]
    presumes: str
    right: str
    wrong: str
    asks: str
    open: str
    holds: str
    fails: str


@dataclass(frozen=True, slots=True)
class Limit:
    """What a number or day may be: from `low` to `high`, either may be missing; `said` is the part that says so."""

    low: Decimal | date | None
    high: Decimal | date | None
    unit: str
    said: str
    context: str


@cache
def _words() -> _Words:
    return load_yaml(_LEXICON, _Words)


@cache
def _units() -> dict[str, str]:
    """Give each unit the first of its line."""
    return {word: line.split()[0] for line in _words().units for word in line.split()}


@cache
def _amount() -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(_units(), key=len, reverse=True)))
    return re.compile(rf"(?<![第0-9.])(?P<first>{_NUM})(?:{_TO}(?P<second>{_NUM}))?\s*(?P<unit>{units})")


_DAY = re.compile(rf"(?P<first>{_DATE})(?:{_TO}(?P<second>{_DATE}))?")


def correction(question: str, answer: str, today: date) -> str | None:
    """Say whether a number or day somebody takes for granted is the answer's: 「不是月底28号截止吗」; None without one.

    The answer must name one such number or day, so that it is known what is meant.
    """
    asked, words = simplified(question), _words()
    if not re.search(words.presumes, asked):
        return None
    told = simplified(answer)
    match = _amount().search(asked)
    unit = _units()[match["unit"]] if match else ""
    values = {number(other["first"]) for other in _amount().finditer(told) if _units()[other["unit"]] == unit}
    if match and len(values) == 1:
        return words.right if number(match["first"]) in values else words.wrong.format(said=match[0])
    named = day_span(asked, today, today) if _DAY.search(asked) else None
    days = {(span.first, span.last) for m in _DAY.finditer(told) if (span := day_span(m["first"], today, today))}
    if named is None or len(days) != 1:
        return None
    first, last = days.pop()
    return words.right if first <= named.first <= last else words.wrong.format(said=named.said)


def agreement(question: str, answer: str, today: date) -> str | None:
    """Say whether what a yes-or-no question names agrees with the answer's limit; None when there is nothing to say."""
    asked, words = simplified(question), _words()
    if not re.search(words.asks, asked) or re.search(words.open, asked):
        return None
    told = simplified(answer)
    return _of_amounts(asked, amount_limits(told)) or _of_days(asked, day_limits(told, today), today)


def asks_how_many(question: str) -> bool:
    """Tell whether the number itself is asked for; 「一个单位能报几个」 names one and asks about none."""
    return re.search(_words().open, simplified(question)) is not None


def units_named(text: str) -> frozenset[str]:
    """Give the units of the amounts in a simplified text, each as the first of its line in `bounds.yaml`."""
    return frozenset(_units()[match["unit"]] for match in _amount().finditer(text))


def amount_limits(text: str) -> list[Limit]:
    """Find the limits of numbers a text names."""
    words, found = _words(), []
    for part, context in _parts(text):
        for match in _amount().finditer(part):
            first, second = number(match["first"]), number(match["second"]) if match["second"] else None
            before, after = part[max(0, match.start() - _ABOUT) : match.start()], part[match.end() :][:_ABOUT]
            least = max(_ending(before, words.least_before), _beginning(after, words.least_after))
            most = max(_ending(before, words.most_before), _beginning(after, words.most_after))
            if first is not None and (second is not None or least != most):
                low = first if second is not None or least > most else None
                high = second if second is not None else first if most > least else None
                found.append(Limit(low, high, _units()[match["unit"]], part.strip(), context))
    return found


def day_limits(text: str, today: date) -> list[Limit]:
    """Find the days a text names as the first or last."""
    words, found = _words(), []
    for part, context in _parts(text):
        for match in _DAY.finditer(part):
            first = day_span(match["first"], today, today)
            second = day_span(match["second"], today, first.first) if match["second"] and first else None
            before, after = part[max(0, match.start() - _ABOUT) : match.start()], part[match.end() :][:_ABOUT]
            until = before.endswith(words.until_before) or after.startswith(words.until_after)
            since = before.endswith(words.from_before) or after.startswith(words.from_after)
            if first is None or (second is None and until == since):
                continue
            low = first.first if second or since else None
            high = second.last if second else first.last if until else None
            found.append(Limit(low, high, "", part.strip(), context))
    return found


def _ending(text: str, words: Sequence[str]) -> int:
    """Give the length of the longest word a text ends with; 0 for none."""
    return max((len(word) for word in words if text.endswith(word)), default=0)


def _beginning(text: str, words: Sequence[str]) -> int:
    """Give the length of the longest word a text begins with; 0 for none."""
    return max((len(word) for word in words if text.startswith(word)), default=0)


def _parts(text: str) -> list[tuple[str, str]]:
    """Cut a text into its parts, each with what stands right before it as well."""
    parts = _PART.findall(text)
    return [(part, "".join(parts[max(0, place + 1 - _CONTEXT) : place + 1])) for place, part in enumerate(parts)]


def _of_amounts(asked: str, limits: list[Limit]) -> str | None:
    for match in _amount().finditer(asked):
        value, unit = number(match["first"]), _units()[match["unit"]]
        limit = _meant(asked, [limit for limit in limits if limit.unit == unit])
        if value is not None and not match["second"] and limit is not None:
            return _line(limit, match[0], _within(limit, value, value))
    return None


def _of_days(asked: str, limits: list[Limit], today: date) -> str | None:
    limit = _meant(asked, limits) if _DAY.search(asked) else None
    named = day_span(asked, today, today) if limit is not None else None
    if limit is None or named is None:
        return None
    holds = _within(limit, named.first, named.last)
    if holds and not _shared(asked, limit.said):  # the day of something else agrees by chance
        return None
    return _line(limit, named.said, holds)


def _shared(asked: str, told: str) -> bool:
    """Tell whether two texts share a word that says what is spoken of."""
    common = set(pairwise(asked)) & set(pairwise(told))
    return any(first + second not in _words().common and not (first + second).isascii() for first, second in common)


def _within(limit: Limit, first: Decimal | date, last: Decimal | date) -> bool | None:
    """Tell whether all that is meant lies within the limit (True), nothing does (False), or some (None)."""
    low, high = limit.low, limit.high
    above, below = low is None or first >= low, high is None or last <= high  # type: ignore[operator] # one kind
    if above and below:
        return True
    beyond = (high is not None and first > high) or (low is not None and last < low)  # type: ignore[operator] # one kind
    return False if beyond else None


def _meant(asked: str, limits: list[Limit]) -> Limit | None:
    """Give the one limit, or the one whose words the question shares most."""
    if len(limits) < 2:  # noqa: PLR2004
        return limits[0] if limits else None
    pairs = set(pairwise(asked))

    def likeness(limit: Limit) -> int:
        return 2 * len(pairs & set(pairwise(limit.said))) + len(pairs & set(pairwise(limit.context)))

    shared = sorted(((likeness(limit), place) for place, limit in enumerate(limits)), reverse=True)
    return limits[shared[0][1]] if shared[0][0] > shared[1][0] else None


def _line(limit: Limit, said: str, holds: bool | None) -> str | None:  # noqa: FBT001 - what is told
    if holds is None:
        return None
    return (_words().holds if holds else _words().fails).format(said=said, limit=limit.said)
