"""Methods that put a message of the bot into a chat, with the server's own limits."""

from typing import Any

from tests.emulator.errors import ApiError, bad_request
from tests.emulator.params import Params, SentFile
from tests.emulator.world import Chat, World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
DATA_LIMIT = 64
UPLOAD_LIMIT = 50 * 1024 * 1024


async def send_message(world: World, params: Params) -> dict[str, Any]:
    """Send text."""
    preview = params.json("link_preview_options")
    shown = {"link_preview_options": preview} if preview else {}
    return await post(world, params, {"text": checked_text(params.text("text")), **shown})


async def send_document(world: World, params: Params) -> dict[str, Any]:
    """Send any file."""
    return await post(world, params, {"document": stored(world, params.file("document")), **caption(params)})


async def send_photo(world: World, params: Params) -> dict[str, Any]:
    """Send a picture."""
    size = stored(world, params.file("photo")) | {"width": 1, "height": 1}
    return await post(world, params, {"photo": [size], **caption(params)})


async def send_media_group(world: World, params: Params) -> list[dict[str, Any]]:
    """Send an album of two to ten files."""
    media = params.json("media") or []
    if not 2 <= len(media) <= 10:
        raise bad_request("there must be 2-10 messages in the album")
    group = str(next(world.numbers))
    sent = []
    for item in media:
        held = stored(world, params.file_at(item["media"]))
        content = {"photo": [held | {"width": 1, "height": 1}]} if item["type"] == "photo" else {item["type"]: held}
        sent.append(await post(world, params, {**content, "media_group_id": group}))
    return sent


async def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is typing or uploading."""
    writable(world, params).actions.append(params.text("action"))
    return True


async def post(world: World, params: Params, content: dict[str, Any]) -> dict[str, Any]:
    """Write the bot's message and show it."""
    chat = writable(world, params)
    markup = checked_markup(params.json("reply_markup"))
    styled = {name: params.json(name) for name in ("entities", "caption_entities") if params.json(name)}
    message = world.new_message(chat, world.me, content | styled | ({"reply_markup": markup} if markup else {}))
    await world.show(chat, message)
    return message


def writable(world: World, params: Params) -> Chat:
    """Find the chat, unless the person blocked the bot."""
    chat = world.chat(params.number("chat_id"))
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def checked_text(text: str) -> str:
    """Give the text as stored: trimmed, not empty, not too long."""
    if not text.strip():
        raise bad_request("message text is empty")
    if length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text.strip()


def caption(params: Params) -> dict[str, str]:
    """Give the caption, if there is one."""
    words = params.text("caption")
    if length(words) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return {"caption": words} if words else {}


def checked_markup(markup: Any) -> Any:
    """Give the keyboard, its buttons checked."""
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            data = button.get("callback_data", "")
            if not 0 < len(data.encode()) <= DATA_LIMIT:
                raise bad_request("BUTTON_DATA_INVALID")
            if not button.get("text"):
                raise bad_request("text buttons are unallowed in the inline keyboard")
    return markup


def stored(world: World, file: SentFile | str) -> dict[str, Any]:
    """Keep a sent file, or find the one a file_id names."""
    if isinstance(file, SentFile):
        if not 0 < len(file.content) <= UPLOAD_LIMIT:
            raise bad_request("file must be non-empty" if not file.content else "file is too big")
        return world.keep_file(file.name, file.content) | {"file_name": file.name}
    if file not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    path, content = world.files[file]
    return {"file_id": file, "file_unique_id": file, "file_size": len(content), "file_name": path.partition("-")[2]}


def length(text: str) -> int:
    """Count as the server does: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
