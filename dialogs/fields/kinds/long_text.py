"""Paragraphs, kept as they are but for line ends, control characters and the blank around them."""

import re

from dialogs.fields.kinds.text import asks, has_words
from dialogs.fields.read_value import Misread, ReadValue

_AROUND = re.compile(r"\A(?:[^\S\n]*\n)*[ \t\u3000\ufeff]*|\s*\Z")
_LETTERS = re.compile(r"[^\W\d_]")
_SHORT = 40  # a longer text that asks something is still a text


def read(text: str) -> ReadValue:
    """Read paragraphs.

    Raises:
        Misread: no words in it, or a short question about the form.
    """
    body = trim(text)
    if not has_words(body) or not _LETTERS.search(body):
        raise Misread
    if len(body) < _SHORT and asks(body):
        raise Misread("question")
    return ReadValue(body, body)


def trim(text: str) -> str:
    """Drop blank lines and white space around a text, nothing within."""
    return _AROUND.sub("", text)
