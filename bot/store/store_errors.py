"""What can go wrong with the database, said in one line to whoever runs the bot."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.messages import say

_CAUSES = (
    ("disk is full", "disk_full"),
    ("no space left", "disk_full"),
    ("readonly database", "not_writable"),
    ("unable to open database", "not_opened"),
    ("no such file or directory", "no_folder"),
    ("not a directory", "file_in_the_way"),
    ("file exists", "file_in_the_way"),
    ("permission denied", "not_writable"),
    ("database is locked", "locked"),
    ("queuepool limit", "busy"),
    ("lock timeout", "busy"),
    ("not a database", "no_database_file"),
    ("malformed", "damaged"),
    ("disk i/o error", "disk_error"),
    ("read-only transaction", "standby"),
    ("the database system is", "restarting"),
    ("terminating connection", "restarting"),
    ("connection was closed", "restarting"),
    ("connection is closed", "restarting"),
    ("connect call failed", "no_server"),
    ("connection refused", "no_server"),
    ("name or service not known", "no_server"),
    ("password authentication failed", "wrong_password"),
    ("does not exist", "no_such_database"),
)


class StoreError(Exception):
    """The database cannot do what was asked; `str()` is one Chinese line saying why and how to mend it."""


class ChangedMeanwhileError(Exception):
    """Another process wrote between two halves of a transaction: what was read has to be read again."""


@contextmanager
def as_store_errors() -> Iterator[None]:
    """Turn what the database and its driver raise into a `StoreError`.

    Raises:
        StoreError: the database failed; the driver's own error is its cause.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreError(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return say("store.no_answer")
    reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for sign, cause in _CAUSES:
        if sign in reason.lower():
            return say(f"store.{cause}")
    return say("store.failed", reason=reason.splitlines()[0] if reason else type(error).__name__)
