"""One turn around the core: lock → load → turn → save. Sending is the dispatcher's; staff's commands stop here."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.expression_faults import ExpressionFaults
from bot.language_model import AskModel
from bot.messages import say
from bot.office.scrubbing import personal_words, scrub
from bot.office.staff_commands import StaffCommands
from bot.office.staff_news import ConversationNews, words_of
from bot.quotas import Quota, Usage
from bot.store.registrations import channel_of
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.turns import Result, TurnTx
from bot.store.updates import RemoteFile
from bot.turn_deadline import TurnTooLongError, turn_deadline
from dialogs.engine import new_session, turn
from dialogs.protocol import (
    Asked,
    Decided,
    Event,
    Moment,
    OfficeAnswered,
    OfficeMessage,
    Pictured,
    Preset,
    Reminded,
    Reply,
    Showing,
    Turn,
    Upload,
)
from dialogs.session import Session
from knowledge.pack import NoticePack

if TYPE_CHECKING:  # the terminal takes such turns itself, and starts without what they need elsewhere
    from bot.upload_process import ReadApart

PUT_THROUGH = "wechat"  # the channel whose server puts applicants through to people

log = logging.getLogger(__name__)  # the terminal starts without the structured logs


class Conversation:
    """Leads every conversation; holds nothing about any of them."""

    def __init__(  # noqa: PLR0913, PLR0917 - everything a conversation touches
        self,
        store: Store,
        pack: Callable[[], NoticePack],
        today: Callable[[], date],
        staff: Collection[int] = (),
        told: Callable[[Turn], None] = lambda _: None,
        show: Callable[[StorageKey, Showing], None] = lambda _key, _showing: None,
        kept_days: int = 365,
        faults: ExpressionFaults | None = None,
        read_apart: "ReadApart | None" = None,
        quota: Quota | None = None,
        news: ConversationNews | None = None,
        fetch: Callable[[StorageKey], None] = lambda _: None,
        model: AskModel | None = None,
        one_message: Callable[[StorageKey], bool] = lambda _: False,
        office: Callable[[], bool] = lambda: False,
        wake: Callable[[Iterable[StorageKey]], None] = lambda _: None,
    ) -> None:
        """Lead conversations.

        Args:
            store: where they are kept.
            pack: gives the live pack.
            today: gives the date of the moment.
            staff: ids of users who may use staff's commands.
            told: told of every turn once it is saved, to count it.
            show: asked, once a turn is saved, to show the pages of a document in its own time.
            kept_days: after how many silent days what an applicant said is erased.
            faults: told of expressions that could not be reckoned out (by default through the log).
            read_apart: takes the turns that open a file, out of this process; None takes them here, as all others.
            quota: how much one person may send on one day; None: without end. Staff have no end.
            news: told of turns once they are saved, to tell staff what concerns them.
            fetch: asked to fetch the file a conversation has come to, which still lies with the messenger.
            model: asked about messages that are unclear; gives its answer, or None within its time limit; None: nobody.
            one_message: tells where what a turn says goes out as one message: a phone sounds at each.
            office: tells whether somebody of the office reads what applicants have passed on to it.
            wake: tells conversations that have something to do now.
        """
        self._model = model
        self._quota, self._fetch, self._one_message = quota, fetch, one_message
        self._read_apart = read_apart
        self._store = store
        self._pack = pack
        self._today = today
        self._told, self._news = told, news
        self._office, self._wake = office, wake
        self._faults = faults or ExpressionFaults()
        self._show = show
        self._kept_days = kept_days
        self._staff_ids = frozenset(staff)
        self._staff = StaffCommands(staff, store, pack, today)

    async def step(self, key: StorageKey) -> bool:
        """Handle the oldest waiting update of a conversation; False when none is waiting, or its file is.

        Raises:
            StoreError: the database failed; nothing was changed.
        """
        async with self._store.turn(key) as tx:
            if tx is None:
                return False
            done = None
            try:
                done = await self._handled(_tried(tx))
                if tx.left:
                    self._fetch(key)
                    return False
            except StoreError:
                raise
            except Exception as error:
                if not tx.last_try and not isinstance(error, TurnTooLongError):
                    raise
                self._park(tx, error)
        self._tell_staff(tx, done)
        self._wake([tx.woken] if tx.woken is not None else [])
        if done is not None:
            self._told(done)
            self._faults.note(done)
            if done.showing is not None:
                self._show(key, done.showing)
        return True

    def _tell_staff(self, tx: TurnTx, done: Turn | None) -> None:
        """Tell staff what a saved turn has left for them: an application, words to answer."""
        if self._news is None:
            return
        if done is not None:
            self._news.note(done)
        message = done.to_office if done is not None else _for_staff(tx)
        if tx.office_message is not None and message is not None:
            self._news.note_message(tx.office_message, tx.inbound.key, message, failed=done is None)

    def _park(self, tx: TurnTx, error: Exception) -> None:
        """Put the update aside for staff and tell the applicant; what a turn has cut off once, it would again."""
        log.error("an update was parked: %s", type(error).__name__)  # its words are not for logs
        office = self._office()
        said = say("conversation.put_aside" if office else "conversation.put_aside_here")
        tx.park(repr(error), [Reply(text=said)], _for_staff(tx) if office else None, self._pack().id)

    async def _handled(self, tx: TurnTx) -> Turn | None:
        """Say what the update leads to; None when the core had no part in it."""
        if reply := await self._staff.carry_out(tx):
            tx.save(Result(tx.state, tx.data, [reply]))  # no pack in the journal: the core had no part in it
            return None
        usage, quota = self._usage(tx)
        if quota is not None and (refused := _over(quota, usage, tx)):
            tx.save(refused)
            return None
        event = tx.inbound.event
        if isinstance(event, RemoteFile):
            _left_or_missing(tx, event)
            return None
        pack, moment = self._pack(), self._moment(tx.inbound.key)
        session = load_session(pack, tx.state, tx.data)
        if isinstance(event, Upload) and self._read_apart is not None:
            moment, result = await self._read_apart(session, event, pack, moment)
        else:
            with turn_deadline():
                result = turn(session, event, pack, moment)
        if (answer := await self._consulted(event, result)) is not None:
            moment = moment.model_copy(update={"consulted": answer})
            with turn_deadline():
                result = turn(session, event, pack, moment)
        if result.lookup is not None:
            moment = moment.model_copy(update={"holdings": await tx.holdings(result.lookup)})
            with turn_deadline():
                result = turn(session, event, pack, moment)
        if result.wanted:
            moment = moment.model_copy(update={"files": await tx.files(result.wanted)})
            result = await asyncio.to_thread(turn, session, event, pack, moment)
        if result.registration is not None:
            moment = moment.model_copy(update={"receipts": await tx.register(result.registration)})
            with turn_deadline():
                result = turn(session, event, pack, moment)
        usage = usage.with_drafts(len(result.session.drafts.keys() - session.drafts.keys()))
        if quota is not None and (words := quota.too_many_drafts(usage)):
            tx.save(Result(tx.state, tx.data, [Reply(text=words)], usage=self._usage(tx)[0].stored()))
            return None
        result = self._as_sent(tx.inbound.key, result)
        _save(tx, pack, moment, session, result, usage)
        return result

    async def _consulted(self, event: Event, result: Turn) -> str | None:
        """Ask the language model what typed words may mean, where one is set up and they are unclear."""
        if result.consult is None or self._model is None or isinstance(event, Upload):
            return None
        return await self._model(result.consult)

    def _moment(self, key: StorageKey) -> Moment:
        return Moment(
            today=self._today(),
            kept_days=self._kept_days,
            model=self._model is not None,
            office=("people" if channel_of(key) == PUT_THROUGH else "messages") if self._office() else "",
        )

    def _as_sent(self, key: StorageKey, result: Turn) -> Turn:
        """Put what a turn says into as many messages as its channel wants."""
        return result.model_copy(update={"replies": in_one(result.replies)}) if self._one_message(key) else result

    def _usage(self, tx: TurnTx) -> tuple[Usage, Quota | None]:
        """Give what the person has used of the day, this update included, and how much it may be."""
        quota = None if tx.inbound.key.user_id in self._staff_ids else self._quota
        return Usage.on(self._today(), tx.usage).with_event(tx.inbound.event), quota


def in_one(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """Put replies into one: texts one under the other, all files, all buttons; of a button offered twice the last."""
    if len(replies) < 2:  # noqa: PLR2004
        return tuple(replies)
    buttons = {button.id: button for reply in replies for button in reply.choices}
    return (
        Reply(
            text="\n\n".join(reply.text for reply in replies if reply.text),
            choices=tuple(buttons.values()),
            citations=tuple(citation for reply in replies for citation in reply.citations),
            files=tuple(file for reply in replies for file in reply.files),
            hand_over=any(reply.hand_over for reply in replies),
            aside=all(reply.aside for reply in replies),
            labels=tuple(dict.fromkeys(label for reply in replies for label in reply.labels)),
        ),
    )


def _over(quota: Quota, usage: Usage, tx: TurnTx) -> Result | None:
    """Refuse what is over a person's share; a flood goes with the first message over it."""
    event, stored = tx.inbound.event, usage.stored()
    if isinstance(event, Decided | OfficeAnswered | Reminded):  # the office's word is nobody's flood
        return None
    if words := quota.too_many_messages(usage):
        said = [Reply(text=words)]
        return Result(tx.state, tx.data, said, usage=stored, drops_file=True, drops_waiting=True)
    if isinstance(event, Upload | RemoteFile) and (words := quota.too_many_files(usage, event.name)):
        return Result(tx.state, tx.data, [Reply(text=words)], usage=stored, drops_file=True)
    return None


