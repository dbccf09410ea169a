"""Words as they look and as they sound: typos are mostly homophones, and clerks type either script.

A text becomes a line with one character per word, so that patterns over words stay plain and fast.
"""

import re
import unicodedata
from functools import lru_cache

UNKNOWN = "\ufffe"  # a Latin word no vocabulary holds
_WORD = re.compile(r"[㐀-鿿]|[a-z]+|[0-9]+")
_FIRST_PRIVATE = 0xE000
_FIRST_SOUND = 0xF0000
_latin: dict[str, str] = {}
_sounds: dict[str, str] = {}


@lru_cache(maxsize=1)
def _converter() -> object:
    from opencc import OpenCC  # noqa: PLC0415 - only needed once somebody speaks

    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _readings() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - costs 0.1 s, only needed once somebody speaks

    return dict(PINYIN_DICT)


@lru_cache(maxsize=512)
def simplified(text: str) -> str:
    """Fold to half width, lower case and simplified characters; everything else stays."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded if folded.isascii() else str(_converter().convert(folded))  # type: ignore[attr-defined]


def words(text: str) -> list[str]:
    """Split into single hanzi, Latin words and numbers; punctuation, blanks and emoji are dropped."""
    return _WORD.findall(simplified(text))


@lru_cache(maxsize=8192)
def sound(hanzi: str) -> str:
    """Give the toneless pinyin of a hanzi, with z/zh, c/ch, s/sh and n/ng not told apart."""
    reading = _readings().get(ord(hanzi), hanzi).split(",")[0]
    bare = "".join(c for c in unicodedata.normalize("NFD", reading) if c.isalpha() and not unicodedata.combining(c))
    return re.sub(r"^([zcs])h", r"\1", re.sub(r"(?<=[aeiou])ng$", "n", bare))


def learn(word: str) -> None:
    """Give a Latin word of a vocabulary a character of its own."""
    if word.isascii():
        _latin.setdefault(word, chr(_FIRST_PRIVATE + len(_latin)))


def by_look(word: str) -> str:
    """Write a word as one character: a hanzi as itself."""
    return word if len(word) == 1 and not word.isascii() else _latin.get(word, UNKNOWN)


@lru_cache(maxsize=8192)
def by_sound(word: str) -> str:
    """Write a word as one character, the same for all hanzi that sound alike."""
    if len(word) > 1 or word.isascii():
        return by_look(word)
    return _sounds.setdefault(sound(word), chr(_FIRST_SOUND + len(_sounds)))


def look(tokens: list[str]) -> str:
    """Write words as a line for matching by look."""
    return "".join(map(by_look, tokens))


def heard(tokens: list[str]) -> str:
    """Write words as a line for matching by sound."""
    return "".join(map(by_sound, tokens))
