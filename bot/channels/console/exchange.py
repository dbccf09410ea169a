"""One applicant at this machine: events in, replies out, through the same durable turn as any channel."""

import logging
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.conversation import Conversation, load_session
from bot.errors import StartupError
from bot.index_preload import preload_behind
from bot.kept_packs import KeptPacks
from bot.live_pack import LivePack, PackEdit, followed
from bot.messages import say
from bot.office.edit_notice import as_message
from bot.output_files import check_folder, save
from bot.packs import proven_pack
from bot.page_previews import draw, pictured
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.turns import MAX_TRIES
from bot.store.updates import Inbound
from dialogs.progress import Progress, progress
from dialogs.protocol import Event, Reply, Showing
from dialogs.session import Session
from dialogs.state_machine import local_name
from knowledge.pack import NoticePack

KEY = StorageKey(bot_id=0, chat_id=0, user_id=0)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came back: replies with the paths of their files, the state, the field asked for, progress."""

    replies: tuple[tuple[Reply, tuple[Path, ...]], ...]
    state: str
    field: str | None
    progress: Progress


log = logging.getLogger(__name__)  # the terminal starts without the structured logs


def addressed(event: Event) -> Inbound:
    """Make an update of an event, with an order number behind all earlier ones."""
    return Inbound(update_id=f"console:{uuid4()}", key=KEY, event=event, position=time.time_ns())


class ConsoleExchange:
    """Puts events to the bot one at a time."""

    def __init__(
        self,
        store: Store,
        pack: Callable[[], NoticePack],
        today: Callable[[], date],
        out: Path,
        *,
        staff: bool = False,
    ) -> None:
        """Talk through a store; documents are saved in `out`; `staff` may use staff's commands."""
        self._store, self._pack, self._out = store, pack, out
        self._shown: list[Showing] = []
        self._conversation = Conversation(
            store, pack, today, {KEY.user_id} if staff else (), show=lambda _key, showing: self._shown.append(showing)
        )

    async def put(self, event: Event) -> Exchange:
        """Handle one event to the end.

        Raises:
            StoreError: the database failed.
            StartupError: a document cannot be written to the `out` folder.
        """
        await self.arrive(addressed(event))
        return await self.exchange()

    def warm(self) -> None:
        """Prepare the search behind the greeting."""
        preload_behind(self._pack())

    async def arrive(self, inbound: Inbound) -> None:
        """Take an update in; one that has come before is ignored."""
        await self._store.receive([inbound])

    async def exchange(self) -> Exchange:
        """Handle what has arrived, and give the replies that wait."""
        await self._handle()
        while await self._picture():
            await self._handle()
        replies = []
        for outgoing in await self._store.outbox(KEY):
            replies.append((outgoing.reply, self._written(outgoing.reply)))
            await self._store.sent(outgoing.id)
        return self.snapshot(await self.session(), tuple(replies))

    async def _handle(self) -> None:
        """Handle all that waits. An update that fails is tried again, until the store puts it aside."""
        failures, more = 0, True
        while more:
            try:
                more = await self._conversation.step(KEY)
            except StoreError:
                raise
            except Exception as error:
                log.warning("a turn failed: %s", type(error).__name__)
                failures += 1
                if failures > MAX_TRIES:
                    raise

    async def _picture(self) -> bool:
        """Bring in the pages somebody asked to see; who did not ask is not kept waiting for any."""
        asked = [showing for showing in self._shown if showing.asked]
        self._shown.clear()
        for showing in asked:
            await self.arrive(pictured(KEY, showing, await draw(showing.document.content)))
        return bool(asked)

    def snapshot(self, session: Session, replies: tuple[tuple[Reply, tuple[Path, ...]], ...] = ()) -> Exchange:
        """Say where the session stands, with the replies just given."""
        name = local_name(session.state)
        return Exchange(
            replies=replies,
            state=session.state,
            field=name if name in self._pack().fields else None,
            progress=progress(self._pack(), session.draft),
        )

    async def draft_as_json(self) -> dict[str, Any]:
        """Write what the current draft holds, field by field, and where the session stands; nothing is changed.

        Left out is what the form does not ask for any more, as it is left out of the document.
        """
        session = await self.session()
        entries = session.draft.submission(self._pack()).entries
        held = {
            key: {"value": entry.value, "display": entry.display, "printed": entry.on_form}
            for key, entry in entries.items()
        }
        snapshot = as_json(self.snapshot(session))
        del snapshot["replies"]
        return {"draft": held, **snapshot}

    async def session(self) -> Session:
        """Give the session as it is stored."""
        state, data = await self._store.session(KEY)
        return load_session(self._pack(), state, data)

    def _written(self, reply: Reply) -> tuple[Path, ...]:
        try:
            return tuple(save(self._out, file.name, file.content) for file in reply.files)
        except StartupError as error:
            raise StartupError(say("terminal.held_safe", fault=error)) from error


@asynccontextmanager
async def open_exchange(  # noqa: PLR0913 - all that an exchange is made of
    database: str,
    folder: Path,
    today: Callable[[], date],
    out: Path,
    *,
    staff: bool = False,
    kept: Path | None = None,
    opened: Callable[[str], Awaitable[Store]] = Store.open,
) -> AsyncIterator[ConsoleExchange]:
    """Open the database and an exchange on it, with the pack in `folder` as it is now and as it changes.

    Raises:
        PackError: the pack cannot be used.
        StartupError: documents could not be written to `out`.
        StoreError: the database cannot be opened.
    """
    check_folder(out)
    live = LivePack(folder, proven_pack, _tell, KeptPacks(kept, folder) if kept else None)
    store = await opened(database)
    try:
        async with followed(live):
            yield ConsoleExchange(store, live, today, out, staff=staff)
    finally:
        await store.close()


async def _tell(edit: PackEdit) -> None:
    sys.stderr.write(f"{as_message(edit)}\n")


def as_json(exchange: Exchange) -> dict[str, Any]:
    """Write an exchange as the JSON console's contract has it."""
    return {
        "replies": [
            {
                "text": reply.text,
                "choices": [choice.model_dump() for choice in reply.choices],
                "citations": [citation.model_dump() for citation in reply.citations],
                "files": [str(path) for path in paths],
            }
            for reply, paths in exchange.replies
        ],
        "state": exchange.state,
        "field": exchange.field,
        "progress": exchange.progress.model_dump(),
    }
