"""Takes updates in: read, committed; files are fetched later. What `take` has returned from may be acknowledged."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.background_calls import BackgroundCalls
from bot.channels.telegram.responses import set_aside
from bot.channels.telegram.update_reading import Incoming, read
from bot.messages import say
from bot.store.storage_key import StorageKey
from bot.store.store_errors import StoreError
from bot.store.updates import Inbound, Received

Receive = Callable[[Sequence[Inbound]], Awaitable[None]]
Notify = Callable[[Iterable[StorageKey]], None]

GROUP_SILENCE = 600.0  # seconds between two refusals in one group

log = structlog.get_logger(__name__)


class Intake:
    """The way in. Holds nothing about an applicant between two calls."""

    def __init__(
        self, bot: ExtBot[int], receive: Receive, notify: Notify, background: BackgroundCalls, upload_limit: int
    ) -> None:
        """Join the messenger to the inbox.

        Args:
            bot: the client.
            receive: makes updates durable; an update it has seen before is ignored.
            notify: wakes the conversations that have something to do.
            background: makes the calls nobody waits for.
            upload_limit: the largest file taken, in bytes.
        """
        self._bot = bot
        self._receive = receive
        self._notify = notify
        self._background = background
        self._upload_limit = upload_limit
        self._refused_groups: dict[int, float] = {}

    async def take(self, updates: Sequence[Update]) -> None:
        """Keep a batch; returns when every update is durable, refused or set aside.

        One that fails for a reason nobody foresaw is set aside alone, the others are kept.

        Raises:
            StoreError: the inbox cannot keep them; nothing of the batch may be acknowledged.
        """
        try:
            await self._take(updates)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - it must not be delivered again and again, and hold up all others
            if len(updates) == 1:
                set_aside(updates[0].update_id, _kind(updates[0]), type(error).__name__)
                return
            for update in updates:
                await self.take([update])

    async def _take(self, updates: Sequence[Update]) -> None:
        heard = [incoming for update in updates if (incoming := _read(update, self._upload_limit))]
        await self._keep(heard)
        for incoming in heard:
            if incoming.query:
                self._background.do(self._bot.answer_callback_query(incoming.query))
        await asyncio.gather(*(self._refuse(incoming) for incoming in heard if incoming.refusal))

    async def _keep(self, heard: Sequence[Incoming]) -> None:
        inbounds = [self._inbound(incoming, incoming.part) for incoming in heard if incoming.part is not None]
        if inbounds:
            await self._receive(inbounds)
            self._notify({inbound.key for inbound in inbounds})
            log.info("kept", updates=len(inbounds))

    def _inbound(self, incoming: Incoming, part: Received) -> Inbound:
        key = StorageKey(bot_id=self._bot.id, chat_id=incoming.chat_id, user_id=incoming.user_id)
        return Inbound(f"{self._bot.id}:{incoming.update_id}", key, part, incoming.update_id)

    async def _refuse(self, incoming: Incoming) -> None:
        if incoming.refusal == say("telegram_says.group") and not self._may_refuse_group(incoming.chat_id):
            return
        await self._say(incoming.chat_id, incoming.refusal or "")

    def _may_refuse_group(self, chat_id: int) -> bool:
        now = time.monotonic()
        if now - self._refused_groups.get(chat_id, -GROUP_SILENCE) < GROUP_SILENCE:
            return False
        self._refused_groups[chat_id] = now
        return True

    async def _say(self, chat_id: int, text: str) -> None:
        try:
            await self._bot.send_message(chat_id, text, rate_limit_args=2)
        except TelegramError as error:
            log.warning("refusal_not_sent", error=type(error).__name__)


def _read(update: Update, upload_limit: int) -> Incoming | None:
    """Read an update; one that cannot be read must not be delivered again and again, and hold up all others."""
    try:
        return read(update, upload_limit)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it
        set_aside(update.update_id, _kind(update), type(error).__name__)
        return None


def _kind(update: Update) -> str:
    return next((name for name in Update.ALL_TYPES if getattr(update, name, None) is not None), "unknown")
