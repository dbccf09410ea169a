"""One spelling for what people type: line ends, invisible characters, widths, traditional characters.

`readable` and `printable` say what a document can hold; `tidy` is what it may show; `fold` and `simplified` are for
reading only.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Give `text` as the document will hold it: one kind of line end, no character XML cannot carry."""
    return _IMPOSSIBLE.sub("", _LINE_END.sub("\n", text))


_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINER = re.compile(
    r"(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_REMEMBERED = 120  # characters of a text that is remembered
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}
_WIDE_WORDS = {code: to for code, to in _WIDE.items() if chr(to).isalnum()}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")


def readable(text: str) -> str:
    r"""Make line ends `\n` and drop what XML cannot hold (controls, lone surrogates); nothing else."""
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def tidy(text: str) -> str:
    """Give the applicant's words as the document may show them.

    Invisible characters go, full-width letters and digits become plain, runs of blanks one space,
    blank lines and outer white space go. Punctuation and emoji stay.
    """
    text = _JOINER.sub("", _INVISIBLE.sub("", readable(text))).translate(_WIDE_WORDS)
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def narrow(text: str) -> str:
    """Make full-width marks plain and every dash `-`, character by character (positions stay)."""
    return text.translate(_DASHES).translate(_WIDE)


def fold(text: str) -> str:
    """Give the words for reading only: compatibility forms (①, ㈠, ２), dashes and widths made plain."""
    return _folded(text) if len(text) <= _REMEMBERED else _fold(text)


def _fold(text: str) -> str:
    return simple(unicodedata.normalize("NFKC", narrow(text))).strip()


@cache
def _simplifier() -> Any:
    import opencc  # noqa: PLC0415 - loaded at the first answer, not at start

    return opencc.OpenCC("t2s")


def simple(text: str) -> str:
    """Turn traditional characters into simplified ones; half a broken emoji cannot be converted and goes."""
    if text.isascii():
        return text
    return _converted(text) if len(text) <= _REMEMBERED else _convert(text)


def _convert(text: str) -> str:
    return str(_simplifier().convert(text.encode("utf-8", "ignore").decode()))


_folded = lru_cache(256)(_fold)
_converted = lru_cache(256)(_convert)  # one turn reads the same few words again and again


def simplified(text: str) -> str:
    """Fold width and case, turn traditional characters into simplified ones; punctuation stays."""
    whole = text.encode("utf-8", "ignore").decode()  # half of a broken emoji cannot be converted
    return str(_simplifier().convert(unicodedata.normalize("NFKC", whole))).lower()
