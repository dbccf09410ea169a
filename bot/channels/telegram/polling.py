"""Long polling until told to stop: an update is acknowledged only after it is on disk."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from telegram import Bot, Update
from telegram.error import RetryAfter, TelegramError

from bot.channels.serving import serve
from bot.channels.telegram.assembly import open_shell
from bot.channels.telegram.connection import set_menu
from bot.channels.telegram.responses import UnreadableAnswerError, set_aside
from bot.heartbeat import heartbeat
from bot.logs import set_up_logging
from bot.settings import Settings
from bot.stop_signal import stop_signal
from bot.store.store_errors import StoreError

ALLOWED = ("message", "edited_message", "callback_query")
LONG_POLL = 30  # seconds the server waits for something new
BATCH = 100
TRIES = 3  # at one update whose answer is no JSON; a connection cut short mends itself
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds

log = structlog.get_logger(__name__)


@dataclass
class _Place:
    """Where polling stands: the next update wanted, how many at most, how often it could not be made out."""

    offset: int = 0
    limit: int = BATCH
    failed: int = 0

    def passed(self, updates: Sequence[Update]) -> None:
        """Go on behind these."""
        self.offset = max([self.offset, *(update.update_id + 1 for update in updates)])
        self.limit, self.failed = BATCH, 0

    def stuck(self, error: UnreadableAnswerError) -> None:
        """Ask for one update alone; if that one cannot be made out again and again, pass it over."""
        self.limit, self.failed = 1, self.failed + 1
        if self.failed > TRIES and error.first is not None:
            set_aside(error.first, "unknown", "body")
            self.offset, self.limit, self.failed = error.first + 1, BATCH, 0


async def poll(bot: Bot, take: Callable[[Sequence[Update]], Awaitable[None]]) -> None:
    """Fetch updates and hand them to `take` until cancelled; trouble is waited out, longer each time."""
    place, pause, hooked = _Place(), FIRST_PAUSE, True
    while True:
        try:
            if hooked:  # left by an earlier run in webhook mode, it would bar polling
                hooked = not await bot.delete_webhook()
            updates = await bot.get_updates(place.offset, place.limit, LONG_POLL, allowed_updates=ALLOWED)
            await take(updates)
        except (TelegramError, StoreError) as error:
            reason = {"reason": str(error)} if isinstance(error, StoreError) else {}  # the library's may hold words
            log.warning("polling_trouble", error=type(error).__name__, pause=pause, **reason)
            await asyncio.sleep(max(pause, _asked_pause(error)))
            pause = min(pause * 2, LONGEST_PAUSE)
            if isinstance(error, UnreadableAnswerError):
                place.stuck(error)
            continue
        place.passed(updates)
        pause = FIRST_PAUSE


def _asked_pause(error: Exception) -> float:
    """Give the seconds the server asked us to wait."""
    wait = error.retry_after if isinstance(error, RetryAfter) else 0
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


async def run_telegram(settings: Settings) -> None:
    """Answer applicants until SIGTERM or SIGINT, then finish the turns under way.

    Raises:
        StartupError: no token, a refused token, no network; one Chinese line.
        StoreError: the database cannot be opened.
        PackError: the pack is faulty.
    """
    set_up_logging(settings.log_level, settings.log_format)
    with stop_signal() as stop:
        async with heartbeat(), open_shell(settings) as shell:
            await set_menu(shell.bot)
            await serve([shell.fed_by(poll(shell.bot, shell.intake.take))], stop)
