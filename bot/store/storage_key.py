"""The address of a conversation's stored state, and the string it is stored under; both as in aiogram 3."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

Part = Literal["data", "state", "lock"]

DEFAULT_DESTINY = "default"


@dataclass(frozen=True)
class StorageKey:
    """Who talks to which bot where; equal to an aiogram key with the same fields."""

    bot_id: int
    chat_id: int
    user_id: int
    thread_id: int | None = None
    business_connection_id: str | None = None
    destiny: str = DEFAULT_DESTINY

    def __eq__(self, other: object) -> bool:
        """Compare field by field, whoever's class the other key is."""
        if type(other).__name__ != "StorageKey":
            return NotImplemented
        return _parts(self) == _parts(other)

    def __hash__(self) -> int:
        """Hash the fields in order, as aiogram's key does."""
        return hash(_parts(self))


_parts = attrgetter("bot_id", "chat_id", "user_id", "thread_id", "business_connection_id", "destiny")


class KeyBuilder(ABC):
    """Turns a key into the string a storage files it under."""

    @abstractmethod
    def build(self, key: StorageKey, part: Part | None = None) -> str:
        """Return the string for `key`, or for one `part` of its record."""


class DefaultKeyBuilder(KeyBuilder):
    """`prefix:bot?:business?:chat:thread?:user:destiny?:part?`, the layout aiogram's own storages read."""

    def __init__(
        self,
        *,
        prefix: str = "fsm",
        separator: str = ":",
        with_bot_id: bool = False,
        with_business_connection_id: bool = False,
        with_destiny: bool = False,
    ) -> None:
        """Choose which optional pieces the string names."""
        self.prefix = prefix
        self.separator = separator
        self.with_bot_id = with_bot_id
        self.with_business_connection_id = with_business_connection_id
        self.with_destiny = with_destiny

    def build(self, key: StorageKey, part: Part | None = None) -> str:
        """Return the string for `key`.

        Raises:
            ValueError: the key has a destiny of its own, but this builder would drop it.
        """
        if not self.with_destiny and key.destiny != DEFAULT_DESTINY:
            raise ValueError("a key with its own destiny needs DefaultKeyBuilder(with_destiny=True)")
        business = key.business_connection_id if self.with_business_connection_id else None
        pieces: tuple[object, ...] = (
            self.prefix,
            key.bot_id if self.with_bot_id else None,
            business or None,
            key.chat_id,
            key.thread_id or None,
            key.user_id,
            key.destiny if self.with_destiny else None,
            part or None,
        )
        return self.separator.join(str(piece) for piece in pieces if piece is not None)
