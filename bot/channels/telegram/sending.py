"""Sends one waiting reply; on trouble it raises, and the dispatcher tries again."""

import structlog
from telegram import LinkPreviewOptions
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.layout import Part, lay_out
from bot.channels.telegram.responses import UnreadableAnswerError
from bot.dispatcher import NeverSentError
from bot.store.updates import Outgoing

PICTURES = (".png", ".jpg", ".jpeg")
MEGABYTE = 1024 * 1024
PICTURE_LIMIT = 10 * MEGABYTE  # of sendPhoto; larger pictures go as files

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a clause's address must not fill the screen

log = structlog.get_logger(__name__)


class Sender:
    """Sends replies part by part; a reply that failed halfway goes on where it stopped."""

    def __init__(self, bot: ExtBot[int]) -> None:
        """Use this client."""
        self._bot = bot
        self._sent_parts: dict[int, int] = {}

    async def __call__(self, outgoing: Outgoing) -> None:
        """Send a reply as one or more messages.

        Raises:
            RetryAfter: flood control; its `retry_after` says how long to wait.
            TelegramError: the network or the server failed; trying again may help.
            NeverSentError: the server refused a part for good; the others are sent.
        """
        parts, refused = lay_out(outgoing.reply), ""
        for number in range(self._sent_parts.get(outgoing.id, 0), len(parts)):
            refused = await self._deliver(outgoing, parts[number]) or refused
            self._sent_parts[outgoing.id] = number + 1
        self._sent_parts.pop(outgoing.id, None)
        if refused:
            raise NeverSentError(refused)

    async def _deliver(self, outgoing: Outgoing, part: Part) -> str | None:
        """Send one message; what the server will never accept is passed over, and the server's reason given.

        Nor is what it says it has sent, with a receipt nobody can read: the applicant would get it again and again.
        """
        try:
            await self._send(outgoing.key.chat_id, part)
        except Forbidden:
            log.info("blocked_by_user", reply=outgoing.id)
        except BadRequest as error:
            log.warning("reply_refused", reply=outgoing.id, reason=error.message)
            return f"BadRequest: {error.message}"
        except UnreadableAnswerError as error:
            if not error.done:
                raise
            log.warning("receipt_not_read", reply=outgoing.id)
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # what the library makes of an odd result
            log.warning("receipt_not_read", reply=outgoing.id, error=type(error).__name__)
        return None

    async def _send(self, chat_id: int, part: Part) -> None:
        if part.file is None:
            await self._bot.send_message(
                chat_id, part.text, reply_markup=part.keyboard, link_preview_options=NO_PREVIEW
            )
            return
        await self._show_uploading(chat_id)
        name, content, caption = part.file.name, part.file.content, part.text or None
        if name.lower().endswith(PICTURES) and len(content) <= PICTURE_LIMIT:
            await self._bot.send_photo(chat_id, content, caption, filename=name, reply_markup=part.keyboard)
        else:
            await self._bot.send_document(
                chat_id,
                content,
                caption,
                filename=name,
                reply_markup=part.keyboard,
                disable_content_type_detection=True,
            )

    async def _show_uploading(self, chat_id: int) -> None:
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
        except TelegramError as error:
            log.debug("background_call_failed", error=type(error).__name__)
