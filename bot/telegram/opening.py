"""Opens everything the messenger needs, and closes it in the reverse order."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from socket import gethostname

from bot.clock import clock
from bot.conversation import Conversation
from bot.live import Edit, LivePack, followed
from bot.locks import locked
from bot.metrics import count_turn
from bot.packs import pack_folder, proven_pack
from bot.pictures import Gallery
from bot.retention import kept_for
from bot.settings import Settings
from bot.store import Store
from bot.telegram.connect import build_bot, connect
from bot.telegram.news import StaffLine
from bot.telegram.shell import Shell, joined
from bot.warming import warm_behind

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
    live = _live_pack(settings, StaffLine(bot, settings.staff_ids, speaks=first))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(bot.shutdown)
        await connect(bot, settings.api_url)
        store = await Store.open(settings.database, worker=worker, settle=settle)
        stack.push_async_callback(store.close)
        await stack.enter_async_context(followed(live))
        if first:
            await stack.enter_async_context(kept_for(store, settings.retention_days))
        gallery = Gallery(store.receive, unasked=settings.pages)
        stack.push_async_callback(gallery.close)
        conversation = Conversation(store, live, clock(settings.today), settings.staff_ids, count_turn, gallery.show)
        step = await stack.enter_async_context(locked(settings.redis_url, conversation.step))
        shell = await stack.enter_async_context(joined(bot, store, step, settings.upload_limit, settle))
        gallery.notify = shell.dispatcher.notify
        yield shell


def _live_pack(settings: Settings, staff_line: StaffLine) -> LivePack:
    """Open the pack; it, and every edit of it that goes live, has its search prepared in the background."""

    async def tell(edit: Edit) -> None:
        if edit.after is not None:
            warm_behind(edit.after, meaning=settings.meaning)
        await staff_line(edit)

    live = LivePack(pack_folder(settings.pack, settings.packs), proven_pack, tell)
    warm_behind(live(), meaning=settings.meaning)
    return live
