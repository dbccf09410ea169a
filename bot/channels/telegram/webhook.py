"""Push delivery: an update is answered with 200 only after it is on disk. One process of possibly many."""

import asyncio
import hmac
import json
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram import Update

from bot.channels.telegram.assembly import Shell
from bot.channels.telegram.responses import readable_update, set_aside
from bot.settings import Settings
from bot.store.store_errors import StoreError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
BODY_LIMIT = 1024 * 1024  # bytes; updates carry no files
IDLE_SECONDS = 60.0  # until a connection that has not sent the head of a request is closed
BODY_SECONDS = 20.0  # until the rest of an update must be there

log = structlog.get_logger(__name__)


async def listen(shell: Shell, settings: Settings) -> None:
    """Receive updates over HTTP until cancelled."""
    app = build_app(shell, settings)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, keepalive_timeout=IDLE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.webhook_host, settings.webhook_port, reuse_port=True).start()
        log.info("listening", port=settings.webhook_port)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def build_app(shell: Shell, settings: Settings) -> web.Application:
    """Make the HTTP application: the hook under the path of its public address."""
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""

    async def hook(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not secret or not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        return web.Response(status=await _take(shell, request))

    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_post(urlsplit(settings.webhook_url or "").path or "/", hook)
    return app


async def _take(shell: Shell, request: web.Request) -> int:
    """Keep one update; gives the status to answer: anything but 200 has the server send it again, for ever."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await request.read()
        raw = json.loads(body)
    except TimeoutError:
        return 408
    except (ValueError, RecursionError, web.HTTPRequestEntityTooLarge) as error:
        set_aside(None, "unknown", type(error).__name__)
        return 200
    readable = readable_update(raw)
    if readable is None:
        return 200
    try:
        await shell.intake.take([Update.de_json(readable, shell.bot)])
    except StoreError as error:
        log.warning("update_not_kept", reason=str(error))
        return 503
    return 200
