"""The dispatcher: conversations side by side, each in order, nothing given up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import stamina

from bot.dispatcher import MOST_SENDINGS, Dispatcher, NeverSentError
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound, Outgoing
from dialogs.protocol import Reply, Text

ANNA, BO = StorageKey(1, 10, 10), StorageKey(1, 20, 20)


@pytest.fixture(autouse=True)
def _no_pauses():
    """Retries happen at once: the tests are about what is retried, not about how long it takes."""
    with stamina.set_testing(True, attempts=50):
        yield


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "store.db", synchronous="NORMAL")
    yield store
    await store.close()


class Channel:
    """A messenger that fails on demand and keeps what it delivered."""

    def __init__(self) -> None:
        self.delivered: list[tuple[int, str]] = []
        self.failures = 0
        self.tried = asyncio.Condition()

    async def __call__(self, outgoing: Outgoing) -> None:
        async with self.tried:
            self.tried.notify_all()
            if self.failures:
                self.failures -= 1
                raise ConnectionError("the network is down")
            self.delivered.append((outgoing.key.chat_id, outgoing.reply.text))

    async def until(self, happened: Callable[[], bool]) -> None:
        async with self.tried:
            await self.tried.wait_for(happened)

    def heard_by(self, key: StorageKey) -> list[str]:
        return [text for chat, text in self.delivered if chat == key.chat_id]


def echo(store: Store):
    """Give a handler that answers each update with two replies."""

    async def handle(key: StorageKey) -> bool:
        async with store.turn(key) as tx:
            if tx is None:
                return False
            text = tx.inbound.event.text
            if text == "poison":
                raise ValueError(text)
            tx.save(Result("A:b", {}, [Reply(text=f"{text}{part}") for part in "ab"]))
        return True

    return handle


async def say(store: Store, key: StorageKey, *texts: str) -> None:
    await store.receive([Inbound(f"{key.chat_id}-{text}", key, Text(text=text)) for text in texts])


async def test_replies_of_each_conversation_arrive_in_order(store: Store):
    """Whatever runs side by side, one conversation reads its replies in the order of its updates."""
    channel = Channel()
    dispatcher = Dispatcher(store, echo(store), channel)
    await say(store, ANNA, "1", "2", "3")
    await say(store, BO, "4", "5")
    dispatcher.notify([ANNA, BO, ANNA])
    await dispatcher.drain()
    assert channel.heard_by(ANNA) == ["1a", "1b", "2a", "2b", "3a", "3b"]
    assert channel.heard_by(BO) == ["4a", "4b", "5a", "5b"]
    assert await store.waiting() == []


async def test_a_failed_sending_is_repeated_before_anything_later_is_sent(store: Store):
    """The network fails four times: nothing is lost and nothing overtakes."""
    channel = Channel()
    channel.failures = 4
    dispatcher = Dispatcher(store, echo(store), channel)
    await say(store, ANNA, "1", "2")
    dispatcher.notify([ANNA])
    await dispatcher.drain()
    assert channel.heard_by(ANNA) == ["1a", "1b", "2a", "2b"]


async def test_a_slow_conversation_does_not_hold_up_another(store: Store):
    """While one applicant's reply cannot be sent, the next applicant gets hers."""
    road_works = asyncio.Event()
    channel = Channel()

    async def send(outgoing: Outgoing) -> None:
        if outgoing.key == ANNA:
            await road_works.wait()
        await channel(outgoing)

    dispatcher = Dispatcher(store, echo(store), send)
    await say(store, ANNA, "1")
    await say(store, BO, "2")
    dispatcher.notify([ANNA, BO])
    await channel.until(lambda: channel.heard_by(BO) == ["2a", "2b"])
    assert channel.heard_by(ANNA) == []
    road_works.set()
    await dispatcher.drain()
    assert channel.heard_by(ANNA) == ["1a", "1b"]


async def test_a_flood_of_one_conversation_leaves_the_others_their_turn(store: Store):
    """Three hundred messages wait; who comes then is answered after a few of them, and timers go on meanwhile."""
    channel, ticks = Channel(), []

    async def tick() -> None:
        while True:
            ticks.append(len(channel.heard_by(ANNA)))
            await asyncio.sleep(0)

    dispatcher = Dispatcher(store, echo(store), channel)
    await say(store, ANNA, *map(str, range(300)))
    dispatcher.notify([ANNA])
    ticking = asyncio.create_task(tick())
    await say(store, BO, "x")
    dispatcher.notify([BO])
    await channel.until(lambda: channel.heard_by(BO) == ["xa", "xb"])
    assert len(channel.heard_by(ANNA)) < 100
    await dispatcher.drain()
    ticking.cancel()
    assert len(ticks) > 300


