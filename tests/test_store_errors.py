"""When the database cannot do its work, one line says why and how to mend it."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.store import sqlite
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.store_errors import StoreError, as_store_errors
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Text, Upload

ANNA = StorageKey(1, 10, 10)


async def refusal(url: str | Path) -> str:
    """Give what opening says."""
    with pytest.raises(StoreError) as caught:
        await Store.open(url)
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def test_a_folder_that_cannot_be_made(tmp_path: Path):
    """The data folder's place is taken by a file."""
    (tmp_path / "file").write_text("")
    assert "数据目录" in await refusal(tmp_path / "file" / "data" / "store.db")


async def test_a_path_that_is_a_folder(tmp_path: Path):
    """A folder is no database."""
    assert "打不开数据库文件" in await refusal(tmp_path)


async def test_a_file_that_is_no_database(tmp_path: Path):
    """Somebody else's file is not touched."""
    (tmp_path / "store.db").write_text("这不是数据库" * 100)
    assert "不是本程序的数据库" in await refusal(tmp_path / "store.db")
    assert (tmp_path / "store.db").read_text().startswith("这不是")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "连不上数据库服务器"),
        ("mysql://127.0.0.1/none", "不支持这种数据库"),
        ("postgresql://host:port/none", "数据库地址写错了"),
    ],
)
async def test_an_address_that_leads_nowhere(url: str, reason: str):
    """Wrong addresses are told apart."""
    assert reason in await refusal(url)


async def test_a_server_without_the_database(postgres_url: str):
    """The server is there, the database is not."""
    assert "没有这个数据库" in await refusal(postgres_url.replace("/test_", "/missing_"))


async def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path):
    """What does not fit is refused whole; what was there stays, and work goes on when there is room again."""
    store = await Store.open(tmp_path / "store.db")
    await store.receive([Inbound("1", ANNA, Text(text="好"))])
    await set_pages(store, 1)
    with pytest.raises(StoreError, match="磁盘已满"):
        await store.receive([Inbound("2", ANNA, Upload(name="大", content=bytes(1_000_000)))])
    await set_pages(store, 1_000_000)
    async with store.turn(ANNA) as tx:
        assert tx.inbound.update_id == "1"
        tx.park("seen")
    async with store.turn(ANNA) as tx:
        assert tx is None
    await store.close()


async def set_pages(store: Store, number: int) -> None:
    """Let the file grow to so many pages; SQLite refuses as it does on a full disk."""
    async with store._database.transaction() as transaction:
        await transaction.run(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count={number}").all())


async def test_a_database_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """After waiting in vain, the message says who is in the way."""
    monkeypatch.setattr(sqlite, "_BUSY_MILLISECONDS", 10)
    store = await Store.open(tmp_path / "store.db")
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="正被其他程序占用"):
        await store.receive([Inbound("1", ANNA, Text(text="好"))])
    other.execute("ROLLBACK")
    other.close()
    await store.receive([Inbound("1", ANNA, Text(text="好"))])
    assert await store.waiting() == [ANNA]
    await store.close()


async def test_a_failed_begin_leaves_later_transactions_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """After a wait in vain, work is still saved whole or not at all."""
    monkeypatch.setattr(sqlite, "_BUSY_MILLISECONDS", 10)
    store = await Store.open(tmp_path / "store.db")
    await store.receive([Inbound("1", ANNA, Text(text="好"))])
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError):
        await store.outbox(ANNA)
    other.execute("ROLLBACK")
    other.close()
    with pytest.raises(TypeError, match="serializable"):
        await save(store, Result("Form:name", {"a": 1}, [], inputs={"not JSON": object()}))
    assert await store.session(ANNA) == (None, {})
    await save(store, Result("Form:name", {"a": 2}, []))
    assert await store.session(ANNA) == ("Form:name", {"a": 2})
    await store.close()


async def save(store: Store, result: Result) -> None:
    """Take a turn with this result."""
    async with store.turn(ANNA) as tx:
        tx.save(result)


@pytest.mark.parametrize(
    "reason", ["attempt to write a readonly database", "disk I/O error", "something new\nin two lines"]
)
def test_every_failure_of_the_driver_becomes_one_line(reason: str):
    """Known reasons are explained, unknown ones are quoted."""
    with pytest.raises(StoreError) as caught, as_store_errors():
        raise OperationalError("SELECT 1", {}, sqlite3.OperationalError(reason))
    assert "\n" not in str(caught.value)
    assert "SELECT" not in str(caught.value)
