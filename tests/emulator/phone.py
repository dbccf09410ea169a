"""A scripted phone: types, presses, uploads and edits like an applicant, and waits for the bot's words."""

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.emulator.world import World

PATIENCE = 90.0  # seconds a phone waits for the bot before a test fails


@dataclass(frozen=True)
class Heard:
    """One message of the bot, as it stands on the screen."""

    id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    file: tuple[str, bytes] | None

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [label for label, _ in self.buttons]


class Phone:
    """One person's messenger in one chat."""

    def __init__(self, world: World, user_id: int, *, group: int | None = None) -> None:
        """Open the chat."""
        self.user = {"id": user_id, "is_bot": False, "first_name": f"申报人{user_id}"}
        self.transcript: list[tuple[str, str]] = []
        self._world = world
        self._chat = world.open_chat(group or user_id, "group" if group else "private")
        self._read = 0

    def types(self, text: str, **more: Any) -> dict[str, Any]:
        """Send a text; gives the update it became."""
        entities = {}
        if text.startswith("/"):
            size = len(text.split(maxsplit=1)[0])
            entities = {"entities": [{"type": "bot_command", "offset": 0, "length": size}]}
        return self._says(text, {"text": text, **entities, **more})

    def uploads(self, name: str, content: bytes, *, caption: str = "", size: int | None = None) -> dict[str, Any]:
        """Send a document; `size` claims another size than it has."""
        held = self._world.keep_file(name, content) | {"file_name": name}
        held |= {"file_size": size} if size is not None else {}
        return self._says(f"[{name}]", {"document": held} | ({"caption": caption} if caption else {}))

    def shoots(self, content: bytes, **more: Any) -> dict[str, Any]:
        """Send a photo, in a small and a large version as the messenger does."""
        small = self._world.keep_file("thumb.jpg", b"thumb") | {"width": 90, "height": 90}
        large = self._world.keep_file("photo.jpg", content) | {"width": 1280, "height": 960}
        return self._says("[photo]", {"photo": [small, large], **more})

    def sends(self, **content: Any) -> dict[str, Any]:
        """Send anything else (a sticker, a voice message, …)."""
        return self._says(str(list(content)), content)

    def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        """Change the text sent with an earlier update."""
        message = self._chat.messages[update["message"]["message_id"]]
        message |= {"text": text, "edit_date": message["date"]}
        self.transcript.append(("edit", text))
        return self._world.mailbox.put("edited_message", dict(message))

    def presses(self, label: str) -> dict[str, Any]:
        """Press the newest button with this label, or whose label contains it."""
        for message in reversed(self._chat.from_bot):
            for shown, data in _heard(self._world, message).buttons:
                if label in shown and message["message_id"] in self._chat.messages:
                    return self._pressed(message, shown, data)
        raise AssertionError(f"no button {label!r} on the screen: {self.transcript[-3:]}")

    def again(self, update: dict[str, Any]) -> None:
        """Have the server deliver an earlier update once more."""
        self._world.mailbox.put_again(update)

    async def hears(self) -> Heard:
        """Wait for the bot's next message."""
        async with self._chat.news:
            try:
                await asyncio.wait_for(self._chat.news.wait_for(self._has_news), PATIENCE)
            except TimeoutError:
                raise AssertionError(f"the bot kept silent after {self.transcript[-3:]}") from None
        heard = _heard(self._world, self._chat.from_bot[self._read])
        self._read += 1
        self.transcript.append(("bot", heard.text))
        return heard

    async def hears_until(self, words: str) -> list[Heard]:
        """Wait until a message contains `words` (or has a file of that ending); gives all up to it."""
        messages = [await self.hears()]
        while words not in messages[-1].text and not _named(messages[-1], words):
            messages.append(await self.hears())
        return messages

    def unread(self) -> int:
        """Count the bot's messages nobody waited for."""
        return len(self._chat.from_bot) - self._read

    def blocks(self) -> None:
        """Block the bot."""
        self._chat.blocked = True

    @property
    def actions(self) -> list[str]:
        """What the bot was seen doing (typing, uploading)."""
        return self._chat.actions

    def _has_news(self) -> bool:
        return self.unread() > 0

    def _says(self, shown: str, content: dict[str, Any]) -> dict[str, Any]:
        self.transcript.append(("me", shown))
        return self._world.mailbox.put("message", self._world.new_message(self._chat, self.user, content))

    def _pressed(self, message: dict[str, Any], label: str, data: str) -> dict[str, Any]:
        self.transcript.append(("press", label))
        query = f"query-{next(self._world.numbers)}"
        self._world.queries[query] = None
        told = {"id": query, "from": self.user, "message": message, "chat_instance": "1", "data": data}
        return self._world.mailbox.put("callback_query", told)


def _heard(world: World, message: dict[str, Any]) -> Heard:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = tuple((button["text"], button["callback_data"]) for row in rows for button in row)
    held = message.get("document")
    file = (held["file_name"], world.files[held["file_id"]][1]) if held else None
    return Heard(message["message_id"], message.get("text") or message.get("caption", ""), buttons, file)


def _named(heard: Heard, ending: str) -> bool:
    return heard.file is not None and heard.file[0].endswith(ending)
