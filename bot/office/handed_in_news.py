"""An application was handed in: staff are told, by every channel that reaches them."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.messages import say
from dialogs.protocol import Turn
from dialogs.session import Draft
from knowledge.pack import NoticePack


class HandedInNews:
    """Told of every turn; tells of the applications handed in."""

    def __init__(self, pack: Callable[[], NoticePack], tell: Callable[[str], Awaitable[None]]) -> None:
        """Tell through `tell`; `pack` gives the live pack."""
        self._pack, self._tell = pack, tell
        self._under_way: set[asyncio.Task[None]] = set()

    def note(self, turn: Turn) -> None:
        """Tell of what was handed in, behind the conversation's back."""
        receipt = turn.handed_in
        if receipt is None:
            return
        version = say("desk_news.version", version=receipt.version) if receipt.version > 1 else ""
        about = "\n".join(_about(self._pack(), turn.session.draft))
        news = say("desk_news.handed_in", number=receipt.number, version=version, about=about)
        task = asyncio.ensure_future(self._say(news))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _say(self, news: str) -> None:
        await self._tell(news)


def _about(pack: NoticePack, draft: Draft) -> list[str]:
    """List what identifies an application, a line each."""
    keys = dict.fromkeys(path.partition(".")[0] for path in pack.form.identity.values())
    held = {pack.fields[key].label: draft.values[key].display for key in keys if key in draft.values}
    return [say("desk_news.about", label=label, value=value) for label, value in held.items()]
