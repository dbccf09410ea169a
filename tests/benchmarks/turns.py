"""One durable turn: ours on SQLite and PostgreSQL beside aiogram's FSM and python-telegram-bot's ConversationHandler.

Run with `python -m tests.benchmarks.turns`. A turn counts one up in 3 kB of stored data, names a state and
answers. Ours does what the others do not: the update is on disk before it is acknowledged, and state,
journal and reply are saved together, then the reply is marked sent. Every time is a median.
"""

import asyncio
import statistics
import tempfile
import time
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path

from aiogram.fsm.storage.memory import MemoryStorage, SimpleEventIsolation
from aiogram.fsm.storage.redis import RedisStorage
from rich.console import Console
from rich.table import Table

from bot.conversation import Conversation
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.engine import new_session, turn
from dialogs.protocol import Moment, Reply, Text
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack
from tests.benchmarks.large import large_numbers
from tests.benchmarks.peers import Turn, aiogram_turn, ptb_turn
from tests.servers import PostgresServer, RedisServer

ROUNDS = 400
KEY = StorageKey(1, 1, 1)
DATA = {"draft": {f"field_{number}": "本项目依托互联网平台，为老年人提供课程。" * 2 for number in range(19)}}
TODAY = date(2024, 2, 1)


async def median(one: Turn, rounds: int = ROUNDS) -> float:
    """Time a turn; gives microseconds."""
    for number in range(1, 1 + min(20, rounds)):
        await one(number)
    times = []
    for number in range(100, 100 + rounds):
        start = time.perf_counter()
        await one(number)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def stored_turn(store: Store, key: StorageKey = KEY) -> Turn:
    """Give our small turn on a store."""

    async def one(number: int) -> None:
        await store.receive([Inbound(f"{key.chat_id}-{number}", key, Text(text="好"))])
        async with store.turn(key) as tx:
            assert tx is not None
            data = tx.data or dict(DATA)
            data["count"] = data.get("count", 0) + 1
            tx.save(Result("Form:name", data, [Reply(text="好的")]))
        for outgoing in tx.outgoing:
            await store.sent(outgoing.id)

    return one


def whole_turn(store: Store, pack: NoticePack) -> Turn:
    """Give a turn with everything in it: a question answered from the notice, stored as above."""
    conversation = Conversation(store, lambda: pack, lambda: TODAY)

    async def one(number: int) -> None:
        await store.receive([Inbound(f"whole-{number}", KEY, Text(text="截止日期是哪天？"))])
        await conversation.step(KEY)
        for outgoing in await store.outbox(KEY):
            await store.sent(outgoing.id)

    return one


def core_turn(pack: NoticePack) -> Turn:
    """Give a turn of the core alone: a field answered."""
    moment = Moment(today=TODAY)
    asked = turn(new_session(pack), Text(text="开始填表"), pack, moment).session

    async def one(_number: int) -> None:
        turn(asked, Text(text="合肥市护苗志愿者协会"), pack, moment)

    return one


@asynccontextmanager
async def opened(url: str | Path, synchronous: str = "FULL"):
    """Open a store for a while."""
    store = await Store.open(url, synchronous=synchronous)
    yield store
    await store.close()


async def ours(folder: Path, postgres: PostgresServer) -> dict[str, float]:
    """Measure our turns."""
    pack, found = load_pack(PACKS / "anhui-2024"), {}
    found["core turn alone (a field answered)"] = await median(core_turn(pack))
    for name in ("NORMAL", "FULL"):
        async with opened(folder / f"{name}.db", name) as store:
            found[f"durable turn, SQLite {name}"] = await median(stored_turn(store))
    async with opened(postgres.fresh()) as store:
        found["durable turn, PostgreSQL"] = await median(stored_turn(store))
    async with opened(folder / "whole.db") as store:
        found["durable turn with the core, SQLite FULL"] = await median(whole_turn(store, pack))
    return found


async def theirs(folder: Path, redis_url: str) -> dict[str, float]:
    """Measure the others' turns."""
    found, redis = {}, RedisStorage.from_url(redis_url)
    async with AsyncExitStack() as stack:
        memory = await stack.enter_async_context(aiogram_turn(MemoryStorage(), SimpleEventIsolation(), DATA))
        found["aiogram, memory (lost with the process)"] = await median(memory)
        on_redis = await stack.enter_async_context(aiogram_turn(redis, redis.create_isolation(), DATA))
        found["aiogram, Redis (lost with the server's memory)"] = await median(on_redis)
        plain = await stack.enter_async_context(ptb_turn(DATA, None))
        found["ConversationHandler, memory"] = await median(plain)
        pickled = await stack.enter_async_context(ptb_turn(DATA, folder / "ptb.pickle", others=10_000))
        found["ConversationHandler, pickled each turn, 10,000 conversations"] = await median(pickled, 3)
    return found


def table(found: dict[str, float]) -> Table:
    """Set medians beside aiogram's turn on Redis."""
    base = found["aiogram, Redis (lost with the server's memory)"]
    shown = Table("turn", "median", "beside aiogram on Redis", title="One turn")
    for name, median_time in found.items():
        shown.add_row(name, f"{median_time:,.0f} µs", f"{median_time / base:.2f}")
    return shown


async def measure(folder: Path, postgres: PostgresServer, redis: RedisServer) -> None:
    """Measure everything and show it."""
    console = Console()
    console.print(table({**await ours(folder, postgres), **await theirs(folder, redis.url)}))
    console.print(await large_numbers(folder, stored_turn, median))


def main() -> None:
    """Start the servers and measure."""
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        postgres, redis = PostgresServer(home, durable=True), RedisServer(home)
        asyncio.run(measure(Path(home), postgres, redis))
        redis.stop()
        postgres.stop()


if __name__ == "__main__":
    main()
