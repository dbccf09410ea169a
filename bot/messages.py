"""What crosses the shell: an applicant's update coming in, a reply going out."""

from dataclasses import dataclass

from bot.fsm.key import StorageKey
from dialogs.events import Event
from dialogs.replies import Reply


@dataclass(frozen=True, slots=True)
class Inbound:
    """One update as the messenger handed it over; `update_id` is unique per channel and never reused."""

    update_id: str
    key: StorageKey
    event: Event


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One reply waiting to be sent; `id` orders the replies of a conversation."""

    id: int
    key: StorageKey
    reply: Reply
