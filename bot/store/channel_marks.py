"""SQL for what a channel remembers between two runs, by name: how far it has read, whom people are talking to.

A mark of one conversation has that conversation's address for a name, and is erased with it.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same ON CONFLICT

from bot.store.schema import channel_marks

_SET = insert(channel_marks)
_PUT = _SET.on_conflict_do_update(index_elements=["name"], set_={"value": _SET.excluded.value})


def put(connection: Connection, marks: Mapping[str, str | None]) -> None:
    """Set marks; None takes one away."""
    for name, value in marks.items():
        if value is None:
            connection.execute(delete(channel_marks).where(channel_marks.c.name == name))
        else:
            connection.execute(_PUT, {"name": name, "value": value})


def read(connection: Connection, names: Collection[str]) -> dict[str, str]:
    """Give those of the marks that are set."""
    if not names:
        return {}
    rows = connection.execute(select(channel_marks).where(channel_marks.c.name.in_(sorted(names))))
    return {row.name: row.value for row in rows}
