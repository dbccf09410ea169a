"""What every channel stands on: the live pack, the store and the conversations, opened once for a process.

A channel is what is left: it reads its updates into events, renders replies, and knows its limits. It puts what comes
in into `Service.store`, and asks for a `dispatcher` of its own, which takes only the conversations that are its.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Self

import structlog

from bot.clock import clock
from bot.conversation import Conversation
from bot.disk_alarm import disk_alarm
from bot.dispatcher import Dispatcher, Fetch, Handle, Send
from bot.expression_faults import ExpressionFaults
from bot.index_preload import preload_behind
from bot.kept_packs import KeptPacks
from bot.language_model import language_model
from bot.live_pack import LivePack, PackEdit, followed
from bot.metrics import count_turn, measured, measured_sending
from bot.office.edit_notice import as_message
from bot.office.group_robot import GroupRobot
from bot.office.staff_news import ConversationNews
from bot.office.weekly_digest import digested
from bot.operator_pages import operator_pages
from bot.packs import pack_folder, proven_pack
from bot.page_previews import PagePreviews
from bot.quotas import Quota
from bot.redis_locks import locked
from bot.reminder_clock import Reminders
from bot.retention_job import kept_for
from bot.settings import Settings
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.upload_process import UploadProcess

Speak = Callable[[str], Awaitable[None]]
MayBegin = Callable[[StorageKey, float], bool]

log = structlog.get_logger(__name__)


class Service:
    """The conversations of one process over one database, and the channels that lead to them."""

    def __init__(
        self, settings: Settings, store: Store, pack: LivePack, news: "StaffNews", handed_in: "StaffNews"
    ) -> None:
        """Serve a pack from a store, telling staff news of it, and what is handed in here; see `open_service`."""
        self.settings, self.store, self.pack = settings, store, pack
        self.today, self.tell = clock(settings.today), news.tell
        self._previews = PagePreviews(store.receive, unasked=settings.pages)
        self._previews.notify = self.notify
        self._dispatchers: list[Dispatcher] = []
        self._first_words: list[tuple[Callable[[StorageKey], bool], MayBegin]] = []
        self.office_reads = bool(settings.staff_ids)  # what applicants have passed on to it; the office's page does
        self._model = language_model(settings)
        self._step: Handle = Conversation(
            store,
            pack,
            self.today,
            settings.staff_ids,
            count_turn,
            self._previews.show,
            settings.retention_days,
            ExpressionFaults(news.tell),
            UploadProcess(),
            Quota(settings.daily_messages, settings.daily_files, settings.daily_mb, settings.daily_drafts),
            ConversationNews(pack, handed_in.tell, settings.public_url),
            self._fetch,
            self._model,
            lambda key: any(one.sends_to(key) for one in self._dispatchers),
            lambda: self.office_reads,
            self.notify,
        ).step

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Self]:
        """Work, with Redis' locks and the operator's pages where they are set, until left."""
        pages = operator_pages(self.store, self.settings)
        async with pages, locked(self.settings.redis_url, self._step) as step:
            self._step = step
            try:
                yield self
            finally:
                await self._previews.close()
                if self._model is not None:
                    await self._model.aclose()

    def dispatcher(
        self,
        owns: Callable[[StorageKey], bool],
        send: Send | None,
        visibly: Callable[[Handle], Handle] = lambda handle: handle,
        fetch: Fetch | None = None,
        may_begin: MayBegin = lambda _key, _silent: True,
    ) -> Dispatcher:
        """Make what keeps a channel's conversations going.

        Args:
            owns: tells the channel's conversations from others in the same database.
            send: sends one reply; None where applicants fetch their replies themselves.
            visibly: lets the applicant see that a turn is under way.
            fetch: fetches a file whose update came in without its bytes (`RemoteFile`); None where none does.
            may_begin: tells whether applicants may be written to unasked; see `may_begin` below.
        """
        handle = measured(visibly(self._step))
        dispatcher = Dispatcher(self.store, handle, measured_sending(send) if send else None, fetch=fetch, owns=owns)
        self._dispatchers.append(dispatcher)
        self._first_words.append((owns, may_begin))
        return dispatcher

    def may_begin(self, key: StorageKey, silent: float) -> bool:
        """Tell whether a channel of this process leads a conversation and may speak first, `silent` seconds after it.

        Seconds are counted from when the conversation last changed.
        """
        return any(owns(key) and allowed(key, silent) for owns, allowed in self._first_words)

    def _fetch(self, key: StorageKey) -> None:
        """Have a conversation's file fetched by the channel it came through."""
        for dispatcher in self._dispatchers:
            dispatcher.fetch(key)

    def notify(self, keys: Iterable[StorageKey]) -> None:
        """Wake the conversations that have something to do."""
        for key in keys:
            for dispatcher in self._dispatchers:
                dispatcher.notify([key])


