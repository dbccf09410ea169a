"""What the FAQ lacks, as of now: questions asked in vain, by topic, held against the FAQ as it stands today."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.messages import say
from bot.office.question_grouping import Group, QuestionIndex
from bot.store.questions import OpenQuestion
from dialogs.pack_cache import finder_of
from knowledge.pack import NoticePack
from knowledge.search.answer import Answer, Suggestion

MOST = 60  # topics looked at; the rarer ones can wait until these are settled


@dataclass(frozen=True)
class OpenTopic:
    """One topic without an answer: its wordings, the entry that comes nearest, the field mostly being filled in."""

    group: Group
    nearest: Suggestion | None
    field: str | None


@dataclass(frozen=True)
class OpenTopics:
    """All open topics, and how often the rest was asked.

    `left_open`: question of an entry saying 通知未说明 → times; `settled`: times of what the FAQ answers by now.
    """

    topics: tuple[OpenTopic, ...]
    left_open: dict[str, int]
    settled: int

    @property
    def times(self) -> int:
        """How often the open topics were asked in all."""
        return sum(topic.group.times for topic in self.topics)


def survey(questions: Sequence[OpenQuestion], pack: NoticePack, today: date) -> OpenTopics:
    """Group the questions, and ask today's FAQ about each group: what it answers by now needs nobody."""
    finder, likeness = finder_of(pack), QuestionIndex(_wordings(pack))
    fields = {question.question: question.field for question in questions}
    topics: list[OpenTopic] = []
    left_open: Counter[str] = Counter()
    settled = 0
    for group in likeness.groups(
        [question.question for question in questions if question.question and not question.looks_wrong]
    )[:MOST]:
        found = finder.find(group.head, today=today)
        if isinstance(found, Answer):
            settled += group.times
        elif found.reason == "not_in_notice":
            left_open[_question(pack, found.entries)] += group.times
        else:
            topics.append(OpenTopic(group, next(iter(found.nearest), None), _usual_field(group, fields)))
    return OpenTopics(tuple(topics), dict(left_open.most_common()), settled)


def _wordings(pack: NoticePack) -> list[str]:
    return [text for entry in pack.faq.entries for text in (entry.question, *entry.variants)]


def _question(pack: NoticePack, ids: Sequence[str]) -> str:
    return next((entry.question for entry in pack.faq.entries if entry.id in ids), say("open.other"))


def _usual_field(group: Group, fields: dict[str, str | None]) -> str | None:
    return Counter(fields.get(text) for text in group.wordings).most_common(1)[0][0]
