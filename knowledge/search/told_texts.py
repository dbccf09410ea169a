"""What the entries of a pack say, held against a question: its words, the kind of thing it asks for, its units.

A drafted pack has few wordings, and its answers quote the notice. That 「几点报到」 wants an hour, 「照片一张8兆行吗」
names a size, and 「快递行不行」 is what people say for 邮寄 tells which of them may be meant (`answer_kinds.yaml`,
`spoken_words.yaml`).
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.search.limits import units_named
from knowledge.search.vectors import Scores
from knowledge.text import numerals
from knowledge.text.normalise import simplified

_LEXICON = Path(numerals.__file__).parent / "lexicon"


class _Kind(Model):
    """One kind of thing: by what it is asked for, by what a text that holds it is known."""

    asks: str
    told: str


class _Kinds(Model):
    """All of `answer_kinds.yaml`."""

    kinds: dict[str, _Kind]


class _Spoken(Model):
    """All of `spoken_words.yaml`."""

    said: dict[str, tuple[str, ...]]


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Give the patterns of each kind: what asks for it, what holds it."""
    found = load_yaml(_LEXICON / "answer_kinds.yaml", _Kinds).kinds.values()
    return tuple((re.compile(kind.asks), re.compile(kind.told)) for kind in found)


@cache
def _spoken() -> Mapping[str, tuple[str, ...]]:
    return load_yaml(_LEXICON / "spoken_words.yaml", _Spoken).said


def with_spoken(text: str) -> str:
    """Give a text with what people say for its words behind it."""
    spoken = (said for word, said in _spoken().items() if word in text)
    return " ".join([text, *dict.fromkeys(word for said in spoken for word in said)])


class ToldTexts:
    """What each entry says, by the kinds of thing and the units it holds."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Look through the texts, one an entry; an empty one says nothing."""
        plain = [simplified(text) for text in texts]
        self._holds = np.array([[bool(told.search(text)) for _, told in _kinds()] for text in plain], bool)
        self._units = [units_named(text) for text in plain]

    def kinds(self, question: str) -> Scores:
        """Tell of each text how much it holds of the kinds asked for: 1 all, -1 none, 0 when none is asked for."""
        asked: NDArray[np.bool_] = np.array(_asked(question), bool)
        if not asked.any():
            return np.zeros(len(self._units), np.float32)
        share: Scores = (2 * self._holds[:, asked].mean(axis=1) - 1).astype(np.float32)
        return share

    def units(self, question: str) -> Scores:
        """Tell of each text whether it has an amount of a unit named with one: 1 yes, -1 no, 0 when none is named."""
        named = units_named(simplified(question))
        held = [(1 if named & units else -1) if named else 0 for units in self._units]
        return np.array(held, np.float32)


@lru_cache(256)
def _asked(question: str) -> tuple[bool, ...]:
    text = simplified(question)
    return tuple(asks.search(text) is not None for asks, _ in _kinds())
