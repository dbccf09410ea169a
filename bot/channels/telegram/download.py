"""Fetches the files applicants send, before the update that brought them is kept."""

import stamina
import structlog
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.telegram.update_reading import Attachment
from dialogs.protocol import Upload

ATTEMPTS = 4
PATIENCE = 60.0  # seconds for all attempts together; then the applicant is asked to send it again

log = structlog.get_logger(__name__)


async def download(bot: Bot, attachment: Attachment) -> Upload | None:
    """Fetch a file; None when the server does not hand it over in time."""
    try:
        async for attempt in stamina.retry_context(on=_passing, attempts=ATTEMPTS, timeout=PATIENCE, wait_initial=0.2):
            with attempt:
                file = await bot.get_file(attachment.file_id)
                content = bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.warning("file_not_fetched", error=type(error).__name__)
        return None
    return Upload(
        name=attachment.name,
        content=content,
        message=attachment.message,
        caption=attachment.caption,
        album=attachment.album,
    )


def _passing(error: Exception) -> bool:
    """Tell whether trying again may help; the library calls a refusal a network error too."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)
