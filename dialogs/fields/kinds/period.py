"""From when until when: 2021年9月至今, 2018/06~2022.12, 自2022年6月起, 19年9月开始的，一直做到现在."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.official_dates import period_like, shown_day
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.time_points import TimePoint, seasons_as_months, time_points
from knowledge.expressions.value_types import DAY
from knowledge.form import Field
from knowledge.text.dates import date_figures
from knowledge.text.normalise import fold

_SAME_YEAR = re.compile(r"(年\s*\d{1,2})\s*([-~至到]+)\s*(\d{1,2}\s*月)")
_STILL = re.compile(
    r"至今|到今|迄今|[至到](?:现在|目前|当前|如今)|目前|如今|仍在|还在|正在|进行中|没(?:有)?结束|未结束|now|present|ongoing|今[日天]|[-~至到]\s*今\W*$",
    re.IGNORECASE,
)
_OVER = re.compile(r"已(?:经)?(?:结束|完成|停|收官|结项|终止)")
_ONWARD = re.compile(r"起|开始|启动|以来|上线|持续|一直|长期|常态|现在|不间断|未完")
_NEXT_YEAR = re.compile(r"(?P<year>\d{4})(?P<between>\s*年.{1,12}?)(?:次年|翌年|第二年)")
_LASTING = re.compile(
    r"(?<!\d)(?:(?P<months>\d{1,3})\s?个月|(?<![\d年月])(?P<years>[1-9])\s?年(?!\s?\d)|(?=半年))(?P<half>半)?(?!前|来|多|后|间)"
)
_YEAR = re.compile(r"\d{4}|\d{2}\s?年")
_LATEST = 2100
_BLANK_FORM = re.compile(r"[\s_\-~至到自从起年月日]*")


class Period(Kind):
    """From when until when; `value` is `{"start": "YYYY-MM[-DD]", "end": the same, or null for 至今}`."""

    name = "period"
    value_type = None
    part_types: ClassVar = {"start": DAY, "end": DAY}
    figured = True
    dated = True
    shaped = True
    numbered = True

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a period; `value` is `{"start": "YYYY-MM[-DD]", "end": the same, or null for 至今}`.

        Raises:
            Misread: no start, an impossible day, an end before the start, a blank template.
        """
        words = _NEXT_YEAR.sub(
            lambda m: f"{m['year']}{m['between']}{int(m['year']) + 1}年", date_figures(fold(text), today)
        )
        words = seasons_as_months(_SAME_YEAR.sub(r"\1月\2\3", words))
        if _BLANK_FORM.fullmatch(words):
            raise Misread("blank_period")
        lasting = _LASTING.search(words)
        points, tail = time_points(words, today, today.year if lasting else None)
        if not points:
            raise Misread("no_start" if _STILL.search(words) or _ONWARD.search(words) else "invalid")
        if _STILL.search(words) and not _OVER.search(words):
            return _open(field, points[0], today)
        if len(points) == 1 and lasting:
            return _lasting(field, points[0], lasting, yearless=not _YEAR.search(words))
        if len(points) == 1:
            return (
                _open(field, points[0], today) if _ONWARD.search(words, tail) else _lone(field, points[0], words, today)
            )
        return _closed(field, points[0], points[-1])


def _open(field: Field, start: TimePoint, today: date) -> ReadValue:
    if start.first() > today:
        raise Misread("future_start", start=start.shown(), today=shown_day(today))
    return _read(field, start, None)


def _lasting(field: Field, start: TimePoint, lasting: re.Match[str], *, yearless: bool) -> ReadValue:
    """Reckon the end out of how long it takes; the month, or day, it starts in counts."""
    months = int(lasting["months"] or 0) + 12 * int(lasting["years"] or 0) + (6 if lasting["half"] else 0)
    first = start.first()
    year, month = divmod(first.year * 12 + first.month - 1 + months - (0 if start.day else 1), 12)
    if not months or year > _LATEST:
        raise Misread
    if start.day:
        day = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])) - timedelta(days=1)
        end = TimePoint(day.year, day.month, day.day)
    else:
        end = TimePoint(year, month + 1, None)
    doubt = say("month_of_year", shown=start.shown())
    return replace(_closed(field, start, end), doubts=(doubt,) if yearless else ())


def _lone(field: Field, start: TimePoint, words: str, today: date) -> ReadValue:
    if re.search(r"^\W*(?:至|到|截至|截止)|(?:止|结束|为止)\W*$", words):
        raise Misread("no_start")
    return replace(_open(field, start, today), doubts=(say("no_end", start=start.shown()),))


def _closed(field: Field, start: TimePoint, end: TimePoint) -> ReadValue:
    if end.last() < start.first():
        raise Misread("end_before_start", start=start.shown(), end=end.shown())
    return _read(field, start, end)


def _read(field: Field, start: TimePoint, end: TimePoint | None) -> ReadValue:
    ends = start.iso(), end.iso(end=True) if end else None
    shown = f"{start.shown()}至{end.shown() if end else '今'}"
    printed = period_like(field.print.format, *ends) if field.print.format else None
    return ReadValue({"start": ends[0], "end": ends[1]}, shown, printed=printed)
