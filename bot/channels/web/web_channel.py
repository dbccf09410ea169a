"""The page as a channel: its dispatcher, its server, its address."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.channels.service import Service
from bot.channels.serving import OpenChannel
from bot.channels.web.identity import DEFAULT_PORT, Identities, installed_secret, is_page
from bot.channels.web.site import Site
from bot.channels.web.streams import Streams
from bot.errors import StartupError
from bot.kept_packs import KeptPacks
from bot.messages import say
from bot.office.pages.office_site import OfficeSite
from bot.office.pages.visit import Desk
from bot.packs import pack_folder
from bot.page_previews import draw

SHUTDOWN_SECONDS = 1.0  # for requests under way; streams are cut and go on with the next process
IDLE_SECONDS = 75.0  # until a connection that has not sent the head of a request is closed
HEADER_BYTES = 16 * 1024  # of one header, and of the request line

log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_page(service: Service) -> AsyncIterator[tuple[OpenChannel, str]]:
    """Listen; gives the channel, and the address of the page on this machine.

    Raises:
        StartupError: the port is taken, or the secret cannot be kept.
    """
    settings, streams = service.settings, Streams()
    secret = installed_secret(settings)
    dispatcher = service.dispatcher(is_page, None, streams.waking)
    site = Site(service, dispatcher, streams, Identities(secret))
    runner = web.AppRunner(
        _with_office(site.app(), service, secret),
        access_log=None,
        shutdown_timeout=SHUTDOWN_SECONDS,
        keepalive_timeout=IDLE_SECONDS,
        max_line_size=HEADER_BYTES,
        max_field_size=HEADER_BYTES,
    )
    await runner.setup()
    try:
        port = DEFAULT_PORT if settings.web_port is None else settings.web_port
        await _listen(runner, settings.web_host, port)
        host, port = runner.addresses[0][:2]
        log.info("listening", port=port)
        yield OpenChannel("web", dispatcher, _until_cancelled()), f"http://{host}:{port}/"
    finally:
        await runner.cleanup()


def _with_office(app: web.Application, service: Service, secret: bytes) -> web.Application:
    """Put the office's page under `/office`."""
    settings = service.settings
    folder = pack_folder(settings.pack, settings.packs)
    desk = Desk(
        store=service.store,
        pack=service.pack,
        folder=folder,
        kept=KeptPacks(settings.data / "packs", folder),
        today=service.today,
        wake=service.notify,
        draw=draw,
        secret=secret,
        secure=(settings.public_url or "").startswith("https:"),
    )
    app.add_subapp("/office", OfficeSite(desk).app())
    service.office_reads = True
    return app


async def _until_cancelled() -> None:
    """Bring nothing in: requests do."""
    await asyncio.Event().wait()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise StartupError(say("web_faults.port", port=port, reason=error.strerror)) from None
