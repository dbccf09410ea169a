"""What a common turn does, in as few statements as PostgreSQL takes for it: each saved is a way to the server and back.

The same work, statement by statement, is in `inbox`, `sessions`, `journal` and `outbox`: SQLite does it so, where a
statement costs next to nothing, and so do turns with more to them (files, submissions, questions, erasures).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    String,
    Text,
    bindparam,
    column,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from bot.store.schema import IS_WAITING, inbox, journal, outbox, sessions

_opening = insert_or_leave(sessions).values(
    key=bindparam("at_key"), bot_id=bindparam("at_bot"), data="{}", updated_at=bindparam("at_moment")
)
_OPENING = (
    _opening.values(
        chat_id=bindparam("chat_id"),
        user_id=bindparam("user_id"),
        thread_id=bindparam("thread_id", type_=BigInteger),
        business_connection_id=bindparam("business_connection_id", type_=String),
        destiny=bindparam("destiny"),
    )
    .on_conflict_do_update(index_elements=["key"], set_={"destiny": _opening.excluded.destiny})
    .returning(sessions.c.key)
    .cte("opening")
)
RECEIVE = (
    insert_or_leave(inbox)
    .values(
        bot_id=bindparam("at_bot"),
        update_id=bindparam("update_id"),
        key=bindparam("at_key"),
        position=bindparam("position"),
        event=bindparam("event"),
        received_at=bindparam("at_moment"),
        tries=1,
    )
    .on_conflict_do_nothing(index_elements=["bot_id", "update_id"])
    .returning(inbox.c.id)
    .add_cte(_OPENING)
)
"""Keep one update, its conversation's row made or held meanwhile; gives the update's row, none if it was known."""

_DONE = (
    update(inbox)
    .where(inbox.c.id == bindparam("at_update"), IS_WAITING)
    .values(status="done", event=None)
    .returning(inbox.c.id)
    .cte("done")
)
_SAVED = (
    update(sessions)
    .where(sessions.c.key == bindparam("at_key"))
    .values(
        state=bindparam("to_state"),
        data=bindparam("to_data"),
        usage=bindparam("to_usage"),
        sender=bindparam("to_sender"),
        sender_until=bindparam("to_sender_until"),
        updated_at=bindparam("at_moment"),
    )
    .returning(sessions.c.key)
    .cte("saved")
)
_JOURNAL = [column_.name for column_ in journal.columns if column_.name != "id"]
_JOURNALLED = (
    insert(journal)
    .from_select(
        _JOURNAL,
        select(*(bindparam(f"j_{name}", type_=journal.c[name].type).label(name) for name in _JOURNAL)).where(
            select(_DONE.c.id).exists()
        ),
    )
    .returning(journal.c.id)
    .cte("journalled")
)
_said = (
    func.unnest(bindparam("replies", type_=ARRAY(Text)))
    .table_valued(column("reply", Text), with_ordinality="place")
    .render_derived()
)
SETTLE = (
    insert(outbox)
    .from_select(
        ["key", "turn", "reply"],
        select(bindparam("at_key", type_=String), _JOURNALLED.c.id, _said.c.reply)
        .select_from(_JOURNALLED.join(_said, literal_column("true")))
        .order_by(_said.c.place),
    )
    .returning(outbox.c.id)
    .add_cte(_SAVED)
)
"""Save a plain turn with its replies; gives their rows in order. None when the update was handled by somebody else."""


def settle(
    connection: Connection, saved: Mapping[str, Any], row: Mapping[str, Any], replies: Sequence[str]
) -> list[int]:
    """Save a plain turn that says something; gives the rows of its replies, none when its update waits no more.

    Args:
        connection: of PostgreSQL, with the conversation locked.
        saved: what `SETTLE` names of the session and the update.
        row: the turn's row of the journal.
        replies: as the outbox keeps them.
    """
    journalled = {f"j_{name}": value for name, value in row.items()}
    return sorted(connection.scalars(SETTLE, {**saved, **journalled, "replies": list(replies)}))
