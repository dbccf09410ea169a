"""The assembled messenger: client, dispatcher and intake, joined to what every channel shares."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from socket import gethostname
from typing import Any

from telegram.ext import ExtBot

from bot.channels.service import Service, open_service
from bot.channels.serving import OpenChannel
from bot.channels.telegram.background_calls import BackgroundCalls
from bot.channels.telegram.connection import build_bot, connect
from bot.channels.telegram.download import Downloads
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.old_buttons import OldButtons
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.staff_notices import StaffNotices
from bot.channels.telegram.typing_sign import visibly
from bot.dispatcher import Dispatcher, Fetch, Handle, Send
from bot.settings import Settings
from bot.store.storage_key import StorageKey
from bot.store.store import Store

_A_LITTLE = 0.005  # seconds; the store counts in milliseconds

Owns = Callable[[StorageKey], bool]
Dispatching = Callable[[Owns, Send, Callable[[Handle], Handle], Fetch], Dispatcher]


@dataclass(frozen=True, slots=True)
class Shell:
    """What a way of getting updates (polling, webhook) works on."""

    bot: ExtBot[int]
    store: Store
    dispatcher: Dispatcher
    intake: Intake

    def fed_by(self, source: Coroutine[Any, Any, None]) -> OpenChannel:
        """Give the channel, with what brings updates in until it is cancelled."""
        return OpenChannel(f"telegram:{self.bot.username}", self.dispatcher, source)


@asynccontextmanager
async def joined(
    bot: ExtBot[int], store: Store, dispatching: Dispatching, upload_limit: int, settle: float = 0.0
) -> AsyncIterator[Shell]:
    """Join an open client and an open store.

    Args:
        bot: the client.
        store: the inbox and the outbox.
        dispatching: makes the dispatcher of the conversations this bot has.
        upload_limit: the largest file taken from an applicant, in bytes.
        settle: seconds the store lets an update wait for those sent before it.
    """
    background = BackgroundCalls()
    downloads = Downloads(bot, upload_limit, background)
    dispatcher = dispatching(
        lambda key: key.bot_id == bot.id,
        Sender(bot, OldButtons(bot, store, background)),
        lambda handle: visibly(bot, handle, background),
        downloads,
    )

    def notify(keys: Iterable[StorageKey]) -> None:
        if settle:
            asyncio.get_running_loop().call_later(settle + _A_LITTLE, dispatcher.notify, list(keys))
        else:
            dispatcher.notify(keys)

    intake = Intake(bot, store.receive, notify, background, upload_limit)
    async with downloads.opened():
        yield Shell(bot, store, dispatcher, intake)
    await background.close()


# Pushed updates overtake each other on their way; for so long a worker waits for those sent before.
SETTLE_SECONDS = 0.15


@asynccontextmanager
async def open_shell(settings: Settings, *, number: int | None = None) -> AsyncIterator[Shell]:
    """Open the client, and with it the pack and the store.

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
    settle = 0.0 if number is None else SETTLE_SECONDS
    async with connected_bot(settings, 1 if number is None else 1 / settings.webhook_workers) as bot:
        notices = StaffNotices(bot, settings.staff_ids)
        opening = open_service(settings, [notices.tell], worker=worker, first=first, settle=settle)
        async with opening as service, joined_to(service, bot, settle) as shell:
            yield shell


@asynccontextmanager
async def connected_bot(settings: Settings, share: float = 1.0) -> AsyncIterator[ExtBot[int]]:
    """Connect a client; `share` is its share of the sending limit.

    Raises:
        StartupError: no token, a refused token, no network.
    """
    bot = build_bot(settings, share)
    try:
        await connect(bot, settings.api_url)
        yield bot
    finally:
        await bot.shutdown()


def joined_to(service: Service, bot: ExtBot[int], settle: float = 0.0) -> AbstractAsyncContextManager[Shell]:
    """Join a connected client to what every channel shares."""
    return joined(bot, service.store, service.dispatcher, service.settings.upload_limit, settle)
