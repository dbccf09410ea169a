"""How well a call is answered that nobody has prepared: packs drafted from the notices in `drafted/`; its weights.

`python -m tests.benchmarks.drafted_calls` drafts each notice, asks its questions, and prints the share answered rightly
(a word of each `must` is shown) and, of those the notice leaves open, answered at all: as the product does, and as it
would with weights learned from the other notices alone. The last line holds the weights learned from all of them, for
`few_wordings: each` in `calibration.yaml`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from knowledge.drafting.faq_draft import answers_file, entries_of
from knowledge.drafting.notice_facts import facts_of
from knowledge.drafting.notice_text import clauses_of
from knowledge.facts import Facts
from knowledge.faq import Faq, FaqEntry, Wording
from knowledge.notice import Citation
from knowledge.search.answer import Answer
from knowledge.search.calibration import Weights, calibration
from knowledge.search.composer import Composer
from knowledge.search.finder import Finder
from knowledge.search.index import WordingIndex
from knowledge.search.scoring import features, total
from knowledge.text.normalise import simplified
from knowledge.topics.library import library
from tests.benchmarks.calibrate import fit

NOTICES = Path(__file__).parent / "drafted"
TODAY = date(2026, 3, 10)
FINE = 3e-3  # the penalty: there are few questions, and each is told by fifteen numbers


@dataclass(frozen=True)
class Asked:
    """One question: of each of `must` a word is to be shown; None where the notice does not say."""

    question: str
    must: tuple[tuple[str, ...], ...] | None

    def answered_by(self, text: str) -> bool:
        """Tell whether a text holds the answer."""
        told = _plain(text)
        return self.must is not None and all(any(_plain(word) in told for word in words) for words in self.must)


@dataclass(frozen=True)
class Call:
    """A notice as drafted, with what is asked."""

    faq: Faq
    facts: Facts
    asked: tuple[Asked, ...]


def calls() -> dict[str, Call]:
    """Draft every notice."""
    return {path.stem: drafted(path) for path in sorted(NOTICES.glob("*.txt"))}


def drafted(path: Path) -> Call:
    """Draft the answers to one notice; its questions stand beside it."""
    clauses = clauses_of(path.read_text(encoding="utf-8"))
    facts = {fact.name: fact for fact in facts_of(clauses)}
    file = answers_file(entries_of(clauses, library(), facts), facts)
    known = Facts({name: fact.value for name, fact in facts.items()})
    faq = Faq(entries=tuple(map(_entry, file["entries"])), wording=Wording(**file["wording"]))
    data = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    told = [Asked(row["q"], tuple(map(tuple, row["must"]))) for row in data["in"]]
    return Call(faq, known, (*told, *(Asked(question, None) for question in data["out"])))


def shares(call: Call) -> tuple[float, float]:
    """Give the share answered rightly, and of what the notice leaves open answered at all."""
    finder, right, false = Finder(call.faq, call.facts), [], []
    for asked in call.asked:
        found = finder.find(asked.question, today=TODAY)
        answered = isinstance(found, Answer)
        if asked.must is None:
            false.append(answered)
        else:
            right.append(answered and asked.answered_by("".join((found.text, *(c.quote for c in found.citations)))))
    return float(np.mean(right)), float(np.mean(false))


Rows = list[tuple[Asked, np.ndarray, np.ndarray]]
"""Of each question the features of every entry that answers, and which of them hold the answer."""


def rows(call: Call) -> Rows:
    """Describe every entry for every question."""
    return list(_rows(call))


def _rows(call: Call) -> Iterator[tuple[Asked, np.ndarray, np.ndarray]]:
    entries, told = Finder(call.faq, call.facts).entries, Composer(call.faq, call.facts).told(call.faq.entries)
    index = WordingIndex(entries, told)
    places = [int(place) for place in np.flatnonzero(index.covered)]
    for asked in call.asked:
        evidence = index.compare(asked.question)
        sums = total(evidence, calibration().few_wordings)
        right = [asked.answered_by(told[entries[place].id]) for place in places]
        yield asked, np.array(features(evidence, sums, index.covered, places)), np.array(right)


def learned(found: Rows) -> np.ndarray:
    """Learn the weights of single entries."""
    return fit(np.vstack([row[1] for row in found]), np.concatenate([row[2] for row in found]).astype(float), FINE)


def judged(found: Rows, weights: np.ndarray) -> tuple[float, float]:
    """Give the shares as in `shares`, for weights: one or two entries are shown, as `scoring.score_entries` does."""
    few, right, false = calibration().few_wordings, [], []
    for asked, described, holds in found:
        chance = 1 / (1 + np.exp(-(weights[0] + described @ weights[1:])))
        best, second = np.argsort(-chance)[:2]
        sure = 1 - (1 - chance[best]) * (1 - chance[second]) >= few.sure
        if asked.must is None:
            false.append(sure)
        else:
            right.append(sure and bool(holds[best] or (chance[second] >= few.second and holds[second])))
    return float(np.mean(right)), float(np.mean(false))


def _entry(row: dict[str, Any]) -> FaqEntry:
    cites = tuple(Citation(**cite) for cite in row["cites"])
    more: dict[str, Sequence[str]] = {name: tuple(row.get(name, ())) for name in ("topic", "variants")}
    return FaqEntry(id=row["id"], question=row["question"], answer=row["answer"], cites=cites, **more)


@cache
def _plain(text: str) -> str:
    return "".join(simplified(text).split())


def main() -> None:
    """Print the shares and the weights."""
    found = calls()
    described = {name: rows(call) for name, call in found.items()}
    print(f"{'notice':>12}{'right':>8}{'false':>8}{'unseen: right':>16}{'false':>8}")
    for name, call in found.items():
        others = [row for other, its in described.items() if other != name for row in its]
        now, unseen = shares(call), judged(described[name], learned(others))
        print(f"{name:>12}{now[0]:8.3f}{now[1]:8.3f}{unseen[0]:16.3f}{unseen[1]:8.3f}")
    weights = learned([row for its in described.values() for row in its])
    print("{" + ", ".join(f"{n}: {w:.3f}" for n, w in zip(Weights.model_fields, weights, strict=True)) + "}")


if __name__ == "__main__":
    main()
