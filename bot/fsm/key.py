"""The address of a conversation's stored state; same fields as aiogram 3's `StorageKey`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StorageKey:
    """Who talks to which bot where."""

    bot_id: int
    chat_id: int
    user_id: int
    thread_id: int | None = None
    business_connection_id: str | None = None
    destiny: str = "default"
