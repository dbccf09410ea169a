"""Dates in Chinese words: made figures (二〇二四年二月五日), and as the first and last day they can mean (去年6月)."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.text.numerals import number, whole_number

_NUMERAL = "零〇○Oo一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾"
_BEFORE = re.compile(rf"[{_NUMERAL}\d]*[{_NUMERAL}][{_NUMERAL}\d]*(?=\s*[年月日号])|(?<=月)[{_NUMERAL}]+")
_FIGURES = str.maketrans("零〇○Oo一二三四五六七八九壹贰叁肆伍陆柒捌玖两", "000001234567891234567892")
_YEARS = {"今年": 0, "本年度": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2}
_YEAR_WORD = re.compile("|".join(sorted(_YEARS, key=len, reverse=True)) + r"(?:年)?")
_MONTHS = {"本月": 0, "这个月": 0, "当月": 0, "上个月": -1, "上月": -1, "下个月": 1, "下月": 1}
_MONTH_WORD = re.compile("|".join(sorted(_MONTHS, key=len, reverse=True)))


def date_figures(text: str, today: date) -> str:
    """Write a folded text's date words as figures; relative years and months are counted from `today`."""
    text = _BEFORE.sub(lambda m: _figure(m[0]), text)
    text = _YEAR_WORD.sub(
        lambda m: f"{today.year + _YEARS[m[0].removesuffix('年') if m[0] not in _YEARS else m[0]]}年", text
    )
    return _MONTH_WORD.sub(lambda m: _month(today, _MONTHS[m[0]]), text)


def _figure(words: str) -> str:
    if not re.search("[十百千廿卅拾]", words):
        return words.translate(_FIGURES)
    if re.fullmatch(r"[〇零]?[十拾]", words):
        return "10"
    value = number(words.lstrip("零〇○"))
    return str(int(value)) if value is not None else words


def _month(today: date, offset: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
    return f"{year}年{month + 1}月"


_NUM = "0-9零〇一二三四五六七八九十廿"
_DAYS_YEARS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_DAYS = {"大后天": 3, "后天": 2, "明天": 1, "明日": 1, "今天": 0, "今日": 0, "昨天": -1, "前天": -2}
_DAYS_MONTHS = {"上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "下个月": 1, "下月": 1}
_CALENDAR = re.compile(
    rf"(?:(?P<year>[{_NUM}]{{2,4}})年|(?P<which>{'|'.join(_DAYS_YEARS)}))?"
    rf"(?:(?P<month>[{_NUM}]{{1,3}})月份?)?"
    rf"(?:(?P<day>[{_NUM}]{{1,3}})[日号])?"
)
_RELATIVE = re.compile("|".join([*_DAYS, *_DAYS_MONTHS]))


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
    for match in _CALENDAR.finditer(text):
        if match[0] and (found := _calendar(match, today, near)):
            return _opened(found, text[match.end() :])
    relative = _RELATIVE.search(text)
    return _opened(_relative(relative[0], today), text[relative.end() :]) if relative else None


def _opened(found: DaySpan, rest: str) -> DaySpan | None:
    if re.match(r"[以之]?前", rest):
        return None
    return DaySpan(found.first, date.max, found.said) if re.match(r"[以之]后", rest) else found


def _calendar(match: re.Match[str], today: date, near: date) -> DaySpan | None:
    year = _year(match["year"], match["which"], today)
    month, day = whole_number(match["month"] or ""), whole_number(match["day"] or "")
    if year is None and month is None and day is None:
        return None
    if month is None and day is None:
        return DaySpan(date(year or near.year, 1, 1), date(year or near.year, 12, 31), f"{year}年")
    year, month = year or near.year, near.month if month is None else month
    try:
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return DaySpan(date(year, month, 1), date(year, month, last), f"{year}年{month}月")
        only = date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return DaySpan(only, only, f"{year}年{month}月{day}日")


def _year(words: str | None, which: str | None, today: date) -> int | None:
    if which:
        return today.year + _DAYS_YEARS[which]
    year = whole_number(words or "")
    return year + 2000 if year is not None and year < 100 else year  # noqa: PLR2004 - 23年 is 2023年


def _relative(words: str, today: date) -> DaySpan:
    if words in _DAYS:
        day = today + timedelta(days=_DAYS[words])
        return DaySpan(day, day, f"{day.year}年{day.month}月{day.day}日")
    month = today.month - 1 + _DAYS_MONTHS[words]
    first = date(today.year + month // 12, month % 12 + 1, 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return DaySpan(first, last, f"{first.year}年{first.month}月")
