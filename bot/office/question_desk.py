"""Questions staff should settle, by topic: asked in vain, or answered in a way that looks wrong; and how they do."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.messages import say
from bot.office.faq_changes import new_texts
from bot.office.faq_rows import ANSWERED, LEFT_OPEN, OFFICIAL, FaqRow, FaqTable, faq_table
from bot.office.pack_edits import edited
from bot.office.question_grouping import Group, QuestionIndex
from bot.store.questions import OpenQuestion
from dialogs.pack_cache import finder_of
from knowledge.faq import FaqEntry
from knowledge.notice import Citation
from knowledge.pack import NoticePack
from knowledge.problems import Problem
from knowledge.search.answer import Abstention, Answer

MOST = 60  # topics; the rarer ones can wait until these are settled
NEAREST = 4  # entries offered for a topic


@dataclass(frozen=True)
class QuestionTopic:
    """One topic: its wordings with how often each was asked, what was answered last, and what is near.

    `state`: `wrong` (answered, and it looks wrong), `open` (no answer), `left_open` (the notice does not say, and we
    said so), `settled` (the FAQ answers it by now). `used`: the entries it was answered from.
    """

    group: Group
    state: str
    outcomes: Counter[str]
    ids: tuple[int, ...]
    answer: str
    field_label: str
    nearest: tuple[FaqEntry, ...] = ()
    used: tuple[FaqEntry, ...] = ()


@dataclass
class _Gathered:
    """What is known of one wording."""

    ids: list[int] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    answer: str = ""
    entries: tuple[str, ...] = ()


def question_topics(questions: Sequence[OpenQuestion], pack: NoticePack, today: date) -> list[QuestionTopic]:
    """Group the questions, what looks wrong and what is asked most first."""
    asked = [question for question in questions if question.question]
    known: dict[str, _Gathered] = {}
    for question in reversed(asked):  # the oldest first: the latest answer stays
        one = known.setdefault(question.question, _Gathered())
        one.ids.append(question.id)
        one.outcomes[question.outcome] += 1
        one.fields[question.field or ""] += 1
        one.answer, one.entries = question.answer or one.answer, question.entries or one.entries
    usual = [text for entry in pack.faq.entries for text in (entry.question, *entry.variants)]
    groups = QuestionIndex(usual).groups([question.question for question in asked])[:MOST]
    found = [_topic(group, [known[text] for text in group.wordings], pack, today) for group in groups]
    order = ("wrong", "open", "left_open", "settled")
    return sorted(found, key=lambda topic: (order.index(topic.state), -topic.group.times))


def _topic(group: Group, gathered: Sequence[_Gathered], pack: NoticePack, today: date) -> QuestionTopic:
    outcomes = sum((one.outcomes for one in gathered), Counter[str]())
    fields = sum((one.fields for one in gathered), Counter[str]())
    usual = next((key for key, _ in fields.most_common() if key in pack.fields), "")
    finder = finder_of(pack)
    return QuestionTopic(
        group=group,
        state=_state(outcomes, finder.find(group.head, today=today)),
        outcomes=outcomes,
        ids=tuple(id_ for one in gathered for id_ in one.ids),
        answer=next((one.answer for one in gathered if one.answer), ""),
        field_label=pack.fields[usual].label if usual else "",
        nearest=finder.nearest(group.head, NEAREST),
        used=tuple(entry for entry in pack.faq.entries if any(entry.id in one.entries for one in gathered)),
    )


def _state(outcomes: Counter[str], found: Answer | Abstention) -> str:
    if outcomes["disliked"] or outcomes["denied"] or outcomes["repeated"]:
        return "wrong"
    if isinstance(found, Answer):
        return "settled"
    return "left_open" if found.reason == "not_in_notice" else "open"


# ---- settling them


@dataclass(frozen=True)
class RowEdit:
    """An entry as it was and as it is; None where it is new, or gone."""

    before: FaqRow | None
    after: FaqRow | None

    def to_text(self) -> str:
        """Write it down, so that it can be taken back."""
        return json.dumps(
            [row and row.model_dump(mode="json") for row in (self.before, self.after)], ensure_ascii=False
        )

    @classmethod
    def from_text(cls, text: str) -> "RowEdit | None":
        """Read what was written down; None when nothing was."""
        if not text:
            return None
        before, after = (row and FaqRow.model_validate(row) for row in json.loads(text))
        return cls(before, after)

    @property
    def reverse(self) -> "RowEdit":
        """The edit that takes this one back."""
        return RowEdit(self.after, self.before)


def given_to(folder: Path, entry: str, wordings: Sequence[str]) -> RowEdit | None:
    """Add wordings to an entry; None when there is no such entry."""
    row = next((row for row in faq_table(folder, official=True).rows if row.id == entry), None)
    if row is None:
        return None
    new = tuple(words for words in wordings if words not in {row.question, *row.variants})
    return RowEdit(row, row.model_copy(update={"variants": (*row.variants, *new)}))


def written_new(folder: Path, kind: str, question: str, wordings: Sequence[str], **parts: str) -> RowEdit:
    """Make a new entry: the notice answers it (with `clause` and `quote`), the office does (`by`, `day`), or nobody."""
    taken = {row.id for row in faq_table(folder, official=True).rows}
    name = next(name for number in range(1, len(taken) + 2) if (name := f"new_{number}") not in taken)
    variants = tuple(words for words in dict.fromkeys(wordings) if words != question)
    row = FaqRow(kind=kind, id=name, question=question, variants=variants)
    if kind == LEFT_OPEN:
        return RowEdit(None, row.model_copy(update={"about": parts["text"]}))
    row = row.model_copy(update={"answer": parts["text"]})
    if kind == OFFICIAL:
        return RowEdit(None, row.model_copy(update={"by": parts["by"], "day": parts["day"]}))
    return RowEdit(None, row.model_copy(update={"cites": (Citation(clause=parts["clause"], quote=parts["quote"]),)}))


def carried_out(folder: Path, edit: RowEdit) -> list[Problem]:
    """Write an edit into the pack; gives what is wrong, and then nothing is written.

    Raises:
        PackError: a file of the FAQ cannot be read.
        StartupError: the folder cannot be written.
    """
    before = faq_table(folder, official=True)
    named = edit.before or edit.after
    there = next((row for row in before.rows if named and row.id == named.id and row.kind == named.kind), None)
    if there != edit.before:
        return [Problem(say("desk.faq_place"), 0, say("desk.changed_since"), say("desk.changed_since_mend"))]
    rows = [edit.after if row == edit.before else row for row in before.rows]
    rows += [edit.after] if edit.before is None else []
    after = FaqTable(rows=tuple(row for row in rows if row), open_topics=before.open_topics)
    return edited(folder, new_texts(folder, before, after))


KINDS = (ANSWERED, OFFICIAL, LEFT_OPEN)
