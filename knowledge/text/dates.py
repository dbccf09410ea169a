"""Dates in Chinese words: written in figures (腊月二十 → 2024年1月30日), and as the days they can mean (去年6月).

Everything is reduced to figures once, here; who reads a date reads figures only. The words are `lexicon/dates.yaml`;
the lunar calendar is that of the library borax (1900 to 2100).
"""

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text.numerals import whole_number

_NUMERALS = "零〇○Oo一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾"
_RUN = 12  # characters of a number in a date, at most
_BEFORE_UNIT = re.compile(
    rf"(?<![{_NUMERALS}\d])[{_NUMERALS}\d]{{1,{_RUN}}}(?![{_NUMERALS}\d])(?=\s{{0,3}}[年月日号])"
    rf"|(?<=月)[{_NUMERALS}]{{1,4}}(?![{_NUMERALS}\d])"
)
_BEFORE_YEAR = re.compile(rf"(?<![{_NUMERALS}\d])[{_NUMERALS}\d]{{2,{_RUN}}}(?=年)")
_POSITIONAL = str.maketrans("零〇○Oo一二三四五六七八九壹贰叁肆伍陆柒捌玖两", "000001234567891234567892")
_SHORT_YEAR, _OLDEST = 2, 70  # two figures: 24 is 2024, 98 is 1998
_LUNAR_YEARS = range(1901, 2100)
_LAST = -1  # day of a month
_MIDDLE = 15  # the day that tells which solar month most of a lunar month is in


class DateWords(Model):
    """All of `lexicon/dates.yaml`."""

    days: dict[str, int]
    moments: tuple[str, ...]
    months: dict[str, int]
    years: dict[str, int]
    weeks: dict[str, int]
    week_words: tuple[str, ...]
    weekdays: dict[str, int]
    solar_months: dict[str, int]
    lunar_months: dict[str, int]
    lunar_marks: tuple[str, ...]
    lunar_feasts: dict[str, tuple[int, int]]
    solar_feasts: dict[str, tuple[int, int]]


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


class _Patterns:
    """The word list, compiled."""

    def __init__(self, words: DateWords) -> None:
        self.words = words
        self.year = re.compile(rf"(?:{_any(words.years)})年?")
        self.month = re.compile(_any(words.months))
        self.solar_month = re.compile(_any(words.solar_months))
        self.day = re.compile(_any(words.days))
        self.moment = re.compile(_any(words.moments))
        self.ago = re.compile(rf"(?<![{_NUMERALS}\d])(?P<number>[{_NUMERALS}\d]{{1,4}})天(?:[以之]?(?P<way>前|后))")
        week, day = _any(words.week_words), "".join(words.weekdays)
        self.weekday = re.compile(
            rf"(?<![每日号])(?<![日号][ ,(])(?P<week>{_any(words.weeks)})?个?(?:{week})(?P<day>[{day}])"
        )
        marks, months = _any(words.lunar_marks), _any(words.lunar_months)
        day = (
            "初一(?![直起共些个样定])|初[二三四五六七八九十]|[廿卅][一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?"
        )
        self.lunar = re.compile(
            rf"(?P<before>{marks})?(?:(?P<year>\d{{4}})年?的?)?(?P<mark>{marks})?(?P<leap>闰)?"
            rf"(?:(?P<name>{months})(?:(?P<named_day>{day})[日号]?)?"
            rf"|(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?P<day>{day})[日号]?"
            rf"|(?<![年月期当最起])(?P<alone>初一(?![直起共些个样定])|初[二三四五六七八九十])(?![年级学中班期次]))"
        )
        self.feast = re.compile(
            rf"(?:(?P<year>\d{{4}})年?的?)?(?P<name>{_any([*words.lunar_feasts, *words.solar_feasts])})"
        )


@cache
def _patterns() -> _Patterns:
    return _Patterns(load_yaml(Path(__file__).parent / "lexicon" / "dates.yaml", DateWords))


def date_figures(text: str, today: date) -> str:
    """Write the years, months and lunar days of a folded text in figures, counted from `today`.

    `去年底` → `2023年底`, `上个月` → `2024年1月`, `元月` → `1月`, `腊月二十` → `2024年1月30日` (the nearest to today).
    """
    patterns = _patterns()
    text = patterns.year.sub(lambda m: f"{today.year + _offset(patterns.words.years, m[0])}年", text)
    text = patterns.month.sub(lambda m: _month(today, patterns.words.months[m[0]]), text)
    text = patterns.solar_month.sub(lambda m: f"{patterns.words.solar_months[m[0]]}月", text)
    text = _BEFORE_YEAR.sub(lambda m: _figure(m[0]), text)
    text = patterns.lunar.sub(lambda m: _lunar(m, today), text)
    text = patterns.feast.sub(lambda m: _feast(m, today), text)
    return _BEFORE_UNIT.sub(lambda m: _figure(m[0]), text)


def day_figures(text: str, today: date, *, moments: bool = False) -> str:
    """Write every date word of a folded text in figures, the days too: `上周五` → `2024年2月16日`.

    `moments` tells whether words such as 现在 or 当天 mean today, as they do where a date is asked for.
    """
    patterns = _patterns()
    text = patterns.day.sub(lambda m: _shifted(today, patterns.words.days[m[0]]), text)
    text = patterns.ago.sub(lambda m: _ago(m, today), text)
    text = patterns.weekday.sub(lambda m: _weekday(m, today), text)
    if moments:
        text = patterns.moment.sub(_shifted(today, 0), text)
    return date_figures(text, today)


