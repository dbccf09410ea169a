"""What an expression reckons with: numbers (Decimal, never float), texts, days, months, yes and no, lists of these.

Two more stand for what is not there: `UNKNOWN` for what is not answered yet, `EMPTY` for what was left empty.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

_MONTHS = 12


class Missing(Enum):
    """Why a field gives no value: it is not settled yet, or it is settled and holds nothing."""

    UNKNOWN = "unknown"
    EMPTY = "empty"


UNKNOWN, EMPTY = Missing.UNKNOWN, Missing.EMPTY


@dataclass(frozen=True, order=True, slots=True)
class YearMonth:
    """A month of a year; months compare like days do."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse a month there is not.

        Raises:
            ValueError: there is no such month.
        """
        date(self.year, self.month, 1)

    def __str__(self) -> str:
        """Write it as ISO 8601 does: 2025-08."""
        return f"{self.year:04}-{self.month:02}"

    @property
    def count(self) -> int:
        """Count the months since year 0, so that a difference is a span in months."""
        return self.year * _MONTHS + self.month - 1

    @classmethod
    def counted(cls, count: int) -> "YearMonth":
        """Give the month of a `count`.

        Raises:
            ValueError: it lies outside the years 1 to 9999.
        """
        if not _MONTHS <= count < 10_000 * _MONTHS:
            raise ValueError(count)
        return cls(count // _MONTHS, count % _MONTHS + 1)


Plain: TypeAlias = Any
"""`Decimal`, `str`, `date`, `YearMonth`, `bool`, `Missing`, or a tuple of these."""


def month_of(value: Plain) -> YearMonth:
    """Give the month of a day or a month.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(value, YearMonth):
        return value
    if isinstance(value, date):
        return YearMonth(value.year, value.month)
    raise TypeError(value)


def first_day(value: Plain) -> date:
    """Give a day as it is, and of a month its first.

    Raises:
        TypeError: it is neither.
    """
    month = month_of(value)
    return value if isinstance(value, date) else date(month.year, month.month, 1)


def plain_text(value: Plain) -> str:
    """Write a value as plain text, numbers without needless zeros."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, tuple):
        return "、".join(plain_text(each) for each in value)
    return "" if isinstance(value, Missing) else str(value)
