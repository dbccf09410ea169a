"""Brings a database's tables to what this program expects: creates them, upgrades them, or says why it cannot."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.messages import say
from bot.store.schema import metadata
from bot.store.store_errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"  # the newest migration; a test keeps it so

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Create or upgrade the tables, one process at a time.

    Raises:
        StoreError: the database was made by a newer program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('shenbao upgrade'))"))
    found = version(connection)
    if found is None and not inspect(connection).has_table("sessions"):
        _create(connection)
    elif found != HEAD:
        _migrate(connection, found)


def version(connection: Connection) -> str | None:
    """Return the migration a database stands at; `None` for one without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def damage(connection: Connection) -> str | None:
    """Return what SQLite's check finds wrong with its file, the first line; None when nothing, or for a server."""
    if connection.dialect.name != "sqlite":
        return None
    found = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
    return None if found == "ok" else found.splitlines()[0]


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _migrate(connection: Connection, found: str | None) -> None:
    from alembic import command  # noqa: PLC0415 - a quarter of a second, needed once per release
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = alembic_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(say("store.newer", found=found))
    command.upgrade(config, "head")


def alembic_config(connection: Connection) -> "Config":
    """Return what alembic's commands need to work on an open connection."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config
