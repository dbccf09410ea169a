"""Finds the weights in `knowledge/search/calibration.yaml` by cross-validation on pack and library.

Run it with `python -m tests.benchmarks.calibrate` after the bank has changed much. Every wording is asked of a bank
that does not hold it (five folds); every wording of the library also of a bank without any of its style; every open
topic also of a bank that does not know the topic at all. A logistic model then learns from these when the best covered
entry is the right one. Printed are its weights, for several thresholds the share of questions answered rightly,
wrongly and falsely, and how often an answer of each likelihood is right (the reliability table). Last, the hardest
test, from which nothing is learnt: the pack's wordings asked of a bank of the library's alone, and the library's of
the pack's alone, as if a stranger asked.

A pack with few wordings has weights of its own: they are learnt from the shipped pack cut down to none and to two
wordings an entry, the open ones left out, of which its other wordings are asked, and from the whole pack as above.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from knowledge.faq import FaqEntry
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack
from knowledge.search.bank import bank
from knowledge.search.calibration import Scale, Weights, calibration
from knowledge.search.composer import Composer
from knowledge.search.finder import Finder
from knowledge.search.index import WordingIndex, spelled
from knowledge.search.scoring import features, total
from knowledge.search.vectors import Encoder, load_encoder
from knowledge.topics.library import STYLES, library

FOLDS, TOPIC_FOLDS, PER_TOPIC = 5, 8, 6
THRESHOLDS = (0.2, 0.25, 0.28, 0.3, 0.35, 0.4, 0.45, 0.5)
PENALTY, STEPS = 1e-2, 30
WRONG = {"in": "other entry", "out": "false on open topics", "new": "on unknown topics"}


@dataclass(frozen=True)
class Sample:
    """One question asked: `kind` is in, out or new (its topic was taken out of the bank)."""

    kind: str
    covered: bool
    right: bool
    features: tuple[float, ...]


Fold = tuple[Sequence[FaqEntry], list[tuple[FaqEntry, str, str]]]
"""A bank with what it lacks: (entries, [(entry, wording, kind)])."""


def held_out(entries: Sequence[FaqEntry]) -> Iterator[Fold]:
    """Give the folds the model learns from."""
    shuffled = {e.id: _shuffled(e.variants, e.id) for e in entries}
    for fold in range(FOLDS):
        yield _without(entries, {v for e in entries for v in shuffled[e.id][fold::FOLDS]})
    for style in STYLES:
        yield _without(entries, {v for v, its in styles().items() if its == style})
    topics = _shuffled([e for e in entries if not e.covered], 5)
    for fold in range(TOPIC_FOLDS):
        gone = topics[fold::TOPIC_FOLDS]
        ids = {e.id for e in gone}
        kept = [e for e in entries if e.id not in ids]
        yield kept, [(e, v, "new") for e in gone for v in shuffled[e.id][:PER_TOPIC]]


def strangers(entries: Sequence[FaqEntry]) -> Iterator[Fold]:
    """Give the folds of two authors: the library's wordings asked of the pack's, and the other way round."""
    shared = set(styles())
    both = [entry for entry in entries if entry.topic]
    yield _without(both, shared)
    yield _without(both, {v for e in both for v in e.variants} - shared)


@cache
def styles() -> dict[str, str]:
    """Give the style of every wording of the library."""
    slots = library().slots
    return {
        wording: style
        for topic in library().topics.values()
        for style in topic.wordings
        for wording in topic.model_copy(update={"wordings": {style: topic.wordings[style]}}).phrases(slots)
    }


def _without(entries: Sequence[FaqEntry], gone: set[str]) -> Fold:
    kept = [e.model_copy(update={"variants": tuple(v for v in e.variants if v not in gone)}) for e in entries]
    return kept, [(e, v, "in" if e.covered else "out") for e in entries for v in e.variants if v in gone]


def _shuffled(items: Sequence[Any], seed: object) -> list[Any]:
    return random.Random(str(seed)).sample(items, len(items))  # noqa: S311 - the same shuffle every run is wanted


def cut_down(pack: NoticePack, size: int) -> Fold:
    """Give the pack as drafted: `size` wordings an entry, nothing said to be open; and what it then lacks."""
    kept = [e.model_copy(update={"variants": e.variants[:size], "keywords": ()}) for e in pack.faq.entries if e.covered]
    faq = pack.faq.model_copy(update={"entries": tuple(kept), "open_topics": ()})
    known = {wording for entry in kept for wording in entry.variants}
    asked = [
        (e, wording, "in" if e.covered else "out")
        for e in pack.faq.entries
        for wording in _shuffled(e.variants, e.id)[: 2 * PER_TOPIC if e.covered else PER_TOPIC]
        if wording not in known
    ]
    return bank(faq, library(), {}), asked


def samples(folds: Iterable[Fold], encoder: Encoder | None, scale: Scale, told: Mapping[str, str]) -> list[Sample]:
    """Ask every held-out wording; `told` is what the entries answer."""
    found = []
    for kept, asked in folds:
        bank = WordingIndex(kept, told)
        if encoder:
            bank.learn(encoder)
        covered = np.array([entry.covered for entry in kept])
        for entry, wording, kind in asked:
            evidence = bank.compare(wording)
            sums = total(evidence, scale)
            best = int(np.argmax(sums))
            row = features(evidence, sums, covered, [best])[0]
            found.append(Sample(kind, kept[best].covered, kind != "new" and kept[best].id == entry.id, row))
    return found


def fit(rows: np.ndarray, right: np.ndarray, penalty: float = PENALTY) -> np.ndarray:
    """Fit a logistic model by Newton's method; bias first, weights on the plain features."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.c_[np.ones(len(rows)), (rows - middle) / spread]
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - right) / len(right) + penalty * np.r_[0, weights[1:]]
        bend = (design * (chance * (1 - chance))[:, None]).T @ design / len(right) + penalty * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    slopes = weights[1:] / spread
    return np.r_[weights[0] - slopes @ middle, slopes]


