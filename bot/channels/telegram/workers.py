"""Webhook mode: sets the hook, then runs worker processes that share one port and one database."""

import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
from multiprocessing.context import SpawnProcess

import structlog
from telegram.error import TelegramError

from bot.channels.telegram.connection import build_bot, connect, set_menu
from bot.channels.telegram.polling import ALLOWED
from bot.errors import StartupError
from bot.logs import set_up_logging
from bot.messages import say
from bot.settings import Settings
from bot.store.store_errors import StoreError
from knowledge.problems import PackError

CHECK_SECONDS = 1.0
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
        await _supervise(settings)


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


async def _supervise(settings: Settings) -> None:
    """Keep the workers running; a dead one is replaced, under the same name, so it goes on where it stopped."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    workers = [_start(settings, number) for number in range(settings.webhook_workers)]
    told = asyncio.create_task(stop.wait())
    while not told.done():
        for number, worker in enumerate(workers):
            if not worker.is_alive():
                log.error("worker_died", worker=number, exit=worker.exitcode)
                workers[number] = _start(settings, number)
        await asyncio.wait({told}, timeout=CHECK_SECONDS)
    for worker in workers:
        worker.terminate()
    await asyncio.gather(*(asyncio.to_thread(worker.join) for worker in workers))


def _start(settings: Settings, number: int) -> SpawnProcess:
    worker = multiprocessing.get_context("spawn").Process(
        target=work, args=(settings, number), name=f"webhook-{number}"
    )
    worker.start()
    return worker


def work(settings: Settings, number: int) -> None:
    """Be one worker process; ends at SIGTERM, its turns finished. What bars it is logged in one line."""
    from bot.channels.telegram.assembly import open_shell  # noqa: PLC0415
    from bot.channels.telegram.serving import serve  # noqa: PLC0415 - metrics read their folder when first imported
    from bot.channels.telegram.webhook import listen  # noqa: PLC0415

    async def run() -> None:
        set_up_logging(settings.log_level, settings.log_format)
        async with open_shell(settings, number=number) as shell:
            await serve(shell, listen(shell, settings))

    try:
        asyncio.run(run())
    except (StartupError, StoreError, PackError) as error:
        log.error("worker_cannot_run", reason=str(error))  # noqa: TRY400 - the reason says how to mend it
        sys.exit(1)
