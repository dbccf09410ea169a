"""From a Telegram update to what the applicant did. Pure: downloads nothing, sends nothing."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.responses import LARGEST
from bot.messages import say
from bot.office.staff_news import number_in
from bot.store.updates import Received, RemoteFile
from dialogs.protocol import Choice, Command, Edited, Event, Text, Unreadable

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_UNREADABLE: dict[str, Literal["voice", "video", "location", "sticker", "other"]] = {
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "sticker": "sticker",
    "location": "location",
    "poll": "other",
    "dice": "sticker",
    "story": "other",
}
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update, read: what was done, a refusal to be sent at once, a press to be answered."""

    update_id: int
    chat_id: int
    user_id: int
    part: Received | None = None
    refusal: str | None = None
    query: str | None = None


def read(update: Update, upload_limit: int) -> Incoming | None:
    """Read an update; None when it holds nothing an applicant did.

    Args:
        update: as the Bot API gave it.
        upload_limit: the largest file taken, in bytes.

    Raises:
        ValueError: an id is no 64-bit integer, as all of the Bot API's are.
    """
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None:
        return None
    numbers = (update.update_id, chat.id, user.id, getattr(update.effective_message, "message_id", 0))
    if not all(-LARGEST <= number < LARGEST for number in numbers):
        raise ValueError("no 64-bit id")
    query = update.callback_query.id if update.callback_query else None
    if chat.type != ChatType.PRIVATE:
        return Incoming(update.update_id, chat.id, user.id, refusal=say("telegram_says.group"), query=query)
    part, refusal = _read_kind(update, upload_limit)
    if part is None and refusal is None and query is None:
        return None
    return Incoming(update.update_id, chat.id, user.id, part, refusal, query)


Read = tuple[Received | None, str | None]  # what was done, and what is refused


def _read_kind(update: Update, upload_limit: int) -> Read:
    if update.callback_query is not None:
        return _read_press(update.callback_query), None
    if update.edited_message is not None:
        return _read_edit(update.edited_message)
    if update.message is not None:
        return _read_message(update.message, upload_limit)
    return None, None


def _read_press(query: CallbackQuery) -> Event | None:
    message = query.message.message_id if query.message else None
    return Choice(id=query.data, message=message) if query.data else None


def _read_edit(message: Message) -> Read:
    if message.text:
        return Edited(text=message.text, message=message.message_id), None
    words = Edited(text=message.caption, message=message.message_id) if message.caption else None
    return words, say("telegram_says.edited_file") if message.document or message.photo else None


def _read_message(message: Message, upload_limit: int) -> Read:
    if message.text:
        return _read_text(message), None
    if message.contact is not None:
        person = message.contact
        name = f"{person.last_name or ''}{person.first_name}"
        return Text(text=f"{name} {person.phone_number}", message=message.message_id), None
    if kind := next((kind for kind in _UNREADABLE if getattr(message, kind)), None):
        what = _UNREADABLE[kind]
        return Unreadable(what=what, caption=message.caption or "", message=message.message_id), None
    attachment = _attachment(message)
    if attachment is None:
        return None, None
    if attachment.size > upload_limit:
        return _words_under(message), _too_big(attachment, upload_limit)
    return attachment, None


def _words_under(message: Message) -> Event | None:
    """Give the caption of what cannot be taken: the words can."""
    return Text(text=message.caption, message=message.message_id) if message.caption else None


def _read_text(message: Message) -> Event:
    text, number, forwarded = message.text or "", message.message_id, message.forward_origin is not None
    if (answers := _answered(message)) is not None:
        return Command(name="answer", argument=f"{answers} {text}", message=number)
    if not forwarded and (found := _COMMAND.fullmatch(text.strip())):
        return Command(name=found[1].lower(), argument=(found[2] or "").strip(), message=number)
    return Text(text=text, message=number, forwarded=forwarded)


def _answered(message: Message) -> int | None:
    """Give the number of the message to the office that a reply answers: it is a reply to our news of one."""
    news = message.reply_to_message
    if news is None or news.from_user is None or not news.from_user.is_bot:
        return None
    return number_in(news.text or "")


def _attachment(message: Message) -> RemoteFile | None:
    number = message.message_id
    if message.photo:
        file, name = message.photo[-1], f"photo-{number}.jpg"  # sizes come smallest first
        return _described(message, file.file_id, name, file.file_size)
    if message.document is not None:
        name = _bare_name(message.document.file_name) or f"file-{number}"
        return _described(message, message.document.file_id, name, message.document.file_size)
    return None


def _described(message: Message, file_id: str, name: str, size: int | None) -> RemoteFile:
    return RemoteFile(
        reference=file_id,
        name=name,
        size=size or 0,
        message=message.message_id,
        caption=message.caption or "",
        album=message.media_group_id,
    )


def _bare_name(name: str | None) -> str:
    return PurePosixPath((name or "").replace("\\", "/")).name


def _too_big(attachment: RemoteFile, limit: int) -> str:
    size = round(attachment.size / MEGABYTE, 1)
    return say("telegram_says.too_big", name=attachment.name, size=size, limit=limit // MEGABYTE)
