"""Updates and answers of the server that cannot be read: set aside alone, the others answered, no word logged."""

import asyncio
import contextlib
import io
import json
import logging
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.channels.telegram import polling
from bot.channels.telegram.responses import UnreadableAnswerError, UpdatesRequest, readable_update
from bot.channels.telegram.update_reading import read
from bot.logs import set_up_logging
from tests.emulator.server import Emulator
from tests.messenger import messenger, settings_for

PERSON, TELEPHONE = "钱小满", "13800138000"
CHAT = {"id": 7, "type": "private", "first_name": PERSON}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": {"id": 7, "is_bot": False, "first_name": PERSON}}
UPDATES = {
    "no chat": {"message_id": 1, "date": 1, "text": TELEPHONE},
    "a text that is a number": {**MESSAGE, "text": 13800138000},
    "a date that is a word": {**MESSAGE, "date": PERSON, "text": TELEPHONE},
    "a date beyond the calendar": {**MESSAGE, "date": 10**18, "text": TELEPHONE},
    "a chat without a number": {**MESSAGE, "chat": {"type": "private", "first_name": PERSON}, "text": TELEPHONE},
    "a chat beyond 64 bits": {**MESSAGE, "chat": {**CHAT, "id": 2**70}, "text": TELEPHONE},
    "a message beyond 64 bits": {**MESSAGE, "message_id": 2**64, "text": TELEPHONE},
    "photos that are none": {**MESSAGE, "photo": [{"file_id": PERSON}]},
    "a list": [TELEPHONE],
    "nothing": None,
    "nested": {**MESSAGE, "text": "x", "reply_to_message": {**MESSAGE, "reply_to_message": {"text": TELEPHONE}}},
}
ANSWERS = {
    "no JSON": b"<html>" + TELEPHONE.encode(),
    "half of it": b'{"ok": true, "result": [{"update_id": 1, "message": {"text": "' + TELEPHONE.encode(),
    "nested without end": b'{"ok": true, "result": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a list": b"[]",
    "a word": b'"ok"',
    "no result": b'{"ok": true}',
    "a result that is no list": b'{"ok": true, "result": {"update_id": 1}}',
    "updates without numbers": b'{"ok": true, "result": [{}, 5, {"update_id": "1"}]}',
    "another charset": '{"ok": true, "result": [{"update_id": 1, "message": "张"}]}'.encode("gbk"),
}


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture
def settings(server, tmp_path):
    return settings_for(server, tmp_path)


@pytest.fixture(autouse=True)
def _quick_pauses(monkeypatch):
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.01)


@pytest.mark.parametrize("content", UPDATES.values(), ids=UPDATES)
async def test_an_update_that_cannot_be_read_holds_up_nobody(server, settings, content):
    """It is acknowledged, and who wrote before and after it is answered."""
    before, after = server.phone(8), server.phone(9)
    before.types("/start")
    server.world.mailbox.put("message", content)
    after.types("/start")
    async with messenger(settings):
        assert "申报助手" in (await before.hears()).text
        assert "申报助手" in (await after.hears()).text
        await server.acknowledged()


@pytest.mark.parametrize("body", ANSWERS.values(), ids=ANSWERS)
async def test_an_answer_that_cannot_be_read_is_waited_out(server, settings, body):
    """The server said something else than updates, twice; then all goes on, nothing lost."""
    server.trouble("getUpdates", body=body, times=2)
    phone = server.phone(8)
    phone.types("/start")
    async with messenger(settings):
        assert "申报助手" in (await phone.hears()).text


async def test_an_update_that_spoils_every_answer_is_passed_over(server, settings):
    """The batch it is in is no JSON, however often it is asked for: asked for alone, it is given up."""
    first = server.world.mailbox.put("message", {**MESSAGE, "text": "1"})["update_id"]
    body = b'{"ok": true, "result": [{"update_id": %d, "message": {"text": "\xff\x00' % first
    server.trouble("getUpdates", body=body, times=polling.TRIES + 1)
    phone = server.phone(8)
    phone.types("/start")
    async with messenger(settings):
        assert "申报助手" in (await phone.hears()).text
    assert [values.get("limit") for name, values in server.calls if name == "getupdates"][:2] != ["1", "1"]
    assert not [update for update in server.world.mailbox.pending if update["update_id"] == first]