def full_year(digits: str) -> int:
    """Read a year of two or four figures: 24 → 2024, 98 → 1998."""
    year = int(digits)
    if len(digits) > _SHORT_YEAR:
        return year
    return year + (2000 if year < _OLDEST else 1900)


def _offset(table: dict[str, int], word: str) -> int:
    return table[word if word in table else word.removesuffix("年")]


def _figure(words: str) -> str:
    if words.isdecimal() and words.isascii():
        return words
    if not re.search("[十百千廿卅拾]", words):
        return words.translate(_POSITIONAL)
    value = whole_number(words.lstrip("零〇○"))
    return str(value) if value is not None else words


def _month(today: date, offset: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
    return f"{year}年{month + 1}月"


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _shifted(today: date, days: int) -> str:
    return _written(today + timedelta(days=days))


def _ago(match: re.Match[str], today: date) -> str:
    number = whole_number(match["number"])
    return match[0] if number is None else _shifted(today, -number if match["way"] == "前" else number)


def _weekday(match: re.Match[str], today: date) -> str:
    words = _patterns().words
    week = words.weeks.get(match["week"] or "", 0)
    return _shifted(today, week * 7 + words.weekdays[match["day"]] - today.weekday())


def _feast(match: re.Match[str], today: date) -> str:
    words, name = _patterns().words, match["name"]
    if name in words.solar_feasts:
        month, number = words.solar_feasts[name]
        return _written(_nearest(lambda year: date(year, month, number), match["year"], today) or today)
    month, number = words.lunar_feasts[name]
    day = _nearest(lambda year: _solar(year, month, number), match["year"], today)
    return _written(day) if day else match[0]


def _lunar(match: re.Match[str], today: date) -> str:
    """Write a lunar day in figures; what only may be one (二月二十) without a mark, stays."""
    said = match["named_day"] or match["day"] or match["alone"] or ""
    surely = match["before"] or match["mark"] or match["name"] or said.startswith(("初", "廿"))
    if not surely:
        return match[0]
    month = _lunar_month(match)
    number = whole_number(said.removeprefix("初")) if said else _MIDDLE
    if number is None:
        return match[0]
    leap = bool(match["leap"])
    months = (month,) if month is not None else tuple(range(1, 13))
    days = [_lunar_day(each, number, match["year"], today, leap=leap) for each in months]
    found = [day for day in days if day is not None]
    if not found:
        return match[0]
    day = min(found, key=lambda one: abs(one - today))
    return _written(day) if said else f"{day.year}年{day.month}月"


def _lunar_day(month: int, number: int, year: str | None, today: date, *, leap: bool) -> date | None:
    return _nearest(lambda each: _solar(each, month, number, leap=leap), year, today)


def _lunar_month(match: re.Match[str]) -> int | None:
    if match["name"]:
        return _patterns().words.lunar_months[match["name"]]
    return whole_number(match["month"]) if match["month"] else None


def _nearest(of_year: Callable[[int], date | None], year: str | None, today: date) -> date | None:
    """Give the day of the year said, else of the year that brings it nearest to today."""
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
    days = [day for each in years if (day := of_year(each))]
    return min(days, key=lambda day: abs(day - today)) if days else None


def _solar(year: int, month: int, number: int, *, leap: bool = False) -> date | None:
    """Give the day of a lunar date, -1 being the month's last; None where that month is shorter."""
    from borax.calendars.lunardate import LCalendars, LunarDate  # noqa: PLC0415 - needed at the first lunar day only

    if year not in _LUNAR_YEARS:
        return None
    try:
        number = LCalendars.ndays(year, month, int(leap)) if number == _LAST else number
        found: date = LunarDate(year, month, number, int(leap)).to_solar_date()
    except ValueError:
        return None
    return date(found.year, found.month, found.day)


_CALENDAR = re.compile(
    r"(?:(?<!\d)(?P<year>\d{4}|\d{2})年)?(?:(?<!\d)(?P<month>\d{1,3})月份?)?(?:(?<!\d)(?P<day>\d{1,3})[日号])?"
)


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days some words can mean, both ends included, and the words as a reader would write them."""

    first: date
    last: date
    said: str


def day_span(text: str, today: date, near: date) -> DaySpan | None:
    """Find the first day, month or year named in simplified text.

    A missing year is that of `near`, the fact it will be held against; a missing month likewise. 以后 opens
    the span; 以前 gives None, since it names a bound and not a day.
    """
    figures = day_figures(text, today)
    for match in _CALENDAR.finditer(figures):
        if match[0] and (found := _calendar(match, near)):
            return _opened(found, figures[match.end() :])
    return None


def _opened(found: DaySpan, rest: str) -> DaySpan | None:
    if re.match(r"[以之]?前", rest):
        return None
    return DaySpan(found.first, date.max, found.said) if re.match(r"[以之]后", rest) else found


def _calendar(match: re.Match[str], near: date) -> DaySpan | None:
    year = full_year(match["year"]) if match["year"] else None
    month, day = (int(match[part]) if match[part] else None for part in ("month", "day"))
    if month is None and day is None:
        first = year or near.year
        return DaySpan(date(first, 1, 1), date(first, 12, 31), f"{first}年") if year else None
    year, month = year or near.year, near.month if month is None else month
    try:
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return DaySpan(date(year, month, 1), date(year, month, last), f"{year}年{month}月")
        only = date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return DaySpan(only, only, f"{year}年{month}月{day}日")
