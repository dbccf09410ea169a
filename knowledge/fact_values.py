"""What staff write behind a fact's name, read as what it is: a day, a moment, a time of day, a number, words, a list.

Days are taken as clerks write them (2025-06-30, 2025年6月30日, 2025/6/30, 2025.6.30, 二〇二五年六月三十日), with an
hour if there is one (17:00, 17时30分, 下午5点). Whatever is not wholly a day or a time stays words.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from knowledge.facts import LAST_MOMENT, Fact
from knowledge.text.dates import date_figures
from knowledge.text.normalise import narrow

_NUMERALS = re.compile(r"[零〇○一二三四五六七八九十廿卅\d]{1,4}[年月日号时点分]")
_DAY = (
    r"(?P<year>\d{4})"
    r"(?:年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})[日号]|(?P<mark>[-/.])(?P<m2>\d{1,2})(?P=mark)(?P<d2>\d{1,2}))"
)
_WEEKDAY = r"(?:\((?:星期|周|礼拜)[一二三四五六日天]\))?"
_TIME = (
    r"(?P<half>上午|中午|下午|晚上|晚)?(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?::\d{2})?|[时点](?:(?P<minutes>\d{1,2})分?|整)?)"
)
_MOMENT = re.compile(rf"{_DAY}{_WEEKDAY}T?(?:{_TIME})?")
_ONLY_TIME = re.compile(_TIME)
_LONGEST = 40  # characters of a day with its hour
_NOON, _MIDNIGHT = 12, 24


class FactError(ValueError):
    """A value no fact can have: `fault` names what is wrong (`fact.…` in `problems.yaml`), `given` what was written."""

    def __init__(self, fault: str, given: object = "") -> None:
        """Keep both."""
        super().__init__(fault)
        self.fault, self.given = fault, str(given)


def read_fact(value: Any) -> Fact:
    """Read what a YAML file holds behind a fact's name.

    Raises:
        FactError: nothing, yes or no, a mapping, or a day or time that does not exist.
    """
    if value is None:
        raise FactError("empty")
    if isinstance(value, bool):
        raise FactError("yes_or_no", "true" if value else "false")
    if isinstance(value, list):
        return tuple(map(read_fact, value))
    if isinstance(value, dict):
        raise FactError("mapping")
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, float):
        return Decimal(str(value))
    return _words(value) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> Fact:
    return value if isinstance(value, int | date) else str(value)


def _words(text: str) -> Fact:
    """Read words that are wholly a day, a moment or a time as that."""
    if not text.strip():
        raise FactError("empty")
    if len(text) > _LONGEST:
        return text
    plain = re.sub(r"\s", "", narrow(text))
    if _NUMERALS.search(plain):
        plain = date_figures(plain, date.min) if "年" in plain else plain
    if found := _MOMENT.fullmatch(plain):
        day = _day(found, text)
        return day if found["hour"] is None else datetime.combine(day, _time(found, text))
    if (found := _ONLY_TIME.fullmatch(plain)) and (found["half"] or ":" in plain):  # 5点 alone may be five points
        return _time(found, text)
    return text


def _day(found: re.Match[str], given: str) -> date:
    month, day = found["m1"] or found["m2"], found["d1"] or found["d2"]
    try:
        return date(int(found["year"]), int(month), int(day))
    except ValueError:
        raise FactError("no_day", given) from None


def _time(found: re.Match[str], given: str) -> time:
    hour, minute = int(found["hour"]), int(found["minute"] or found["minutes"] or 0)
    if found["half"] in ("下午", "晚上", "晚") and hour < _NOON:
        hour += _NOON
    if (hour, minute) == (_MIDNIGHT, 0):
        return LAST_MOMENT
    try:
        return time(hour, minute)
    except ValueError:
        raise FactError("no_time", given) from None