class StaffNews:
    """News for staff: of an edit of the pack, of an expression that fails; by every channel that reaches them."""

    def __init__(self, speakers: Iterable[Speak] = ()) -> None:
        """Tell through these."""
        self._speakers = tuple(speakers)

    @property
    def heard(self) -> bool:
        """Whether there is any way to tell."""
        return bool(self._speakers)

    async def tell(self, news: str) -> None:
        """Tell any news."""
        await asyncio.gather(*(speak(news) for speak in self._speakers))

    async def tell_edit(self, edit: PackEdit) -> None:
        """Tell what became of an edit, the log first."""
        news = as_message(edit)
        if edit.after is None:
            log.warning("pack_edit_refused", problems=[str(problem) for problem in edit.problems])
        else:
            log.info("pack_edit_live", version=edit.after.version, news=news)
        await self.tell(news)


@asynccontextmanager
async def open_service(
    settings: Settings, speakers: Iterable[Speak] = (), *, worker: str, first: bool = True, settle: float = 0.0
) -> AsyncIterator[Service]:
    """Open the pack and the store, and follow the pack's edits.

    Args:
        settings: what the operator set.
        speakers: tell staff what became of their edits.
        worker: this process's name, unique among those that share the database, the same after a restart.
        first: whether this process, of several, erases old data, watches the disk, reminds, and tells what all see.
        settle: seconds the store lets an update wait for those sent before it.

    Raises:
        StoreError: the database cannot be opened.
        PackError: the pack is faulty.
        StartupError: no such pack, no Redis though one is set.
    """
    robot = [GroupRobot(settings.notice_url.get_secret_value()).tell] if settings.notice_url else []
    everyone = StaffNews([*speakers, *robot])
    news = everyone if first else StaffNews()  # what every process sees is told by one of them
    live = _live_pack(settings, news)
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database, worker=worker, settle=settle)
        stack.push_async_callback(store.close)
        await stack.enter_async_context(followed(live))
        if first:
            await stack.enter_async_context(kept_for(store, settings.retention_days))
            await stack.enter_async_context(disk_alarm(settings.data, news.tell))
            if news.heard:
                await stack.enter_async_context(digested(store, live, news.tell))
        service = await stack.enter_async_context(Service(settings, store, live, news, everyone).opened())
        if first:
            reminders = Reminders(
                store, live, service.today, service.may_begin, service.notify, rehearsal=settings.today is not None
            )
            await stack.enter_async_context(reminders.running())
        yield service


def _live_pack(settings: Settings, news: StaffNews) -> LivePack:
    """Open the pack; it, and every edit of it that goes live, has its search prepared in the background."""

    async def tell(edit: PackEdit) -> None:
        if edit.after is not None:
            preload_behind(edit.after, meaning=settings.meaning)
        await news.tell_edit(edit)

    folder = pack_folder(settings.pack, settings.packs)
    live = LivePack(folder, proven_pack, tell, KeptPacks(settings.data / "packs", folder))
    log.info("pack_opened", folder=str(folder.absolute()), pack=live().id, version=live().version)
    preload_behind(live(), meaning=settings.meaning)
    return live
