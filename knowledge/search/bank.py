"""The bank: every wording of every FAQ entry, compared with a question by look, by sound and by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.faq import FaqEntry
from knowledge.search.grams import GramIndex, Scores
from knowledge.search.meaning import Encoder, Meaning
from knowledge.search.normal import joined, masked, simplified, tokens
from knowledge.search.sounds import sound

_WORDINGS = 20_000
_REMEMBERED = 256  # questions; one message is looked up several times on its way


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each entry, one number an entry.

    `topic`: standardised log-likelihood (mean 0, spread 1); `nearest`: cosine of the nearest wording (0 to 1);
    `meaning`: cosine of the sentence vector with the entry's mean vector, standardised, or None without a model;
    `explained`: share of the question's grams the entry uses (0 to 1).
    """

    topic: Scores
    nearest: Scores
    meaning: Scores | None
    explained: Scores


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
        self.compare = lru_cache(_REMEMBERED)(self._compare)

    def learn(self, encoder: Encoder) -> None:
        """Add sentence vectors; takes seconds, so a shell does it in the background."""
        self._meaning = Meaning(encoder, self._texts, self._owners)
        self.compare.cache_clear()

    def _compare(self, question: str) -> Evidence:
        """Compare a question with every entry; `compare` is this, remembering the latest questions."""
        text = spelled(question)
        cut = tokens(text)
        look, sounding = self._by_look.compare(cut), self._by_sound.compare(sounds(cut))
        meaning = self._meaning
        return Evidence(
            topic=standard(look.entries + sounding.entries),
            nearest=np.maximum.reduceat((look.wordings + sounding.wordings) / 2, self._starts),
            meaning=standard(meaning.compare(text)) if meaning else None,
            explained=np.maximum(look.explained, sounding.explained),
        )


@lru_cache(_WORDINGS)
def spelled(text: str) -> str:
    """Spell a text as the bank does; remembered, since an edited pack keeps most of its wordings."""
    return joined(masked(simplified(text)))


def sounds(cut: Sequence[str]) -> list[str]:
    """Give the sounds of tokens, kept apart by a blank."""
    return [sound(token) + " " for token in cut]


def standard(scores: Scores) -> Scores:
    """Shift and scale to mean 0 and spread 1."""
    centred = scores - scores.mean()
    scaled: Scores = centred / (centred.std() + np.float32(1e-9))
    return scaled


def wordings(entry: FaqEntry) -> tuple[str, ...]:
    """Give everything an applicant may type for this entry."""
    return (entry.question, *entry.variants, *entry.keywords)
