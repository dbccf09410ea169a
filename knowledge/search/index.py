"""The index of every wording of every FAQ entry: TF-IDF n-grams by look and by sound.

Two views of one index: `wordings` is the cosine with each single wording (is this nearly what someone
wrote down?), `entries` the log-likelihood under each entry as a whole (which topic uses such words?).
The second is naive Bayes over TF-IDF mass; on held-out wordings it finds the entry half as often
again as the nearest wording does, and costs nothing to train (tests/benchmarks/calibrate.py).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.faq import FaqEntry
from knowledge.search.spelling import joined, masked, tokens
from knowledge.search.vectors import Encoder, EntryVectors, Scores
from knowledge.text.normalise import simplified
from knowledge.text.pinyin import sound

_SMOOTHING = 0.03  # TF-IDF mass every entry is given for a gram it never used; 0.01 to 0.06 do equally well


@dataclass(frozen=True, slots=True)
class GramScores:
    """What a question's grams say.

    `wordings`: cosine per wording; `entries`: log-likelihood per entry; `explained`: share of the question's weight
    in grams the entry uses somewhere (0 to 1); `known`: the same share for the bank as a whole.
    """

    wordings: Scores
    entries: Scores
    explained: Scores
    known: float


@dataclass(frozen=True, slots=True)
class _Table:
    """Weights by gram: those of gram `g` stand at `starts[g]` to `starts[g + 1]`."""

    starts: NDArray[np.intp]
    places: NDArray[np.intp]
    weights: Scores

    def of(self, gram: int) -> tuple[NDArray[np.intp], Scores]:
        """Give the places (rows or entries) that hold a gram, and its weight in each."""
        part = slice(self.starts[gram], self.starts[gram + 1])
        return self.places[part], self.weights[part]


def grams(tokens: Sequence[str]) -> list[str]:
    """Give single tokens and neighbouring pairs, each once; the ends count as neighbours."""
    marked = ["^", *tokens, "$"]
    return list(dict.fromkeys([*tokens, *(first + second for first, second in pairwise(marked))]))


class GramIndex:
    """All wordings of a bank, indexed by gram."""

    def __init__(self, texts: Sequence[Sequence[str]], owners: Sequence[int]) -> None:
        """Index tokenised wordings; `owners[i]`, never falling, is the place of the entry wording `i` belongs to."""
        cut = [grams(text) for text in texts]
        self._ids = {gram: number for number, gram in enumerate(dict.fromkeys(chain.from_iterable(cut)))}
        self._shape = len(texts), max(owners) + 1
        ids = np.fromiter((self._ids[gram] for text in cut for gram in text), np.intp)
        rows = np.repeat(np.arange(len(texts)), [len(text) for text in cut])
        order = np.argsort(ids, kind="stable")
        ids, rows = ids[order], rows[order]
        self._idf = np.log((1 + len(texts)) / (0.5 + np.bincount(ids)))
        self._rare = math.log(2 * (1 + len(texts)))
        weights = self._idf[ids]
        weights /= np.sqrt(np.bincount(rows, weights**2))[rows]
        self._rows = _Table(np.searchsorted(ids, range(len(self._ids) + 1)), rows, weights.astype(np.float32))
        self._entries, self._log_mass = self._by_entry(ids, np.asarray(owners)[rows], weights)

    def _by_entry(
        self, ids: NDArray[np.intp], owners: NDArray[np.intp], weights: NDArray[np.float64]
    ) -> tuple[_Table, Scores]:
        """Add up the weights of each gram in each entry; also give the log of all the weight of an entry."""
        pairs, firsts = np.unique(ids * self._shape[1] + owners, return_index=True)
        gains = np.log1p(np.add.reduceat(weights, firsts) / _SMOOTHING)
        starts = np.searchsorted(pairs // self._shape[1], range(len(self._ids) + 1))
        mass = np.bincount(owners, weights, self._shape[1]) + _SMOOTHING * len(self._ids)
        return _Table(starts, pairs % self._shape[1], gains.astype(np.float32)), np.log(mass).astype(np.float32)

    def compare(self, tokens: Sequence[str]) -> GramScores:
        """Compare a tokenised question with everything in the index."""
        wordings, entries = (np.zeros(size, np.float32) for size in self._shape)
        explained = np.zeros_like(entries)
        known = 0.0
        weighed = self._weighed(tokens)
        for gram, weight in weighed:
            if gram is None:
                continue
            known += weight
            rows, weights = self._rows.of(gram)
            wordings[rows] += weight * weights
            places, gains = self._entries.of(gram)
            entries[places] += weight * gains
            explained[places] += weight
        total = sum(weight for _, weight in weighed) or 1.0
        share = np.float32(1 / total)
        return GramScores(wordings, entries - np.float32(known) * self._log_mass, explained * share, known / total)

    def _weighed(self, tokens: Sequence[str]) -> list[tuple[int | None, float]]:
        """Give the number (None if unknown) and weight of each gram of a question."""
        ids = [self._ids.get(gram) for gram in grams(tokens)]
        raw = [self._rare if gram is None else float(self._idf[gram]) for gram in ids]
        norm = math.sqrt(sum(weight * weight for weight in raw)) or 1.0
        return [(gram, weight / norm) for gram, weight in zip(ids, raw, strict=True)]


_WORDINGS = 20_000
_REMEMBERED = 256  # questions; one message is looked up several times on its way


@dataclass(frozen=True, slots=True)
class EntryScores:
    """What speaks for each entry, one number an entry.

    `topic`: standardised log-likelihood (mean 0, spread 1); `nearest`: cosine of the nearest wording (0 to 1);
    `meaning`: cosine of the sentence vector with the entry's mean vector, standardised, or None without a model;
    `explained`: share of the question's grams the entry uses (0 to 1).
    """

    topic: Scores
    nearest: Scores
    meaning: Scores | None
    explained: Scores


class WordingIndex:
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
        self._meaning: EntryVectors | None = None
        self.compare = lru_cache(_REMEMBERED)(self._compare)

    def learn(self, encoder: Encoder) -> None:
        """Add sentence vectors; takes seconds, so a shell does it in the background."""
        self._meaning = EntryVectors(encoder, self._texts, self._owners)
        self.compare.cache_clear()

    def _compare(self, question: str) -> EntryScores:
        """Compare a question with every entry; `compare` is this, remembering the latest questions."""
        text = spelled(question)
        cut = tokens(text)
        look, sounding = self._by_look.compare(cut), self._by_sound.compare(sounds(cut))
        meaning = self._meaning
        return EntryScores(
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
