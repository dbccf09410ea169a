"""Staff's commands in the messenger: answered before the conversation sees them, and only to staff."""

import asyncio
from collections.abc import Callable, Collection
from datetime import date

from bot.office import parked_updates as parked
from bot.office.open_topics import survey
from bot.office.statistics import stats
from bot.office.unanswered_report import as_message
from bot.store.store import Store
from bot.store.updates import Inbound, Received
from dialogs.protocol import Command, Reply, Text
from knowledge.pack import NoticePack


class StaffCommands:
    """Knows who is staff and what they may ask for."""

    def __init__(
        self, staff: Collection[int], store: Store, pack: Callable[[], NoticePack], today: Callable[[], date]
    ) -> None:
        """Serve `staff` (ids of users) from a store; `pack` gives the live pack."""
        self._staff = frozenset(staff)
        self._store = store
        self._pack = pack
        self._today = today
        self._commands = {"unanswered": self._unanswered, "stats": self._stats, "parked": self._parked}

    async def answer(self, inbound: Inbound) -> Reply | None:
        """Answer a staff command; None for everything else, and for everybody else.

        Raises:
            StoreError: the database failed.
        """
        command = self._commands.get(_command(inbound.event))
        if command is None or inbound.key.user_id not in self._staff:
            return None
        return Reply(text=await command())

    async def _unanswered(self) -> str:
        pack = self._pack()
        questions = await self._store.open_questions(pack.id)
        found = await asyncio.to_thread(survey, questions, pack, self._today())  # some tenths of a second
        return as_message(found, pack)

    async def _stats(self) -> str:
        pack = self._pack()
        counts = await self._store.question_counts(pack.id)
        stored, filed = await self._store.progress(pack.id)
        return await asyncio.to_thread(stats, pack, counts, stored, filed)

    async def _parked(self) -> str:
        return parked.as_message(await self._store.parked(), await self._store.parked_replies())


def _command(event: Received) -> str:
    """Give the name of the command an event is; empty when it is none."""
    if isinstance(event, Command):
        return event.name
    return event.text.strip().lower()[1:] if isinstance(event, Text) and event.text.strip().startswith("/") else ""