async def test_a_reply_that_never_goes_is_given_up_while_others_go(store: Store):
    """What follows it arrives; staff can see which it was. While nobody is sent anything, it waits."""
    channel, others = Channel(), asyncio.Event()

    async def send(outgoing: Outgoing) -> None:
        if outgoing.reply.text == "refuseda":
            raise NeverSentError("BadRequest: too odd")
        if outgoing.reply.text == "1a" or not others.is_set():
            raise ConnectionError("no way")
        await channel(outgoing)

    dispatcher = Dispatcher(store, echo(store), send)
    await say(store, ANNA, "1", "refused")
    dispatcher.notify([ANNA])
    while (await store.outbox(ANNA) or [Outgoing(0, ANNA, Reply(text=""))])[0].tries <= MOST_SENDINGS:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert await store.parked_replies() == []
    others.set()
    await say(store, BO, "2")
    dispatcher.notify([BO])
    await dispatcher.drain()
    assert channel.heard_by(ANNA) == ["1b", "refusedb"]
    assert [parked.error for parked in await store.parked_replies()] == ["ConnectionError", "BadRequest: too odd"]
    assert await store.waiting() == []


async def test_an_update_that_cannot_be_handled_is_parked_and_the_next_one_is_handled(store: Store):
    """A poison update never blocks the chat, and staff can see it."""
    channel = Channel()
    dispatcher = Dispatcher(store, echo(store), channel)
    await say(store, ANNA, "1", "poison", "2")
    dispatcher.notify([ANNA])
    await dispatcher.drain()
    assert channel.heard_by(ANNA) == ["1a", "1b", "2a", "2b"]
    assert [parked.update_id for parked in await store.parked()] == ["10-poison"]


async def test_a_new_run_takes_up_what_the_last_one_left(tmp_path: Path):
    """Unhandled updates and unsent replies of a dead process are seen to at the next start."""
    first = await Store.open(tmp_path / "store.db")
    await say(first, ANNA, "1", "2")
    assert await echo(first)(ANNA)
    await first.close()

    second = await Store.open(tmp_path / "store.db")
    channel = Channel()
    dispatcher = Dispatcher(second, echo(second), channel)
    running = asyncio.create_task(dispatcher.run())
    await channel.until(lambda: len(channel.delivered) == 4)
    await dispatcher.stop()
    await running
    assert channel.heard_by(ANNA) == ["1a", "1b", "2a", "2b"]
    await second.close()


async def test_stop_finishes_what_is_in_hand_and_leaves_the_rest_in_the_store(store: Store):
    """A reply on its way when the process is asked to end is finished and marked; the one after it waits."""
    on_the_way, arrived = asyncio.Event(), asyncio.Event()
    channel = Channel()

    async def send(outgoing: Outgoing) -> None:
        on_the_way.set()
        await arrived.wait()
        await channel(outgoing)

    dispatcher = Dispatcher(store, echo(store), send)
    await say(store, ANNA, "1")
    dispatcher.notify([ANNA])
    await on_the_way.wait()
    stopping = asyncio.create_task(dispatcher.stop())
    await asyncio.sleep(0)
    arrived.set()
    await stopping
    assert channel.heard_by(ANNA) == ["1a"]
    assert [outgoing.reply.text for outgoing in await store.outbox(ANNA)] == ["1b"]


async def test_stop_does_not_wait_for_a_pause_between_two_tries(store: Store):
    """A sending that pauses after a failure is cut short: its reply is safe in the store."""
    channel = Channel()
    channel.failures = 1_000_000
    dispatcher = Dispatcher(store, echo(store), channel)
    await say(store, ANNA, "1")
    with stamina.set_testing(False):
        dispatcher.notify([ANNA])
        await channel.until(lambda: channel.failures < 1_000_000)
        await asyncio.wait_for(dispatcher.stop(), 5)
    assert len(await store.outbox(ANNA)) == 2


async def test_an_error_can_say_how_long_to_wait(store: Store):
    """A flood-control error that asks for no pause is retried at once."""

    class FloodError(Exception):
        retry_after = 0

    told = iter([FloodError(), FloodError()])
    channel = Channel()

    async def send(outgoing: Outgoing) -> None:
        for flood in told:
            raise flood
        await channel(outgoing)

    dispatcher = Dispatcher(store, echo(store), send)
    await say(store, ANNA, "1")
    with stamina.set_testing(False):
        dispatcher.notify([ANNA])
        await dispatcher.drain()
    assert channel.heard_by(ANNA) == ["1a", "1b"]
