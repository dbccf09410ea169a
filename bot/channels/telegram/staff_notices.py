"""Brings staff news, of their edits above all, into their own chats with the bot."""

from collections.abc import Collection

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.layout import lay_out
from bot.channels.telegram.sending import NO_PREVIEW
from dialogs.protocol import Reply

log = structlog.get_logger(__name__)


class StaffNotices:
    """Tells every member of staff; one who never started the bot, or blocked it, reads it in the log."""

    def __init__(self, bot: ExtBot[int], staff: Collection[int]) -> None:
        """Write to `staff` (ids of users, which are the ids of their chats) through a client."""
        self._bot = bot
        self._staff = sorted(staff)

    async def tell(self, news: str) -> None:
        """Tell any news."""
        for member in self._staff:
            await self._write(member, news)

    async def _write(self, member: int, news: str) -> None:
        try:
            for part in lay_out(Reply(text=news)):
                await self._bot.send_message(member, part.text, link_preview_options=NO_PREVIEW)
        except TelegramError as error:
            log.warning("staff_not_told", member=member, error=type(error).__name__)
