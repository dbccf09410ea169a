"""What the office's page keeps and reads: who may enter, what was done, applications handed in, questions to settle."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection

from bot.store import blobs as files
from bot.store import inbox, office_messages, office_records, questions, registrations
from bot.store.database import Database
from bot.store.figure_counts import FigureCounts, figure_counts
from bot.store.office_messages import MessageToOffice
from bot.store.office_records import OfficeAction, OfficeLink
from bot.store.registrations import RegisteredApplication
from bot.store.storage_key import StorageKey
from bot.store.updates import Inbound
from dialogs.protocol import Decided


class OfficeStore:
    """The office's part of a database; see `Store.office`. Every method raises `StoreError` when that fails."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        """Work on an open database; `now` gives milliseconds since 1970."""
        self._database, self._now = database, now

    async def give_link(self, id_: str, name: str, role: str) -> None:
        """Remember a link given to one person."""
        link = OfficeLink(id_, name, role, self._now(), None)
        await self._database.write(lambda connection: office_records.give_link(connection, link), durable=True)

    async def link(self, id_: str) -> OfficeLink | None:
        """Return a link that was given out and not ended."""
        return await self._database.read(lambda connection: office_records.link(connection, id_))

    async def enter(self, id_: str, seconds: float) -> bool:
        """Use a link at most so old; False when it was used before, is too old, or was never given."""
        at = self._now()
        since = at - int(seconds * 1000)
        return await self._database.write(lambda c: office_records.enter(c, id_, since, at), durable=True)

    async def leave(self, id_: str) -> None:
        """End what a link opened."""
        at = self._now()
        await self._database.write(lambda connection: office_records.end(connection, id_, at))

    async def end_all(self, name: str) -> int:
        """End every link of one person, and what they opened; gives how many there were."""
        at = self._now()
        return await self._database.write(lambda connection: office_records.end_all(connection, name, at))

    async def note(self, pack_id: str, name: str, action: str, subject: str, detail: str = "") -> int:
        """Write down what somebody did, and give its number."""
        done = OfficeAction(0, name, action, subject, detail, self._now())
        return await self._database.write(lambda connection: office_records.note(connection, pack_id, done))

    async def settle(  # noqa: PLR0913, PLR0917 - all of it in one transaction
        self, pack_id: str, name: str, action: str, subject: str, detail: str, ids: list[int]
    ) -> int:
        """Write down what somebody did about questions, which are settled by it; gives its number."""
        done = OfficeAction(0, name, action, subject, detail, self._now())

        def work(connection: Connection) -> int:
            number = office_records.note(connection, pack_id, done)
            questions.settle(connection, ids, number)
            return number

        return await self._database.write(work)

    async def reopen(self, action: int) -> int:
        """Take back what an action settled; gives how many questions are open again."""
        return await self._database.write(lambda connection: questions.reopen(connection, action))

    async def figures(self, pack_id: str) -> FigureCounts:
        """Count what happened in a call, day by day."""
        return await self._database.read(lambda connection: figure_counts(connection, pack_id))

    async def actions(
        self, pack_id: str, names: tuple[str, ...] = (), subject: str | None = None
    ) -> list[OfficeAction]:
        """Return what was done, newest first: of certain kinds, to one thing."""
        return await self._database.read(lambda c: office_records.actions(c, pack_id, names, subject))

    async def applications(self, pack_id: str) -> list[RegisteredApplication]:
        """Return the applications of a call, the newest first."""
        return await self._database.read(lambda connection: registrations.listed(connection, pack_id))

    async def application(self, number: str) -> RegisteredApplication | None:
        """Return the application of a number."""
        return await self._database.read(lambda connection: registrations.found(connection, number))

    async def unseen(self, pack_id: str) -> int:
        """Count the applications nobody of the office has opened since they came."""
        return await self._database.read(lambda connection: registrations.unseen(connection, pack_id))

    async def see(self, number: str) -> None:
        """Note that somebody of the office opened an application."""
        at = self._now()
        await self._database.write(lambda connection: registrations.see(connection, number, at))

    async def file(self, application: RegisteredApplication, digest: str) -> bytes | None:
        """Return a file that was handed in; None when its applicant had it erased."""
        found = await self._database.read(lambda connection: files.found(connection, application.key, [digest]))
        return found.get(digest)

    async def messages(self, pack_id: str) -> list[MessageToOffice]:
        """Return what applicants had passed on: what waits first."""
        return await self._database.read(lambda connection: office_messages.listed(connection, pack_id))

    async def messages_waiting(self, pack_id: str) -> int:
        """Count what nobody has answered."""
        return await self._database.read(lambda connection: office_messages.waiting(connection, pack_id))

    async def answer(self, pack_id: str, number: int, name: str, words: str, on: date) -> StorageKey | None:
        """Answer words that were passed on, or (without words) close them; see `bot.store.office_messages.answer`."""
        at = self._now()
        return await self._database.write(
            lambda c: office_messages.answer(c, pack_id, number, name, words, on, at, named=True), durable=True
        )

    async def decide(self, pack_id: str, number: str, name: str, decided: Decided) -> StorageKey | None:
        """Say what becomes of an application, write down who said so, and tell its applicant, in one step.

        Returns:
            The conversation that has something to say now; None when the application was taken back meanwhile.
        """
        at = self._now()
        done = OfficeAction(0, name, decided.status, number, decided.note, at)

        def work(connection: Connection) -> StorageKey | None:
            application = registrations.found(connection, number)
            if application is None or not registrations.decide(connection, number, decided.status, decided.note, at):
                return None
            key = registrations.conversation_of(connection, number)
            action = office_records.note(connection, pack_id, done)
            inbox.receive(connection, [Inbound(f"{inbox.OFFICE}{number}:{action}", key, decided)], at)
            return key

        return await self._database.write(work, durable=True)
