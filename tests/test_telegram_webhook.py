"""Updates pushed to us: accepted only with the secret, answered 200 only once kept, by one or many processes."""

import asyncio
import io
import json
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.channels.serving import serve
from bot.channels.telegram import webhook
from bot.channels.telegram.assembly import open_shell
from bot.channels.telegram.webhook import SECRET_HEADER, listen
from bot.channels.telegram.workers import run_webhook
from bot.errors import StartupError
from bot.messages import say
from bot.settings import Settings
from bot.store.store_errors import StoreError
from tests.emulator.phone import PATIENCE
from tests.emulator.server import Emulator

SECRET = "a-secret_for-tests"
UPDATE = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "?"}}


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture
def settings(server, tmp_path, unused_tcp_port):
    return Settings(
        token=server.token,
        api_url=server.url,
        data=tmp_path,
        today="2024-02-05",
        webhook_url=f"http://127.0.0.1:{unused_tcp_port}/hook",
        webhook_port=unused_tcp_port,
        webhook_secret=SECRET,
        _env_file=None,
    )


@asynccontextmanager
async def _worker(settings):
    async with open_shell(settings, number=0) as shell:
        await shell.bot.set_webhook(settings.webhook_url, secret_token=SECRET)
        task = asyncio.create_task(serve([shell.fed_by(listen(shell, settings))], asyncio.Event()))
        try:
            yield shell
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _request(method, url, **more):
    """Send one request; gives status and body, after waiting for the worker to listen."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.request(method, url, **more) as answer:
                    return answer.status, await answer.text()
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.02)


async def test_pushed_update_is_answered(server, settings):
    """An update the server pushes is handled, and confirmed."""
    phone = server.phone(7)
    async with _worker(settings):
        phone.types("/start")
        assert "申报助手" in (await phone.hears()).text
    assert server.world.mailbox.pending == []


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "guessed"}, {SECRET_HEADER: "密"}])
async def test_push_without_the_secret_is_turned_away(settings, headers):
    """Whoever does not know the secret gets 403, and nothing is kept."""
    async with _worker(settings) as shell:
        status, _ = await _request("POST", settings.webhook_url, json=UPDATE, headers=headers)
        assert status == 403
        assert await shell.store.waiting() == []


UNREADABLE = {
    "nothing": b"",
    "half an object": b"{",
    "a list": b"[1]",
    "no number": b'{"message": {}}',
    "no chat": b'{"update_id": 2, "message": {"message_id": 1}}',
    "nested without end": b'{"update_id": 3, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a number of 5000 digits": b'{"update_id": ' + b"9" * 5000 + b"}",
    "ids beyond 64 bits": json.dumps({**UPDATE, "update_id": 2**64}).encode(),
    "a chat beyond 64 bits": json.dumps(
        {"update_id": 4, "message": {**UPDATE["message"], "chat": {"id": 2**70, "type": "private"}}}
    ).encode(),
    "another charset": '{"update_id": 5, "text": "张"}'.encode("gbk"),
    "over a megabyte": b'{"update_id": 6, "text": "' + b"x" * 1024 * 1024 + b'"}',
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_unreadable_push_is_set_aside(server, settings, body):
    """What is no update is answered 200, or it would come again for ever; the others go on."""
    headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json; charset=no-such"}
    phone = server.phone(7)
    async with _worker(settings):
        assert (await _request("POST", settings.webhook_url, data=io.BytesIO(body), headers=headers))[0] == 200
        phone.types("/start")
        assert "申报助手" in (await phone.hears()).text


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_unreadable_push_of_a_stranger_is_turned_away(settings, body):
    """Without the secret nothing is read at all."""
    async with _worker(settings):
        assert (await _request("POST", settings.webhook_url, data=io.BytesIO(body)))[0] == 403


@pytest.mark.parametrize("sent", [b"", b"POST /hook HT", b"POST /hook HTTP/1.1\r\nHost: x\r\nX-Slow: "])
async def test_connections_that_send_half_a_request_are_closed(server, settings, monkeypatch, sent):
    """Two hundred of them wait for nothing; meanwhile a push is taken, and then they are closed."""
    monkeypatch.setattr(webhook, "IDLE_SECONDS", 0.5)
    phone = server.phone(7)
    async with _worker(settings):
        await _request("GET", settings.webhook_url)
        halves = [await asyncio.open_connection("127.0.0.1", settings.webhook_port) for _ in range(200)]
        for _, writer in halves:
            writer.write(sent)
        phone.types("/start")
        assert "申报助手" in (await phone.hears()).text
        assert set(await asyncio.gather(*(reader.read() for reader, _ in halves))) == {b""}
        for _, writer in halves:
            writer.close()


async def test_an_update_whose_body_does_not_come_is_not_waited_for(settings, monkeypatch):
    """The server is told so, and pushes it again."""
    monkeypatch.setattr(webhook, "BODY_SECONDS", 0.1)
    async with _worker(settings):
        await _request("GET", settings.webhook_url)
        reader, writer = await asyncio.open_connection("127.0.0.1", settings.webhook_port)
        head = f"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n{SECRET_HEADER}: {SECRET}\r\n\r\n{{"
        writer.write(head.encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        writer.close()


async def test_push_is_not_confirmed_while_it_cannot_be_kept(server, settings, monkeypatch):
    """While the database fails the server is told 503, so it delivers the update again; it is applied once."""
    phone = server.phone(7)
    async with _worker(settings) as shell:
        keep, failures = shell.store.receive, [1, 2, 3]

        async def failing(inbounds):
            if failures:
                failures.pop()
                raise StoreError("磁盘已满")
            await keep(inbounds)

        monkeypatch.setattr(shell.intake, "_receive", failing)
        phone.types("/start")
        assert "申报助手" in (await phone.hears()).text
    assert failures == []
    assert phone.unread() == 0


async def test_health_and_numbers_are_shown_on_an_address_of_their_own(server, settings, unused_tcp_port_factory):
    """`/healthz` says all is well; `/metrics` counts turns and shows the queue; the hook's address knows neither."""
    phone = server.phone(7)
    port = unused_tcp_port_factory()
    settings = settings.model_copy(update={"operator_port": port})
    home, hooked = f"http://127.0.0.1:{port}", settings.webhook_url.removesuffix("/hook")
    async with _worker(settings) as shell:
        phone.types("/start")
        await phone.hears()
        await shell.dispatcher.drain()
        assert await _request("GET", f"{home}/healthz") == (200, '{"ok": true}')
        _, numbers = await _request("GET", f"{home}/metrics")
        assert [(await _request("GET", f"{hooked}/{page}"))[0] for page in ("healthz", "metrics")] == [404, 404]
    turns = next(line for line in numbers.splitlines() if line.startswith("shenbao_turns_total"))
    assert float(turns.split()[1]) >= 1
    assert "shenbao_waiting_conversations 0.0" in numbers
    assert "shenbao_turn_seconds_bucket" in numbers


