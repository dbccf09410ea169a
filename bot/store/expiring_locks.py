"""SQL for locks that end by themselves should their owner die."""

from sqlalchemy import Connection, bindparam, delete
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same ON CONFLICT

from bot.store.schema import locks

_insert = insert(locks)
_TAKE = _insert.on_conflict_do_update(
    index_elements=["key"],
    set_={"owner": _insert.excluded.owner, "until": _insert.excluded.until},
    where=locks.c.until <= bindparam("at"),
).returning(locks.c.owner)
_FREE = delete(locks).where(locks.c.key == bindparam("at_key"), locks.c.owner == bindparam("by"))


def take(connection: Connection, key: str, owner: str, at: int, until: int) -> bool:
    """Take a lock that is free or has ended; tell whether it is ours now."""
    row = {"key": key, "owner": owner, "until": until, "at": at}
    return connection.execute(_TAKE, row).first() is not None


def free(connection: Connection, key: str, owner: str) -> None:
    """Let go of a lock, if it is still ours."""
    connection.execute(_FREE, {"at_key": key, "by": owner})
