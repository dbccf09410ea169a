"""Finds the numbers in `knowledge/search/judge.py` by cross-validation on the shipped bank.

Run it with `python -m tests.benchmarks.calibrate` after the bank has changed much. Every wording is asked of a bank
that does not hold it (five folds); every open topic is also asked of a bank that does not know the topic at
all. A logistic model then learns from these when the best covered entry is the right one. Printed are its
weights, and for several thresholds the share of questions answered rightly, wrongly and falsely.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.faq import FaqEntry
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.search.index import WordingIndex, spelled
from knowledge.search.scoring import Weights, features, total
from knowledge.search.vectors import Encoder, load_encoder

FOLDS, TOPIC_FOLDS, PER_TOPIC = 5, 8, 6
PENALTY, STEPS = 1e-2, 30


@dataclass(frozen=True)
class Sample:
    """One question asked: `kind` is in, out or new (its topic was taken out of the bank)."""

    kind: str
    covered: bool
    right: bool
    features: tuple[float, ...]


def held_out(entries: Sequence[FaqEntry]) -> Iterator[tuple[Sequence[FaqEntry], list[tuple[FaqEntry, str, str]]]]:
    """Give banks with what they lack: (entries, [(entry, wording, kind)])."""
    shuffled = {e.id: _shuffled(e.variants, e.id) for e in entries}
    for fold in range(FOLDS):
        kept = [e.model_copy(update={"variants": _others(shuffled[e.id], fold)}) for e in entries]
        yield kept, [(e, v, "in" if e.covered else "out") for e in entries for v in shuffled[e.id][fold::FOLDS]]
    topics = _shuffled([e for e in entries if not e.covered], 5)
    for fold in range(TOPIC_FOLDS):
        gone = topics[fold::TOPIC_FOLDS]
        yield [e for e in entries if e not in gone], [(e, v, "new") for e in gone for v in shuffled[e.id][:PER_TOPIC]]


def _shuffled(items: Sequence[Any], seed: object) -> list[Any]:
    return random.Random(str(seed)).sample(items, len(items))  # noqa: S311 - the same shuffle every run is wanted


def _others(wordings: Sequence[str], fold: int) -> tuple[str, ...]:
    return tuple(w for place, w in enumerate(wordings) if place % FOLDS != fold)


def samples(entries: Sequence[FaqEntry], encoder: Encoder | None) -> list[Sample]:
    """Ask every held-out wording."""
    found = []
    for kept, asked in held_out(entries):
        bank = WordingIndex(kept)
        if encoder:
            bank.learn(encoder)
        covered = np.array([entry.covered for entry in kept])
        for entry, wording, kind in asked:
            evidence = bank.compare(wording)
            sums = total(evidence)
            best = int(np.argmax(sums))
            row = features(evidence, sums, covered, best)
            found.append(Sample(kind, kept[best].covered, kind != "new" and kept[best].id == entry.id, row))
    return found


def fit(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Fit a logistic model by Newton's method; bias first, weights on the plain features."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.c_[np.ones(len(rows)), (rows - middle) / spread]
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - right) / len(right) + PENALTY * np.r_[0, weights[1:]]
        bend = (design * (chance * (1 - chance))[:, None]).T @ design / len(right) + PENALTY * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    slopes = weights[1:] / spread
    return np.r_[weights[0] - slopes @ middle, slopes]


def report(found: list[Sample]) -> None:
    """Print weights and what each threshold gives."""
    taken = [s for s in found if s.covered]
    rows, right = np.array([s.features for s in taken]), np.array([s.right for s in taken])
    weights = fit(rows, right.astype(float))
    names = Weights.__dataclass_fields__
    print("Weights(" + ", ".join(f"{n}={w:.3f}" for n, w in zip(names, weights, strict=True)) + ")")
    chance = 1 / (1 + np.exp(-np.c_[np.ones(len(rows)), rows] @ weights))
    kinds = np.array([s.kind for s in taken])
    size = {kind: sum(s.kind == kind for s in found) for kind in ("in", "out", "new")}
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        said = chance >= threshold
        share = {kind: (said & (kinds == kind) & ~right).sum() / size[kind] for kind in size}
        good = (said & right).sum() / size["in"]
        print(
            f"{threshold:.2f}: right {good:.3f}, other entry {share['in']:.3f}, "
            f"false on open topics {share['out']:.3f}, on unknown topics {share['new']:.3f}"
        )


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
    entries = load_pack(PACKS / "anhui-2024").faq.entries
    print("without meaning")
    report(samples(entries, None))
    encoder = load_encoder()
    if encoder:
        encode = remembered(encoder)
        encode([spelled(wording) for entry in entries for wording in entry.variants])
        print("with meaning")
        report(samples(entries, encode))


if __name__ == "__main__":
    main()