async def test_what_fails_beyond_all_foresight_is_set_aside_alone(server, settings, monkeypatch):
    """A fault of ours at one update neither ends the process nor touches the other updates of its batch."""
    async with messenger(settings) as shell:
        keep = shell.intake._inbound

        def failing(incoming, part):
            if getattr(part, "text", "") == "坏":
                raise LookupError(TELEPHONE)
            return keep(incoming, part)

        monkeypatch.setattr(shell.intake, "_inbound", failing)
        bad, good = server.phone(8), server.phone(9)
        bad.types("坏")
        good.types("/start")
        bad.types("/start")
        assert "申报助手" in (await good.hears()).text
        assert "申报助手" in (await bad.hears()).text
        await server.acknowledged()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*MESSAGE, "text", "photo", "id", "type"]), inner, max_size=6)
    ),
    max_leaves=20,
)


@given(st.fixed_dictionaries({"update_id": JSON | st.integers(0, 9)}, optional=dict.fromkeys(Update.ALL_TYPES, JSON)))
def test_whatever_an_update_holds_it_is_read_or_replaced(raw):
    """Any JSON at all becomes an update the library takes, with the same number, or nothing."""
    readable = readable_update(raw)
    if readable is not None:
        assert Update.de_json(readable).update_id == raw["update_id"]


@given(st.binary(max_size=300))
def test_whatever_the_server_answers_it_is_read_or_refused(payload):
    """Any bytes are an object or the one error polling waits out."""
    with contextlib.suppress(UnreadableAnswerError):
        assert isinstance(UpdatesRequest.parse_json_payload(payload), dict)


def test_an_id_beyond_64_bits_is_no_id():
    """No database column would take it."""
    update = Update.de_json({"update_id": 1, "message": {**MESSAGE, "chat": {**CHAT, "id": 2**63}, "text": "x"}})
    with pytest.raises(ValueError, match="64-bit"):
        read(update, 1)


@asynccontextmanager
async def _program(server, folder: Path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "TELEGRAM_BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "SHENBAO_DATA": str(folder / "data"),
        "SHENBAO_LOG_LEVEL": "DEBUG",
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", "telegram"]
    yield await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stderr=asyncio.subprocess.PIPE)


async def test_no_word_of_what_cannot_be_read_is_logged(server, tmp_path):
    """Updates and answers that cannot be read: their numbers are in the log, no name and no telephone number is."""
    numbers = [server.world.mailbox.put("message", content)["update_id"] for content in UPDATES.values()]
    server.trouble("getUpdates", body=ANSWERS["half of it"])
    server.trouble("sendMessage", body=b'{"ok": true, "result": {"text": "' + TELEPHONE.encode())
    phone = server.phone(8)
    phone.types(f"/start {TELEPHONE}")
    async with _program(server, tmp_path) as program:
        await phone.hears()
        await server.acknowledged()
        program.send_signal(signal.SIGTERM)
        _, errors = await program.communicate()
    said = errors.decode()
    assert program.returncode == 0
    aside = {json.loads(line)["update"] for line in said.splitlines() if "update_set_aside" in line}
    assert aside <= set(numbers)
    assert len(aside) >= len(UPDATES) - 2  # the library reads more than one thinks
    assert PERSON not in said
    assert TELEPHONE not in said


def test_the_librarys_own_logger_writes_no_words(monkeypatch):
    """What the library writes at ERROR or CRITICAL is cut down to what it says in general."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        set_up_logging("DEBUG", "json")
        error = KeyError(TELEPHONE)
        Bot("1:x")._LOGGER.critical("Error while parsing updates! Received data was %r", [PERSON], exc_info=error)
        logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: %s", TELEPHONE)
    finally:
        logging.getLogger().handlers[:] = before[0]
        logging.getLogger().setLevel(before[1])
    said = stream.getvalue()
    assert "Error while parsing updates" in said
    assert "KeyError" in said
    assert "never retrieved" in said
    assert PERSON not in said
    assert TELEPHONE not in said
