"""How wordings and questions are spelled for the search: fillers gone, synonyms joined, dates and counts masked."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model


class SpellingWords(Model):
    """All of `lexicon/spelling.yaml`."""

    fillers: tuple[str, ...]
    synonyms: dict[str, tuple[str, ...]]


class _Known(NamedTuple):
    """The known words: what each becomes, and the words by their first character, longest first."""

    becomes: Mapping[str, str]
    by_first: Mapping[str, tuple[str, ...]]


@cache
def _known() -> _Known:
    words = load_yaml(Path(__file__).parent / "lexicon" / "spelling.yaml", SpellingWords)
    becomes = {word: head for head, group in words.synonyms.items() for word in group}
    becomes |= dict.fromkeys(words.fillers, "")
    by_first: dict[str, list[str]] = {}
    for word in sorted(becomes, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(word)
    return _Known(becomes, {first: tuple(group) for first, group in by_first.items()})


_NUM = "[0-9零〇一二两三四五六七八九十廿百千]+"


_MASKS = (
    (re.compile(rf"{_NUM}年{_NUM}月(?:{_NUM}[日号])?"), " ymd "),
    (re.compile(rf"(?:{_NUM}月(?:份)?)?{_NUM}[日号](?!楼|线|文)"), " md "),
    (re.compile(rf"{_NUM}月份?"), " mo "),
    (re.compile(r"(?:20)?[0-9零〇一二三]{2}年"), " yr "),
    (re.compile(rf"{_NUM}多?(?=个?字)"), " chars "),
    (re.compile(rf"{_NUM}多?(?=[个项](?!月))"), " n "),
)


_COUNTS = re.compile("[0-9零〇一二两三四五六七八九十廿百千]多?个?[年月日号字个项]")  # each mask needs this


_KEEP = re.compile(r"[㐀-鿿\U00020000-\U000323af]|[a-z0-9]+")


def joined(text: str) -> str:
    """Drop fillers and join synonyms in simplified text; a text made only of fillers stays as it is.

    Read left to right, the longest known word first. (One pattern of all the words takes four times as long, and a bank
    has thousands of wordings.)
    """
    kept: list[str] = []
    known, place = _known(), 0
    while place < len(text):
        word = _known_at(known, text, place)
        kept.append(known.becomes[word] if word else text[place])
        place += len(word) or 1
    return "".join(kept) or text


def _known_at(known: _Known, text: str, place: int) -> str:
    """Give the longest known word that begins at a place.

    A Latin word counts only where it stands alone (`form`, not `platform`).
    """
    for word in known.by_first.get(text[place], ()):
        if text.startswith(word, place) and not (word.isascii() and _in_latin(text, place, len(word))):
            return word
    return ""


def _in_latin(text: str, place: int, length: int) -> bool:
    around = text[max(place - 1, 0) : place] + text[place + length : place + length + 1]
    return any("a" <= letter <= "z" for letter in around)


def masked(text: str) -> str:
    """Replace dates and counts in simplified text by what they are: any day asks what every day asks."""
    if _COUNTS.search(text):  # few texts hold one
        for pattern, mask in _MASKS:
            text = pattern.sub(mask, text)
    return text


def tokens(text: str) -> list[str]:
    """Cut into single Chinese characters and whole Latin words or numbers; everything else is dropped."""
    return _KEEP.findall(text)
