"""Which entry do a question's characters point to: TF-IDF n-grams, compared with every wording and every entry.

Two views of one index: `wordings` is the cosine with each single wording (is this nearly what someone
wrote down?), `entries` the log-likelihood under each entry as a whole (which topic uses such words?).
The second is naive Bayes over TF-IDF mass; on held-out wordings it finds the entry half as often
again as the nearest wording does, and costs nothing to train (tests/benchmarks/calibrate.py).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_SMOOTHING = 0.03  # TF-IDF mass every entry is given for a gram it never used; 0.01 to 0.06 do equally well


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a question's grams say.

    `wordings`: cosine per wording; `entries`: log-likelihood per entry; `explained`: share of the question's weight
    in grams the entry uses somewhere (0 to 1); `known`: the same share for the bank as a whole.
    """

    wordings: Scores
    entries: Scores
    explained: Scores
    known: float


@dataclass(frozen=True, slots=True)
class _Posting:
    rows: NDArray[np.int32]
    weights: Scores
    entries: NDArray[np.int32]
    gains: Scores


def grams(tokens: Sequence[str]) -> Counter[str]:
    """Count single tokens and neighbouring pairs; the ends count as neighbours."""
    marked = ["^", *tokens, "$"]
    pairs = [first + second for first, second in pairwise(marked)]
    return Counter([*tokens, *pairs])


class GramIndex:
    """All wordings of a bank, indexed by gram."""

    def __init__(self, texts: Sequence[Sequence[str]], owners: Sequence[int]) -> None:
        """Index tokenised wordings; `owners[i]` is the place of the entry wording `i` belongs to."""
        counted = [grams(text) for text in texts]
        seen = Counter(gram for counts in counted for gram in counts)
        self._shape = len(texts), max(owners) + 1
        self._idf = {gram: math.log((1 + len(texts)) / (0.5 + count)) for gram, count in seen.items()}
        self._rare = math.log(2 * (1 + len(texts)))
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        mass = np.zeros(self._shape[1], np.float32)
        for row, counts in enumerate(counted):
            for gram, weight in self._vector(counts).items():
                found[gram].append((row, weight))
                mass[owners[row]] += weight
        self._log_mass = np.log(mass + _SMOOTHING * len(found))
        self._postings = {gram: _posting(hits, owners) for gram, hits in found.items()}

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        raw = {gram: self._idf.get(gram, self._rare) * (1 + math.log(n)) for gram, n in counts.items()}
        norm = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {gram: weight / norm for gram, weight in raw.items()}

    def compare(self, tokens: Sequence[str]) -> Likeness:
        """Compare a tokenised question with everything in the index."""
        wordings, entries = (np.zeros(size, np.float32) for size in self._shape)
        explained = np.zeros_like(entries)
        known = total = 0.0
        for gram, weight in self._vector(grams(tokens)).items():
            total += weight
            posting = self._postings.get(gram)
            if posting is None:
                continue
            known += weight
            wordings[posting.rows] += weight * posting.weights
            entries[posting.entries] += weight * posting.gains
            explained[posting.entries] += weight
        share = np.float32(1 / total if total else 0)
        return Likeness(wordings, entries - known * self._log_mass, explained * share, known * float(share))


def _posting(hits: list[tuple[int, float]], owners: Sequence[int]) -> _Posting:
    mass: dict[int, float] = defaultdict(float)
    for row, weight in hits:
        mass[owners[row]] += weight
    return _Posting(
        rows=np.array([row for row, _ in hits], np.int32),
        weights=np.array([weight for _, weight in hits], np.float32),
        entries=np.array(list(mass), np.int32),
        gains=np.array([math.log1p(weight / _SMOOTHING) for weight in mass.values()], np.float32),
    )
