"""Erased means erased: the raw files hold none of a person's words; the files are for their owner only."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Command, File, Reply, Text, Upload
from tests.test_store.turns import ANNA, BO, filed, turn, update

SECRETS = ("钱小满", "0551-5550199", "银杏树下的夜校")
PICTURE = b"\x89PNG a picture of somebody" * 4000


@pytest.fixture
async def store(tmp_path: Path):
    """A running store in which a person has left words, files, a document and a submission."""
    store = await Store.open(tmp_path / "data" / "store.db")
    for number, words in enumerate(SECRETS * 20):
        await store.receive([Inbound(str(number), ANNA, Text(text=words)), update(BO, f"{number}")])
        async with store.turn(ANNA) as tx:
            replies = [Reply(text=words, files=[File(name=f"{words}.docx", content=PICTURE + words.encode())])]
            tx.save(Result("Form:name", {"said": [words, *tx.data.get("said", [])]}, replies, [filed("1", words)]))
        await turn(store, BO)
    await store.receive([Inbound("picture", ANNA, Upload(name="钱小满.png", content=PICTURE))])
    async with store.turn(ANNA) as tx:
        tx.park("钱小满")
    yield store
    await store.close()


def left_in(folder: Path) -> set[str]:
    """Give what of a person is found in the bytes of the files of a folder."""
    raw = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    found = {words for words in SECRETS if words.encode() in raw}
    return found | ({"picture"} if PICTURE[:24] in raw else set())


async def erased_by_the_applicant(store: Store) -> None:
    await store.receive([Inbound("erase", ANNA, Command(name="delete"))])
    async with store.turn(ANNA) as tx:
        tx.save(Result(None, {}, [Reply(text="已删除")], erase=True))
    for outgoing in await store.outbox(ANNA):
        await store.sent(outgoing.id)
    assert await store.outbox(ANNA) == []


async def erased_by_staff(store: Store) -> None:
    await store.erase(ANNA)


async def erased_by_retention(store: Store) -> None:
    await store.forget_older_than(datetime.now(UTC) + timedelta(days=1))


@pytest.mark.parametrize("erase", [erased_by_the_applicant, erased_by_staff, erased_by_retention])
async def test_no_byte_of_a_persons_words_is_left(store: Store, tmp_path: Path, erase):
    """While the bot runs on: not in the database, not in its log, not in free pages."""
    assert left_in(tmp_path) == {*SECRETS, "picture"}
    await erase(store)
    assert left_in(tmp_path) == set()
    await store.receive([update(BO, "goes on")])
    assert await turn(store, BO) == "goes on"


@pytest.mark.usefixtures("store")
async def test_files_are_for_their_owner_only(tmp_path: Path):
    """The folder is 0700, database and log are 0600."""
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    files = list((tmp_path / "data").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
