"""The assembled messenger: client, store, dispatcher and intake, opened and joined in one place."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from socket import gethostname

from telegram.ext import ExtBot

from bot.channels.telegram.background_calls import BackgroundCalls
from bot.channels.telegram.connection import build_bot, connect
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.staff_notices import StaffNotices
from bot.channels.telegram.typing_sign import visibly
from bot.clock import clock
from bot.conversation import Conversation
from bot.dispatcher import Dispatcher, Handle
from bot.expression_faults import ExpressionFaults
from bot.index_preload import preload_behind
from bot.live_pack import LivePack, PackEdit, followed
from bot.metrics import count_turn, measured, measured_sending
from bot.packs import pack_folder, proven_pack
from bot.page_previews import PagePreviews
from bot.redis_locks import locked
from bot.retention_job import kept_for
from bot.settings import Settings
from bot.store.storage_key import StorageKey
from bot.store.store import Store

_A_LITTLE = 0.005  # seconds; the store counts in milliseconds


@dataclass(frozen=True, slots=True)
class Shell:
    """What a way of getting updates (polling, webhook) works on."""

    bot: ExtBot[int]
    store: Store
    dispatcher: Dispatcher
    intake: Intake


@asynccontextmanager
async def joined(
    bot: ExtBot[int], store: Store, handle: Handle, upload_limit: int, settle: float = 0.0
) -> AsyncIterator[Shell]:
    """Join an open client and an open store.

    Args:
        bot: the client.
        store: the inbox and the outbox.
        handle: handles a conversation's oldest waiting update; False when none is waiting.
        upload_limit: the largest file taken from an applicant, in bytes.
        settle: seconds the store lets an update wait for those sent before it.
    """
    background = BackgroundCalls()
    dispatcher = Dispatcher(store, visibly(bot, measured(handle), background), measured_sending(Sender(bot)))

    def notify(keys: Iterable[StorageKey]) -> None:
        if settle:
            asyncio.get_running_loop().call_later(settle + _A_LITTLE, dispatcher.notify, list(keys))
        else:
            dispatcher.notify(keys)

    intake = Intake(bot, store.receive, notify, background, upload_limit)
    yield Shell(bot, store, dispatcher, intake)
    await background.close()


# Pushed updates overtake each other on their way; for so long a worker waits for those sent before.
SETTLE_SECONDS = 0.15


@asynccontextmanager
async def open_shell(settings: Settings, *, number: int | None = None) -> AsyncIterator[Shell]:
    """Open the pack, the client and the store.

    Args:
        settings: what the operator set.
        number: of several processes fed by a webhook, which this is, from 0: it has its share of the sending limit,
            and only the first tells staff what became of their edits, and erases old data. None polls alone.

    Raises:
        StartupError: no token, a refused token, no network, no such pack, no Redis though one is set.
        StoreError: the database cannot be opened.
        PackError: the pack is faulty.
    """
    first, worker = not number, "polling" if number is None else f"{gethostname()}:{number}"
    bot = build_bot(settings, 1 if number is None else 1 / settings.webhook_workers)
    settle = 0.0 if number is None else SETTLE_SECONDS
    notices = StaffNotices(bot, settings.staff_ids, speaks=first)
    live = _live_pack(settings, notices)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(bot.shutdown)
        await connect(bot, settings.api_url)
        store = await Store.open(settings.database, worker=worker, settle=settle)
        stack.push_async_callback(store.close)
        await stack.enter_async_context(followed(live))
        if first:
            await stack.enter_async_context(kept_for(store, settings.retention_days))
        previews = PagePreviews(store.receive, unasked=settings.pages)
        stack.push_async_callback(previews.close)
        conversation = Conversation(
            store,
            live,
            clock(settings.today),
            settings.staff_ids,
            count_turn,
            previews.show,
            settings.retention_days,
            ExpressionFaults(notices.tell),
        )
        step = await stack.enter_async_context(locked(settings.redis_url, conversation.step))
        shell = await stack.enter_async_context(joined(bot, store, step, settings.upload_limit, settle))
        previews.notify = shell.dispatcher.notify
        yield shell


def _live_pack(settings: Settings, staff_line: StaffNotices) -> LivePack:
    """Open the pack; it, and every edit of it that goes live, has its search prepared in the background."""

    async def tell(edit: PackEdit) -> None:
        if edit.after is not None:
            preload_behind(edit.after, meaning=settings.meaning)
        await staff_line(edit)

    live = LivePack(pack_folder(settings.pack, settings.packs), proven_pack, tell)
    preload_behind(live(), meaning=settings.meaning)
    return live
