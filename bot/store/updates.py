"""What crosses the shell: an applicant's update coming in, a reply going out."""

from dataclasses import dataclass
from typing import IO, Literal

from pydantic import TypeAdapter

from bot.store.storage_key import StorageKey
from dialogs.protocol import Event, Reply, Upload
from knowledge.model import Model


class RemoteFile(Model):
    """A file sent that still lies with the messenger, until its conversation comes to it; becomes an `Upload`.

    `reference` is the messenger's name for it, `size` its bytes as the messenger tells them (0: it does not);
    `missing`: the messenger does not hand it over.
    """

    kind: Literal["remote"] = "remote"
    reference: str
    name: str
    size: int = 0
    message: int | None = None
    caption: str = ""
    album: str | None = None
    missing: bool = False

    def arrived(self, content: bytes, name: str | None = None) -> Upload:
        """Give the event it was sent for; `name` where the messenger tells it only with the bytes."""
        return Upload(
            name=name or self.name, content=content, message=self.message, caption=self.caption, album=self.album
        )


Received = Event | RemoteFile
RECEIVED: TypeAdapter[Received] = TypeAdapter(Received)


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """The bytes of a remote file, open; its name where the messenger tells it only with them."""

    file: IO[bytes]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One update as the messenger handed it over.

    `update_id` is unique per bot and never reused. `position` orders waiting updates of one conversation
    that arrived shuffled (the messenger's own sequence number); equal positions keep their order of arrival.
    """

    update_id: str
    key: StorageKey
    event: Received
    position: int = 0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One reply waiting to be sent; `id` orders the replies of a conversation, `tries` counts failed sendings."""

    id: int
    key: StorageKey
    reply: Reply
    tries: int = 0
