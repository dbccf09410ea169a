"""From a question to an answer with its clause, or an honest abstention."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property

from knowledge.facts import Facts
from knowledge.faq import Faq, FaqEntry
from knowledge.notice import Notice
from knowledge.pack import NoticePack
from knowledge.search.answer import Abstention, Answer
from knowledge.search.bank import SharedEntry, UndecidedEntry, bank
from knowledge.search.calibration import calibration
from knowledge.search.composer import Composer
from knowledge.search.follow_up import LAST, LastAnswer, Leans, asks_why, completions, content, leans, nth
from knowledge.search.index import EntryScores, Remembered, WordingIndex
from knowledge.search.pointers import ClausePointers
from knowledge.search.question_parts import asks, asks_each, pairs, parts
from knowledge.search.scoring import Hit, scale_of, score_entries, widened
from knowledge.search.vectors import Encoder
from knowledge.text.frame import unframed
from knowledge.topics.library import library

_CAL = calibration()
_MOST = 300  # characters of a question that are looked at: of a longer one its beginning and its end
_REMEMBERED = 256  # questions; one message is looked up several times on its way
_MOST_PARTS = 8  # pieces of a question that are looked for on their own


class Finder:
    """Answers questions from one pack's FAQ. Pure: same question, same day, same answer."""

    def __init__(
        self,
        faq: Faq,
        facts: Facts,
        labels: Mapping[str, str] | None = None,
        words: Mapping[str, str] | None = None,
        notice: Notice | None = None,
    ) -> None:
        """Keep the parts; indexes are built at the first question.

        Args:
            faq: questions and answers.
            facts: what the answers' names stand for.
            labels: field key → official label.
            words: what fills the slots of the shared library's wordings, e.g. `form_name`.
            notice: what is pointed at where nothing is answered.
        """
        self._faq, self._labels, self._words = faq, dict(labels or {}), dict(words or {})
        self._anchors = tuple(notice.clauses) if notice else ()
        self._notice = notice
        self._speaker = Composer(faq, facts)
        self._scale = scale_of(faq.entries)
        self._ranked: Remembered[tuple[str, str | None], list[Hit]] = Remembered(_REMEMBERED)
        self._before: tuple[LastAnswer, ...] = ()

    @classmethod
    def of(cls, pack: NoticePack) -> "Finder":
        """Make the finder of a pack."""
        labels = {key: field.label for key, field in pack.fields.items()}
        return cls(pack.faq, pack.facts, labels, notice=pack.notice)

    @cached_property
    def entries(self) -> tuple[FaqEntry, ...]:
        """All entries that are searched: the pack's, and the shared library's."""
        return bank(self._faq, library(), self._words)

    @cached_property
    def _bank(self) -> WordingIndex:
        return WordingIndex(self.entries, self._speaker.told(self._faq.entries))

    @cached_property
    def _pointers(self) -> ClausePointers | None:
        return ClausePointers(self._notice) if self._notice else None

    def after(self, before: Sequence[LastAnswer]) -> "Finder":
        """Give this finder as it answers after `before`, the latest answer last; they share one index."""
        if not self._faq.entries:
            return self
        self._bank  # noqa: B018 - built before it is shared
        following = copy(self)
        following._before = tuple(before)  # noqa: SLF001 - a copy of its own class
        return following

    def learn(self, encoder: Encoder) -> None:
        """Add sentence vectors (see `meaning.load_encoder`); takes seconds: do it in the background."""
        if self._faq.entries:
            self._bank.learn(encoder)
            self._scale = scale_of(self._faq.entries, meaning=True)
            self._ranked.clear()

    def entry(self, name: str, *, today: date) -> Answer | Abstention | None:
        """Give what is said to one entry, as a suggestion that was tapped; None when there is no such entry."""
        found = next((entry for entry in self.entries if entry.id == name), None)
        return self._speaker.single(found, "", today, 1.0) if found else None

    def nearest(self, question: str, most: int) -> tuple[FaqEntry, ...]:
        """Give the entries of the pack most like a question, the likest first."""
        return tuple(hit.entry for hit in self.ranked(question) if not isinstance(hit.entry, SharedEntry))[:most]

    def ranked(self, question: str, during: str | None = None) -> list[Hit]:
        """Give all entries for a question by itself, the likest first, as they are weighed."""
        return self._hits(unframed(_bounded(question)), during) if self._faq.entries else []

    def find(self, question: str, *, today: date, during: str | None = None) -> Answer | Abstention:
        """Answer `question` as of `today`; `during` is the key of the field being asked, if any."""
        question = unframed(_bounded(question))
        if not self._faq.entries:
            return self._speaker.unknown(today, 0.0)
        how = leans(question) if self._before else Leans.NO
        if how is Leans.NO:
            return self._alone(question, today, during)
        return self._following(question, how, today, during)

    def _alone(self, question: str, today: date, during: str | None) -> Answer | Abstention:
        """Answer a question that stands by itself."""
        hits = self._hits(question, during)
        found = self._said(question, hits, today, during)
        if isinstance(found, Abstention) and found.reason != "not_in_notice":
            found = self._pointing(question, found)
        return found.model_copy(update={"question": question})

    def _pointing(self, question: str, found: Abstention) -> Abstention:
        """Show the sentence of the notice that shares the question's words beside an abstention; it answers nothing."""
        cite = self._pointers.find(question) if self._pointers and not found.citations else None
        return self._speaker.pointing(found, cite) if cite else found

    def _following(self, question: str, how: Leans, today: date, during: str | None) -> Answer | Abstention:
        """Judge a question alone, then as completed from the ones before; the better reading wins."""
        alone, hit = self._alone(question, today, during), self._hits(question, during)[0]
        clear = hit.nearest >= _CAL.verbatim or (isinstance(alone, Answer) and hit.score >= _CAL.clear)
        if how is Leans.PERHAPS and clear:
            return alone
        for last in reversed(self._before):
            told = self._about(question, last, today)
            if told is not None:
                return told
            full = self._completed(question, last, today, _CAL.shared if how is Leans.YES else _CAL.hinted)
            if full is not None and (how is Leans.YES or isinstance(alone, Answer) or full.score > alone.score):
                return full
        return alone

    def _about(self, question: str, last: LastAnswer, today: date) -> Answer | Abstention | None:
        """Answer 「为什么」 and 「第三个呢」 from the entries of the last answer; None when neither is asked."""
        entries = [entry for entry in self.entries if entry.id in last.entries]
        place = nth(question)
        if asks_why(question) and entries:
            return self._speaker.single(entries[0], last.question, today, 1.0)
        if place is None or not entries:
            return None
        item = self._item(entries[0], place)
        return self._speaker.single(item, question, today, 1.0) if item else None

    def _item(self, entry: FaqEntry, place: int) -> FaqEntry | None:
        """Give the entry about one of the clauses below the one an entry cites: 「第三类」 after the list of them."""
        cited = list(dict.fromkeys(cite.clause for cite in entry.cites))
        below = [anchor for clause in cited for anchor in self._anchors if _is_below(anchor, clause)]
        items = below or cited
        if not items or not (place == LAST or 0 < place <= len(items)):
            return None
        wanted = items[place if place == LAST else place - 1]
        about = [other for other in self._faq.entries if other.covered and {c.clause for c in other.cites} == {wanted}]
        return about[0] if about else None

    def _completed(self, question: str, last: LastAnswer, today: date, least: float) -> Answer | Abstention | None:
        """Answer a question completed from the one before, in the first words that are known; None when none are.

        `least` is the share of its own words the entry must use.
        """
        own = self._bank.compare(question).explained
        for full in completions(question, last.question):
            hit = self._hits(full, None)[0]
            known = hit.sure or (not hit.entry.covered and hit.score >= _CAL.open)
            if known and own[self.entries.index(hit.entry)] >= least:
                return self._alone(full, today, None)
        return None

    def _said(self, question: str, hits: list[Hit], today: date, during: str | None) -> Answer | Abstention:
        several = self._several(question, hits[0], during)
        if len(several) > 1:
            return self._speaker.several(several, today)
        best = several[0][0] if several else hits[0]
        category = self._speaker.category(question, best, during)
        if category is not None:
            return category
        second = hits[1] if len(hits) > 1 and best is hits[0] and best.nearest < _CAL.verbatim else None
        if second and best.sure and second.entry.covered and second.score >= self._scale.second:
            return self._speaker.several([(best, question), (second, question)], today)
        if best.sure or (not best.entry.covered and best.score >= _CAL.open):
            return self._speaker.single(best.entry, question, today, best.score, self._runners_up(hits, best))
        near = [hit.entry for hit in hits[:3] if hit.score >= _CAL.near and _is_offered(hit.entry)]
        return self._speaker.unsure(near, today, best.score) if near else self._speaker.unknown(today, best.score)

    def _hits(self, question: str, during: str | None) -> list[Hit]:
        """Rank the entries for a question; the latest questions are remembered."""
        return self._ranked.result((question, during), lambda asked: self._scored(*asked))

    def _scored(self, question: str, during: str | None) -> list[Hit]:
        evidence = self._bank.compare(question)
        alone = score_entries(evidence, self._bank, self._scale)
        if during is None or (alone[0].sure and during in alone[0].entry.fields):
            return alone
        if alone[0].score >= _CAL.clear:  # the field at hand settles only what the words leave open
            return self._named(evidence, question, during) or alone
        home = self._at_home(evidence, question, during)
        return alone if alone[0].sure and not home[0].sure else home

    def _at_home(self, evidence: EntryScores, question: str, during: str) -> list[Hit]:
        home = [place for place, entry in enumerate(self.entries) if during in entry.fields]
        if during in self._labels:
            evidence = widened(evidence, self._bank.compare(self._labels[during] + question), home)
        return score_entries(evidence, self._bank, self._scale, home)

    def _named(self, evidence: EntryScores, question: str, during: str) -> list[Hit]:
        """Give the hits of a wording of the field's own, if the question is one once the field is named.

        「多少字以内」 is nearly what is asked of the description; while the project's name is asked for, it is
        nearly 「项目名称多少字以内」. A long label makes any two questions alike: the entry must use the question's own
        words as well.
        """
        hits = score_entries(self._bank.compare(self._labels.get(during, "") + question), self._bank, self._scale)
        best = hits[0]
        if during not in best.entry.fields or not best.sure or best.nearest < _CAL.exact:
            return []
        return hits if evidence.explained[self.entries.index(best.entry)] >= _CAL.own else []

    def _several(self, question: str, whole: Hit, during: str | None) -> list[tuple[Hit, str]]:
        """Give the (hit, piece) pairs of a message that asks several things, or the one piece that is clearer."""
        pieces = parts(question)[:_MOST_PARTS]
        if whole.nearest >= _CAL.verbatim:
            return []
        if len(pieces) < 2:  # noqa: PLR2004
            return self._joined(question)
        found = [hit for piece in pieces for hit in self._joined(piece) or [(self._hits(piece, during)[0], piece)]]
        sure = _distinct(
            [(hit, piece) for hit, piece in found if hit.nearest >= _CAL.exact or (hit.sure and asks(piece))]
        )
        covered = [hit for hit, _ in sure if hit.entry.covered]
        several = sum(map(asks, pieces)) > 1  # then the whole is like neither
        last = bool(sure) and sure[-1][1] == pieces[-1] and sure[-1][0].nearest >= _CAL.exact
        last = last and len(content(pieces[-1])) > 1  # the last question of a ramble weighs most
        if len(sure) == 1 and whole.sure and not ((several or last) and whole.nearest < _CAL.exact):
            return []
        return sure if covered else []

    def _joined(self, question: str) -> list[tuple[Hit, str]]:
        """Take 「邮箱和电话」 apart, if each half is nearly a wording of its own."""
        halves = [(self._hits(half, None)[0], half) for half in pairs(question)[:_MOST_PARTS]]
        each = asks_each(question)
        exact = _distinct([(hit, half) for hit, half in halves if hit.nearest >= _CAL.exact or (each and hit.sure)])
        return exact if len(exact) == len(halves) > 1 and any(hit.entry.covered for hit, _ in exact) else []

    def _runners_up(self, hits: list[Hit], best: Hit) -> list[FaqEntry]:
        """Give covered entries worth offering beside 「通知未说明」."""
        if best.entry.covered:
            return []
        beside = isinstance(best.entry, UndecidedEntry)  # what the pack does answer may be what is meant
        near = (hit for hit in hits if hit.entry.covered)
        return [hit.entry for hit in near if hit.score >= _CAL.near or (beside and hit.nearest >= _CAL.beside)][:2]


def _bounded(question: str) -> str:
    """Give a question whose length no pattern need fear; white space stands for itself, however much of it."""
    words = " ".join(question.split())
    return words if len(words) <= _MOST else f"{words[: _MOST // 2]} {words[-_MOST // 2 :]}"


def _is_offered(entry: FaqEntry) -> bool:
    """Tell whether an entry may be offered as a button: about the call, in the pack's own words."""
    return not isinstance(entry, SharedEntry) and (entry.covered or bool(entry.cites))


def _is_below(anchor: str, clause: str) -> bool:
    """Tell whether an anchor is that of a direct part of a clause: 二.3 or 二（三） of 二."""
    rest = anchor.removeprefix(clause)
    return rest != anchor and bool(rest) and rest[0] in ".（(" and not any(mark in rest[1:] for mark in ".（(")


def _distinct(found: list[tuple[Hit, str]]) -> list[tuple[Hit, str]]:
    return list({hit.entry.id: (hit, piece) for hit, piece in reversed(found)}.values())[::-1]
