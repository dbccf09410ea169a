"""Cutting text between the characters a reader sees: 👨‍👩‍👧, é or a flag is one, however many code points it takes."""

import unicodedata
from itertools import takewhile

_JOINER = "\u200d"
_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def shortened(text: str, size: int) -> str:
    """Give the longest beginning of `text` that takes at most `size` bytes of UTF-8 and cuts nothing in half."""
    end = len(text.encode()[: max(size, 0)].decode(errors="ignore"))
    while 0 < end < len(text) and not _may_cut(text, end):
        end -= 1
    return text[:end]


def _may_cut(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if _JOINER in (before, after) or unicodedata.category(after).startswith("M"):
        return False
    if ord(after) in _FLAG_LETTERS:
        letters = takewhile(lambda each: ord(each) in _FLAG_LETTERS, reversed(text[:at]))
        return sum(1 for _ in letters) % 2 == 0
    return ord(after) not in _TONES and ord(after) not in _TAGS
