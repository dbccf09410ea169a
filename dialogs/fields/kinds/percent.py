"""A share in hundredths: 75%, 百分之七十五, 七成五, 四分之三, 0.75."""

import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pydantic import JsonValue

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Extent
from dialogs.fields.kinds.count import Count
from dialogs.fields.official_numbers import ReadUnit
from dialogs.fields.read_value import ReadValue
from knowledge.expressions.plain_values import Plain
from knowledge.form import Field
from knowledge.text.normalise import fold
from knowledge.text.numerals import number

_NUMERAL = r"[\d.零〇一二两三四五六七八九十百千万点]{1,12}"
_FRACTION = re.compile(
    rf"(?P<whole>{_NUMERAL})\s?分之\s?(?P<part>{_NUMERAL})|(?<![\d/])(?P<over>\d{{1,4}})/(?P<under>\d{{1,4}})(?![\d/])"
)
_TENTHS = re.compile(
    r"(?P<tens>[\d.零一二两三四五六七八九十]{1,4})\s?成(?![员果立长为功效本])(?:(?P<ones>[\d一二三四五六七八九])|(?P<half>半))?"
)
_TENTHS_SPAN = re.compile(
    r"(?<![十百千万亿零一二三四五六七八九])(?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])成"
)
_SPAN = re.compile(r"%\s?[-~至到]{1,2}\s?(?=\d)")
_WORDS = re.compile(r"一半|半数|百分百|百分之百")
_HALF, _ALL = "一半半数", "百分百百分之百"
_UNIT = re.compile(r"\s*(?:%|个?百分点|percent)", re.IGNORECASE)
_SHARE = re.compile(r"\D*(?P<share>0?\.\d+)\D*")
_FINE = Decimal("0.0001")
_FULL = 100
_DECIMALS = 2


class Percent(Count):
    """A share; `value` is how many hundredths, 75 for 75%, or `{"min", "max"}`."""

    name = "percent"
    whole = False
    unread = "unread_percent"
    sample = "75%"

    def plain(self, value: JsonValue) -> Plain:
        """Give a share of one: 75% is 0.75 in an expression."""
        found = super().plain(value)
        return found / _FULL if isinstance(found, Decimal) else found

    def written(self, field: Field, value: Plain) -> str:
        """Write a share of one in hundredths, as fine as the cell wants it (two decimals, where it says nothing)."""
        if not isinstance(value, Decimal):
            return super().written(field, value)
        decimals = _DECIMALS if field.print.decimals is None else field.print.decimals
        return super().written(field, (value * _FULL).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))

    def units(self, field: Field) -> tuple[str, ...]:
        """Give the sign for hundredths."""
        del field
        return ("%",)

    def unit(self, field: Field) -> str:
        """Give the sign for hundredths."""
        del field
        return "%"

    def sample_of(self, field: Field) -> str:
        """Give a share."""
        del field
        return self.sample

    def read_unit(self, field: Field) -> ReadUnit:
        """Give what reads the sign."""
        del field
        return _read_sign

    def spelled(self, field: Field, words: str) -> str:
        """Write shares in words in hundredths: 七成五 → 75%, 四分之三 → 75%."""
        words = _WORDS.sub(lambda match: "50%" if match[0] in _HALF else "100%", words)
        words = _TENTHS.sub(_tenths, _TENTHS_SPAN.sub(r"\g<low>成至\g<high>成", _FRACTION.sub(_fraction, words)))
        return super().spelled(field, _SPAN.sub("至", words))

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a share; 0.75 without a sign is taken as 75%, and asked about, as is what is more than the whole.

        Raises:
            Misread: no number, several, a negative one.
        """
        share = _SHARE.fullmatch(fold(text))
        if share is not None and not _UNIT.search(text):
            hundredths = Decimal(share["share"]) * _FULL
            reading = super().read(field, f"{hundredths.normalize():f}%", today)
            doubt = say("percent_or_share", found=share["share"], shown=reading.display)
            return replace(reading, doubts=(doubt,))
        reading = super().read(field, text, today)
        extent = self.extent(reading.value) or Extent(Decimal(0), Decimal(0))
        if extent.high > _FULL and field.most is None:
            return replace(reading, doubts=(say("more_than_whole", found=reading.display),))
        return reading


def _read_sign(words: str, at: int) -> tuple[str | None, int]:
    match = _UNIT.match(words, at)
    return ("%", match.end()) if match else (None, at)


def _fraction(match: re.Match[str]) -> str:
    below, above = (number(part) for part in ((match["whole"] or match["under"]), (match["part"] or match["over"])))
    return match[0] if not below or above is None else _hundredths(above / below * _FULL)


def _tenths(match: re.Match[str]) -> str:
    tens, ones = number(match["tens"]), number(match["ones"] or "零")
    if tens is None or ones is None:
        return match[0]
    return _hundredths(tens * 10 + (5 if match["half"] else ones))


def _hundredths(value: Decimal) -> str:
    return f"{value.quantize(_FINE).normalize():f}%"
