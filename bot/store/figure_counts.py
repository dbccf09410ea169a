"""SQL that counts for the office's figures, day by day; numbers only, nothing about anybody.

A day is that of the office's clock (UTC+8), counted from 1970-01-01.
"""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, distinct, func, select

from bot.store.questions import ANSWERED
from bot.store.schema import journal, questions, registrations

_EIGHT_HOURS = 8 * 3600 * 1000
_DAY = 86_400_000
Daily = dict[int, int]  # day → number


@dataclass(frozen=True, slots=True)
class FigureCounts:
    """What happened in a call: questions by outcome, messages, people, applications handed in, each by day.

    `entries`: ids of the entries that answered → how often.
    """

    asked: dict[str, Daily]
    messages: Daily
    people: Daily
    handed_in: Daily
    entries: Counter[str]


def figure_counts(connection: Connection, pack_id: str) -> FigureCounts:
    """Count everything of a call."""
    asked: dict[str, Daily] = {}
    day = _day(questions.c.at)
    rows = select(questions.c.outcome, day, func.count()).where(questions.c.pack_id == pack_id)
    for outcome, at, number in connection.execute(rows.group_by(questions.c.outcome, day)):
        asked.setdefault(outcome, {})[int(at)] = number
    day = _day(journal.c.at)
    spoken = select(day, func.count(), func.count(distinct(journal.c.key))).where(journal.c.pack_id == pack_id)
    turns = connection.execute(spoken.group_by(day)).all()
    day = _day(registrations.c.submitted_at)
    came = select(day, func.count()).where(registrations.c.pack_id == pack_id).group_by(day)
    return FigureCounts(
        asked=asked,
        messages={int(at): number for at, number, _ in turns},
        people={int(at): number for at, _, number in turns},
        handed_in={int(at): number for at, number in connection.execute(came)},
        entries=_entries(connection, pack_id),
    )


def _entries(connection: Connection, pack_id: str) -> Counter[str]:
    found: Counter[str] = Counter()
    answered = (questions.c.pack_id == pack_id, questions.c.outcome.in_([ANSWERED, "repeated"]))
    rows = select(questions.c.entries, func.count()).where(*answered, questions.c.entries.is_not(None))
    for entries, number in connection.execute(rows.group_by(questions.c.entries)):
        for entry in entries.split():
            found[entry] += number
    return found


def _day(at: ColumnElement[int]) -> ColumnElement[int]:
    """Give the day of a moment."""
    return (at + _EIGHT_HOURS) // _DAY
