"""Labels as forms print them: spaced out, numbered, with a colon or a remark in brackets behind them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NUMBERED = re.compile(
    r"(?:[*★※]|第?[一二三四五六七八九十百\d]{1,3}(?:[、.．:]|部分:?)|表[一二三四五六七八九十\d]{1,3}[、.:]?"
    r"|\([一二三四五六七八九十\d]{1,3}\)|[①-⑳])"
)
_LONGEST = 100  # characters of a label with its remarks
_REMARK = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)$")


def squeezed(text: str) -> str:
    """Give text for comparing labels: one width, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@lru_cache(4096)
def plain(text: str) -> str:
    """One width for every character, each still at its index."""
    return "".join(each if len(wide := unicodedata.normalize("NFKC", each)) != 1 else wide for each in text)


def spaced(label: str) -> str:
    """Give a pattern for a squeezed label, however it is spaced."""
    return r"\s*".join(map(re.escape, label))


@lru_cache(4096)
def forms_of(text: str) -> tuple[str, ...]:
    """Give what a printed label may be called, squeezed, the fullest first: `二、年龄（周岁）：` is also 年龄."""
    whole = squeezed(text).rstrip(":")
    if len(whole) > _LONGEST:
        return ()
    unnumbered = _NUMBERED.sub("", whole, count=1) if _NUMBERED.match(whole) else whole
    bare = [_REMARK.sub("", each) for each in (whole, unnumbered)]
    return tuple(dict.fromkeys(each for each in (whole, unnumbered, *bare) if each))


def any_of(labels: Iterable[str]) -> str:
    """Give a pattern for any of these squeezed labels, the longest first; for none, one that never matches."""
    return "|".join(map(spaced, sorted(labels, key=len, reverse=True))) or "(?!)"
