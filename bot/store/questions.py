"""SQL for questions as staff see them: what was asked, how it fared; never by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.store.schema import questions
from dialogs.protocol import Asked

ANSWERED = "answered"
WRONG = frozenset({"repeated", "disliked", "denied"})
NEWEST = 5000  # questions staff look at; older ones have had their time

_KEEP = insert(questions)
_COUNTS = (
    select(questions.c.outcome, func.count().label("number"))
    .where(questions.c.pack_id == bindparam("of_pack"))
    .group_by(questions.c.outcome)
)
_OPEN = (
    select(questions)
    .where(questions.c.pack_id == bindparam("of_pack"), questions.c.outcome != ANSWERED, questions.c.settled.is_(None))
    .order_by(questions.c.id.desc())
    .limit(NEWEST)
)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that got no answer (`abstained`), only suggestions (`clarified`), or one that looks wrong.

    It looks wrong when it was `repeated` at once, `disliked` or `denied`; `entries` and `answer` are what was said to
    it. `at`: milliseconds since 1970.
    """

    question: str
    outcome: str
    field: str | None
    at: int
    id: int = 0
    entries: tuple[str, ...] = ()
    answer: str = ""

    @property
    def looks_wrong(self) -> bool:
        """Whether it was answered, and the answer looks wrong."""
        return self.outcome in WRONG


def keep(connection: Connection, pack_id: str, asked: Asked, at: int) -> None:
    """Remember a question whose personal data was taken out; of an answered one only that it was, and by what."""
    plain = asked.outcome == ANSWERED
    row: dict[str, object] = {"pack_id": pack_id, "question": "" if plain else asked.question, "outcome": asked.outcome}
    row |= {"field": asked.field, "entries": " ".join(asked.entries), "answer": "" if plain else asked.answer, "at": at}
    connection.execute(_KEEP, row)


def counts(connection: Connection, pack_id: str) -> Mapping[str, int]:
    """Count the questions put to a pack by outcome: answered, abstained, clarified."""
    return {row.outcome: row.number for row in connection.execute(_COUNTS, {"of_pack": pack_id})}


def unanswered(connection: Connection, pack_id: str) -> list[OpenQuestion]:
    """Return the questions without an answer, newest first."""
    rows = connection.execute(_OPEN, {"of_pack": pack_id})
    return [
        OpenQuestion(
            question=row.question,
            outcome=row.outcome,
            field=row.field,
            at=row.at,
            id=row.id,
            entries=tuple((row.entries or "").split()),
            answer=row.answer or "",
        )
        for row in rows
    ]


def settle(connection: Connection, ids: Sequence[int], action: int) -> None:
    """Note which action of the office settled questions."""
    connection.execute(update(questions).where(questions.c.id.in_(ids)).values(settled=action))


def reopen(connection: Connection, action: int) -> int:
    """Take back what an action settled; gives how many questions are open again."""
    taken_back = update(questions).where(questions.c.settled == action).values(settled=None)
    return connection.execute(taken_back).rowcount


def forget(connection: Connection, before: int) -> None:
    """Remove questions asked before a moment (milliseconds since 1970)."""
    connection.execute(delete(questions).where(questions.c.at < before))
