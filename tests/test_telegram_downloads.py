"""Files on their way in, over real HTTP: fetched when their conversation comes to them, in nobody's way, none lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram import download as downloading
from bot.channels.telegram import polling
from bot.messages import say
from bot.store.store import Store
from bot.store.updates import Inbound, RemoteFile
from tests.application import BLOCK
from tests.drawing import drawn
from tests.emulator.phone import Phone
from tests.emulator.server import Emulator
from tests.messenger import messenger, settings_for
from tests.test_store.turns import ANNA

HANGS = 20.0


@pytest.fixture
async def server() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running


@pytest.fixture(autouse=True)
def _quick_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.01)


async def hears(phone: Phone, word: str) -> str:
    """Wait for a message with a word in it."""
    while word not in (text := (await phone.hears()).text):
        pass
    return text


async def test_a_file_is_fetched_and_read_and_the_words_after_it_follow_it(server: Emulator, tmp_path: Path) -> None:
    """A text fills the form; what was typed after it is answered after it; the applicant sees the bot at it."""
    phone = server.phone(7)
    phone.uploads("申报.txt", BLOCK.encode())
    phone.types("截止日期是哪天？")
    async with messenger(settings_for(server, tmp_path)):
        assert "皖南青年志愿者协会" in (await phone.hears()).text
        await hears(phone, "2024年")
    assert "typing" in phone.actions


async def test_hung_downloads_hold_up_nobody_else(server: Emulator, tmp_path: Path) -> None:
    """Twenty conversations wait for files that do not come, asked for in both ways; one more is served."""
    server.trouble("getFile", delay=HANGS, times=10)
    server.trouble("download", delay=HANGS, times=10)
    for number in range(20):
        server.phone(100 + number).uploads("稿.txt", b"x")
    async with messenger(settings_for(server, tmp_path)):
        while server.count("getFile") < 20:  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0.01)
        phone = server.phone(7)
        phone.uploads("照片.jpg", drawn(1))
        phone.types("截止日期是哪天？")
        await hears(phone, "2024年")


async def test_a_file_not_fetched_yet_is_fetched_by_the_next_program(server: Emulator, tmp_path: Path) -> None:
    """It was acknowledged; the bot is stopped while it waits for the file; the next one has its name and fetches it."""
    phone = server.phone(7)
    server.trouble("getFile", delay=HANGS)
    async with messenger(settings_for(server, tmp_path)):
        phone.uploads("申报.txt", BLOCK.encode())
        while not server.count("getFile"):  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0.01)
    async with messenger(settings_for(server, tmp_path)):
        await hears(phone, "皖南青年志愿者协会")


async def test_fetching_is_tried_again(server: Emulator, tmp_path: Path) -> None:
    """A file that fails once at either step is fetched at the next try."""
    server.trouble("getFile", status=502)
    server.trouble("download", status=502)
    phone = server.phone(7)
    async with messenger(settings_for(server, tmp_path)):
        phone.uploads("申报.txt", BLOCK.encode())
        await hears(phone, "皖南青年志愿者协会")


@pytest.mark.parametrize("why", ["refused", "longer than it said", "too slow"])
async def test_a_file_that_cannot_be_had_is_asked_for_again(
    server: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    """The applicant is told which, and the chat goes on."""
    if why == "refused":
        server.trouble("getFile", status=400, times=9)
    if why == "too slow":
        monkeypatch.setattr(downloading, "PATIENCE", 0.2)
        server.trouble("getFile", delay=HANGS)
    phone = server.phone(7)
    size = 2 * 1024 * 1024 if why == "longer than it said" else 1
    async with messenger(settings_for(server, tmp_path, upload_mb=1)):
        phone.uploads("稿.txt", b"x" * size, size=1)
        phone.types("截止日期是哪天？")
        assert (await phone.hears()).text == say("conversation.file_missing", name="稿.txt")
        await hears(phone, "2024年")


async def test_two_workers_that_fetch_the_same_file_keep_it_once(database_url: str) -> None:
    """The slower one changes nothing, even when the update is handled meanwhile."""
    store = await Store.open(database_url)
    remote = RemoteFile(reference="f", name="稿.txt", size=1)
    await store.receive([Inbound("1", ANNA, remote)])
    one, other = await store.remote(ANNA), await store.remote(ANNA)
    assert one is not None
    assert other is not None
    await store.arrived(one, remote.arrived(b"first"))
    await store.arrived(other, None)
    assert await store.remote(ANNA) is None
    async with store.turn(ANNA) as tx:
        assert tx is not None
        assert tx.inbound.event == remote.arrived(b"first")
        tx.park("enough")
    await store.close()
