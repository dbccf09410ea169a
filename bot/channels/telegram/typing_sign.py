"""Shows that the bot is typing when a turn takes so long that the applicant might wonder."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.constants import ChatAction

from bot.channels.telegram.background_calls import BackgroundCalls
from bot.store.storage_key import StorageKey

PATIENCE = 0.5  # seconds; a sign for every turn would arrive after the reply and look like another one coming

Handle = Callable[[StorageKey], Awaitable[bool]]


def visibly(bot: Bot, handle: Handle, background: BackgroundCalls) -> Handle:
    """Give `handle` that shows itself typing while it works long."""

    async def handle_visibly(key: StorageKey) -> bool:
        sign = asyncio.get_running_loop().call_later(
            PATIENCE, lambda: background.do(bot.send_chat_action(key.chat_id, ChatAction.TYPING))
        )
        try:
            return await handle(key)
        finally:
            sign.cancel()

    return handle_visibly
