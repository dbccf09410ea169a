"""The assembled messenger: client, store, conversation, dispatcher and intake, joined in one place."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from telegram.ext import ExtBot

from bot.conversation import Conversation
from bot.dispatcher import Dispatcher
from bot.metrics import measured
from bot.packs import find_pack
from bot.settings import Settings
from bot.store.store import Store
from bot.telegram.connect import build_bot, connect
from bot.telegram.courtesy import Courtesies
from bot.telegram.intake import Intake
from bot.telegram.sending import Sender
from bot.telegram.typing import visibly

_HOME = ZoneInfo("Asia/Shanghai")  # the office's clock decides what day it is


@dataclass(frozen=True, slots=True)
class Shell:
    """What a way of getting updates (polling, webhook) works on."""

    bot: ExtBot[int]
    store: Store
    dispatcher: Dispatcher
    intake: Intake


@asynccontextmanager
async def open_shell(settings: Settings, *, worker: str) -> AsyncIterator[Shell]:
    """Open everything and close it in the reverse order; `worker` names this process in the store.

    Raises:
        StartupError: no token, a refused token, no network, no such pack.
        StoreError: the database cannot be opened.
        PackError: the pack is faulty.
    """
    pack = find_pack(settings.pack, settings.packs)
    bot = build_bot(settings)
    try:
        await connect(bot, settings.api_url)
        store = await Store.open(settings.database, worker=worker)
        try:
            conversation = Conversation(store, lambda: pack, clock(settings))
            courtesies = Courtesies()
            handle = visibly(bot, measured(conversation.step), courtesies)
            dispatcher = Dispatcher(store, handle, Sender(bot))
            intake = Intake(bot, store.receive, dispatcher.notify, courtesies, settings.upload_limit)
            yield Shell(bot, store, dispatcher, intake)
            await courtesies.close()
        finally:
            await store.close()
    finally:
        await bot.shutdown()


def clock(settings: Settings) -> Callable[[], date]:
    """Give the clock: the day the settings fix, or the real one."""
    fixed = settings.today
    return lambda: fixed or datetime.now(_HOME).date()
