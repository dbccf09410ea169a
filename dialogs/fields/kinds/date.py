"""One day: 2024年2月5日, 2024.2.5, 24年2月7日, 20240131, 二月五日, 今天, 上周五."""

import re
from datetime import date

from dialogs.fields.kind import Kind
from dialogs.fields.official_dates import point_like, shown_day
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.time_points import year_of
from knowledge.expressions.value_types import DAY
from knowledge.form import Field
from knowledge.text.dates import date_figures, day_figures
from knowledge.text.normalise import fold

_SEP = r"\s*[./、,。\-]\s*"
_FULL = re.compile(
    r"(?<!\d)(?P<y>\d{4}|\d{2}(?=\s*年))\s*年\s*(?P<m>\d{1,2})\s*(?:月|[./-])\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?"
    rf"|(?<!\d)(?P<y2>\d{{4}}|\d{{2}}){_SEP}(?P<m2>\d{{1,2}}){_SEP}(?P<d2>\d{{1,2}})(?!\d)\s*[日号]?"
    r"|(?<![\dA-Za-z])(?P<y3>\d{4})(?P<m3>\d{2})(?P<d3>\d{2})(?![\dA-Za-z])"
    r"|(?<!\d)(?P<y4>\d{4})\s+(?P<m4>\d{1,2})\s+(?P<d4>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<m5>\d{1,2})[./-](?P<d5>\d{1,2})[./-](?P<y5>\d{4})(?!\d)"
    r"|(?<!\d)(?P<y6>2\d)(?P<m6>[01]\d)(?P<d6>[0-3]\d)(?!\d)"
    r"|(?<![\d年])\s*(?P<m7>\d{1,2})\s*月\s*(?P<d7>\d{1,2})(?!\d)\s*[日号]?"
    r"|^\D{0,6}(?<!\d)(?P<m8>\d{1,2})[./-](?P<d8>\d{1,2})(?![\d./年月-])"
)
_DAY_ONLY = re.compile(r"^\D{0,4}(?<!\d)(?P<d>\d{1,2})\s*[日号](?!楼)")
_PARTIAL = re.compile(r"\d{4}\s*[年./-]|\d{1,2}\s*月|(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])?(?!\d)")
_MONTH_OF_YEAR = re.compile(r"(?<!\d)(?:\d{4}|\d{2})\s*年\s*\d{1,2}\s*月(?!\s*\d)")
_BLANK_FORM = re.compile(r"[\s_]*年[\s_]*月[\s_]*日?[\s_]*")
_EARLIEST, _LATEST = 1900, 2100


class Date(Kind):
    """One day; `value` is `YYYY-MM-DD`."""

    name = "date"
    value_type = DAY
    figured = True
    dated = True
    numbered = True
    unread = "unread_date"
    sample = "2025年3月5日"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a day; a missing year is that of `today`.

        Raises:
            Misread: no day, an impossible one, two of them, a blank template.
        """
        words = date_figures(fold(text), today)
        if _BLANK_FORM.fullmatch(words):
            raise Misread("blank_date")
        if not _FULL.search(words):
            if _MONTH_OF_YEAR.search(words):
                raise Misread("no_day", found=words[:20])  # 2022年5月开始，现在还在做: the moment is not the day meant
            words = day_figures(fold(text), today, moments=True)
        found = [match for match in _FULL.finditer(words) if match[0].strip()]
        others = _FULL.sub("", words[found[0].start() :]) if found else ""
        if re.search(r"(?<!\d)\d{1,2}\s*[日号]", others) or len({_parts(match, today) for match in found}) > 1:
            raise Misread("two_dates")
        day = _day(*_parts(found[0], today)) if found else _in_words(words, today)
        printed = point_like(field.print.format, day.isoformat()) if field.print.format else None
        return ReadValue(day.isoformat(), shown_day(day), printed=printed)


def _parts(match: re.Match[str], today: date) -> tuple[int, int, int]:
    got = {name[0]: value for name, value in match.groupdict().items() if value}
    year = year_of(got["y"], today) if "y" in got else today.year
    month, day = int(got["m"]), int(got["d"])
    if match["y5"] and month > 12 >= day:  # noqa: PLR2004 - day/month/year
        month, day = day, month
    return year, month, day


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Misread("impossible_date", found=f"{year}年{month}月{day}日") from None
    if not _EARLIEST <= year <= _LATEST:
        raise Misread("odd_year", year=year)
    return found


def _in_words(words: str, today: date) -> date:
    if match := _DAY_ONLY.match(words):
        return _day(today.year, today.month, int(match["d"]))
    if _PARTIAL.search(words):
        raise Misread("no_day", found=words[:20])
    raise Misread
