"""TF-IDF over n-grams of a few thousand short texts: build in milliseconds, search in fractions of one."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def grams(tokens: Sequence[str], longest: int) -> list[str]:
    """Give all runs of 1 to `longest` tokens; ends are marked so that openings and endings count."""
    marked = ["^", *tokens, "$"]
    return [
        "".join(marked[start : start + length])
        for length in range(1, longest + 1)
        for start in range(len(marked) - length + 1)
        if length > 1 or 0 < start < len(marked) - 1
    ]


class GramIndex:
    """Cosine of TF-IDF n-gram vectors between a question and every text of the bank."""

    def __init__(self, texts: Sequence[Sequence[str]], longest: int = 3) -> None:
        """Index tokenised texts; `longest` is the longest n-gram in tokens."""
        self._longest, self._size = longest, len(texts)
        counted = [Counter(grams(text, longest)) for text in texts]
        seen = Counter(gram for counts in counted for gram in counts)
        self._idf = {gram: math.log((1 + len(texts)) / (0.5 + count)) for gram, count in seen.items()}
        self._rare = math.log((1 + len(texts)) / 0.5)
        postings: dict[str, tuple[list[int], list[float]]] = {gram: ([], []) for gram in seen}
        for row, counts in enumerate(counted):
            for gram, weight in self._vector(counts).items():
                rows, weights = postings[gram]
                rows.append(row)
                weights.append(weight)
        self._postings = {
            gram: (np.array(rows, np.int32), np.array(weights, np.float32)) for gram, (rows, weights) in postings.items()
        }

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        raw = {gram: self._idf.get(gram, self._rare) * (1 + math.log(n)) for gram, n in counts.items()}
        norm = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {gram: weight / norm for gram, weight in raw.items()}

    def scores(self, tokens: Sequence[str]) -> Scores:
        """Give the cosine (0 to 1) of the question with each text, in the order of the texts."""
        total = np.zeros(self._size, np.float32)
        for gram, weight in self._vector(Counter(grams(tokens, self._longest))).items():
            if gram in self._postings:
                rows, weights = self._postings[gram]
                total[rows] += weight * weights
        return total
