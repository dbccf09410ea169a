"""From a question to an answer with its clause, or an honest abstention."""

from datetime import date
from functools import cached_property

from knowledge.answers import Abstention, Answer, Suggestion
from knowledge.facts import Facts
from knowledge.faq import Faq, FaqEntry
from knowledge.pack import NoticePack
from knowledge.search.bank import Bank, Hit

SURE, NEAR = 0.42, 0.22


class Finder:
    """Answers questions from one pack's FAQ. Pure: same question, same day, same answer."""

    def __init__(self, faq: Faq, facts: Facts) -> None:
        """Keep the parts; indexes are built at the first question."""
        self._faq, self._facts = faq, facts

    @classmethod
    def of(cls, pack: NoticePack) -> "Finder":
        """Make the finder of a pack."""
        return cls(pack.faq, pack.facts)

    @cached_property
    def _bank(self) -> Bank:
        return Bank(self._faq.entries)

    def find(self, question: str, *, today: date, during: str | None = None) -> Answer | Abstention:
        """Answer `question` as of `today`; `during` is the key of the field being asked, if any."""
        boosts = {
            place: 1.15 for place, entry in enumerate(self._faq.entries) if during is not None and during in entry.fields
        }
        hits = self._bank.hits(question, boosts)
        best = hits[0]
        if best.score < NEAR:
            return Abstention(reason="unknown", text=self._say(self._faq.wording.unknown, today))
        if best.score < SURE:
            return self._unsure(hits, today)
        if not best.entry.covered:
            return Abstention(
                reason="not_in_notice",
                text=self._say(best.entry.answer, today),
                citations=best.entry.cites,
                entries=(best.entry.id,),
                score=best.score,
            )
        return Answer(
            entries=(best.entry.id,), text=self._say(best.entry.answer, today), citations=best.entry.cites, score=best.score
        )

    def _unsure(self, hits: list[Hit], today: date) -> Abstention:
        nearest = [hit.entry for hit in hits[:3] if hit.score >= NEAR]
        return Abstention(
            reason="unsure",
            text=self._say(self._faq.wording.unsure, today),
            nearest=tuple(self._suggest(entry, today) for entry in nearest),
            score=hits[0].score,
        )

    def _suggest(self, entry: FaqEntry, today: date) -> Suggestion:
        return Suggestion(entry=entry.id, question=entry.question, answer=self._say(entry.answer, today))

    def _say(self, text: str, today: date) -> str:
        return self._facts.fill(text.strip(), deadline_note=self._deadline_note(today))

    def _deadline_note(self, today: date) -> str:
        days = (self._facts.date("deadline") - today).days
        wording = self._faq.wording
        note = wording.days_left if days > 0 else wording.last_day if days == 0 else wording.closed
        return self._facts.fill(note, days=days)
