"""Runs the messenger bot by long polling, until it is told to stop."""

from bot.logs import set_up_logging
from bot.settings import Settings
from bot.telegram.connect import set_menu
from bot.telegram.opening import open_shell
from bot.telegram.polling import poll
from bot.telegram.serving import serve


async def run_telegram(settings: Settings) -> None:
    """Answer applicants until SIGTERM or SIGINT, then finish the turns under way.

    Raises:
        StartupError: no token, a refused token, no network; one Chinese line.
        StoreError: the database cannot be opened.
        PackError: the pack is faulty.
    """
    set_up_logging(settings.log_level, settings.log_format)
    async with open_shell(settings) as shell:
        await set_menu(shell.bot)
        await serve(shell, poll(shell.bot, shell.intake.take))
