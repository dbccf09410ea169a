"""Free lines, one item each (honours); 无 means there are none."""

from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from dialogs.fields.chatter import without_chatter
from dialogs.fields.kind import Extent, Kind
from dialogs.fields.lead_in import without_lead_in
from dialogs.fields.no_answer import is_none
from dialogs.fields.plain_words import asks, has_words, refuse_markup
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field


class Lines(Kind):
    """Lines of words; `value` is the text, `None` for 无."""

    name = "list"
    takes_words = True
    roomy = True
    itemised = True
    flowing = True
    paragraphs = True
    takes_files = True
    label_style = "strict"
    bounded = "items"

    def extent(self, value: JsonValue) -> Extent | None:
        """Say how many items there are."""
        count = Decimal(len(str(value).splitlines())) if value else Decimal(0)
        return Extent(count, count)

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read lines; `value` is `None` where the answer is 无.

        Raises:
            Misread: no words in it, markup, or a question about the form.
        """
        del today
        if is_none(text):
            return ReadValue(None, "")
        text = without_lead_in(field.names, text)
        if not has_words(text):
            raise Misread
        refuse_markup(text)
        if asks(text) or text.endswith(("?", "？")):
            raise Misread("question")
        words = without_chatter(text)
        return ReadValue(words, words)
