"""A PostgreSQL server that stands still, as behind a cut network: given up with its reason, and nothing lost."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.dispatcher import Dispatcher
from bot.messages import say
from bot.store import postgres
from bot.store.store import Store
from bot.store.store_errors import StoreError, as_store_errors
from bot.store.turns import Result
from bot.store.updates import Outgoing
from dialogs.protocol import Reply
from tests.emulator.server import Emulator
from tests.servers import PostgresServer
from tests.test_store.turns import ANNA, update

QUICK = 0.5  # seconds a statement may take here


@contextmanager
def frozen(server: PostgresServer) -> Iterator[None]:
    """Have every process of the server stand still."""
    processes = server.processes()
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


async def test_a_frozen_server_is_given_up_and_the_work_done_when_it_goes_on(
    postgres_server: PostgresServer,
    postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was received stays, the log says why nobody is answered, and the reply is sent once afterwards."""
    monkeypatch.setattr(postgres._engine, "__defaults__", (QUICK,))
    monkeypatch.setattr(postgres, "CONNECT_SECONDS", QUICK)
    store, sent = await Store.open(postgres_url), asyncio.Queue[str]()

    async def handle(key) -> bool:
        async with store.turn(key) as tx:
            if tx is not None:
                tx.save(Result("Form:name", {}, [Reply(text=tx.inbound.event.text)]))
        return tx is not None

    async def send(outgoing: Outgoing) -> None:
        await sent.put(outgoing.reply.text)

    dispatcher = Dispatcher(store, handle, send)
    await store.receive([update(ANNA, "一")])
    with frozen(postgres_server):
        dispatcher.notify([ANNA])
        with pytest.raises(StoreError, match="没有回应"):
            await store.receive([update(ANNA, "二")])
        logged = ""
        while "turn_failed" not in logged:
            await asyncio.sleep(0.05)
            logged += capsys.readouterr().out
    await store.receive([update(ANNA, "二")])
    dispatcher.notify([ANNA])
    assert [await sent.get(), await sent.get()] == ["一", "二"]
    await dispatcher.drain()
    assert say("store.no_answer") in logged
    assert sent.empty()
    await store.close()


async def test_sigterm_ends_the_program_while_its_database_is_frozen(
    postgres_server: PostgresServer, postgres_url: str, tmp_path: Path
) -> None:
    """With an update on its way in, which the messenger keeps."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "telegram"]
    async with Emulator() as server:
        phone = server.phone(7)
        settings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path.cwd()),
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "SHENBAO_DATA": str(tmp_path),
            "SHENBAO_DATABASE_URL": postgres_url,
        }
        program = await asyncio.create_subprocess_exec(*command, env=settings, stderr=asyncio.subprocess.PIPE)
        phone.types("/start")
        assert "申报助手" in (await phone.hears()).text
        with frozen(postgres_server):
            phone.types("什么时候截止？")
            await asyncio.sleep(0.3)  # the long poll brings it in; it cannot be kept
            program.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(program.communicate(), 10)
        assert program.returncode == 0
        assert b"Traceback" not in errors


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("cannot execute INSERT in a read-only transaction", "standby"),
        ("the database system is starting up", "restarting"),
        ("terminating connection due to administrator command", "restarting"),
        ('could not extend file "base/1/2": No space left on device', "disk_full"),
        ("canceling statement due to lock timeout", "busy"),
        ("database disk image is malformed", "damaged"),
        ("attempt to write a readonly database", "not_writable"),
    ],
)
def test_each_failure_is_told_apart(reason: str, said: str) -> None:
    """In the words of whoever runs the bot."""
    with pytest.raises(StoreError) as caught, as_store_errors():
        raise DBAPIError("INSERT", {}, OSError(reason))
    assert str(caught.value) == say(f"store.{said}")
