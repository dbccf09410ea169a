"""Days, months and periods as official forms write them, or as a form's own example does: 2024年2月5日, 1985.03.

A point in time is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as it is held.
"""

import re
from datetime import date

_PART = re.compile(r"\d+|[〇零一二三四五六七八九十]+")
_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_POINT = re.compile(
    r"\d{4}(?:[年./-]\d{1,2}(?!\d)(?:[月./-]\d{1,2}(?!\d))?)?[年月日号]?"
    r"|[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+日)?"
)
_OPEN = "今"
_TEN = 10


def shown_day(day: date) -> str:
    """Write a day as documents do: 2024年2月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def shown_point(point: str) -> str:
    """Write `2021` as 2021年, `2021-09` as 2021年9月, `2021-09-05` as 2021年9月5日."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(point.split("-"), "年月日", strict=False))


def point_like(example: str, point: str) -> str:
    """Write a point in time like an example: 1985.03, 2025/3/5, 二〇二五年四月.

    A part the example has and the point has not is left out with all that follows it; without an example it is
    written as documents do.
    """
    if not example:
        return shown_point(point)
    written, position = "", 0
    for match, part in zip(_PART.finditer(example), point.split("-"), strict=False):
        written += example[position : match.start()] + _part_like(match[0], int(part))
        position = match.end()
    rest = example[position:]
    return written + (rest if len(_PART.findall(example)) <= len(point.split("-")) else rest[:1].strip("./- "))


def _part_like(example: str, value: int) -> str:
    if example.isdecimal():
        return f"{value:02d}" if example.startswith("0") else str(value)
    if value > _TEN**3:
        return str(value).translate(_HAN_DIGITS)
    tens, ones = divmod(value, _TEN)
    head = "" if tens == 0 else "十" if tens == 1 else f"{str(tens).translate(_HAN_DIGITS)}十"
    return head + (str(ones).translate(_HAN_DIGITS) if ones else "")


def period_like(example: str, start: str, end: str | None) -> str:
    """Write a period like an example (2022.03—2023.06; 2022.03 gives the look of both ends only).

    `end` is None for a period that goes on: 至今.
    """
    points = list(_POINT.finditer(example))
    look = points[0][0] if points else ""
    between = "至"
    if points:
        until = points[1].start() if len(points) > 1 else len(example)
        between = example[points[0].end() : until].removesuffix(_OPEN) or between
    if end is not None:
        return point_like(look, start) + between + point_like(look, end)
    return point_like(look, start) + (between if between.strip()[-1:] in ("至", "到") else f"{between}至") + _OPEN
