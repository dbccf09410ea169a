"""A backup holds everything, taken while the bot runs; brought back it goes on; the doctor tells what is wrong."""

import stat
import subprocess
from pathlib import Path

import pytest

from bot.commands.doctor import faults
from bot.settings import Settings
from bot.store.backup import back_up, restore
from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.updates import Inbound
from dialogs.protocol import Upload
from tests.terminal import ENVIRONMENT, SHENBAO
from tests.test_store.turns import ANNA, BO, said, turn, update


async def filled(url: str) -> Store:
    """A running store with an applicant half way, a file, and an update that waits."""
    store = await Store.open(url)
    await store.receive([update(ANNA, "一"), update(BO, "b")])
    await turn(store, ANNA)
    await turn(store, BO)
    await store.receive([Inbound("file", BO, Upload(name="a.png", content=b"\0\xff" * 5000)), update(ANNA, "二")])
    return store


async def test_what_was_backed_up_while_running_goes_on_elsewhere(database_url: str, tmp_path: Path):
    """Restored into SQLite: the same sessions, journals and files, and what waited is handled."""
    store, file = await filled(database_url), tmp_path / "backup.db"
    rows = await back_up(database_url, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await turn(store, ANNA) == "二"
    await store.close()
    assert await restore(file, str(tmp_path / "new" / "store.db")) == rows
    again = await Store.open(tmp_path / "new" / "store.db")
    assert (await said(again, ANNA), await said(again, BO)) == (["一"], ["b"])
    assert await turn(again, ANNA) == "二"
    async with again.turn(BO) as tx:
        assert tx.inbound.event.content == b"\0\xff" * 5000
        tx.park("seen")
    assert len(await again.journal(ANNA)) == 2
    await again.close()


async def test_a_backup_is_brought_back_to_a_server(postgres_url: str, tmp_path: Path):
    """From SQLite to PostgreSQL; new rows are numbered behind the old ones."""
    store, file = await filled(str(tmp_path / "old.db")), tmp_path / "backup.db"
    await store.close()
    await back_up(str(tmp_path / "old.db"), file)
    await restore(file, postgres_url)
    server = await Store.open(postgres_url)
    await server.receive([update(ANNA, "三")])
    assert [await turn(server, ANNA) for _ in range(2)] == ["二", "三"]
    await server.close()


async def test_what_was_erased_is_in_no_later_backup(tmp_path: Path):
    """A backup is written row by row: no free page comes along."""
    store = await filled(str(tmp_path / "store.db"))
    await store.receive([Inbound("9", ANNA, Upload(name="钱小满.txt", content="钱小满".encode()))])
    await store.erase(ANNA)
    await back_up(str(tmp_path / "store.db"), tmp_path / "backup.db")
    await store.close()
    assert "钱小满".encode() not in (tmp_path / "backup.db").read_bytes()


async def test_nothing_is_overwritten(tmp_path: Path):
    """Neither a file that is there, nor a database that holds something."""
    store = await filled(str(tmp_path / "store.db"))
    await store.close()
    await back_up(str(tmp_path / "store.db"), tmp_path / "backup.db")
    with pytest.raises(StoreError, match="没有覆盖"):
        await back_up(str(tmp_path / "store.db"), tmp_path / "backup.db")
    with pytest.raises(StoreError, match="已有数据"):
        await restore(tmp_path / "backup.db", str(tmp_path / "store.db"))


@pytest.mark.parametrize("content", [b"", b"no backup at all" * 100])
async def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes):
    """The database stays empty, and can be used."""
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(StoreError, match="损坏"):
        await restore(tmp_path / "x", str(tmp_path / "store.db"))
    with pytest.raises(StoreError, match="找不到"):
        await restore(tmp_path / "y", str(tmp_path / "store.db"))


def test_the_commands_say_what_they_did(tmp_path: Path):
    """Backup and version, as an operator calls them."""

    def run(*words: str) -> str:
        environment = {**ENVIRONMENT, "PYTHONPATH": str(Path.cwd())}
        command = [*SHENBAO, *words]
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
        )
        return done.stdout

    run("console", "--json", "--data", "data")
    assert "已备份到" in run("backup", "b.db", "--data", "data")
    assert "已从" in run("restore", "b.db", "--data", "new")
    assert run("--version").startswith("申报助手 ")


def test_the_doctor_tells_what_is_wrong_and_how_to_mend_it(tmp_path: Path):
    """A missing token, a folder open to everybody, a damaged file: each with its mend; nothing on a sound one."""
    sound = Settings(token="1:a", data=tmp_path / "data", _env_file=None)
    assert "没有数据" in faults(sound)[0]
    command = [*SHENBAO, "console", "--json", "--data", str(tmp_path / "data")]
    subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    assert faults(sound) == []
    (tmp_path / "data").chmod(0o755)
    (found,) = faults(sound)
    assert "chmod go-rwx" in found
    (tmp_path / "data").chmod(0o700)
    (tmp_path / "data" / "shenbao.db").write_bytes(b"no database" * 1000)
    found = faults(sound.model_copy(update={"token": None}))
    assert "TELEGRAM_BOT_TOKEN" in found[0]
    assert "已损坏" in found[1]
