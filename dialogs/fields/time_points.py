"""Points in time as people write them in figures: 2021年9月, 2021.9.5, 202109, 85年3月; a year, a month or a day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from dialogs.fields.official_dates import shown_point
from dialogs.fields.read_value import Misread
from knowledge.text.dates import full_year

_MEASURED = r"\s{0,3}[万亿千百十人次元块名位户家场个条件%‰]"  # 58.6万, 12.5% are amounts
_POINT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)?(?!\d)"
    r"|(?<!\d)(?P<y2>\d{4}|\d{2}(?=\s*年))\s*年\s*(?P<m2>\d{1,2})(?!\d)\s*(?:月份?|[./-](?=\s*\d{1,2}[日号]))?\s*(?:(?P<d2>\d{1,2})(?!\d)(?=\s*[日号起至到\-~]|$)[日号]?)?"
    r"|(?<!\d)(?P<y3>\d{4})\s*(?P<s>[./、。-])\s*(?P<m3>\d{1,2})(?!\d)(?:\s*(?P=s)\s*(?P<d3>\d{1,2})(?![\d年]))?\s*[月日号]?"
    rf"|(?<!\d)(?P<y4>\d{{2}})[./](?P<m4>\d{{1,2}})(?![\d.])(?!{_MEASURED})(?:[./](?P<d4>\d{{1,2}})(?!\d))?"
    r"|(?<!\d)(?P<y5>\d{4})\s+(?P<m5>0?[1-9]|1[0-2])(?!\d)"
    r"|(?<!\d)(?P<y6>(?:19|20)\d{2}|\d{2}(?=\s*年(?![前来间多后])))\s*年?(?!\d)"
    r"|(?<![\d年])(?P<m7>\d{1,2})\s*月(?:\s*(?P<d7>\d{1,2})\s*[日号])?"
)
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
_EARLIEST, _LATEST = 1900, 2100
_CENTURY, _AHEAD = 100, 20


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A year, with its month and day where they were said."""

    year: int | None
    month: int | None
    day: int | None

    def first(self) -> date:
        """Give the first day it can be."""
        return date(self.year or 1, self.month or 1, self.day or 1)

    def last(self) -> date:
        """Give the last day it can be."""
        month = self.month or 12
        return date(self.year or 1, month, self.day or monthrange(self.year or 1, month)[1])

    def shown(self) -> str:
        """Write it as documents do, no more exact than it was said: 2021年, 2021年9月."""
        return shown_point("-".join(str(part) for part in (self.year, self.month, self.day) if part is not None))

    def iso(self, *, end: bool = False) -> str:
        """Write it as it is held, `YYYY-MM[-DD]`; a year alone begins in January and ends in December."""
        month = self.month or (12 if end else 1)
        return f"{self.year}-{month:02d}" + (f"-{self.day:02d}" if self.day else "")


def year_of(digits: str, today: date) -> int:
    """Read a year; of two figures it is never far ahead: 65 is 1965 in 2025, and 30 is 2030."""
    year = full_year(digits)
    return year - _CENTURY if len(digits) == 2 and year > today.year + _AHEAD else year  # noqa: PLR2004


def seasons_as_months(words: str) -> str:
    """Write the parts of a year as its months: 2021年下半年 → 2021年7月."""
    return _SEASON.sub(lambda m: f"{m['year']}年{_SEASONS[m['word'].lstrip('年第')[0]]}月", words)


def time_points(words: str, today: date, year: int | None = None) -> tuple[list[TimePoint], int]:
    """Find the points in time of a text in figures, in order; also tells where the last one ends.

    A missing year is that of the one before; of the first it is `year`.

    Raises:
        Misread: the first has no year, a day is not in the calendar, a year is out of the ordinary.
    """
    points: list[TimePoint] = []
    tail = 0
    for match in _POINT.finditer(words):
        got = {name[0]: value for name, value in match.groupdict().items() if value}
        year = year_of(got["y"], today) if "y" in got else year
        if year is None:
            raise Misread("no_year", found=match[0].strip())
        point = TimePoint(year, int(got["m"]) if "m" in got else None, int(got["d"]) if "d" in got else None)
        _check(point)
        points.append(point)
        tail = match.end()
    return points, tail


def _check(point: TimePoint) -> None:
    year = point.year or 0
    month, day = (1 if part is None else part for part in (point.month, point.day))
    if not _EARLIEST <= year <= _LATEST:
        raise Misread("odd_year", year=year)
    try:
        date(year, month, day)
    except ValueError:
        found = f"{year}年{month}月" + (f"{day}日" if point.day is not None else "")
        raise Misread("impossible_date", found=found) from None
