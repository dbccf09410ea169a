"""From evidence to a decision: which entry, and how likely it is right."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.faq import FaqEntry
from knowledge.search.index import EntryScores
from knowledge.search.vectors import Scores

SURE = 0.28  # likelihood from which an entry is taken; chosen by cross-validation (tests/benchmarks/calibrate.py)
_SHARPNESS = 3.0  # of the soft maximum over entries
_CLOSE, _CLOSENESS = 0.5, 4.0  # cosine above which the nearest wording counts by itself, and how much
_EXPLAINED = 1.5  # for an entry that uses all the question's words
OWN = 0.4  # share of a question's own words an entry must use before the field's label may speak for it
_FIELD = 0.4  # added to entries of the field being asked, in standard deviations


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over the features of `features`, as `tests/benchmarks/calibrate.py` prints it."""

    bias: float
    share: float
    covered: float
    explained: float
    height: float
    lead: float
    lead_kind: float


WITHOUT_MEANING = Weights(-4.571, 1.345, 0.517, 0.998, 0.221, 0.229, 0.235)
WITH_MEANING = Weights(-4.175, 1.688, 0.581, 1.148, 0.178, 0.296, 0.298)


@dataclass(frozen=True, slots=True)
class Hit:
    """How well one entry fits: the entry, how likely it is the right one (0 to 1), its nearest wording's cosine."""

    entry: FaqEntry
    score: float
    nearest: float

    @property
    def sure(self) -> bool:
        """Tell whether the entry may be taken without asking back."""
        return self.score >= SURE


def total(evidence: EntryScores) -> Scores:
    """Add up what speaks for each entry, standardised; a wording that is nearly the question weighs extra."""
    known = evidence.topic if evidence.meaning is None else (evidence.topic + evidence.meaning) / np.float32(2)
    close: Scores = np.maximum(evidence.nearest - _CLOSE, 0) * _CLOSENESS
    return known + close + evidence.explained * np.float32(_EXPLAINED)


def widened(evidence: EntryScores, labelled: EntryScores, at_home: Collection[int]) -> EntryScores:
    """Let entries of the field being asked also be found by the question with the field's label in front.

    「最少写几个字」 names no field; while the description is asked for, it means the description. The label alone
    proves nothing: the entry must use a fair share of the question's own words.
    """
    places = [place for place in at_home if evidence.explained[place] >= OWN]
    topic, nearest = evidence.topic.copy(), evidence.nearest.copy()
    topic[places] = np.maximum(topic[places], labelled.topic[places])
    nearest[places] = np.maximum(nearest[places], labelled.nearest[places])
    if evidence.meaning is None or labelled.meaning is None:
        return EntryScores(topic, nearest, None, evidence.explained)
    meaning = evidence.meaning.copy()
    meaning[places] = np.maximum(meaning[places], labelled.meaning[places])
    return EntryScores(topic, nearest, meaning, evidence.explained)


def score_entries(evidence: EntryScores, entries: Sequence[FaqEntry], at_home: Collection[int] = ()) -> list[Hit]:
    """Rank the entries, best first; `at_home` are the places of entries of the field being asked."""
    sums = total(evidence)
    for place in at_home:
        sums[place] += _FIELD
    order = np.argsort(-sums, kind="stable")[:8]
    covered = np.array([entry.covered for entry in entries])
    weights = WITHOUT_MEANING if evidence.meaning is None else WITH_MEANING
    return [
        Hit(
            entries[place],
            likelihood(features(evidence, sums, covered, int(place)), weights),
            float(evidence.nearest[place]),
        )
        for place in order
    ]


def features(evidence: EntryScores, sums: Scores, covered: np.ndarray, place: int) -> tuple[float, ...]:
    """Describe how one entry stands among all, in the order of `Weights` after the bias."""
    soft = np.exp((sums - sums.max()) * _SHARPNESS)
    soft /= soft.sum()
    return (
        float(soft[place]),
        float(soft[covered].sum()),
        float(evidence.explained[place]),
        float(sums[place]),
        _lead(sums, place, np.delete(sums, place)),
        _lead(sums, place, sums[covered != covered[place]]),
    )


def _lead(sums: Scores, place: int, rivals: Scores) -> float:
    """Tell how far an entry leads its best rival; without one, as far as it leads the last of all."""
    return float(sums[place] - (rivals.max() if rivals.size else sums.min()))


def likelihood(values: Sequence[float], weights: Weights) -> float:
    """Give the probability that the entry is the right one."""
    _, *slopes = (getattr(weights, name) for name in weights.__slots__)
    return 1 / (1 + math.exp(-weights.bias - sum(w * v for w, v in zip(slopes, values, strict=True))))
