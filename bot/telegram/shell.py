"""The assembled messenger: client, store, dispatcher and intake, joined in one place."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram.ext import ExtBot

from bot.dispatcher import Dispatcher, Handle
from bot.fsm.key import StorageKey
from bot.metrics import measured, measured_sending
from bot.store import Store
from bot.telegram.courtesy import Courtesies
from bot.telegram.intake import Intake
from bot.telegram.sending import Sender
from bot.telegram.typing import visibly

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
    courtesies = Courtesies()
    dispatcher = Dispatcher(store, visibly(bot, measured(handle), courtesies), measured_sending(Sender(bot)))

    def notify(keys: Iterable[StorageKey]) -> None:
        if settle:
            asyncio.get_running_loop().call_later(settle + _A_LITTLE, dispatcher.notify, list(keys))
        else:
            dispatcher.notify(keys)

    intake = Intake(bot, store.receive, notify, courtesies, upload_limit)
    yield Shell(bot, store, dispatcher, intake)
    await courtesies.close()
