"""SQL for questions as staff see them: what was asked, how it fared; never by whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from bot.store.schema import questions
from dialogs.protocol import Asked

ANSWERED = "answered"
NEWEST = 5000  # questions staff look at; older ones have had their time

_KEEP = insert(questions)
_COUNTS = (
    select(questions.c.outcome, func.count().label("number"))
    .where(questions.c.pack_id == bindparam("of_pack"))
    .group_by(questions.c.outcome)
)
_OPEN = (
    select(questions.c.question, questions.c.outcome, questions.c.field, questions.c.at)
    .where(questions.c.pack_id == bindparam("of_pack"), questions.c.outcome != ANSWERED)
    .order_by(questions.c.id.desc())
    .limit(NEWEST)
)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that got no answer (`abstained`) or only suggestions (`clarified`); `at`: milliseconds since 1970."""

    question: str
    outcome: str
    field: str | None
    at: int


def keep(connection: Connection, pack_id: str, asked: Asked, at: int) -> None:
    """Remember a question whose personal data was taken out; of an answered one only that it was."""
    words = "" if asked.outcome == ANSWERED else asked.question
    row = {"pack_id": pack_id, "question": words, "outcome": asked.outcome, "field": asked.field, "at": at}
    connection.execute(_KEEP, row)


def counts(connection: Connection, pack_id: str) -> Mapping[str, int]:
    """Count the questions put to a pack by outcome: answered, abstained, clarified."""
    return {row.outcome: row.number for row in connection.execute(_COUNTS, {"of_pack": pack_id})}


def unanswered(connection: Connection, pack_id: str) -> list[OpenQuestion]:
    """Return the questions without an answer, newest first."""
    rows = connection.execute(_OPEN, {"of_pack": pack_id})
    return [OpenQuestion(row.question, row.outcome, row.field, row.at) for row in rows]


def forget(connection: Connection, before: int) -> None:
    """Remove questions asked before a moment (milliseconds since 1970)."""
    connection.execute(delete(questions).where(questions.c.at < before))
