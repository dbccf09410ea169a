"""One spelling for what applicants type: simplified, half-width, lower case, fillers gone, synonyms joined."""

import re
import unicodedata
from functools import cache
from typing import Any

from knowledge.search.words import fillers, same

_SAME = same() | dict.fromkeys(fillers(), "")
_KNOWN = re.compile("|".join(map(re.escape, sorted(_SAME, key=len, reverse=True))))
_KEEP = re.compile(r"[㐀-鿿\U00020000-\U000323af]|[a-z0-9]+")


@cache
def _simplifier() -> Any:
    import opencc  # noqa: PLC0415 - loaded at the first question, not at start

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Fold width and case, turn traditional characters into simplified ones; punctuation stays."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text))).lower()


def joined(text: str) -> str:
    """Drop fillers and join synonyms in simplified text; a text made only of fillers stays as it is."""
    return _KNOWN.sub(lambda match: _SAME[match[0]], text) or text


def tokens(text: str) -> list[str]:
    """Cut into single Chinese characters and whole Latin words or numbers; everything else is dropped."""
    return _KEEP.findall(text)
