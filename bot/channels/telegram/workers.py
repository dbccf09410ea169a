"""Webhook mode: sets the hook, then runs worker processes that share one port and one database."""

import asyncio
import os
import sys
import tempfile
from functools import partial

import structlog
from telegram.error import TelegramError

from bot.channels.telegram.connection import build_bot, connect, set_menu
from bot.channels.telegram.polling import ALLOWED
from bot.errors import StartupError
from bot.heartbeat import heartbeat
from bot.logs import set_up_logging
from bot.messages import say
from bot.settings import Settings
from bot.stop_signal import stop_signal
from bot.store.store_errors import StoreError
from bot.supervisor import END_SECONDS, Beat, ends_with_its_supervisor, supervise
from knowledge.problems import PackError

SUPERVISOR_SECONDS = END_SECONDS + 1.0  # it outlives its workers
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

log = structlog.get_logger(__name__)


async def run_webhook(settings: Settings) -> None:
    """Serve the webhook until SIGTERM or SIGINT, with as many processes as the settings say.

    Raises:
        StartupError: an incomplete setting, a refused token, no network, an address the server refuses.
    """
    set_up_logging(settings.log_level, settings.log_format)
    await _set_hook(settings)
    with tempfile.TemporaryDirectory(prefix="shenbao-metrics-") as folder:
        os.environ[FOLDER] = folder
        with stop_signal(SUPERVISOR_SECONDS) as stop:
            await supervise(partial(work, settings), settings.webhook_workers, stop)


async def _set_hook(settings: Settings) -> None:
    if settings.webhook_url is None or settings.webhook_secret is None:
        raise StartupError(say("telegram_faults.webhook_incomplete"))
    bot = build_bot(settings)
    try:
        await connect(bot, settings.api_url)
        await set_menu(bot)
        secret = settings.webhook_secret.get_secret_value()
        await bot.set_webhook(settings.webhook_url, allowed_updates=ALLOWED, secret_token=secret)
    except TelegramError as error:
        raise StartupError(say("telegram_faults.webhook_refused", reason=error.message)) from None
    finally:
        await bot.shutdown()


def work(settings: Settings, number: int, beat: Beat) -> None:
    """Be one worker process; ends at SIGTERM, its turns finished. What bars it is logged in one line."""
    from bot.channels.serving import serve  # noqa: PLC0415 - metrics read their folder when first imported
    from bot.channels.telegram.assembly import open_shell  # noqa: PLC0415
    from bot.channels.telegram.webhook import listen  # noqa: PLC0415

    async def run() -> None:
        set_up_logging(settings.log_level, settings.log_format)
        with stop_signal() as stop:
            ends_with_its_supervisor(stop)
            async with heartbeat(beat), open_shell(settings, number=number) as shell:
                await serve([shell.fed_by(listen(shell, settings))], stop)

    try:
        asyncio.run(run())
    except (StartupError, StoreError, PackError) as error:
        log.error("worker_cannot_run", reason=str(error))  # noqa: TRY400 - the reason says how to mend it
        sys.exit(1)
