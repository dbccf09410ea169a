"""Cutting a long text into messages: at the best borders, by whatever a channel counts. Pure."""

import re
from collections.abc import Callable

Measure = Callable[[str], int]

# Where a long text may be cut, best first: between paragraphs, lines, sentences, clauses, words.
_BREAKS = (r"\n\s*\n", r"\n", r"(?<=[。！？；])", r"(?<=[，、：,;])", r"\s")


def split_text(text: str, limit: int, measure: Measure) -> list[str]:
    """Cut a text into pieces of at most `limit` units at the best borders; nothing but blanks is left out."""
    pieces: list[str] = []
    rest = text.strip()
    while rest:
        piece, rest = cut_off(rest, limit, measure)
        pieces.append(piece)
    return pieces


def cut_off(text: str, limit: int, measure: Measure) -> tuple[str, str]:
    """Cut one piece of at most `limit` units from the start of a text that starts with no blank."""
    if measure(text) <= limit:
        return text.rstrip(), ""
    cut = _cut(text, _fitting(text, limit, measure))
    return text[:cut].rstrip(), text[cut:].lstrip()


def utf16_units(text: str) -> int:
    """Count UTF-16 code units, as the Bot API does."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf8_bytes(text: str) -> int:
    """Count bytes in UTF-8, as 微信客服 does; what UTF-8 cannot hold (half a pair) counts as its replacement."""
    return len(text.encode(errors="replace"))


def _fitting(text: str, limit: int, measure: Measure) -> int:
    """Give how many characters from the start take at most `limit` units, at least one."""
    used = 0
    for index, character in enumerate(text):
        used += measure(character)
        if used > limit:
            return max(1, index)
    return len(text)


def _cut(text: str, fitting: int) -> int:
    """Choose where to cut within the first `fitting` characters; a border in the first half wastes too much."""
    for border in _BREAKS:
        ends = [found.end() for found in re.finditer(border, text[:fitting])]
        if ends and ends[-1] > fitting // 2:
            return ends[-1]
    return fitting
