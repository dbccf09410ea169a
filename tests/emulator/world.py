"""What the messenger's server knows: people, chats, messages, files, and the bot's own account."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.emulator.errors import bad_request
from tests.emulator.mailbox import Mailbox


@dataclass
class Chat:
    """One chat: its messages by number, and what the bot did in it, in order."""

    id: int
    kind: str = "private"
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    from_bot: list[dict[str, Any]] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    blocked: bool = False
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def described(self) -> dict[str, Any]:
        """Describe the chat as the Bot API does."""
        return {"id": self.id, "type": self.kind, **({"title": "工作群"} if self.kind != "private" else {})}


@dataclass
class World:
    """The state behind the server."""

    token: str
    mailbox: Mailbox = field(default_factory=Mailbox)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # file_id → (path, content)
    queries: dict[str, dict[str, Any] | None] = field(default_factory=dict)  # callback query → its answer
    commands: list[dict[str, str]] = field(default_factory=list)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def me(self) -> dict[str, Any]:
        """Describe the bot's account."""
        bot_id = int(self.token.split(":")[0])
        return {"id": bot_id, "is_bot": True, "first_name": "申报助手", "username": "shenbao_test_bot"}

    def chat(self, chat_id: int) -> Chat:
        """Find a chat the bot may write to."""
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def open_chat(self, chat_id: int, kind: str = "private") -> Chat:
        """Find or open a chat; negative numbers are groups."""
        return self.chats.setdefault(chat_id, Chat(chat_id, kind))

    def new_message(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        """Write a message into a chat."""
        message = {
            "message_id": next(self.numbers),
            "date": int(time.time()),
            "chat": chat.described(),
            "from": sender,
            **content,
        }
        chat.messages[message["message_id"]] = message
        return message

    def keep_file(self, name: str, content: bytes) -> dict[str, Any]:
        """Store a file; gives what every file description starts with."""
        number = next(self.numbers)
        file_id = f"file-{number}"
        self.files[file_id] = (f"documents/{number}-{name}", content)
        return {"file_id": file_id, "file_unique_id": f"unique-{number}", "file_size": len(content)}

    async def show(self, chat: Chat, message: dict[str, Any]) -> None:
        """Let the phone in this chat see what the bot sent or changed."""
        async with chat.news:
            chat.from_bot.append(message)
            chat.news.notify_all()
