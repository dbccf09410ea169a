"""Both ways with real aiogram: its dispatcher on our storages and states, our conversation on its storages."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.fsm.context import FSMContext as AiogramsContext
from aiogram.fsm.storage.memory import MemoryStorage as AiogramsMemory
from aiogram.fsm.storage.redis import RedisStorage as AiogramsRedis
from aiogram.methods import TelegramMethod
from aiogram.types import Chat, Message, Update, User

from bot.aiogram_compat.context import FSMContext
from bot.aiogram_compat.embedded import converse, form_states
from bot.aiogram_compat.storage.base import BaseStorage
from bot.aiogram_compat.storage.memory import MemoryStorage, SimpleEventIsolation
from bot.aiogram_compat.storage.redis import RedisStorage
from bot.aiogram_compat.storage.sql import SqlStorage
from bot.store.storage_key import StorageKey
from dialogs.protocol import Choice, Command, Moment, Text
from knowledge.pack import NoticePack

ANNA = 10
MOMENT = Moment(today=date(2024, 2, 1))
ANSWERS = ("合肥市护苗志愿者协会", "2024年2月1日", "护苗行动")


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("state", ("State", "StatesGroup", "any_state", "default_state")),
        ("context", ("FSMContext",)),
        ("storage.base", ("BaseStorage", "BaseEventIsolation", "StorageKey", "StateType", "DefaultKeyBuilder")),
        ("storage.memory", ("MemoryStorage", "SimpleEventIsolation", "DisabledEventIsolation")),
        ("storage.redis", ("RedisStorage", "RedisEventIsolation")),
    ],
)
def test_each_module_is_found_under_aiograms_own_name(module: str, names: tuple[str, ...]) -> None:
    """Code written for aiogram changes `aiogram.fsm` to `bot.aiogram_compat` and nothing else."""
    theirs, ours = import_module(f"aiogram.fsm.{module}"), import_module(f"bot.aiogram_compat.{module}")
    assert [name for name in names if hasattr(theirs, name)] == list(names)
    assert [name for name in names if hasattr(ours, name)] == list(names)


class Phone(BaseSession):
    """The other end of an aiogram bot: keeps what was sent, touches no network."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ARG002, ASYNC109 - aiogram's signature
        self.texts.append(method.text)
        return Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=ANNA, type="private"))

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncIterator[bytes]:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def bot() -> Bot:
    return Bot("42:TEST", session=Phone())


@pytest.fixture(params=["memory", "sqlite", "postgresql", "redis"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BaseStorage]:
    storage = await opened(request, tmp_path)
    yield storage
    await storage.close()


async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> BaseStorage:
    if request.param == "memory":
        return MemoryStorage()
    if request.param == "redis":
        return RedisStorage.from_url(request.getfixturevalue("redis_url"))
    url = tmp_path / "fsm.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    return await SqlStorage.open(url)


def dispatcher(storage: BaseStorage) -> Dispatcher:
    """An aiogram dispatcher on a storage of ours and the isolation that belongs to it."""
    isolation = SimpleEventIsolation() if isinstance(storage, MemoryStorage) else storage.create_isolation()
    return Dispatcher(storage=storage, events_isolation=isolation)


def typed(number: int, text: str) -> Update:
    anna, chat = User(id=ANNA, is_bot=False, first_name="A"), Chat(id=ANNA, type="private")
    message = Message(message_id=number, date=datetime.now(UTC), chat=chat, from_user=anna, text=text)
    return Update(update_id=number, message=message)


async def test_aiograms_dispatcher_leads_through_three_fields(storage: BaseStorage, bot: Bot, pack: NoticePack):
    """Our states filter aiogram's handlers, and its context keeps state and data in our storage."""
    states = form_states(pack)
    fields = (states.unit_name, states.fill_date, states.project_name, states.review)
    host = dispatcher(storage)

    @host.message(states.review)
    async def finish(message: Message, state: AiogramsContext) -> None:
        await message.answer(str(await state.get_data()))

    for here, following in itertools.pairwise(fields):

        @host.message(here)
        async def take(message: Message, state: AiogramsContext, here=here, following=following) -> None:
            await state.update_data({here.state: message.text})
            await state.set_state(following)

    @host.message(lambda message: message.text == "/start")
    async def start(_message: Message, state: AiogramsContext) -> None:
        await state.set_state(states.unit_name)

    for number, text in enumerate(("/start", *ANSWERS, "?")):
        await host.feed_update(bot, typed(number, text))
    names = [state.state for state in fields[:3]]
    assert bot.session.texts == [str(dict(zip(names, ANSWERS, strict=True)))]
    key = StorageKey(bot_id=bot.id, chat_id=ANNA, user_id=ANNA)
    assert await storage.get_state(key) == "ApplicationForm:review"


async def test_five_concurrent_updates_in_aiogram_give_five(storage: BaseStorage, bot: Bot):
    """By default aiogram counts to one here; with our isolation it counts to five."""
    host = dispatcher(storage)

    @host.message()
    async def add_one(_message: Message, state: AiogramsContext) -> None:
        count = await state.get_value("count", 0)
        await asyncio.sleep(0)
        await state.update_data(count=count + 1)

    await asyncio.gather(*(host.feed_update(bot, typed(number, "+1")) for number in range(5)))
    assert await storage.get_data(StorageKey(bot.id, ANNA, ANNA)) == {"count": 5}


async def test_our_conversation_lives_in_an_aiogram_bot(storage: BaseStorage, bot: Bot, pack: NoticePack):
    """One handler hosts the whole conversation; every turn comes from our storage."""
    host = dispatcher(storage)

    @host.message()
    async def handle(message: Message, state: AiogramsContext) -> None:
        result = await converse(FSMContext(state.storage, state.key), event(message.text), pack, MOMENT)
        for reply in result.replies:
            await message.answer(reply.text)

    for number, text in enumerate(("/start", "开始填表", *ANSWERS[:1])):
        await host.feed_update(bot, typed(number, text))
    key = StorageKey(bot.id, ANNA, ANNA)
    assert await storage.get_state(key) == "ApplicationForm:fill_date"
    assert ANSWERS[0] in str(await storage.get_data(key))
    assert pack.fields["fill_date"].label in bot.session.texts[-1]


@pytest.mark.parametrize("kind", ["memory", "redis"])
async def test_our_conversation_runs_on_aiograms_storages(kind: str, redis_url: str, pack: NoticePack):
    """Three fields of the form, each turn loaded from and saved to aiogram's own storage."""
    theirs = AiogramsMemory() if kind == "memory" else AiogramsRedis.from_url(redis_url)
    context = FSMContext(theirs, StorageKey(1, ANNA, ANNA))
    for text in ("/start", "开始填表", *ANSWERS):
        await converse(context, event(text), pack, MOMENT)
    assert await context.get_state() == "ApplicationForm:period"
    data = str(await context.get_data())
    assert ANSWERS[0] in data
    assert ANSWERS[2] in data
    await theirs.close()


def event(text: str) -> Text | Command | Choice:
    return Command(name=text[1:]) if text.startswith("/") else Text(text=text)
