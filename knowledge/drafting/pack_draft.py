"""A whole pack drafted from a notice and a blank form, as texts by file; what a person must still decide, by place."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from knowledge.drafting.draft_texts import fill, texts, todo_text
from knowledge.drafting.eligibility_draft import conditions_of, eligibility_file
from knowledge.drafting.faq_draft import DraftEntry, answers_file, entries_of, open_file
from knowledge.drafting.form_draft import FormDraft, form_draft
from knowledge.drafting.form_reading import read_form
from knowledge.drafting.notice_draft import notice_md
from knowledge.drafting.notice_facts import FoundFact, facts_of
from knowledge.drafting.notice_text import DraftClause, clauses_of
from knowledge.drafting.printed_form import PrintedForm
from knowledge.drafting.yaml_writing import yaml_text
from knowledge.topics.library import library

NOTICE, FORM, ANSWERS, OPEN, ELIGIBILITY, TESTS = (
    "notice.md",
    "form.yaml",
    "faq/answers.yaml",
    "faq/open.yaml",
    "eligibility.yaml",
    "tests.yaml",
)
Place = tuple[int | str, ...]


@dataclass(slots=True)
class PackDraft:
    """The parts of a drafted pack. They may be changed before they are written."""

    id: str
    clauses: list[DraftClause]
    facts: list[FoundFact]
    form: FormDraft
    entries: list[DraftEntry]
    conditions: list[tuple[str, str]]
    questions: list[tuple[str, str]]
    more_todo: list[tuple[str, Place, str]] = field(default_factory=list)

    def files(self) -> dict[str, str]:
        """Write every text file of the pack."""
        heads, facts = texts().heads, {fact.name: fact for fact in self.facts}
        files = {
            NOTICE: notice_md(self.id, self.clauses, self.facts)[0],
            FORM: yaml_text(self.form.data(), fill(heads["form"], title=self.form.title)),
            ANSWERS: yaml_text(answers_file(self.entries, facts), fill(heads["answers"])),
            OPEN: yaml_text(open_file(facts), fill(heads["open"])),
            TESTS: yaml_text(self._tests(), fill(heads["tests"])),
        }
        if self.conditions:
            files[ELIGIBILITY] = yaml_text(eligibility_file(self.conditions, facts), fill(heads["eligibility"]))
        return files

    def _tests(self) -> dict[str, Any]:
        return {
            "today": self.today,
            "questions": [{"q": question, "entry": entry} for question, entry in self.questions],
        }

    @property
    def today(self) -> date:
        """A day on which applications are taken: a week before the deadline, but not before the day of issue."""
        days = {
            fact.name: date.fromisoformat(str(fact.value)[:10])
            for fact in self.facts
            if fact.name in ("deadline", "issued_on")
        }
        issued = days.get("issued_on", date(2025, 1, 1))
        return max(issued, days.get("deadline", issued) - timedelta(days=7))

    def todo(self) -> list[tuple[str, Place, str]]:
        """List what a person must decide: (file, place in it, text)."""
        found: list[tuple[str, Place, str]] = [
            (NOTICE, place, text) for place, text in notice_md(self.id, self.clauses, self.facts)[1]
        ]
        for number, each in enumerate(self.form.fields):
            found += [(FORM, ("fields", number, part), text) for part, text in each.todo]
        found += [(FORM, place, text) for place, text in self.form.todo]
        for number, rule in enumerate(self.form.data().get("form_rules", ())):
            label = next(each.found.name for each in self.form.fields if each.key == rule["at"])
            said = todo_text(
                "relation_rule", label=label, clause=rule.get("clause", ""), quote=rule.get("quote", rule["message"])
            )
            found.append((FORM, ("form_rules", number, "rules"), said))
        if self.conditions:
            found.append((ELIGIBILITY, ("checks",), todo_text("eligibility")))
        else:
            found.append((FORM, (), todo_text("no_eligibility")))
        for number, entry in enumerate(self.entries):
            clauses = "、".join(dict.fromkeys(clause for clause, _ in entry.quotes))
            said = todo_text("topic_check", question=entry.question, clause=clauses)
            found += [(ANSWERS, ("entries", number), said)] if entry.topics else []
        return [*found, *self.more_todo]


def pack_draft(pack_id: str, notice: str, form: PrintedForm, kinds: Container[str]) -> PackDraft:
    """Draft a pack.

    Args:
        pack_id: what the pack is called.
        notice: the text of the notice, a paragraph a line.
        form: the blank form.
        kinds: the kinds of fields that exist.
    """
    clauses = clauses_of(notice)
    facts = facts_of(clauses)
    named: Mapping[str, FoundFact] = {fact.name: fact for fact in facts}
    entries = entries_of(clauses, library(), named)
    questions = [(entry.question, entry.id) for entry in entries if entry.topics]
    return PackDraft(
        pack_id,
        clauses,
        facts,
        form_draft(read_form(form), clauses, named, kinds),
        entries,
        conditions_of(clauses),
        questions,
    )
