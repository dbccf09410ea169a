"""A text as a line with one character per word, by look or by sound, so that patterns stay plain and fast.

By sound, because typos are mostly homophones.
"""

import re
from functools import lru_cache

from knowledge.text.normalise import simplified
from knowledge.text.pinyin import sound

UNKNOWN = "\ufffe"  # a Latin word no vocabulary holds
_WORD = re.compile(r"[㐀-鿿]|[a-z]+|[0-9]+")
_FIRST_LATIN = 0xE000
_FIRST_SOUND = 0xF0000
_OWN_SOUND = frozenset("天盖")  # 还剩几天 is not 还剩几填, 要盖吗 not 要改吗
_latin: dict[str, str] = {}
_sounds: dict[str, str] = {}


def speakable(text: str) -> str:
    """Drop lone surrogates, which no library takes."""
    return text.encode(errors="ignore").decode()


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Fold to simplified characters, half width and lower case; lone surrogates are dropped."""
    return simplified(speakable(text))


def words(text: str) -> list[str]:
    """Split into single hanzi, Latin words and numbers; punctuation, blanks and emoji are dropped."""
    return _WORD.findall(plain(text))


def learn(word: str) -> None:
    """Give a Latin word of a vocabulary a character of its own."""
    if word.isascii():
        _latin.setdefault(word, chr(_FIRST_LATIN + len(_latin)))


def by_look(word: str) -> str:
    """Write a word as one character: a hanzi as itself."""
    return word if len(word) == 1 and not word.isascii() else _latin.get(word, UNKNOWN)


@lru_cache(maxsize=8192)
def by_sound(word: str) -> str:
    """Write a word as one character, the same for all hanzi that sound alike; some stand for themselves."""
    if len(word) > 1 or word.isascii() or word in _OWN_SOUND:
        return by_look(word)
    return _sounds.setdefault(sound(word), chr(_FIRST_SOUND + len(_sounds)))


def look(tokens: list[str]) -> str:
    """Write words as a line for matching by look."""
    return "".join(map(by_look, tokens))


def heard(tokens: list[str]) -> str:
    """Write words as a line for matching by sound."""
    return "".join(map(by_sound, tokens))
