"""One file that holds everything: taken while the bot runs, brought back into an empty database of either kind.

A backup is an SQLite file with the tables of `bot.store.schema`, written row by row from one snapshot: what was erased
is not in it, not even in free pages. Taken from PostgreSQL it can be brought back to SQLite, and the other way round.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Integer, create_engine, func, insert, select, text
from sqlalchemy.pool import NullPool

from bot.messages import say
from bot.store.database import Database, backend
from bot.store.schema import metadata
from bot.store.store_errors import StoreError, as_store_errors
from bot.store.upgrade import upgrade

_AT_ONCE = 200  # rows


async def back_up(url_or_path: str, file: Path) -> int:
    """Write all tables as they are at one moment into a new file, for its owner only; gives the number of rows.

    Raises:
        StoreError: the file exists or cannot be written, the database cannot be read.
    """
    with _new(file) as partial:
        database = await _opened(url_or_path)
        try:
            return await database.read(lambda source: _write(source, partial))
        finally:
            await database.close()


async def restore(file: Path, url_or_path: str) -> int:
    """Bring a backup back into a database that holds nothing yet; gives the number of rows.

    Raises:
        StoreError: the file is no backup, is damaged or newer than this program; the database is not empty.
    """
    with _copy_of(file) as copy:
        database = await _opened(url_or_path)
        try:
            return await database.write_at_leisure(lambda target: _bring_back(copy, target))
        finally:
            await database.close()


@contextmanager
def _new(file: Path) -> Iterator[Path]:
    """Give a file for its owner only, which takes its name once it is whole."""
    if file.exists():
        raise StoreError(say("backup.exists", file=file))
    partial = file.with_name(f"{file.name}.partial")
    try:
        with as_store_errors():
            partial.unlink(missing_ok=True)
            os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            yield partial
            partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _copy_of(file: Path) -> Iterator[Path]:
    """Give a copy: a backup of an older program is upgraded before it is read, and stays as it is."""
    if not file.is_file():
        raise StoreError(say("backup.missing", file=file))
    with tempfile.TemporaryDirectory(prefix="shenbao-") as folder, as_store_errors():
        yield Path(shutil.copy(file, Path(folder) / "backup.db"))


async def _opened(url_or_path: str) -> Database:
    database = Database(backend(url_or_path))
    try:
        await database.write_at_leisure(upgrade)
    except BaseException:
        await database.close()
        raise
    return database


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _write(source: Connection, file: Path) -> int:
    if source.dialect.name == "postgresql":
        source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    with _file(file) as target:
        upgrade(target)
        rows = _copied(source, target)
        target.commit()
    return rows


def _bring_back(file: Path, target: Connection) -> int:
    if any(target.execute(select(table).limit(1)).first() for table in metadata.sorted_tables):
        raise StoreError(say("backup.not_empty"))
    with _file(file) as source:
        fault = source.execute(text("PRAGMA integrity_check")).scalar()
        if fault != "ok" or not source.dialect.has_table(source, "sessions"):
            raise StoreError(say("backup.no_backup", file=file.name))
        upgrade(source)
        rows = _copied(source, target)
    if target.dialect.name == "postgresql":
        _count_on(target)
    return rows


def _copied(source: Connection, target: Connection) -> int:
    """Copy every row of every table; gives how many."""
    count = 0
    for table in metadata.sorted_tables:
        found = source.execute(select(table).execution_options(yield_per=_AT_ONCE))
        for rows in found.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
            count += len(rows)
    return count


def _count_on(target: Connection) -> None:
    """Have PostgreSQL number new rows behind those brought back."""
    for table in metadata.sorted_tables:
        for column in table.primary_key:
            if column.name == "id" and isinstance(column.type, Integer):
                highest = select(func.max(column)).scalar_subquery()
                sequence = func.pg_get_serial_sequence(table.name, column.name)
                target.execute(select(func.setval(sequence, func.coalesce(highest, 1))))
