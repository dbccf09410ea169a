"""What a million applicants change: nothing but the size of the file."""

import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.table import Table
from sqlalchemy import Connection

from bot.store.storage_key import StorageKey
from bot.store.store import Store

MILLION = 1_000_000
LIVE = 10_000

_COUNT = "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
_SESSIONS = (
    "INSERT INTO sessions (key, bot_id, chat_id, user_id, destiny, state, data, updated_at) SELECT "
    "'fsm:1:' || i || ':' || i || ':default', 1, i, i, 'default', 'Form:name', "
    "'{\"words\": \"' || hex(zeroblob(150)) || '\"}', 0 FROM n"
)
_INBOX = (
    "INSERT INTO inbox (bot_id, update_id, key, position, received_at, status) SELECT "
    "1, 'old-' || i, 'fsm:1:' || i || ':' || i || ':default', 0, 0, 'done' FROM n"
)
_JOURNAL = (
    "INSERT INTO journal (key, update_id, event, inputs, code_version, at) SELECT "
    "'fsm:1:' || i || ':' || i || ':default', 'old-' || i, '{}', '{}', '0', 0 FROM n"
)


def fill(connection: Connection, many: int) -> None:
    """Store so many conversations of one turn each."""
    for statement in (_SESSIONS, _INBOX, _JOURNAL):
        numbered = statement.replace("SELECT ", _COUNT.format(last=999 + many) + "SELECT ", 1)
        connection.exec_driver_sql(numbered)


def memory() -> float:
    """Give the process's resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def large_numbers(
    folder: Path, stored_turn: Callable[..., object], median: Callable[..., Awaitable[float]]
) -> Table:
    """Measure a turn and a restart among 1,000 and 1,000,000 stored conversations, and memory for 10,000 live ones."""
    shown = Table("stored conversations", "turn", "restart", "file", title="SQLite FULL, many conversations")
    for many in (1_000, MILLION):
        path = folder / f"{many}.db"
        await filled(path, many)
        start = time.perf_counter()
        store = await Store.open(path)
        await store.waiting()
        restart = time.perf_counter() - start
        turn_time = await median(stored_turn(store))
        size = path.stat().st_size / 1e6
        shown.add_row(f"{many:,}", f"{turn_time:,.0f} µs", f"{restart * 1000:,.0f} ms", f"{size:,.0f} MB")
        await store.close()
    shown.caption = f"memory for {LIVE:,} live conversations: {await live(folder, stored_turn):+.1f} MB"
    return shown


async def filled(path: Path, many: int) -> None:
    """Make a database with so many conversations."""
    store = await Store.open(path, synchronous="NORMAL")
    await store._database.write(lambda connection: fill(connection, many))
    await store.close()


async def live(folder: Path, stored_turn: Callable[..., object]) -> float:
    """Give the memory, in MB, that 10,000 conversations leave behind in the process after a turn each."""
    store = await Store.open(folder / "live.db", synchronous="NORMAL")
    for chat in range(100):
        await stored_turn(store, StorageKey(1, chat, chat))(0)
    before = memory()
    for chat in range(100, 100 + LIVE):
        await stored_turn(store, StorageKey(1, chat, chat))(0)
    grown = memory() - before
    await store.close()
    return grown
