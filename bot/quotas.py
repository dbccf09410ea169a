"""One person's share of a day: messages, files, their bytes, new applications; what is over it is refused politely.

The counts lie in the row of the conversation and are saved with the turn that adds to them, so an update delivered
twice counts once. Where a channel gives each person a conversation of their own, as all of ours do, that is a person.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Self

from bot.messages import say
from bot.store.updates import Received, RemoteFile
from dialogs.protocol import Decided, OfficeAnswered, Pictured, Preset, Reminded, Upload

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """What a person has used of one day, YYYY-MM-DD."""

    day: str
    messages: int = 0
    files: int = 0
    bytes: int = 0
    drafts: int = 0

    @classmethod
    def on(cls, today: date, stored: dict[str, Any]) -> Self:
        """Read what is stored; of another day, or never stored: nothing is used."""
        return cls(**stored) if stored.get("day") == today.isoformat() else cls(today.isoformat())

    def with_event(self, event: Received) -> "Usage":
        """Count what an applicant sent; what the shell itself puts into the conversation is not counted."""
        if isinstance(event, Pictured | Preset | Decided | OfficeAnswered | Reminded):
            return self
        file, size = _file(event)
        return Usage(self.day, self.messages + 1, self.files + file, self.bytes + size, self.drafts)

    def with_drafts(self, number: int) -> "Usage":
        """Count new applications."""
        return Usage(self.day, self.messages, self.files, self.bytes, self.drafts + number)

    def stored(self) -> dict[str, Any]:
        """Give what is stored."""
        return asdict(self)


def _file(event: Received) -> tuple[int, int]:
    """Count the files of an event, and their bytes."""
    if isinstance(event, RemoteFile):
        return 1, event.size
    return (1, len(event.content)) if isinstance(event, Upload) else (0, 0)


@dataclass(frozen=True, slots=True)
class Quota:
    """How much one person may send on one day."""

    messages: int
    files: int
    megabytes: int
    drafts: int

    def too_many_messages(self, usage: Usage) -> str | None:
        """Say that no more messages are taken today; None while they are."""
        return self._said("messages", usage, self.messages) if usage.messages > self.messages else None

    def too_many_files(self, usage: Usage, name: str) -> str | None:
        """Say that a file is not taken today; None when it is."""
        if usage.files > self.files:
            return self._said("files", usage, self.files, name=name)
        if usage.bytes > self.megabytes * MEGABYTE:
            return self._said("bytes", usage, self.megabytes, name=name)
        return None

    def too_many_drafts(self, usage: Usage) -> str | None:
        """Say that no more applications are begun today; None while they are."""
        return self._said("drafts", usage, self.drafts) if usage.drafts > self.drafts else None

    @staticmethod
    def _said(which: str, usage: Usage, limit: int, **more: object) -> str:
        reset = date.fromisoformat(usage.day) + timedelta(days=1)
        return say(f"quota.{which}", limit=limit, month=reset.month, day=reset.day, **more)
