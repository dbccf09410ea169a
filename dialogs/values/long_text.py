"""Paragraphs, kept as they are but for line ends, control characters and the blank around them."""

import re

from dialogs.values.reading import Misread, Reading
from dialogs.values.text import asks, has_words

_AROUND = re.compile(r"\A(?:[^\S\n]*\n)*[ \t\u3000\ufeff]*|\s*\Z")
_LETTERS = re.compile(r"[^\W\d_]")
_SHORT = 40  # a longer text that asks something is still a text


def read(text: str) -> Reading:
    """Read paragraphs.

    Raises:
        Misread: no words in it, or a short question about the form.
    """
    body = trim(text)
    if not has_words(body) or not _LETTERS.search(body):
        raise Misread
    if len(body) < _SHORT and asks(body):
        raise Misread("question")
    return Reading(body, body)


def trim(text: str) -> str:
    """Drop blank lines and white space around a text, nothing within."""
    return _AROUND.sub("", text)
