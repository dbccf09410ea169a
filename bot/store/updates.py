"""What crosses the shell: an applicant's update coming in, a reply going out."""

from dataclasses import dataclass

from bot.store.storage_key import StorageKey
from dialogs.protocol import Event, Reply


@dataclass(frozen=True, slots=True)
class Inbound:
    """One update as the messenger handed it over.

    `update_id` is unique per bot and never reused. `position` orders waiting updates of one conversation
    that arrived shuffled (the messenger's own sequence number); equal positions keep their order of arrival.
    """

    update_id: str
    key: StorageKey
    event: Event
    position: int = 0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One reply waiting to be sent; `id` orders the replies of a conversation, `tries` counts failed sendings."""

    id: int
    key: StorageKey
    reply: Reply
    tries: int = 0
