"""What short words do when said to somebody: put off, thank, sigh, ask for help; or are they content of a form?

A multinomial logistic regression over hashed runs of one to four characters (Manning et al., Introduction to
Information Retrieval, 2008, ch. 14-15; Weinberger et al., Feature hashing, 2009). Its weights are learned from the
examples in `senses/`, a line each, by `make senses`; it is asked where no rule has read the words.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dialogs.fields.chatter import without_emoji
from knowledge.text.normalise import simplified

SENSES = Path(__file__).parent / "senses"
WEIGHTS = SENSES / "weights.npz"
FEATURES = 1 << 14
_LONGEST_RUN = 4  # characters
_LONGEST = 80  # characters looked at: who says more tells something
_DIGITS = re.compile(r"[0-9零〇一二三四五六七八九十百千万亿]*[0-9][0-9零〇一二三四五六七八九十百千万亿]*")
_LATIN = re.compile(r"[a-z]{3,}")
_BLANKS = re.compile(r"\s+")


def sense_of(text: str) -> Mapping[str, float]:
    """Give how likely each sense is, by name; they sum to 1. `content` is what belongs into a form."""
    names, weights, bias = _model()
    scores = weights[features(text)].sum(axis=0) / _size(text) + bias
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    return dict(zip(names, map(float, likely), strict=True))


def features(text: str) -> list[int]:
    """Give the numbers of the runs of characters in a text, each once."""
    return sorted(set(_runs(plain(text))))


def plain(text: str) -> str:
    """Give a text as it is looked at: marked at both ends, figures and Latin words told apart from nothing else."""
    words = _BLANKS.sub(" ", without_emoji(simplified(text[:_LONGEST])).strip())
    return f"^{_LATIN.sub('a', _DIGITS.sub('0', words))}$"


def _runs(words: str) -> Iterator[int]:
    for length in range(1, _LONGEST_RUN + 1):
        for at in range(len(words) - length + 1):
            yield crc32(words[at : at + length].encode("utf-8", "ignore")) % FEATURES


def _size(text: str) -> float:
    return float(np.sqrt(max(len(features(text)), 1)))


@lru_cache(1)
def _model() -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
    with np.load(WEIGHTS) as stored:
        weights = stored["weights"].astype(np.float32) * stored["scale"]
        return tuple(map(str, stored["names"])), weights, stored["bias"]
