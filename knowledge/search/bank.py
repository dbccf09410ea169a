"""The bank: every wording of every FAQ entry, searchable by characters and by sound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.faq import FaqEntry
from knowledge.search.grams import GramIndex, Scores
from knowledge.search.normal import joined, simplified, tokens
from knowledge.search.sounds import sound


@dataclass(frozen=True, slots=True)
class Hit:
    """How well one entry fits a question: its place in the bank and its best wording's score (0 to 1)."""

    entry: FaqEntry
    score: float


class Bank:
    """All wordings of all entries, one row each, kept entry by entry."""

    def __init__(self, entries: Sequence[FaqEntry]) -> None:
        """Index the entries; takes some tenths of a second for a few thousand wordings."""
        self.entries = tuple(entries)
        rows = [(place, text) for place, entry in enumerate(entries) for text in wordings(entry)]
        cut = [tokens(joined(simplified(text))) for _, text in rows]
        self._starts = np.searchsorted([place for place, _ in rows], range(len(self.entries)))
        self._by_look = GramIndex(cut)
        self._by_sound = GramIndex([[sound(token) + " " for token in text] for text in cut])

    def hits(self, question: str, boosts: Mapping[int, float] | None = None) -> list[Hit]:
        """Rank all entries for a question, best first."""
        scores = self._per_entry(self._rows(tokens(joined(simplified(question)))))
        for place, boost in (boosts or {}).items():
            scores[place] *= boost
        return [Hit(self.entries[place], float(scores[place])) for place in np.argsort(-scores, kind="stable")]

    def _rows(self, cut: Sequence[str]) -> Scores:
        look = self._by_look.scores(cut)
        return (look + self._by_sound.scores([sound(token) + " " for token in cut])) / 2

    def _per_entry(self, rows: Scores) -> Scores:
        return np.maximum.reduceat(rows, self._starts)


def wordings(entry: FaqEntry) -> tuple[str, ...]:
    """Give everything an applicant may type for this entry."""
    return (entry.question, *entry.variants, *entry.keywords)
