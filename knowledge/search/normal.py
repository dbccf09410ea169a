"""One spelling for what applicants type: simplified, half-width, lower case, fillers gone, synonyms joined."""

import re
import unicodedata
from functools import cache
from typing import Any

from knowledge.search.words import fillers, same


def _whole(word: str) -> str:
    """Match a Latin word only where it stands alone (`form`, not `platform`)."""
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)


_SAME = same() | dict.fromkeys(fillers(), "")
_KNOWN = re.compile("|".join(_whole(word) for word in sorted(_SAME, key=len, reverse=True)))
_NUM = "[0-9零〇一二两三四五六七八九十廿百千]+"
_MASKS = (
    (re.compile(rf"{_NUM}年{_NUM}月(?:{_NUM}[日号])?"), " ymd "),
    (re.compile(rf"(?:{_NUM}月(?:份)?)?{_NUM}[日号](?!楼|线|文)"), " md "),
    (re.compile(rf"{_NUM}月份?"), " mo "),
    (re.compile(r"(?:20)?[0-9零〇一二三]{2}年"), " yr "),
    (re.compile(rf"{_NUM}多?(?=个?字)"), " chars "),
    (re.compile(rf"{_NUM}多?(?=[个项](?!月))"), " n "),
)
_KEEP = re.compile(r"[㐀-鿿\U00020000-\U000323af]|[a-z0-9]+")


@cache
def _simplifier() -> Any:
    import opencc  # noqa: PLC0415 - loaded at the first question, not at start

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Fold width and case, turn traditional characters into simplified ones; punctuation stays."""
    whole = text.encode("utf-8", "ignore").decode()  # half of a broken emoji cannot be converted
    return str(_simplifier().convert(unicodedata.normalize("NFKC", whole))).lower()


def joined(text: str) -> str:
    """Drop fillers and join synonyms in simplified text; a text made only of fillers stays as it is."""
    return _KNOWN.sub(lambda match: _SAME[match[0]], text) or text


def masked(text: str) -> str:
    """Replace dates and counts in simplified text by what they are: any day asks what every day asks."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


def tokens(text: str) -> list[str]:
    """Cut into single Chinese characters and whole Latin words or numbers; everything else is dropped."""
    return _KEEP.findall(text)
