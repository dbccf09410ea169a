"""BM25 over character pairs, the usual first choice: only here to compare with."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

K, B = 1.2, 0.75


class Bm25:
    """Okapi BM25 (Robertson and Zaragoza 2009) over single characters and neighbouring pairs."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        counted = [Counter(_terms(text)) for text in texts]
        lengths = [sum(counts.values()) for counts in counted]
        usual = sum(lengths) / len(lengths)
        self._size = len(texts)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, counts in enumerate(counted):
            for term, times in counts.items():
                weight = times * (K + 1) / (times + K * (1 - B + B * lengths[row] / usual))
                self._postings[term].append((row, weight))

    def scores(self, question: str) -> list[float]:
        """Score every text, in order."""
        total = [0.0] * self._size
        for term in set(_terms(question)):
            rows = self._postings.get(term, [])
            idf = math.log(1 + (self._size - len(rows) + 0.5) / (len(rows) + 0.5))
            for row, weight in rows:
                total[row] += idf * weight
        return total


def _terms(text: str) -> list[str]:
    return [*text, *(first + second for first, second in pairwise(text))]
