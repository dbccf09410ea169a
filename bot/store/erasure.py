"""SQL that forgets: one conversation on request, all silent ones after the time an office keeps data."""

from sqlalchemy import Connection, delete

from bot.store import channel_marks, questions, sessions
from bot.store.schema import inbox, journal, office_actions


def forget(connection: Connection, key: str) -> None:
    """Remove everything a conversation left, and its address."""
    sessions.wait_for(connection, key)
    sessions.erase(connection, key)
    sessions.drop(connection, key)
    channel_marks.put(connection, {key: None})


def forget_if_still_silent(connection: Connection, key: str) -> None:
    """Remove a conversation unless its applicant has just come back."""
    sessions.wait_for(connection, key)
    if not sessions.has_update(connection, key):
        sessions.erase(connection, key)
        sessions.drop(connection, key)
        channel_marks.put(connection, {key: None})


def forget_silent(connection: Connection, before: int, most: int | None = None) -> int:
    """Remove conversations in which nothing happened since `before`, and the nameless traces as old; count them.

    Of more than `most` the most silent go.
    """
    silent = sessions.silent_since(connection, before, most)
    for key in silent:
        forget_if_still_silent(connection, key)
    connection.execute(delete(inbox).where(inbox.c.key == "", inbox.c.received_at < before))
    connection.execute(delete(journal).where(journal.c.key == "", journal.c.at < before))
    connection.execute(delete(office_actions).where(office_actions.c.at < before))
    questions.forget(connection, before)
    return len(silent)
