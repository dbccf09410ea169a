"""Short free text: anything with real words in it."""

import re
from datetime import date

from dialogs.fields.chatter import without_chatter
from dialogs.fields.kind import Kind
from dialogs.fields.plain_words import asks, has_words, refuse_markup
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Column, Field

_NAMED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])[^\s]{2,20}")  # in a row it is known what is asked: 5吨, DN50
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)


class TextKind(Kind):
    """A few words; `value` is the text."""

    name = "text"
    takes_words = True
    flowing = True
    takes_files = True
    label_style = "strict"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read free text.

        Raises:
            Misread: no real words, nothing but an address, markup, or a question.
        """
        del today
        named = isinstance(field, Column) and _NAMED.fullmatch(text) is not None
        if not (named or has_words(text)) or _ADDRESS.fullmatch(text):
            raise Misread
        refuse_markup(text)
        if asks(text) or text.endswith(("?", "？")):
            raise Misread("question")
        words = without_chatter(text)
        return ReadValue(words, words)
