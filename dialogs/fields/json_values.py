"""Stored values as expressions reckon with them: JSON in, plain values out; money and numbers become exact decimals."""

import re
from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from knowledge.expressions.plain_values import EMPTY, Plain, YearMonth
from knowledge.expressions.value_types import ValueType

_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,10})?")
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def plain_value(value: JsonValue, of: ValueType) -> Plain:
    """Give what a field holds as a plain value of the type its kind says; what is none of it holds nothing."""
    if value in (None, "", []):
        return EMPTY
    if isinstance(value, list):
        return tuple(plain_value(each, of) for each in value)
    if isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return plain_value(value["max"], of) if "max" in value else EMPTY
    if of.scalar == "number":
        return Decimal(str(value)) if _NUMBER.fullmatch(str(value)) else EMPTY
    return _point(str(value)) if of.scalar == "day" else str(value)


def _point(text: str) -> Plain:
    """Read a day or a month written as ISO 8601 does."""
    found = _DAY.fullmatch(text)
    if found is None:
        return EMPTY
    year, month, day = found.groups()
    return date(int(year), int(month), int(day)) if day else YearMonth(int(year), int(month))
