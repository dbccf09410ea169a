"""SQL that reads how far all conversations are, for staff's figures."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, distinct, func, select

from bot.store.schema import sessions, submissions

_SESSIONS = select(sessions.c.state, sessions.c.data).where(sessions.c.state.is_not(None))
_FILED = select(
    func.count().label("filed"),
    func.count(distinct(submissions.c.project)).label("projects"),
    func.count(distinct(submissions.c.recommender)).label("recommenders"),
).where(submissions.c.pack_id == bindparam("of_pack"))


@dataclass(frozen=True, slots=True)
class FiledCount:
    """Finished applications of a pack, and how many different projects and recommending units they name."""

    filed: int
    projects: int
    recommenders: int


def stored(connection: Connection) -> list[tuple[str, dict[str, Any]]]:
    """Return state and data of every conversation that got anywhere."""
    return list(_stored(connection))


def _stored(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in connection.execute(_SESSIONS):
        yield row.state, json.loads(row.data)


def filed(connection: Connection, pack_id: str) -> FiledCount:
    """Count the finished applications of a pack."""
    row = connection.execute(_FILED, {"of_pack": pack_id}).one()
    return FiledCount(row.filed, row.projects, row.recommenders)
