"""From when until when: 2021年9月至今, 2018/06~2022.12, 自2022年6月起, 19年9月开始的，一直做到现在."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.official_dates import period_like, shown_day, shown_point
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field
from knowledge.text.dates import date_figures, full_year
from knowledge.text.normalise import fold

_POINT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)?(?!\d)"
    r"|(?<!\d)(?P<y2>\d{4}|\d{2}(?=\s*年))\s*年\s*(?P<m2>\d{1,2})(?!\d)\s*(?:月份?|[./-](?=\s*\d{1,2}[日号]))?\s*(?:(?P<d2>\d{1,2})(?!\d)(?=\s*[日号起至到\-~]|$)[日号]?)?"
    r"|(?<!\d)(?P<y3>\d{4})\s*(?P<s>[./、。-])\s*(?P<m3>\d{1,2})(?!\d)(?:\s*(?P=s)\s*(?P<d3>\d{1,2})(?![\d年]))?\s*[月日号]?"
    r"|(?<!\d)(?P<y4>\d{2})[./](?P<m4>\d{1,2})(?![\d.])(?:[./](?P<d4>\d{1,2})(?!\d))?"
    r"|(?<!\d)(?P<y5>\d{4})\s+(?P<m5>0?[1-9]|1[0-2])(?!\d)"
    r"|(?<!\d)(?P<y6>(?:19|20)\d{2}|\d{2}(?=\s*年(?![前来间多后])))\s*年?(?!\d)"
    r"|(?<![\d年])(?P<m7>\d{1,2})\s*月(?:\s*(?P<d7>\d{1,2})\s*[日号])?"
)
_SAME_YEAR = re.compile(r"(年\s*\d{1,2})\s*([-~至到]+)\s*(\d{1,2}\s*月)")
_SEASON = re.compile(
    r"(?P<year>\d{4}|\d{2})\s*年?(?P<word>上半年|下半年|[年]?[初中底末]|[春夏秋冬][季天]?|(?:第?[一二三四1-4]季度))"
)
_SEASONS = {
    "上": 1,
    "下": 7,
    "初": 1,
    "中": 6,
    "底": 12,
    "末": 12,
    "春": 3,
    "夏": 6,
    "秋": 9,
    "冬": 12,
    "一": 1,
    "二": 4,
    "三": 7,
    "四": 10,
    "1": 1,
    "2": 4,
    "3": 7,
    "4": 10,
}
_STILL = re.compile(
    r"至今|到今|迄今|[至到](?:现在|目前|当前|如今)|目前|如今|仍在|还在|正在|进行中|没(?:有)?结束|未结束|now|present|ongoing|今[日天]|[-~至到]\s*今\W*$",
    re.IGNORECASE,
)
_OVER = re.compile(r"已(?:经)?(?:结束|完成|停|收官|结项|终止)")
_ONWARD = re.compile(r"起|开始|启动|以来|上线|持续|一直|长期|常态|现在|不间断|未完")
_NEXT_YEAR = re.compile(r"(?P<year>\d{4})(?P<between>\s*年.{1,12}?)(?:次年|翌年|第二年)")
_BLANK_FORM = re.compile(r"[\s_\-~至到自从起年月日]*")
_EARLIEST, _LATEST = 1949, 2100


@dataclass(frozen=True, slots=True)
class _Point:
    year: int | None
    month: int | None
    day: int | None

    def first(self) -> date:
        return date(self.year or 1, self.month or 1, self.day or 1)

    def last(self) -> date:
        month = self.month or 12
        return date(self.year or 1, month, self.day or monthrange(self.year or 1, month)[1])

    def shown(self) -> str:
        """Write it as documents do, no more exact than it was said: 2021年, 2021年9月."""
        return shown_point("-".join(str(part) for part in (self.year, self.month, self.day) if part is not None))

    def iso(self, *, end: bool = False) -> str:
        month = self.month or (12 if end else 1)
        return f"{self.year}-{month:02d}" + (f"-{self.day:02d}" if self.day else "")


class Period(Kind):
    """From when until when; `value` is `{"start": "YYYY-MM[-DD]", "end": the same, or null for 至今}`."""

    name = "period"
    figured = True
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
        words = _seasons(_SAME_YEAR.sub(r"\1月\2\3", words))
        if _BLANK_FORM.fullmatch(words):
            raise Misread("blank_period")
        points, tail = _points(words)
        if not points:
            raise Misread("no_start" if _STILL.search(words) or _ONWARD.search(words) else "invalid")
        if _STILL.search(words) and not _OVER.search(words):
            return _open(field, points[0], today)
        if len(points) == 1:
            return (
                _open(field, points[0], today) if _ONWARD.search(words, tail) else _lone(field, points[0], words, today)
            )
        return _closed(field, points[0], points[-1])


def _open(field: Field, start: _Point, today: date) -> ReadValue:
    if start.first() > today:
        raise Misread("future_start", start=start.shown(), today=shown_day(today))
    return _read(field, start, None)


def _lone(field: Field, start: _Point, words: str, today: date) -> ReadValue:
    if re.search(r"^\W*(?:至|到|截至|截止)|(?:止|结束|为止)\W*$", words):
        raise Misread("no_start")
    return replace(_open(field, start, today), doubts=(say("no_end", start=start.shown()),))


def _closed(field: Field, start: _Point, end: _Point) -> ReadValue:
    if end.last() < start.first():
        raise Misread("end_before_start", start=start.shown(), end=end.shown())
    return _read(field, start, end)


def _read(field: Field, start: _Point, end: _Point | None) -> ReadValue:
    ends = start.iso(), end.iso(end=True) if end else None
    shown = f"{start.shown()}至{end.shown() if end else '今'}"
    printed = period_like(field.print.format, *ends) if field.print.format else None
    return ReadValue({"start": ends[0], "end": ends[1]}, shown, printed=printed)


def _seasons(words: str) -> str:
    return _SEASON.sub(lambda m: f"{m['year']}年{_SEASONS[m['word'].lstrip('年第')[0]]}月", words)


def _points(words: str) -> tuple[list[_Point], int]:
    points: list[_Point] = []
    tail = 0
    for match in _POINT.finditer(words):
        got = {name[0]: value for name, value in match.groupdict().items() if value}
        year = full_year(got["y"]) if "y" in got else (points[-1].year if points else None)
        if year is None:
            raise Misread("no_year", found=match[0].strip())
        point = _Point(year, int(got["m"]) if "m" in got else None, int(got["d"]) if "d" in got else None)
        _check(point)
        points.append(point)
        tail = match.end()
    return points, tail


def _check(point: _Point) -> None:
    year = point.year or 0
    month, day = (1 if part is None else part for part in (point.month, point.day))
    if not _EARLIEST <= year <= _LATEST:
        raise Misread("odd_year", year=year)
    try:
        date(year, month, day)
    except ValueError:
        found = f"{year}年{month}月" + (f"{day}日" if point.day is not None else "")
        raise Misread("impossible_date", found=found) from None
