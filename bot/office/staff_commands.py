"""Staff's commands in the messenger: answered before the conversation sees them, and only to staff."""

import asyncio
from collections.abc import Callable, Collection
from datetime import date

from bot.messages import say
from bot.office import parked_updates as parked
from bot.office.open_topics import survey
from bot.office.statistics import stats
from bot.office.unanswered_report import as_message
from bot.store.store import Store
from bot.store.turns import TurnTx
from bot.store.updates import Received
from dialogs.protocol import Command, Reply, Text
from knowledge.pack import NoticePack

LISTED = 20  # messages to the office told at once
LISTED_WORDS = 120  # characters of each


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
        self._lists = {
            "unanswered": self._unanswered,
            "stats": self._stats,
            "parked": self._parked,
            "messages": self._messages,
        }

    async def carry_out(self, tx: TurnTx) -> Reply | None:
        """Carry out a staff command; None for everything else, and for everybody else.

        Raises:
            StoreError: the database failed.
        """
        name, argument = _command(tx.inbound.event)
        if tx.inbound.key.user_id not in self._staff:
            return None
        if name == "answer":
            return await self._answer(tx, argument)
        told = self._lists.get(name)
        return Reply(text=await told()) if told is not None else None

    async def _answer(self, tx: TurnTx, argument: str) -> Reply:
        """Answer an applicant's words: their number, then what is to be said."""
        number, _, words = argument.strip().partition(" ")
        if not (number.isascii() and number.isdigit() and len(number) <= 12 and words.strip()):  # noqa: PLR2004
            return Reply(text=say("staff_answer.how"))
        sent = await tx.answer_applicant(self._pack().id, int(number), words.strip(), self._today())
        return Reply(text=say("staff_answer.sent" if sent else "staff_answer.gone", number=number))

    async def _messages(self) -> str:
        waiting = [one for one in await self._store.office.messages(self._pack().id) if one.answered_at is None]
        if not waiting:
            return say("staff_answer.none")
        lines = [
            say("staff_answer.line", mark=say("desk_news.mark", number=one.id), words=_short(one.text))
            for one in waiting[:LISTED]
        ]
        more = [say("staff_answer.more", number=len(waiting) - LISTED)] if len(waiting) > LISTED else []
        head = say("staff_answer.head", number=len(waiting))
        return "\n".join([head, *lines, *more, say("staff_answer.how")])

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


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LISTED_WORDS else f"{line[:LISTED_WORDS]}…"


def _command(event: Received) -> tuple[str, str]:
    """Give the name of the command an event is, and what follows it; empty when it is none."""
    if isinstance(event, Command):
        return event.name, event.argument
    if isinstance(event, Text) and event.text.strip().startswith("/"):
        name, _, argument = event.text.strip()[1:].partition(" ")
        return name.lower(), argument
    return "", ""
