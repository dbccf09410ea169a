"""The same small turn in the frameworks people know: count one up in the stored data, name a state, answer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import telegram
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher, types
from aiogram.client.session.base import BaseSession
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage
from telegram.ext import Application, ConversationHandler, MessageHandler, PersistenceInput, PicklePersistence, filters

Turn = Callable[[int], Awaitable[None]]  # takes the number of the update
USER_DATA_ONLY = PersistenceInput(bot_data=False, chat_data=False, callback_data=False)
START = datetime(2024, 2, 1, tzinfo=UTC)


class Silence(BaseSession):
    """An aiogram session without a network: every message arrives at once."""

    async def make_request(self, *_args: Any, **_kwargs: Any) -> Any:
        return types.Message(message_id=1, date=START, chat=types.Chat(id=1, type="private"))

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncIterator[bytes]:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


@asynccontextmanager
async def aiogram_turn(
    storage: BaseStorage, isolation: BaseEventIsolation, data: dict[str, Any]
) -> AsyncIterator[Turn]:
    """One small turn in aiogram's dispatcher, on one of its own storages."""
    host, bot = Dispatcher(storage=storage, events_isolation=isolation), AiogramBot("42:TEST", session=Silence())

    @host.message()
    async def handle(message: types.Message, state: FSMContext) -> None:
        kept = await state.get_data() or dict(data)
        kept["count"] = kept.get("count", 0) + 1
        await state.set_state("Form:name")
        await state.set_data(kept)
        await message.answer("好的")

    async def turn(number: int) -> None:
        anna, chat = types.User(id=1, is_bot=False, first_name="A"), types.Chat(id=1, type="private")
        message = types.Message(message_id=number, date=START, chat=chat, from_user=anna, text="好")
        await host.feed_update(bot, types.Update(update_id=number, message=message))

    yield turn
    await host.storage.close()


class SilentBot(telegram.Bot):
    """A python-telegram-bot client without a network."""

    async def initialize(self) -> None:
        """Ask nobody."""

    async def shutdown(self) -> None:
        """Nothing is open."""

    @property
    def bot(self) -> telegram.User:
        return telegram.User(42, "B", is_bot=True, username="b")

    async def send_message(self, *_args: Any, **_kwargs: Any) -> None:  # type: ignore[override]
        """Every message arrives at once."""


@asynccontextmanager
async def ptb_turn(data: dict[str, Any], pickle: Path | None, others: int = 0) -> AsyncIterator[Turn]:
    """python-telegram-bot's ConversationHandler, its conversations pickled after each turn if a path is given."""

    async def handle(_update: telegram.Update, context: Any) -> int:
        context.user_data.setdefault("count", 0)
        context.user_data.update(data, count=context.user_data["count"] + 1)
        await context.bot.send_message(1, "好的")
        return 1

    anything = [MessageHandler(filters.ALL, handle)]
    kept = PicklePersistence(pickle, store_data=USER_DATA_ONLY, on_flush=True) if pickle else None
    builder = Application.builder().bot(SilentBot("42:TEST")).updater(None)
    application = (builder.persistence(kept) if kept else builder).build()
    application.add_handler(ConversationHandler(anything, {1: anything}, [], name="form", persistent=bool(kept)))
    await application.initialize()
    for other in range(2, others + 2):
        application.user_data[other].update(data)
        application.mark_data_for_update_persistence(user_ids=other)

    async def turn(number: int) -> None:
        anna, chat = telegram.User(1, "A", is_bot=False), telegram.Chat(1, "private")
        message = telegram.Message(number, START, chat, from_user=anna, text="好")
        await application.process_update(telegram.Update(number, message=message))
        if kept:
            await application.update_persistence()
            await kept.flush()

    yield turn
