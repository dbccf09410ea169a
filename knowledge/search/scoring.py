"""From evidence to a decision: which entry, and how likely it is right."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median

import numpy as np
from numpy.typing import NDArray

from knowledge.faq import FaqEntry
from knowledge.search.calibration import Scale, Weights, calibration
from knowledge.search.index import EntryScores, WordingIndex
from knowledge.search.vectors import Scores

_CAL = calibration()
_RANKED = 8  # entries that are judged


@dataclass(frozen=True, slots=True)
class Hit:
    """How well one entry fits: the entry, how likely it is the right one (0 to 1), its nearest wording's cosine.

    `enough` is the likelihood from which it is taken.
    """

    entry: FaqEntry
    score: float
    nearest: float
    enough: float

    @property
    def sure(self) -> bool:
        """Tell whether the entry may be taken without asking back."""
        return self.score >= self.enough


def total(evidence: EntryScores, scale: Scale) -> Scores:
    """Add up what speaks for each entry, standardised; a wording that is nearly the question weighs extra."""
    known = evidence.topic if evidence.meaning is None else (evidence.topic + evidence.meaning) / np.float32(2)
    close: Scores = np.maximum(evidence.nearest - _CAL.close, 0) * _CAL.closeness
    words = evidence.explained * np.float32(_CAL.explained) + evidence.accounted * np.float32(scale.accounted)
    return known + close + words + evidence.said * np.float32(scale.said)


def widened(evidence: EntryScores, labelled: EntryScores, at_home: Collection[int]) -> EntryScores:
    """Let entries of the field being asked also be found by the question with the field's label in front.

    「最少写几个字」 names no field; while the description is asked for, it means the description. The label alone
    proves nothing: the entry must use a fair share of the question's own words.
    """
    places = [place for place in at_home if evidence.explained[place] >= _CAL.own]
    topic, nearest = evidence.topic.copy(), evidence.nearest.copy()
    topic[places] = np.maximum(topic[places], labelled.topic[places])
    nearest[places] = np.maximum(nearest[places], labelled.nearest[places])
    if evidence.meaning is None or labelled.meaning is None:
        return replace(evidence, topic=topic, nearest=nearest)
    meaning = evidence.meaning.copy()
    meaning[places] = np.maximum(meaning[places], labelled.meaning[places])
    return replace(evidence, topic=topic, nearest=nearest, meaning=meaning)


def scale_of(entries: Sequence[FaqEntry], meaning: bool = False) -> Scale:  # noqa: FBT001, FBT002 - one question
    """Give the scale for a pack's own entries: by how many wordings those that answer have, in the middle."""
    sizes = [len(entry.variants) + len(entry.keywords) for entry in entries if entry.covered]
    if not sizes or median(sizes) < _CAL.many:
        return _CAL.few_wordings
    return _CAL.many_wordings_and_meaning if meaning else _CAL.many_wordings


def score_entries(evidence: EntryScores, index: WordingIndex, scale: Scale, at_home: Collection[int] = ()) -> list[Hit]:
    """Rank the entries, best first; `at_home` are the places of entries of the field being asked."""
    sums = total(evidence, scale)
    for place in at_home:
        sums[place] += _CAL.field
    order = [int(place) for place in np.argsort(-sums, kind="stable")[:_RANKED]]
    told = features(evidence, sums, index.covered, order)
    hits = [
        Hit(index.entries[place], likelihood(values, scale.weights), float(evidence.nearest[place]), scale.sure)
        for place, values in zip(order, told, strict=True)
    ]
    return hits if scale.each is None else _judged(hits, evidence, sums, index, scale)


def _judged(hits: list[Hit], evidence: EntryScores, sums: Scores, index: WordingIndex, scale: Scale) -> list[Hit]:
    """Put the entries that answer first when they are sure, each judged by itself and not by its place.

    The first one is sure when one of the two likeliest is right likely enough: the second may be said as well. A topic
    nobody has decided on may use the question's words more often than the one sentence of the notice that answers it.
    """
    places = [int(place) for place in np.flatnonzero(index.covered)]
    if scale.each is None or not places:
        return hits
    told = features(evidence, sums, index.covered, places)
    judged = [
        Hit(index.entries[place], _chance(values, scale), float(evidence.nearest[place]), scale.sure)
        for place, values in zip(places, told, strict=True)
    ]
    best, *others = sorted(judged, key=lambda hit: -hit.score)[:_RANKED]
    either = 1 - (1 - best.score) * (1 - others[0].score) if others else best.score
    if either >= scale.sure:
        return [replace(best, score=either), *others, *(hit for hit in hits if not hit.entry.covered)]
    scores = {hit.entry.id: hit.score for hit in judged}
    return [replace(hit, score=scores[hit.entry.id]) if hit.entry.covered else hit for hit in hits]


def _chance(values: Sequence[float], scale: Scale) -> float:
    """Give the likelihood of an entry by itself; what is clear from the wordings alone stays so."""
    place = likelihood(values, scale.weights)
    each = likelihood(values, scale.each) if scale.each else place
    return max(place, each) if place >= _CAL.clear else each


def features(
    evidence: EntryScores, sums: Scores, covered: NDArray[np.bool_], places: Sequence[int]
) -> list[tuple[float, ...]]:
    """Describe how each of the `places` stands among all, in the order of `Weights` after the bias."""
    soft = np.exp((sums - sums.max()) * _CAL.sharpness)
    soft /= soft.sum()
    share, best = float(soft[covered].sum()), np.sort(sums)[::-1]
    kinds = {kind: sums[covered == kind].max() if (covered == kind).any() else sums.min() for kind in (True, False)}
    said = np.sort(evidence.said)[::-1]

    def row(place: int) -> tuple[float, ...]:
        rival = best[0] if sums[place] < best[0] else best[min(1, len(best) - 1)]
        said_rival = said[0] if evidence.said[place] < said[0] else said[min(1, len(said) - 1)]
        return (
            float(soft[place]),
            share,
            float(evidence.explained[place]),
            float(sums[place]),
            float(sums[place] - rival),
            float(sums[place] - kinds[not covered[place]]),
            float(evidence.written[place]),
            float(evidence.said[place]),
            float(evidence.accounted[place]),
            float(evidence.nearest[place]),
            float(evidence.unsaid[place]),
            float(evidence.kinds[place]),
            float(evidence.units[place]),
            float(evidence.said[place] - said_rival),
            float(evidence.length),
        )

    return [row(place) for place in places]


def likelihood(values: Sequence[float], weights: Weights) -> float:
    """Give the probability that the entry is the right one."""
    return 1 / (1 + math.exp(-weights.bias - sum(w * v for w, v in zip(_slopes(weights), values, strict=True))))


@lru_cache(8)
def _slopes(weights: Weights) -> tuple[float, ...]:
    """Give the weights without the bias, in the order of the features."""
    _, *slopes = weights.model_dump().values()
    return tuple(slopes)
