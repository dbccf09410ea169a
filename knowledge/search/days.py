"""Days in a question: 「2月20号」「去年6月」「2023年3月以后」, as the first and last day they can mean."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.search.amounts import number

_NUM = "0-9零〇一二三四五六七八九十廿"
_YEARS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_DAYS = {"大后天": 3, "后天": 2, "明天": 1, "明日": 1, "今天": 0, "今日": 0, "昨天": -1, "前天": -2}
_MONTHS = {"上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "下个月": 1, "下月": 1}
_CALENDAR = re.compile(
    rf"(?:(?P<year>[{_NUM}]{{2,4}})年|(?P<which>{'|'.join(_YEARS)}))?"
    rf"(?:(?P<month>[{_NUM}]{{1,3}})月份?)?"
    rf"(?:(?P<day>[{_NUM}]{{1,3}})[日号])?"
)
_RELATIVE = re.compile("|".join([*_DAYS, *_MONTHS]))


@dataclass(frozen=True, slots=True)
class Span:
    """The days some words can mean, both ends included, and the words as a reader would write them."""

    first: date
    last: date
    said: str


def span(text: str, today: date, near: date) -> Span | None:
    """Find the first day, month or year named in simplified text.

    A missing year is that of `near`, the fact it will be held against; a missing month likewise. 以后 opens
    the span; 以前 gives None, since it names a bound and not a day.
    """
    for match in _CALENDAR.finditer(text):
        if match[0] and (found := _calendar(match, today, near)):
            return _opened(found, text[match.end() :])
    relative = _RELATIVE.search(text)
    return _opened(_relative(relative[0], today), text[relative.end() :]) if relative else None


def _opened(found: Span, rest: str) -> Span | None:
    if re.match(r"[以之]?前", rest):
        return None
    return Span(found.first, date.max, found.said) if re.match(r"[以之]后", rest) else found


def _calendar(match: re.Match[str], today: date, near: date) -> Span | None:
    year = _year(match["year"], match["which"], today)
    month, day = number(match["month"] or ""), number(match["day"] or "")
    if year is None and month is None and day is None:
        return None
    if month is None and day is None:
        return Span(date(year or near.year, 1, 1), date(year or near.year, 12, 31), f"{year}年")
    year, month = year or near.year, near.month if month is None else month
    try:
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return Span(date(year, month, 1), date(year, month, last), f"{year}年{month}月")
        only = date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return Span(only, only, f"{year}年{month}月{day}日")


def _year(words: str | None, which: str | None, today: date) -> int | None:
    if which:
        return today.year + _YEARS[which]
    year = number(words or "")
    return year + 2000 if year is not None and year < 100 else year  # noqa: PLR2004 - 23年 is 2023年


def _relative(words: str, today: date) -> Span:
    if words in _DAYS:
        day = today + timedelta(days=_DAYS[words])
        return Span(day, day, f"{day.year}年{day.month}月{day.day}日")
    month = today.month - 1 + _MONTHS[words]
    first = date(today.year + month // 12, month % 12 + 1, 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return Span(first, last, f"{first.year}年{first.month}月")
