"""The connection to the Bot API: one client, its limits, its first words with the server."""

import ssl
from functools import cache
from typing import Any

import httpx
import structlog
from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ExtBot

from bot.channels.telegram.responses import ApiRequest, UpdatesRequest
from bot.errors import StartupError
from bot.messages import say
from bot.settings import Settings

# httpcore searches its pool linearly: 16 connections serve 200 chats faster than 256 do.
POOL = 16
POOL_PATIENCE = 60.0  # seconds a call waits for a free connection; waiting is normal in a burst
READ_PATIENCE = 20.0
MENU = ("start", "back", "skip", "preview", "status", "edit", "list", "cancel", "delete", "help")  # in this order

log = structlog.get_logger(__name__)


def build_bot(settings: Settings, share: float = 1.0) -> ExtBot[int]:
    """Make the client.

    The limiter keeps the bot under the server's limit of messages a second and does not retry by itself: its retry
    holds back every chat, while the dispatcher's holds back only the one that was too fast.

    Args:
        settings: token, address, limit.
        share: this process's share of the limit, of 1; it holds for all worker processes together.

    Raises:
        StartupError: no token is set.
    """
    if settings.token is None:
        raise StartupError(say("telegram_faults.no_token"))
    patience = {"read_timeout": READ_PATIENCE, "pool_timeout": POOL_PATIENCE}
    connecting: dict[str, Any] = {**patience, "httpx_kwargs": {"verify": _certificates()}}
    try:
        return ExtBot(
            settings.token.get_secret_value(),
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=ApiRequest(POOL, **connecting),
            get_updates_request=UpdatesRequest(1, **connecting),
            rate_limiter=AIORateLimiter(overall_max_rate=settings.send_rate * share, max_retries=0),
        )
    except InvalidToken:
        raise StartupError(say("telegram_faults.bad_token")) from None


@cache
def _certificates() -> ssl.SSLContext:
    """Give the authorities servers are judged by: read once, not at every opening of a client."""
    return httpx.create_ssl_context()


async def connect(bot: ExtBot[int], api_url: str) -> None:
    """Say hello to the server.

    Raises:
        StartupError: the server refuses the token, or cannot be reached.
    """
    try:
        await bot.initialize()
    except InvalidToken:  # its message holds the token: neither shown nor chained
        raise StartupError(say("telegram_faults.bad_token")) from None
    except TelegramError:
        raise StartupError(say("telegram_faults.unreachable", url=api_url)) from None


async def set_menu(bot: ExtBot[int]) -> None:
    """Set the menu of commands; without success the one of the last start stays."""
    commands = [BotCommand(name, say(f"telegram_menu.{name}")) for name in MENU]
    try:
        await bot.set_my_commands(commands, rate_limit_args=2)
    except TelegramError as error:
        log.warning("menu_not_set", error=type(error).__name__)
