"""A number that may have decimals: an area, hours, a score, a growth."""

import re
from decimal import Decimal
from functools import cache

from dialogs.fields.kinds.count import Count
from dialogs.fields.unit_names import any_of
from knowledge.form import Field
from knowledge.text.normalise import fold
from knowledge.text.numerals import number

_NUMERAL = r"[\d.零一二两三四五六七八九十百千万亿多余几]{1,16}"
_HALF = Decimal("0.5")


class DecimalNumber(Count):
    """A number, whole or not; `value` is it, or `{"min", "max"}`.

    The first of `units` is printed; the others are ways to write it (平方米: 平, ㎡).
    """

    name = "decimal"
    whole = False

    def spelled(self, field: Field, words: str) -> str:
        """Write the unit in its first spelling, a half as .5: 十二个半小时 → 12.5 小时, 260㎡ → 260 平方米."""
        if field.units:
            words = _measured(field.units).sub(lambda match: f"{_figure(match)} {field.units[0]}", words)
        return super().spelled(field, words)


@cache
def _measured(units: tuple[str, ...]) -> re.Pattern[str]:
    unit = rf"\s*个?(?:{any_of(fold(unit) for unit in units)})"
    return re.compile(
        rf"(?:(?P<number>{_NUMERAL})\s*(?P<half>个?半)?|(?P<only>半)){unit}(?P<behind>半)?(?![A-Za-z])", re.IGNORECASE
    )


def _figure(match: re.Match[str]) -> str:
    value = number(match["number"]) if match["number"] else Decimal(0)
    if value is None or not (match["half"] or match["only"] or match["behind"]):
        return match["number"]
    return f"{value + _HALF:f}"