def _left_or_missing(tx: TurnTx, file: RemoteFile) -> None:
    """Leave a file's update waiting until it is fetched; one that cannot be had is asked for again."""
    if not file.missing:
        tx.leave()
        return
    tx.save(Result(tx.state, tx.data, [Reply(text=say("conversation.file_missing", name=file.name))]))


def load_session(pack: NoticePack, state: str | None, data: dict[str, Any]) -> Session:
    """Make the session out of what is stored; a new one for somebody we have not met."""
    if state is None or not data:
        return new_session(pack)
    return Session.model_validate({**data, "state": state})


def dump_session(session: Session) -> dict[str, Any]:
    """Give what is stored beside the state."""
    return session.model_dump(mode="json", exclude={"state"}, exclude_defaults=True)


def _tried(tx: TurnTx) -> TurnTx:
    """Give a turn that may be tried once more.

    Raises:
        TurnTooLongError: each try so far killed its process, or was cut off with it.
    """
    if tx.spent:
        raise TurnTooLongError("no try came to an end")
    return tx


def _for_staff(tx: TurnTx) -> OfficeMessage | None:
    """Give what could not be handled as words for the office, where it is a person's."""
    event = tx.inbound.event
    if isinstance(event, Decided | OfficeAnswered | Pictured | Preset | Reminded):
        return None
    return OfficeMessage(text=words_of(event) or say("desk_news.no_words"))


def _save(  # noqa: PLR0913, PLR0917 - all that is kept of a turn
    tx: TurnTx, pack: NoticePack, moment: Moment, before: Session, result: Turn, usage: Usage
) -> None:
    moment = moment.model_copy(update={"put_aside": result.put_aside})
    tx.save(
        Result(
            state=result.session.state,
            data=dump_session(result.session),
            replies=result.replies,
            filed=[result.filed] if result.filed else [],
            pack_id=pack.id,
            pack_version=pack.version,
            inputs={**moment.model_dump(mode="json"), "serial": before.serial},  # an erased journal starts anew
            erase=result.erase,
            asked=_scrubbed(result.asked, before, pack),
            to_office=result.to_office,
            usage=usage.stored(),
            drops_file=result.put_aside is not None,
        )
    )


def _scrubbed(asked: Asked | None, session: Session, pack: NoticePack) -> Asked | None:
    """Take personal data out of a question: whatever looks like it, and what this applicant's own drafts name."""
    if asked is None:
        return None
    return asked.model_copy(update={"question": scrub(asked.question, personal_words(session, pack))})
