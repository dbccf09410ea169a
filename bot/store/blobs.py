"""SQL for the bytes of files, kept once per conversation under their digest."""

from collections.abc import Callable, Collection

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same ON CONFLICT

from bot.store.codec import Blobs
from bot.store.schema import blobs, inbox, journal, outbox, sessions

_KEEP = insert(blobs).on_conflict_do_nothing(index_elements=["key", "digest"])
_FETCH = select(blobs.c.content).where(blobs.c.key == bindparam("at_key"), blobs.c.digest == bindparam("at_digest"))
_FIND = select(blobs.c.digest, blobs.c.content).where(
    blobs.c.key == bindparam("at_key"), blobs.c.digest.in_(bindparam("at_digests", expanding=True))
)


def keep(connection: Connection, key: str, kept: Blobs) -> None:
    """Store files of a conversation, digest → bytes."""
    for digest, content in kept.items():
        connection.execute(_KEEP, {"key": key, "digest": digest, "content": content})


def fetcher(connection: Connection, key: str) -> Callable[[str], bytes]:
    """Return what finds a file of the conversation by its digest."""

    def fetch(digest: str) -> bytes:
        return bytes(connection.execute(_FETCH, {"at_key": key, "at_digest": digest}).scalar_one())

    return fetch


def drop_unused(connection: Connection, key: str, digests: Collection[str]) -> None:
    """Remove files of a conversation, by their digests, that nothing else in it names."""
    naming = ((sessions, sessions.c.data), (inbox, inbox.c.event), (journal, journal.c.event), (outbox, outbox.c.reply))
    for digest in digests:
        used = any(
            connection.execute(
                select(table.c.key).where(table.c.key == key, text_.contains(digest, autoescape=True)).limit(1)
            ).first()
            for table, text_ in naming
        )
        if not used:
            connection.execute(delete(blobs).where(blobs.c.key == key, blobs.c.digest == digest))


def found(connection: Connection, key: str, digests: Collection[str]) -> dict[str, bytes]:
    """Return those files of a conversation that are still there, digest → bytes."""
    rows = connection.execute(_FIND, {"at_key": key, "at_digests": list(digests)})
    return {row.digest: bytes(row.content) for row in rows}
