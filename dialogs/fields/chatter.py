"""What people say around an answer, and emoji: none of it reaches the form.

`哦我们叫，云上课堂，就这个` is the name 云上课堂. The words are data (`lexicon/chatter.yaml`).
"""

import re
from collections.abc import Iterable
from functools import cache

from dialogs.fields.lexicon_file import load_lexicon
from knowledge.model import Model

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u26ff\u2702-\u2712\u2715\u2717\u2719-\u27bf\u2b00-\u2bff"
    "\u231a-\u23ff\ufe0e\ufe0f\u200d\u20e3\u3030\u303d]+"
)
_MARKS = r"[,，。.、;；:：!！~～…\s]"
_MOST = 4  # openings or closings taken off one after the other
_NEAR = 24  # characters of an opening or closing, at most


class ChatterWords(Model):
    """All of `lexicon/chatter.yaml`."""

    particles: tuple[str, ...]
    closing_particles: tuple[str, ...]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    stickers: tuple[str, ...]


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


class _Patterns:
    """The word list, compiled; each pattern is tried only on the `_NEAR` characters at an end of the text."""

    def __init__(self, words: ChatterWords) -> None:
        particles = _any(words.particles)
        self.opening = re.compile(rf"{_MARKS}*(?:(?:{particles})+{_MARKS}*|(?:{_any(words.openings)})(?:{_MARKS}+))")
        self.closing = re.compile(rf"{_MARKS}+(?:{_any(words.closings)})[吧啊呀哈哦了]?{_MARKS}*\Z")
        self.behind_quote = re.compile(rf"(?<=[”》」』])(?:{_any(words.closing_particles)}){{1,3}}[~～!！。.…\s]*\Z")
        self.particle = re.compile(rf"(?:{_any(words.closing_particles)}){{1,3}}[~～!！。.…\s]*\Z")
        self.sticker = re.compile(rf"\[(?:{_any(words.stickers)})\]|［(?:{_any(words.stickers)})］")


@cache
def _patterns() -> _Patterns:
    return _Patterns(load_lexicon("chatter", ChatterWords))


def without_emoji(text: str) -> str:
    """Drop emoji, drawn or in WeChat's words ([微笑]); ticks and boxes (√ ☑) stay."""
    return _patterns().sticker.sub("", _EMOJI.sub("", text))


def without_opening(text: str) -> str:
    """Drop what is said before an answer: `嗯，那个，` …; a text that is nothing else stays."""
    for _ in range(_MOST):
        match = _patterns().opening.match(text[:_NEAR])
        if match is None or not match[0] or not re.search(r"\w", text[match.end() :]):
            break
        text = text[match.end() :]
    return text


def without_closing(text: str, *, particles: bool = True) -> str:
    """Drop what is said after an answer: `…，就这个，谢谢`; a text that is nothing else stays.

    `particles` tells whether 吧 or 哈 right behind the last word go as well; behind a closing quote they always do.
    """
    for _ in range(_MOST):
        tail = text[-_NEAR:]
        match = _patterns().closing.search(tail) or _patterns().behind_quote.search(tail)
        match = match or (_patterns().particle.search(tail) if particles else None)
        if match is None or not re.search(r"\w", text[: len(text) - len(tail) + match.start()]):
            break
        text = text[: len(text) - len(tail) + match.start()]
    return text


def without_chatter(text: str) -> str:
    """Drop emoji and what is said before and after an answer."""
    return without_closing(without_opening(without_emoji(text))).strip()
