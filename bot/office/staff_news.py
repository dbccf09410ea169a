"""What happens in conversations and concerns staff: told by every channel that reaches them.

An application handed in; an applicant's words for the office, or a message nobody could handle, each with a way to
answer: a reply to the news in the messenger, `/answer`, or the office's page.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable

from bot.messages import say
from bot.store.registrations import channel_of
from bot.store.storage_key import StorageKey
from bot.store.updates import RemoteFile
from dialogs.protocol import Choice, Command, Edited, Event, OfficeMessage, Text, Turn, Unreadable, Upload
from dialogs.session import Draft
from knowledge.pack import NoticePack

SHOWN = 1500  # characters of an applicant's words in the news; the office's page has them all
_MARK = re.compile(re.escape(say("desk_news.mark", number="\0")).replace(re.escape("\0"), r"(\d{1,12})"))


class ConversationNews:
    """Tells of what turns have left for staff, behind the conversation's back."""

    def __init__(
        self, pack: Callable[[], NoticePack], tell: Callable[[str], Awaitable[None]], page: str | None = None
    ) -> None:
        """Tell through `tell`; `pack` gives the live pack, `page` is the address of the applicants' page."""
        self._pack, self._tell = pack, tell
        self._office = f"{page or ''}/office"
        self._under_way: set[asyncio.Task[None]] = set()

    def note(self, turn: Turn) -> None:
        """Tell of what was handed in."""
        receipt = turn.handed_in
        if receipt is not None:
            version = say("desk_news.version", version=receipt.version) if receipt.version > 1 else ""
            about = "\n".join(_about(self._pack(), turn.session.draft))
            told = {"number": receipt.number, "version": version, "about": about, "office": self._office}
            self._say(say("desk_news.handed_in", **told))

    def note_message(self, number: int, key: StorageKey, message: OfficeMessage, *, failed: bool) -> None:
        """Tell of words for the office, or of those that could not be handled, and how to answer."""
        about = "\n".join(place_of(self._pack(), message.field, message.asked))
        words = message.text if len(message.text) <= SHOWN else say("desk_news.cut", text=message.text[:SHOWN])
        mark, channel = say("desk_news.mark", number=number), say(f"desk_channels.{channel_of(key)}")
        news = say("desk_news.failed" if failed else "desk_news.wanted", mark=mark, channel=channel)
        answer = say("desk_news.how_to_answer", number=number, office=self._office)
        self._say("\n".join(line for line in (news, say("desk_news.words", words=words), about, answer) if line))

    def _say(self, news: str) -> None:
        task = asyncio.ensure_future(self._told(news))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _told(self, news: str) -> None:
        await self._tell(news)


def place_of(pack: NoticePack, field: str | None, asked: str) -> list[str]:
    """Say what the applicant was filling in, and had asked before."""
    label = pack.fields[field].label if field in pack.fields else ""
    at = [say("desk_news.at_field", label=label)] if label else []
    return [*at, *([say("desk_news.asked", asked=asked)] if asked else [])]


def number_in(news: str) -> int | None:
    """Read the number of the message that news is about, as a reply to it quotes it; None: it is about none."""
    found = _MARK.match(news)
    return int(found[1]) if found else None


def words_of(event: Event | RemoteFile) -> str:
    """Give the words of what could not be handled, for whoever is to answer it."""
    match event:
        case Text(text=text) | Edited(text=text):
            return text
        case Command(name=name, argument=argument):
            return f"/{name} {argument}".strip()
        case Upload(name=name, caption=caption) | RemoteFile(name=name, caption=caption):
            return say("desk_news.file", name=name, caption=caption).strip()
        case Unreadable(caption=caption):
            return caption
        case Choice():
            return say("desk_news.pressed")
    return ""


def _about(pack: NoticePack, draft: Draft) -> list[str]:
    """List what identifies an application, a line each."""
    keys = dict.fromkeys(path.partition(".")[0] for path in pack.form.identity.values())
    held = {pack.fields[key].label: draft.values[key].display for key in keys if key in draft.values}
    return [say("desk_news.about", label=label, value=value) for label, value in held.items()]
