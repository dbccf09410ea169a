"""Paragraphs, kept as they are but for line ends, control characters and the blank around them."""

import re
from datetime import date

from dialogs.fields.kind import Kind
from dialogs.fields.lead_in import without_lead_in
from dialogs.fields.plain_words import asks, has_words
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field
from knowledge.text.normalise import readable

_BEFORE = re.compile(r"(?:[^\S\n]*+\n)*+[ \t\u3000\ufeff]*+")
_LETTERS = re.compile(r"[^\W\d_]")
_SHORT = 40  # a longer text that asks something is still a text


class LongText(Kind):
    """Paragraphs; `value` is the text."""

    name = "long_text"
    takes_words = True
    roomy = True
    flowing = True
    paragraphs = True
    several_messages = True
    label_style = "colon"

    def clean(self, raw: str) -> str:
        """Keep blank lines and indents: they are part of the text."""
        return readable(raw)

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read paragraphs.

        Raises:
            Misread: no words in it, or a short question about the form.
        """
        del today
        body = trim(without_lead_in(field.names, trim(text)))
        if not has_words(body) or not _LETTERS.search(body):
            raise Misread
        if len(body) < _SHORT and asks(body):
            raise Misread("question")
        return ReadValue(body, body)


def trim(text: str) -> str:
    """Drop blank lines and white space around a text, nothing within."""
    before = _BEFORE.match(text)
    return text[before.end() if before else 0 :].rstrip()
