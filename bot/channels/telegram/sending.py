"""Sends one waiting reply; on trouble it raises, and the dispatcher tries again."""

from typing import Any

import structlog
from telegram import LinkPreviewOptions
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.layout import Part, lay_out
from bot.channels.telegram.old_buttons import OldButtons
from bot.channels.telegram.responses import UnreadableAnswerError
from bot.dispatcher import NeverSentError
from bot.store.store_errors import StoreError
from bot.store.updates import Outgoing

PICTURES = (".png", ".jpg", ".jpeg")
MEGABYTE = 1024 * 1024
PICTURE_LIMIT = 10 * MEGABYTE  # of sendPhoto; larger pictures go as files

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a clause's address must not fill the screen

log = structlog.get_logger(__name__)


class Sender:
    """Sends replies part by part; a reply that failed halfway goes on where it stopped."""

    def __init__(self, bot: ExtBot[int], old_buttons: OldButtons | None = None) -> None:
        """Use this client; where given, `old_buttons` takes away what a reply makes pointless."""
        self._bot, self._old_buttons = bot, old_buttons
        self._sent_parts: dict[int, int] = {}

    async def __call__(self, outgoing: Outgoing) -> None:
        """Send a reply as one or more messages.

        Raises:
            RetryAfter: flood control; its `retry_after` says how long to wait.
            TelegramError: the network or the server failed; trying again may help.
            NeverSentError: the server refused a part for good; the others are sent.
        """
        parts, refused, message = lay_out(outgoing.reply), "", None
        for number in range(self._sent_parts.get(outgoing.id, 0), len(parts)):
            message, why = await self._deliver(outgoing, parts[number])
            refused = why or refused
            self._sent_parts[outgoing.id] = number + 1
        self._sent_parts.pop(outgoing.id, None)
        await self._clear_up(outgoing, message)
        if refused:
            raise NeverSentError(refused)

    async def _clear_up(self, outgoing: Outgoing, message: int | None) -> None:
        """Take away buttons of what is answered; where that cannot be noted, they stay: what was sent is sent."""
        if self._old_buttons is None:
            return
        reply = outgoing.reply
        try:
            await self._old_buttons.replaced(outgoing.key, message, reply.choices, aside=reply.aside)
        except StoreError as error:
            log.warning("old_buttons_not_noted", reason=str(error))

    async def _deliver(self, outgoing: Outgoing, part: Part) -> tuple[int | None, str]:
        """Send one message; gives its number, or why the server will never accept it: it is passed over.

        Nor is what it says it has sent, with a receipt nobody can read: the applicant would get it again and again.
        """
        try:
            return await self._send(outgoing.key.chat_id, part), ""
        except Forbidden:
            log.info("blocked_by_user", reply=outgoing.id)
        except BadRequest as error:
            log.warning("reply_refused", reply=outgoing.id, reason=error.message)
            return None, f"BadRequest: {error.message}"
        except UnreadableAnswerError as error:
            if not error.done:
                raise
            log.warning("receipt_not_read", reply=outgoing.id)
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # what the library makes of an odd result
            log.warning("receipt_not_read", reply=outgoing.id, error=type(error).__name__)
        return None, ""

    async def _send(self, chat_id: int, part: Part) -> int:
        """Send one message; gives its number."""
        if part.file is None:
            sent = await self._bot.send_message(
                chat_id,
                part.text,
                entities=part.bold,
                reply_markup=part.keyboard,
                link_preview_options=NO_PREVIEW,
            )
            return sent.message_id
        await self._show_uploading(chat_id)
        name, content = part.file.name, part.file.content
        words: dict[str, Any] = {"caption": part.text or None, "caption_entities": part.bold}
        if name.lower().endswith(PICTURES) and len(content) <= PICTURE_LIMIT:
            sent = await self._bot.send_photo(chat_id, content, filename=name, reply_markup=part.keyboard, **words)
        else:
            sent = await self._bot.send_document(
                chat_id,
                content,
                filename=name,
                reply_markup=part.keyboard,
                disable_content_type_detection=True,
                **words,
            )
        return sent.message_id

    async def _show_uploading(self, chat_id: int) -> None:
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
        except TelegramError as error:
            log.debug("background_call_failed", error=type(error).__name__)
