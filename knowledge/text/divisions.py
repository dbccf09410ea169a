"""Names of provinces, cities, counties and districts, as they begin the names of units.

The names are those of GB/T 2260 with their changes since 1980, as the package `stdnum` carries them for identity cards.
"""

import re
from functools import cache

from stdnum import numdb

_DATED = re.compile(r"(?:\[[-\d]*\])?([^,\[\]]+)")  # [1983-2004]马塘区,[2005-2020]弋江区
_GENERAL = re.compile(r"市辖区|县|.*(?:辖县|辖行政单位|直辖.*)")
_SHORTEST = 2  # characters
_TELLING = 3  # characters of a name that is known by itself: 岳西县; 新县 stands in 创新县域 too
_PLACE = re.compile(r"(?:自治)?[省市县区州盟旗]\Z")


@cache
def place_names() -> frozenset[str]:
    """Give all names of divisions from provinces to counties: 安徽省, 安庆市, 岳西县."""
    found: set[str] = set()
    for *_, province, counties in numdb.get("cn/loc").prefixes:
        for named in (province, *(county for *_, county, _ in counties)):
            found.update(name for value in named.values() for name in _DATED.findall(value))
    return frozenset(name for name in found if len(name) >= _SHORTEST and not _GENERAL.fullmatch(name))


@cache
def _longest() -> int:
    return max(map(len, place_names()))


def place_at(text: str, at: int) -> int:
    """Give where names of places that begin at `at` end, one within the other (安庆市岳西县); `at` where none does."""
    while (end := _one_at(text, at)) > at:
        at = end
    return at


def _one_at(text: str, at: int) -> int:
    names = place_names()
    ends = range(min(len(text), at + _longest()), at + _SHORTEST - 1, -1)
    return next((end for end in ends if text[at:end] in names), at)


def first_place(text: str) -> tuple[int, int] | None:
    """Give the span of the first names of places in a text that say what they are: 安庆市岳西县, not 南京路."""
    for at in range(len(text) - _SHORTEST + 1):
        end = place_at(text, at)
        if end - at >= _TELLING and _PLACE.search(text[at:end]):
            return at, end
    return None
