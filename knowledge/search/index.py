"""The index of every wording of every FAQ entry: TF-IDF n-grams by look and by sound.

Two views of one index: `wordings` is the cosine with each single wording (is this nearly what someone
wrote down?), `entries` the log-likelihood under each entry as a whole (which topic uses such words?).
The second is naive Bayes over TF-IDF mass; on held-out wordings it finds the entry half as often
again as the nearest wording does, and costs nothing to train (tests/benchmarks/calibrate.py).
"""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.faq import FaqEntry
from knowledge.search.spelling import joined, masked, tokens
from knowledge.search.told_texts import ToldTexts, with_spoken
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


def grams(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """Give single tokens and neighbouring pairs, each once; the ends (`^` and `$`) count as neighbours."""
    singles: list[tuple[str, ...]] = [(token,) for token in tokens]
    return list(dict.fromkeys([*singles, *pairwise(["^", *tokens, "$"])]))


_START, _END = 0, 1  # the numbers of the ends of a text
_ENDS = {"^": _START, "$": _END}


class GramIndex:
    """All wordings of a bank, indexed by gram: single tokens and neighbouring pairs, each once a text."""

    def __init__(self, texts: Sequence[Sequence[str]], owners: Sequence[int], form: Callable[[str], str] = str) -> None:
        """Index tokenised wordings.

        Args:
            texts: the wordings, cut into tokens.
            owners: `owners[i]`, never falling, is the place of the entry wording `i` belongs to.
            form: what of a token counts, e.g. its sound: two tokens of one form are one.
        """
        self._form = form
        vocabulary = dict.fromkeys(chain.from_iterable(texts))
        forms = dict.fromkeys(map(form, vocabulary))
        self._forms = {each: number for number, each in enumerate(forms, _END + 1)}
        self._shape = len(texts), max(owners) + 1
        codes, rows = self._grams_of(texts, {token: self._forms[form(token)] for token in vocabulary})
        first = np.append(True, codes[1:] != codes[:-1])
        self._codes, ids = codes[first], np.cumsum(first) - 1
        self._idf = np.log((1 + len(texts)) / (0.5 + np.bincount(ids)))
        self._rare = math.log(2 * (1 + len(texts)))
        weights = self._idf[ids]
        weights /= np.sqrt(np.bincount(rows, weights**2))[rows]
        starts = np.append(np.flatnonzero(first), len(ids))
        self._rows = _Table(starts, rows, weights.astype(np.float32))
        self._entries, self._log_mass = self._by_entry(ids, np.asarray(owners)[rows], weights)

    def _grams_of(
        self, texts: Sequence[Sequence[str]], numbers: Mapping[str, int]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Give every gram of every text once, in the order of their codes: (codes, rows).

        The whole bank at a time: text by text this takes thrice as long, and somebody waits for the first answer.
        """
        marked = [(_START, *map(numbers.__getitem__, text), _END) for text in texts]
        flat = np.fromiter(chain.from_iterable(marked), np.intp)
        rows = np.repeat(np.arange(len(texts)), [len(text) for text in marked])
        single, paired = flat > _END, flat[:-1] != _END  # a pair does not reach into the next text
        rows = np.concatenate([rows[single], rows[:-1][paired]])
        codes = np.concatenate([flat[single], self._pair(flat[:-1][paired], flat[1:][paired])])
        found = np.sort(codes * len(texts) + rows)
        codes, rows = np.divmod(found[np.append(True, found[1:] != found[:-1])], len(texts))
        return codes, rows

    @property
    def _size(self) -> int:
        return len(self._forms) + _END + 1

    def _pair(self, first: Any, second: Any) -> Any:
        """Give the code of a pair of token numbers, or of arrays of them; a single token's is its number."""
        return self._size + first * self._size + second

    def _by_entry(
        self, ids: NDArray[np.intp], owners: NDArray[np.intp], weights: NDArray[np.float64]
    ) -> tuple[_Table, Scores]:
        """Add up the weights of each gram in each entry; also give the log of all the weight of an entry."""
        keys = ids * self._shape[1] + owners  # rising, since rows rise within a gram and owners with the rows
        firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
        gains = np.log1p(np.add.reduceat(weights, firsts) / _SMOOTHING)
        starts = np.searchsorted(ids[firsts], np.arange(len(self._codes) + 1))
        mass = np.bincount(owners, weights, self._shape[1]) + _SMOOTHING * len(self._codes)
        return _Table(starts, owners[firsts], gains.astype(np.float32)), np.log(mass).astype(np.float32)

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

    def used(self, tokens: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which tokens of a question each entry uses in their place: an array, a row a token, a column an entry.

        A token counts when the entry has it beside the same neighbour; a rare one, or a whole word, also alone.
        """
        numbers = [self._forms.get(self._form(token)) for token in tokens]
        used = np.zeros((len(tokens), self._shape[1]), bool)
        for row, (token, number) in enumerate(zip(tokens, numbers, strict=True)):
            places = self._places(number)
            if len(places) and (len(token) > 1 or len(tokens) == 1 or _rarity(len(places), self._shape[1]) > _RARE):
                used[row, places] = True
        for row, (first, second) in enumerate(pairwise(numbers)):
            if first is not None and second is not None:
                used[row : row + 2, self._places(self._pair(first, second))] = True
        return used

    def rarity(self, tokens: Sequence[str]) -> Scores:
        """Give the weight of each token of a question: the fewer entries use it, the more."""
        places = [len(self._places(self._forms.get(self._form(token)))) for token in tokens]
        return np.array([_rarity(count, self._shape[1]) for count in places], np.float32)

    def _places(self, code: int | None) -> NDArray[np.intp]:
        """Give the entries that use a gram."""
        place = int(np.searchsorted(self._codes, code)) if code is not None else len(self._codes)
        if place == len(self._codes) or self._codes[place] != code:
            return np.empty(0, np.intp)
        return self._entries.of(place)[0]

    def _weighed(self, tokens: Sequence[str]) -> list[tuple[int | None, float]]:
        """Give the number (None if unknown) and weight of each gram of a question."""
        ids = [self._number(gram) for gram in grams([self._form(token) for token in tokens])]
        raw = [self._rare if gram is None else float(self._idf[gram]) for gram in ids]
        norm = math.sqrt(sum(weight * weight for weight in raw)) or 1.0
        return [(gram, weight / norm) for gram, weight in zip(ids, raw, strict=True)]

    def _number(self, gram: tuple[str, ...]) -> int | None:
        numbers = [number for token in gram if (number := _ENDS.get(token, self._forms.get(token))) is not None]
        if len(numbers) < len(gram):
            return None
        code = numbers[0] if len(numbers) == 1 else self._pair(*numbers)
        place = int(np.searchsorted(self._codes, code))
        return place if place < len(self._codes) and self._codes[place] == code else None


_PLAIN = 1.6  # rarity up to which a token is one any question may hold: one entry in five uses it
_RARE = 3.5  # rarity from which a token counts alone: one entry in thirty uses it


def _rarity(uses: int, entries: int) -> float:
    return math.log((1 + entries) / (0.5 + uses))


def _longest(used: NDArray[np.bool_], rarity: Scores) -> Scores:
    """Give the weight of the longest run of rare tokens each entry does not use: 分辨率, where only 清晰 is said."""
    run = longest = np.zeros(used.shape[1], np.float32)
    for here, weight in zip(used, rarity, strict=True):
        run = np.where(here | (weight < _PLAIN), np.float32(0), run + weight)
        longest = np.maximum(longest, run)
    return longest


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """The latest results of a pure function.

    Unlike a cache over a bound method it does not hold the object whose method it is: a pack that is replaced is gone
    at once, its index with it, and does not wait for the garbage collector, which counts objects and not megabytes.
    """

    def __init__(self, most: int) -> None:
        """Remember so many."""
        self._most, self._held, self._lock = most, dict[K, V](), Lock()

    def result(self, of: K, make: Callable[[K], V]) -> V:
        """Give what was made of this before, or make it."""
        with self._lock:
            if of in self._held:
                return self._held[of]
        made = make(of)
        with self._lock:
            self._held[of] = made
            if len(self._held) > self._most:
                del self._held[next(iter(self._held))]
        return made

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._held.clear()


_WORDINGS = 40_000
_REMEMBERED = 256  # questions; one message is looked up several times on its way


@dataclass(frozen=True, slots=True)
class EntryScores:
    """What speaks for each entry, one number an entry.

    `topic`: standardised log-likelihood (mean 0, spread 1); `nearest`: cosine of the nearest wording (0 to 1);
    `meaning`: cosine of the sentence vector with the entry's mean vector, standardised, or None without a model;
    `explained`: share of the question's grams the entry uses (0 to 1). Of the question's words, weighed by their
    rarity, `written` is the share that stands in the entry's wordings, `said` in its answer and quotes, `accounted` in
    either; `unsaid` is the weight of the longest run of rare words that the answer does not hold. `kinds` and `units`
    tell whether the answer holds the kind of thing, and an amount of the unit, that the question names (-1 to 1; 0 for
    none). `length` is the number of the question's tokens.
    """

    topic: Scores
    nearest: Scores
    meaning: Scores | None
    explained: Scores
    written: Scores
    said: Scores
    accounted: Scores
    unsaid: Scores
    kinds: Scores
    units: Scores
    length: int


class WordingIndex:
    """All wordings of all entries, one row each, kept entry by entry."""

    def __init__(self, entries: Sequence[FaqEntry], answers: Mapping[str, str] | None = None) -> None:
        """Index the entries; takes some tenths of a second for a few thousand wordings.

        Args:
            entries: what is searched.
            answers: entry id → what it says, quotes and all, its facts filled in.
        """
        self.entries = tuple(entries)
        self.covered = np.array([entry.covered for entry in entries], bool)
        rows = [(place, text) for place, entry in enumerate(entries) for text in wordings(entry)]
        self._owners = [place for place, _ in rows]
        self._texts = [text for _, text in rows]
        self._starts = np.searchsorted(self._owners, range(len(self.entries)))
        texts = [cut(text) for text in self._texts]
        self._by_look = GramIndex(texts, self._owners)
        self._by_sound = GramIndex(texts, self._owners, sound)
        told = [(answers or {}).get(entry.id, "") for entry in self.entries]
        self._told = GramIndex([cut(with_spoken(text)) for text in told], range(len(told)))
        self._answers = ToldTexts(told)
        self._meaning: EntryVectors | None = None
        self._compared: Remembered[str, EntryScores] = Remembered(_REMEMBERED)

    def learn(self, encoder: Encoder) -> None:
        """Add sentence vectors; takes seconds, so a shell does it in the background."""
        self._meaning = EntryVectors(encoder, [spelled(text) for text in self._texts], self._owners)
        self._compared.clear()

    def compare(self, question: str) -> EntryScores:
        """Compare a question with every entry; the latest questions are remembered."""
        return self._compared.result(question, self._compare)

    def _compare(self, question: str) -> EntryScores:
        asked, meaning = cut(question), self._meaning
        look, sounding = self._by_look.compare(asked), self._by_sound.compare(asked)
        used, told = self._by_sound.used(asked), self._told.used(asked)
        weights = self._by_sound.rarity(asked)
        weights = weights / (weights.sum() or np.float32(1))
        return EntryScores(
            topic=standard(look.entries + sounding.entries),
            nearest=np.maximum.reduceat((look.wordings + sounding.wordings) / 2, self._starts),
            meaning=standard(meaning.compare(spelled(question))) if meaning else None,
            explained=np.maximum(look.explained, sounding.explained),
            written=weights @ used,
            said=weights @ told,
            accounted=weights @ (used | told),
            unsaid=_longest(told, self._by_look.rarity(asked)),
            kinds=self._answers.kinds(question),
            units=self._answers.units(question),
            length=len(asked),
        )


def spelled(text: str) -> str:
    """Spell a text as the bank does."""
    return joined(masked(simplified(text)))


@lru_cache(_WORDINGS)
def cut(text: str) -> tuple[str, ...]:
    """Spell a text and cut it into tokens; remembered, since an edited pack keeps most of its wordings."""
    return tuple(tokens(spelled(text)))


def key_of(wording: str) -> str:
    """Give a wording as the search sees it: two with one key cannot be told apart."""
    return "".join(cut(wording)).rstrip("吗")


def standard(scores: Scores) -> Scores:
    """Shift and scale to mean 0 and spread 1."""
    centred = scores - scores.mean()
    scaled: Scores = centred / (centred.std() + np.float32(1e-9))
    return scaled


def wordings(entry: FaqEntry) -> tuple[str, ...]:
    """Give everything an applicant may type for this entry."""
    return (entry.question, *entry.variants, *entry.keywords)
