"""`/healthz` and `/metrics`, for the operator's own tools: on an address of their own, closed unless a port is set."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from bot.errors import StartupError
from bot.messages import say
from bot.metrics import exposition
from bot.settings import Settings
from bot.store.store import Store
from bot.store.store_errors import StoreError

if TYPE_CHECKING:
    from aiohttp import web

IDLE_SECONDS = 60.0  # until a connection that has not sent the head of a request is closed

log = structlog.get_logger(__name__)


@asynccontextmanager
async def operator_pages(store: Store, settings: Settings) -> AsyncIterator[None]:
    """Answer where the settings say, if they do; worker processes share the port, and any of them tells of all.

    Raises:
        StartupError: the port is taken.
    """
    if settings.operator_port is None:
        yield
        return
    from aiohttp import web  # noqa: PLC0415 - most never open these pages

    runner = web.AppRunner(_app(store), access_log=None, shutdown_timeout=1, keepalive_timeout=IDLE_SECONDS)
    await runner.setup()
    try:
        await _listen(web.TCPSite(runner, settings.operator_host, settings.operator_port, reuse_port=True))
        log.info("operator_pages_open", port=runner.addresses[0][1])
        yield
    finally:
        await runner.cleanup()


async def _listen(site: "web.TCPSite") -> None:
    try:
        await site.start()
    except OSError as error:
        raise StartupError(say("operator_faults.port", reason=error.strerror)) from None


def _app(store: Store) -> "web.Application":
    from aiohttp import web  # noqa: PLC0415

    async def healthz(_: web.Request) -> web.Response:
        try:
            await store.waiting()
        except StoreError as error:
            return web.json_response({"ok": False, "reason": str(error)}, status=503)
        return web.json_response({"ok": True})

    async def metrics(_: web.Request) -> web.Response:
        body, content_type = exposition(len(await store.waiting()), len(await store.parked()))
        return web.Response(body=body, headers={"Content-Type": content_type})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)
    return app
