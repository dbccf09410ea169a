"""The bank: every wording of every FAQ entry, compared with a question by look, by sound and by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.faq import FaqEntry
from knowledge.search.grams import GramIndex, Scores
from knowledge.search.meaning import Encoder, Meaning
from knowledge.search.normal import joined, simplified, tokens
from knowledge.search.sounds import sound


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each entry, one number an entry.

    `topic`: standardised log-likelihood (mean 0, spread 1); `nearest`: cosine of the nearest wording (0 to 1);
    `meaning`: cosine of the sentence vector with the entry's mean vector, standardised, or None without a model;
    `known`: share of the question's grams that occur in the bank at all.
    """

    topic: Scores
    nearest: Scores
    meaning: Scores | None
    known: float


class Bank:
    """All wordings of all entries, one row each, kept entry by entry."""

    def __init__(self, entries: Sequence[FaqEntry]) -> None:
        """Index the entries; takes some tenths of a second for a few thousand wordings."""
        self.entries = tuple(entries)
        rows = [(place, spelled(text)) for place, entry in enumerate(entries) for text in wordings(entry)]
        self._owners = [place for place, _ in rows]
        self._texts = [text for _, text in rows]
        self._starts = np.searchsorted(self._owners, range(len(self.entries)))
        cut = [tokens(text) for text in self._texts]
        self._by_look = GramIndex(cut, self._owners)
        self._by_sound = GramIndex([sounds(text) for text in cut], self._owners)
        self._meaning: Meaning | None = None

    def learn(self, encoder: Encoder) -> None:
        """Add sentence vectors; takes seconds, so a shell does it in the background."""
        self._meaning = Meaning(encoder, self._texts, self._owners)

    def hits(self, question: str, boosts: dict[int, float] | None = None) -> list["Hit"]:
        """Rank all entries for a question, best first."""
        found = self.compare(question)
        total = found.topic if found.meaning is None else found.topic + found.meaning
        for place, boost in (boosts or {}).items():
            total[place] *= boost
        order = np.argsort(-total, kind="stable")
        return [Hit(self.entries[place], float(min(1, (total[place] / 8 + found.nearest[place]) / 2))) for place in order]

    def compare(self, question: str) -> Evidence:
        """Compare a question with every entry."""
        text = spelled(question)
        cut = tokens(text)
        look, sounding = self._by_look.compare(cut), self._by_sound.compare(sounds(cut))
        meaning = self._meaning
        return Evidence(
            topic=standard(look.entries + sounding.entries),
            nearest=np.maximum.reduceat((look.wordings + sounding.wordings) / 2, self._starts),
            meaning=standard(meaning.compare(text)) if meaning else None,
            known=sounding.known,
        )


def spelled(text: str) -> str:
    """Spell a text as the bank does."""
    return joined(simplified(text))


def sounds(cut: Sequence[str]) -> list[str]:
    """Give the sounds of tokens, kept apart by a blank."""
    return [sound(token) + " " for token in cut]


def standard(scores: Scores) -> Scores:
    """Shift and scale to mean 0 and spread 1."""
    centred: Scores = scores - scores.mean()
    return centred / (centred.std() + np.float32(1e-9))


def wordings(entry: FaqEntry) -> tuple[str, ...]:
    """Give everything an applicant may type for this entry."""
    return (entry.question, *entry.variants, *entry.keywords)


@dataclass(frozen=True, slots=True)
class Hit:
    """How well one entry fits a question: the entry and how likely it is the right one (0 to 1)."""

    entry: FaqEntry
    score: float