def report(found: list[Sample], unseen: list[Sample]) -> None:
    """Print weights, what each threshold gives, the reliability table, and how strangers are served."""
    taken = [s for s in found if s.covered]
    weights = fit(np.array([s.features for s in taken]), np.array([float(s.right) for s in taken]))
    names = Weights.model_fields
    print("Weights(" + ", ".join(f"{n}={w:.3f}" for n, w in zip(names, weights, strict=True)) + ")")
    _thresholds(found, weights, ("in", "out", "new"))
    _reliability(taken, weights)
    if unseen:
        print("two authors, each asked of the other's bank")
        _thresholds(unseen, weights, ("in", "out"))


def _chances(found: Sequence[Sample], weights: np.ndarray) -> np.ndarray:
    rows = np.array([s.features for s in found])
    return 1 / (1 + np.exp(-np.c_[np.ones(len(rows)), rows] @ weights))


def _thresholds(found: list[Sample], weights: np.ndarray, kinds: Sequence[str]) -> None:
    taken = [s for s in found if s.covered]
    chance, right = _chances(taken, weights), np.array([s.right for s in taken])
    kind_of = np.array([s.kind for s in taken])
    size = {kind: sum(s.kind == kind for s in found) for kind in kinds}
    for threshold in THRESHOLDS:
        said = chance >= threshold
        wrong = {kind: (said & (kind_of == kind) & ~right).sum() / size[kind] for kind in kinds}
        told = ", ".join(f"{WRONG[kind]} {share:.3f}" for kind, share in wrong.items())
        print(f"{threshold:.2f}: right {(said & right).sum() / size['in']:.3f}, {told}")


def _reliability(taken: Sequence[Sample], weights: np.ndarray) -> None:
    chance, right = _chances(taken, weights), np.array([s.right for s in taken])
    for low in np.arange(0, 1, 0.1):
        here = (chance >= low) & (chance < low + 0.1)
        if here.any():
            print(f"likelihood {low:.1f} to {low + 0.1:.1f}: {here.sum():6} answers, right {right[here].mean():.3f}")


def remembered(encoder: Encoder) -> Callable[[list[str]], np.ndarray]:
    """Encode each text once."""
    known: dict[str, np.ndarray] = {}

    def encode(texts: list[str]) -> np.ndarray:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(missing, encoder(missing), strict=True) if missing else ())
        return np.array([known[text] for text in texts])

    return encode


def main() -> None:
    """Calibrate without and with sentence vectors."""
    pack = load_pack(PACKS / "anhui-2024")
    entries, told = Finder.of(pack).entries, Composer(pack.faq, pack.facts).told(pack.faq.entries)
    few, many = calibration().few_wordings, calibration().many_wordings
    print("few wordings")
    report(samples([cut_down(pack, 0), cut_down(pack, 2), *held_out(entries)], None, few, told), [])
    print("many wordings, without meaning")
    report(samples(held_out(entries), None, many, told), samples(strangers(entries), None, many, told))
    encoder = load_encoder()
    if encoder:
        encode = remembered(encoder)
        encode([spelled(wording) for entry in entries for wording in entry.variants])
        print("with meaning")
        many = calibration().many_wordings_and_meaning
        report(samples(held_out(entries), encode, many, told), samples(strangers(entries), encode, many, told))


if __name__ == "__main__":
    main()
