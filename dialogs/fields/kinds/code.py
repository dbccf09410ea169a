"""A number of a fixed make: a postcode, the number of a certificate, a member's number."""

import re
from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from dialogs.fields.dictated_digits import figure_runs
from dialogs.fields.kind import Extent, Kind
from dialogs.fields.plain_words import asks, refuse_markup
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field


class Code(Kind):
    """A row of figures and capitals; `value` is the row, without the blanks in it.

    `least` and `most` bound how many characters it has; where they are the same it has just so many.
    """

    name = "code"
    figured = True
    numbered = True
    bounded = "characters"
    unread = "unread_code"
    personal_from = 6

    def extent(self, value: JsonValue) -> Extent | None:
        """Say how many characters it has."""
        return Extent(Decimal(len(value)), Decimal(len(value))) if isinstance(value, str) else None

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read the one row of figures, or of figures and letters, in a text.

        Raises:
            Misread: no row with a figure in it, several, markup, a question.
        """
        del field, today
        refuse_markup(text)
        if asks(text):
            raise Misread("question")
        rows = [row for row in figure_runs(text, "A-Za-z") if re.search(r"\d", row)]
        if len(rows) > 1:
            raise Misread("several_numbers_like_it", count=len(rows))
        if not rows:
            raise Misread
        return ReadValue(rows[0], rows[0])
