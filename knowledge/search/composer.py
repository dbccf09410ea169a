"""Puts entries into words: facts filled in, yes or no first, several answers in one."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from knowledge.facts import Facts
from knowledge.faq import CategoryHelp, Faq, FaqEntry
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.notice import Citation
from knowledge.search.answer import Abstention, Answer, Suggestion
from knowledge.search.bank import UndecidedEntry
from knowledge.search.categories import Fit, fits
from knowledge.search.comparison import verdict
from knowledge.search.limits import agreement, correction
from knowledge.search.scoring import Hit
from knowledge.text.normalise import simplified


class _Messages(Model):
    """All of `messages.yaml`."""

    pointer: str
    office: str


class Composer:
    """Says what the entries of one FAQ say."""

    def __init__(self, faq: Faq, facts: Facts) -> None:
        """Keep wording and facts."""
        self._faq, self._facts = faq, facts

    def told(self, entries: Sequence[FaqEntry]) -> dict[str, str]:
        """Give what entries say by themselves, for the search: id → question, answer and quotes."""
        said = {entry.id: self._facts.fill(entry.answer, deadline_note="") for entry in entries}
        return {e.id: "\n".join((e.question, said[e.id], *(cite.quote for cite in e.cites))) for e in entries}

    def single(
        self, entry: FaqEntry, question: str, today: date, score: float, near: Sequence[FaqEntry] = ()
    ) -> Answer | Abstention:
        """Say one entry; a date or number in the question is held against the fact first."""
        text = self._text(entry, question, today)
        if entry.covered:
            return Answer(entries=(entry.id,), text=text, citations=entry.cites, score=score)
        return Abstention(
            reason="undecided" if isinstance(entry, UndecidedEntry) else "not_in_notice",
            text=text,
            nearest=self._suggestions(near, today),
            citations=entry.cites,
            entries=(entry.id,),
            score=score,
        )

    def several(self, found: Sequence[tuple[Hit, str]], today: date) -> Answer:
        """Say several entries, one below the other; at least one is covered."""
        entries = [hit.entry for hit, _ in found]
        return Answer(
            entries=tuple(entry.id for entry in entries),
            text="\n\n".join(self._text(hit.entry, piece, today) for hit, piece in found),
            citations=_joined(entries),
            score=min(hit.score for hit, _ in found),
        )

    def category(self, question: str, hit: Hit, during: str | None) -> Answer | None:
        """Propose one or two categories when that is what is asked; None when it is not, or nothing fits."""
        help_ = self._faq.category_help
        if help_ is None or not _wants_category(simplified(question), hit, during, help_):
            return None
        found = fits(question, help_)
        if not found:
            return None
        frame = help_.one if len(found) == 1 else help_.two
        names: dict[str, str] = {}
        for rank, fit in zip(("first", "second"), found, strict=False):
            names |= {rank: fit.category.label, f"{rank}_words": _listed(fit), f"{rank}_quote": fit.category.quote}
        cites = tuple(Citation(clause=fit.category.clause, quote=fit.category.quote) for fit in found)
        text = self._facts.fill(frame.strip(), **names)
        return Answer(entries=(help_.entry,), text=text, citations=cites, score=hit.score)

    def unsure(self, near: Sequence[FaqEntry], today: date, score: float) -> Abstention:
        """Offer what is near."""
        text = self._fill(self._faq.wording.unsure, today)
        return Abstention(reason="unsure", text=text, nearest=self._suggestions(near, today), score=score)

    def pointing(self, found: Abstention, cite: Citation) -> Abstention:
        """Add a sentence of the notice that has to do with the question."""
        return found.model_copy(update={"text": f"{found.text}\n{_pointer()}", "citations": (cite,)})

    def unknown(self, today: date, score: float) -> Abstention:
        """Admit that nothing is near."""
        return Abstention(reason="unknown", text=self._fill(self._faq.wording.unknown, today), score=score)

    def _suggestions(self, near: Sequence[FaqEntry], today: date) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(entry=entry.id, question=entry.question, answer=self._fill(entry.answer, today))
            for entry in near
        )

    def _text(self, entry: FaqEntry, question: str, today: date) -> str:
        text = self._fill(entry.answer, today) + _signed(entry)
        first = self._first(entry, question, text, today) if question and entry.covered else None
        return f"{first}\n{text}" if first else text

    def _first(self, entry: FaqEntry, question: str, text: str, today: date) -> str | None:
        """Say first what is wrong with what is taken for granted, or whether what is named agrees."""
        compare = entry.compare
        stated = text
        if compare and compare.how == "at_most" and not any(word in simplified(question) for word in compare.unless):
            stated = f"{self._facts.number(compare.fact)}{compare.units[0]}" if compare.units else text
        wrong = correction(question, stated, today)
        if wrong is not None:
            return wrong
        if compare:
            return verdict(question, compare, self._facts, today)
        return agreement(question, text, today)

    def _fill(self, text: str, today: date) -> str:
        return self._facts.fill(text.strip(), deadline_note=self._deadline_note(today))

    def _deadline_note(self, today: date) -> str:
        """Say how many days are left; nothing where the call has no deadline."""
        deadline = self._facts.day("deadline")
        if deadline is None:
            return ""
        days = (deadline - today).days
        wording = self._faq.wording
        note = wording.days_left if days > 0 else wording.last_day if days == 0 else wording.closed
        return self._facts.fill(note, days=days)


def _pointer() -> str:
    """Give what is said before a sentence of the notice that is only pointed at."""
    return _messages().pointer


@cache
def _messages() -> _Messages:
    return load_yaml(Path(__file__).parent / "messages.yaml", _Messages)


def _signed(entry: FaqEntry) -> str:
    """Say that the office answers, who and when, and not the notice."""
    if not entry.from_office or entry.day is None:
        return ""
    day = entry.day
    return "\n" + _messages().office.format(by=entry.by, year=day.year, month=day.month, day=day.day)


def _wants_category(question: str, hit: Hit, during: str | None, help_: CategoryHelp) -> bool:
    """Tell whether a category is asked for: the entry says so, or words that ask and no other sure topic."""
    if hit.entry.id == help_.entry:
        return True
    free = not hit.sure or during == help_.field or help_.field in hit.entry.fields
    return free and any(word in question for word in help_.asks)


def _listed(fit: Fit) -> str:
    return "、".join(f"“{word}”" for word in fit.words[:4])


def _joined(entries: Sequence[FaqEntry]) -> tuple[Citation, ...]:
    cites = dict.fromkeys((cite.clause, cite.quote) for entry in entries for cite in entry.cites)
    return tuple(Citation(clause=clause, quote=quote) for clause, quote in cites)
