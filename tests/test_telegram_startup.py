"""Starting the messenger: what can be wrong is one Chinese line, and the token never shows."""

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

import pytest
import structlog

from bot.channels.telegram.connection import MENU, build_bot, connect, set_menu
from bot.errors import StartupError
from bot.logs import set_up_logging
from bot.messages import say
from bot.settings import Settings
from tests.applicant import Applicant
from tests.emulator.server import Emulator

LONG_TOKEN = "4242424242:AAfake-token_with-35-characters-xxxx"
RUN = [sys.executable, "-c", "from bot.cli import main; main()", "telegram"]


@pytest.fixture
async def server():
    async with Emulator(LONG_TOKEN) as running:
        yield running


def _settings(**given):
    return Settings(**{"token": LONG_TOKEN, "_env_file": None} | given)


async def _fault(settings):
    with pytest.raises(StartupError) as caught:
        await _connected(settings)
    assert LONG_TOKEN not in str(caught.value)
    assert caught.value.__cause__ is None
    return str(caught.value)


async def _connected(settings):
    bot = build_bot(settings)
    try:
        await connect(bot, settings.api_url)
    finally:
        await bot.shutdown()


async def test_missing_token_is_told():
    """Without a token the operator is told which setting to fill."""
    assert await _fault(_settings(token=None)) == say("telegram_faults.no_token")


@pytest.mark.parametrize("token", ["123:wrong", "no token at all"])
async def test_refused_token_is_told(server, token):
    """A token the server refuses, or that is none, is told without showing it."""
    assert await _fault(_settings(token=token, api_url=server.url)) == say("telegram_faults.bad_token")


async def test_unreachable_server_is_told(unused_tcp_port):
    """With no network the operator is told the address that was tried."""
    url = f"http://127.0.0.1:{unused_tcp_port}"
    assert await _fault(_settings(api_url=url)) == say("telegram_faults.unreachable", url=url)


async def test_menu_is_set_in_chinese(server):
    """The messenger's menu offers every command with a Chinese description."""
    async with build_bot(_settings(api_url=server.url)) as bot:
        await set_menu(bot)
    menu = {command["command"]: command["description"] for command in server.world.commands}
    assert {"start", "help", "cancel", "back", "skip", "preview"} <= menu.keys()
    assert not any(description.isascii() for description in menu.values())


@pytest.mark.parametrize("name", [name for name in MENU if name not in {"start", "help"}])
def test_every_command_of_the_menu_is_understood(pack, name):
    """No command the menu offers is answered with the help text, as an unknown one is."""
    unknown = Applicant(pack).type("/nonsense")
    assert Applicant(pack).type(f"/{name}") != unknown


async def test_menu_refused_does_not_stop_the_start(server):
    """A menu that cannot be set now is no reason not to serve."""
    server.trouble("setMyCommands", status=500)
    async with build_bot(_settings(api_url=server.url)) as bot:
        await set_menu(bot)
    assert server.world.commands == []


async def _started(server, folder, **more):
    """Start `shenbao telegram` as an operator does: everything in the environment, a bare folder."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path.cwd()),
        "TELEGRAM_BOT_TOKEN": LONG_TOKEN,
        "TELEGRAM_API_URL": server.url,
        "SHENBAO_DATA": str(folder / "data"),
        "SHENBAO_LOG_LEVEL": "DEBUG",
    }
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*RUN, cwd=folder, env=environment | more, stdout=pipe, stderr=pipe)


async def test_program_stops_with_one_line_on_a_bad_token(server, tmp_path):
    """`shenbao telegram` with a bad token writes one line, no traceback, and exits with an error."""
    program = await _started(server, tmp_path, TELEGRAM_BOT_TOKEN="1:bad")
    _, errors = await program.communicate()
    assert errors.decode().strip().splitlines()[-1] == say("telegram_faults.bad_token")
    assert "Traceback" not in errors.decode()
    assert program.returncode == 1


async def test_program_serves_until_it_is_told_to_stop(server, tmp_path):
    """The installed program greets, ends cleanly at SIGTERM, and its most talkative log holds no token and no words."""
    phone = server.phone(7)
    phone.types("/start")
    phone.types("我们的项目叫做悄悄话")
    program = await _started(server, tmp_path)
    assert "申报助手" in (await phone.hears()).text
    await phone.hears()
    program.send_signal(signal.SIGTERM)
    output, errors = await program.communicate()
    assert program.returncode == 0
    assert output == b""
    assert b'"event": "stopped"' in errors
    assert LONG_TOKEN.partition(":")[2] not in errors.decode()
    assert "悄悄话" not in errors.decode()


@pytest.fixture
def _logging_restored():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.mark.usefixtures("_logging_restored")
def test_logs_hide_a_token_wherever_it_comes_from(capsys):
    """A token in a library's message or in an exception is taken out of the line."""
    set_up_logging("DEBUG", "json")
    logging.getLogger("some.library").warning("POST https://api.telegram.org/bot%s/getMe", LONG_TOKEN)
    logging.getLogger("some.library").warning(f"POST https://api.telegram.org/bot{LONG_TOKEN}/getMe")  # noqa: G004
    try:
        int(LONG_TOKEN)
    except ValueError:
        structlog.get_logger().exception("failed")
    out, err = capsys.readouterr()
    assert out == ""
    assert LONG_TOKEN not in err
    assert err.count("[token]") >= 2
