"""One year: 2016年, 二〇一六年, 16年, 去年; what is said around it (认定的) is let go."""

import re
from datetime import date
from typing import ClassVar

from pydantic import JsonValue

from dialogs.fields.kind import Kind
from dialogs.fields.own_label import LabelStyle
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.time_points import year_of
from knowledge.expressions.plain_values import Plain, plain_text
from knowledge.expressions.value_types import NUMBER
from knowledge.form import Field
from knowledge.text.dates import date_figures
from knowledge.text.normalise import fold

_YEAR = re.compile(r"(?<!\d)(?P<long>(?:19|20)\d{2})(?!\d)|(?<!\d)(?P<short>\d{2})\s?年(?!\s?[前来多])")
_ALONE = re.compile(r"\d{2}")


class Year(Kind):
    """One calendar year; `value` is an integer."""

    name = "year"
    value_type = NUMBER
    figured = True
    dated = True
    numbered = True
    unread = "unread_year"
    sample = "2016年"
    label_style: ClassVar[LabelStyle] = "named"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a year; of two figures it is never far ahead.

        Raises:
            Misread: no year, or several.
        """
        words = date_figures(fold(text), today)
        found = [match["long"] or match["short"] for match in _YEAR.finditer(words)]
        found = found or _ALONE.findall(words.strip()) * bool(_ALONE.fullmatch(words.strip()))
        years = list(dict.fromkeys(year_of(each, today) for each in found))
        if len(years) > 1:
            raise Misread("several_numbers")
        if not years:
            raise Misread
        return ReadValue(years[0], f"{years[0]}年", printed=str(years[0]) if field.print.bare else None)

    def written(self, field: Field, value: Plain) -> str:
        """Write a year an expression came to."""
        del field
        return f"{plain_text(value)}年"

    def specimen(self, field: Field) -> JsonValue:
        """Give no box to tick."""
        del field
        return None
