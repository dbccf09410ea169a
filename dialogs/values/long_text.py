"""Paragraphs, kept as they are but for line ends, control characters and the blank around them."""

import re

from dialogs.values.reading import Misread, Reading
from dialogs.values.text import has_words

_AROUND = re.compile(r"\A(?:[^\S\n]*\n)*[ \t\u3000\ufeff]*|\s*\Z")
_LETTERS = re.compile(r"[^\W\d_]")


def read(text: str) -> Reading:
    """Read paragraphs.

    Raises:
        Misread: no words in it.
    """
    body = trim(text)
    if not has_words(body) or not _LETTERS.search(body):
        raise Misread
    return Reading(body, body)


def trim(text: str) -> str:
    """Drop blank lines and white space around a text, nothing within."""
    return _AROUND.sub("", text)