async def test_incomplete_settings_are_told(settings):
    """Without address or secret the operator is told which settings to fill."""
    for missing in ("webhook_url", "webhook_secret"):
        with pytest.raises(StartupError) as caught:
            await run_webhook(settings.model_copy(update={missing: None}))
        assert str(caught.value) == say("telegram_faults.webhook_incomplete")


async def test_two_processes_share_one_port_and_end_together(server, settings, tmp_path):
    """Two workers serve eight chats on one database, and stop on request."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path.cwd()),
        "TELEGRAM_BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "SHENBAO_DATA": str(tmp_path),
        "SHENBAO_WEBHOOK_URL": settings.webhook_url,
        "SHENBAO_WEBHOOK_PORT": str(settings.webhook_port),
        "SHENBAO_WEBHOOK_SECRET": SECRET,
        "SHENBAO_WEBHOOK_WORKERS": "2",
    }
    code = (
        "import asyncio; from bot.settings import Settings; from bot.channels.telegram.workers import run_webhook\n"
        "if __name__ == '__main__': asyncio.run(run_webhook(Settings.load()))"
    )
    phones = [server.phone(number) for number in range(1, 9)]
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE
    )
    for phone in phones:
        phone.types("/start")
    greetings = [await phone.hears() for phone in phones]
    program.send_signal(signal.SIGTERM)
    _, errors = await program.communicate()
    assert all("申报助手" in greeting.text for greeting in greetings)
    assert program.returncode == 0
    assert errors.count(b'"event": "stopped"') >= errors.count(b'"event": "listening"') >= 1  # one may still start
    assert b"Traceback" not in errors
