"""`shenbao serve`: every channel the settings name, in one process over one database."""

from contextlib import AsyncExitStack
from socket import gethostname

from bot.channels.service import Speak, open_service
from bot.channels.serving import OpenChannel, serve
from bot.channels.telegram.assembly import connected_bot, joined_to
from bot.channels.telegram.connection import set_menu
from bot.channels.telegram.polling import poll
from bot.channels.telegram.staff_notices import StaffNotices
from bot.channels.wechat.kf_channel import is_configured, open_wechat
from bot.errors import StartupError
from bot.heartbeat import heartbeat
from bot.logs import set_up_logging
from bot.messages import say
from bot.settings import Settings
from bot.stop_signal import stop_signal


async def run_all(settings: Settings) -> None:
    """Serve Telegram where a token is set, the page where a port is, 微信客服 where an account is, until told to stop.

    Raises:
        StartupError: nothing is set, or a channel cannot be opened; one Chinese line.
        StoreError: the database cannot be opened.
        PackError: the pack is faulty.
    """
    if settings.token is None and settings.web_port is None and not is_configured(settings):
        raise StartupError(say("web_faults.nothing"))
    set_up_logging(settings.log_level, settings.log_format)
    with stop_signal() as stop:
        async with heartbeat(), AsyncExitStack() as stack:
            await serve(await opened_channels(settings, stack), stop)


async def opened_channels(settings: Settings, stack: AsyncExitStack) -> list[OpenChannel]:
    """Open every channel the settings name, over one database, until `stack` is left.

    Raises:
        StartupError: a channel cannot be opened; one Chinese line.
    """
    bot = await stack.enter_async_context(connected_bot(settings)) if settings.token else None
    speakers: list[Speak] = [StaffNotices(bot, settings.staff_ids).tell] if bot else []
    service = await stack.enter_async_context(open_service(settings, speakers, worker=f"{gethostname()}:serve"))
    channels = []
    if settings.web_port is not None:
        from bot.commands.web import opened_page  # noqa: PLC0415 - its libraries are an extra

        channels.append(await stack.enter_async_context(opened_page(service)))
    if bot is not None:
        await set_menu(bot)
        shell = await stack.enter_async_context(joined_to(service, bot))
        channels.append(shell.fed_by(poll(bot, shell.intake.take)))
    if is_configured(settings):
        channels.append(await stack.enter_async_context(open_wechat(service)))
    return channels


async def run_wechat(settings: Settings) -> None:
    """Serve 微信客服 alone until SIGTERM or SIGINT.

    Raises:
        StartupError: a setting is missing or refused; one Chinese line.
        StoreError: the database cannot be opened.
        PackError: the pack is faulty.
    """
    set_up_logging(settings.log_level, settings.log_format)
    with stop_signal() as stop:
        opening = open_service(settings, worker=f"{gethostname()}:wechat")
        async with heartbeat(), opening as service, open_wechat(service) as channel:
            await serve([channel], stop)
