"""`shenbao web`: the applicants' page alone, and the QR code that leads to it."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import gethostname

from bot.channels.service import Service, open_service
from bot.channels.serving import OpenChannel, serve
from bot.errors import StartupError
from bot.heartbeat import heartbeat
from bot.logs import set_up_logging
from bot.messages import say
from bot.settings import Settings
from bot.stop_signal import stop_signal

try:
    import segno

    from bot.channels.web.web_channel import open_page
except ImportError:
    raise StartupError(say("web_faults.not_installed")) from None


async def run_web(settings: Settings) -> None:
    """Serve the page until SIGTERM or SIGINT, then finish the turns under way.

    Raises:
        StartupError: the port is taken, there is no such pack; one Chinese line.
        StoreError: the database cannot be opened.
        PackError: the pack is faulty.
    """
    set_up_logging(settings.log_level, settings.log_format)
    with stop_signal() as stop:
        opening = open_service(settings, worker=f"{gethostname()}:web")
        async with heartbeat(), opening as service, opened_page(service) as page:
            await serve([page], stop)


@asynccontextmanager
async def opened_page(service: Service) -> AsyncIterator[OpenChannel]:
    """Open the page and print where it is, with the QR code of the address applicants use.

    Raises:
        StartupError: the port is taken, or the secret cannot be kept.
    """
    async with open_page(service) as (page, url):
        _announce(url, service.settings.public_url)
        yield page


def _announce(url: str, public_url: str | None) -> None:
    sys.stdout.write(say("web.listening", url=url) + "\n")
    if public_url is not None:
        sys.stdout.write(say("web.scan", url=public_url) + "\n")
        segno.make(public_url, error="m").terminal(compact=True)
    sys.stdout.flush()
