"""A try is counted before it begins, so that an update which kills its process is put aside in the end."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.turns import MAX_TRIES
from bot.store.updates import Inbound
from dialogs.protocol import Upload
from tests.test_store.turns import ANNA, failing_turn, turn, update

KILLED = """
import asyncio, os, sys
from bot.store.store import Store
from tests.test_store.turns import ANNA

async def main():
    store = await Store.open(sys.argv[1])
    async with store.turn(ANNA) as tx:
        sys.stdout.write(f"{tx.tries} {tx.spent}")
        sys.stdout.flush()
        os._exit(9)

asyncio.run(main())
"""


def killed_in_a_turn(url: str) -> str:
    """Begin a turn in a process that dies in it; gives what the turn was told of earlier tries."""
    command = [sys.executable, "-c", KILLED, url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=Path.cwd())
    assert done.returncode == 9, done.stderr
    return done.stdout


async def test_an_update_that_kills_its_process_is_put_aside_after_five(database_url: str):
    """Each life counts one try; the next one is told that all are spent, puts it aside, and goes on with others."""
    store = await Store.open(database_url)
    await store.receive([update(ANNA, "deadly"), update(ANNA, "good")])
    lives = range(1, MAX_TRIES)  # the first try is counted with the receipt, for the process that received it
    assert [killed_in_a_turn(database_url) for _ in lives] == [f"{life} False" for life in lives]
    assert killed_in_a_turn(database_url) == f"{MAX_TRIES} True"
    async with store.turn(ANNA) as tx:
        assert tx.spent
        tx.park("no try came to an end")
    assert await turn(store, ANNA) == "good"
    assert len(await store.parked()) == 1
    await store.close()


async def test_a_database_that_fails_costs_no_try(tmp_path: Path):
    """However often saving fails, the update is not put aside for it."""
    store = await Store.open(tmp_path / "store.db")
    await store.receive([update(ANNA, "a")])
    for _ in range(MAX_TRIES + 2):
        with pytest.raises(StoreError):
            await failing_turn(store, StoreError("磁盘已满"))
    async with store.turn(ANNA) as tx:
        assert not tx.spent
        tx.park("seen")
    await store.close()


async def test_after_a_full_disk_the_first_write_works_again(tmp_path: Path):
    """SQLite ends a transaction by itself when the disk is full; the next one begins clean."""
    store = await Store.open(tmp_path / "store.db")
    await set_pages(store, 1)
    for _ in range(3):
        with pytest.raises(StoreError, match="磁盘已满"):
            await store.receive([Inbound("2", ANNA, Upload(name="大", content=bytes(1_000_000)))])
    await set_pages(store, 1_000_000)
    await store.receive([update(ANNA, "a")])
    assert await turn(store, ANNA) == "a"
    await store.close()


async def set_pages(store: Store, number: int) -> None:
    """Let the file grow to so many pages; SQLite refuses as it does on a full disk."""
    async with store._database.transaction() as transaction:
        await transaction.run(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count={number}").all())
