"""Old databases are brought up to date when opened; unknown ones are left alone and named."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.store.database import Database, backend
from bot.store.schema import metadata
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.updates import Inbound
from bot.store.upgrade import HEAD, alembic_config, upgrade, version
from dialogs.protocol import Text

ANNA = StorageKey(1, 10, 10)


def differences(connection: Connection) -> list[object]:
    """Say how the tables differ from what the program expects."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def old_database(url: str, revision: str) -> None:
    database = Database(backend(url))
    await database.write(lambda connection: command.upgrade(alembic_config(connection), revision))
    await database.close()


async def test_a_new_database_has_the_tables_the_migrations_make(database_url: str):
    """Whether created at once or migrated step by step, the tables are the same."""
    database = Database(backend(database_url))
    await database.write(upgrade)
    assert await database.read(differences) == []
    assert await database.read(version) == HEAD
    await database.close()


async def test_the_migrations_make_the_tables_the_program_expects(database_url: str):
    """No change of a table without its migration."""
    await old_database(database_url, "head")
    database = Database(backend(database_url))
    assert await database.read(differences) == []
    await database.close()


async def test_an_old_database_upgrades_when_opened_and_keeps_its_data(database_url: str):
    """What the first release stored is still there after the newest release opened it."""
    await old_database(database_url, "0001")
    database = Database(backend(database_url))
    row = "INSERT INTO sessions (key, bot_id, chat_id, user_id, destiny, state, data, updated_at) VALUES "
    await database.write(
        lambda connection: connection.execute(
            text(f"""{row} ('fsm:1:10:10:default', 1, 10, 10, 'default', 'Form:name', '{{"a": "护苗"}}', 0)""")
        )
    )
    await database.close()
    store = await Store.open(database_url)
    assert await store.session(ANNA) == ("Form:name", {"a": "护苗"})
    await store.receive([Inbound("1", ANNA, Text(text="好"))])
    assert await store.waiting() == [ANNA]
    await store.close()


async def test_a_database_of_a_newer_program_is_left_alone(database_url: str):
    """The message says what to do, and nothing is changed."""
    await (await Store.open(database_url)).close()
    database = Database(backend(database_url))
    await database.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(StoreError, match=r"9999.*请升级申报助手"):
        await Store.open(database_url)
    assert await database.read(lambda connection: inspect(connection).has_table("sessions"))
    await database.close()


def test_the_program_knows_the_newest_migration():
    """`HEAD` names the head of alembic's line of revisions."""
    scripts = ScriptDirectory.from_config(alembic_config(None))
    assert scripts.get_current_head() == HEAD
