"""One worker process: takes updates from a feed, answers them, and writes what it sends to a log.

The feed and the log stand for the messenger's server: a file of numbered updates, how far it has been
acknowledged, and every message that reached an applicant.
"""

import asyncio
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.dispatcher import Dispatcher
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound, Outgoing
from dialogs.protocol import Reply, Text

# ruff: noqa: S311 - chance, not secrets


BATCH = 8
PARTS = ("a", "b")  # each update is answered by two messages


@dataclass(frozen=True)
class Task:
    """What a worker does: `chats` × `turns` updates, of which worker `number` of `workers` takes its share."""

    database: str
    folder: Path
    chats: int
    turns: int
    workers: int = 1
    number: int = 0

    @property
    def name(self) -> str:
        return f"worker-{self.number}"

    def feed(self) -> list[Inbound]:
        """The updates of this worker's chats, as the messenger numbered them."""
        mine = [chat for chat in range(self.chats) if chat % self.workers == self.number]
        updates = [(turn * self.chats + chat, chat, turn) for turn in range(self.turns) for chat in mine]
        return [Inbound(str(number), key_of(chat), Text(text=str(turn)), number) for number, chat, turn in updates]

    @property
    def acknowledged(self) -> Path:
        return self.folder / f"acknowledged-{self.number}"

    @property
    def delivered(self) -> Path:
        return self.folder / "delivered"


def key_of(chat: int) -> StorageKey:
    return StorageKey(bot_id=1, chat_id=chat, user_id=chat)


async def work(task: Task, *, until_done: bool = False) -> None:
    """Work until killed, or until nothing is left to do."""
    store = await Store.open(task.database, worker=task.name, synchronous="NORMAL")
    log = os.open(task.delivered, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def send(outgoing: Outgoing) -> None:
        await asyncio.sleep(random.random() * 0.004)
        os.write(log, f"{outgoing.key.chat_id} {outgoing.reply.text}\n".encode())
        await asyncio.sleep(random.random() * 0.004)

    dispatcher = Dispatcher(store, lambda key: answer(store, key), send, sweep=0.5)
    sweeping = asyncio.create_task(dispatcher.run())
    for batch, behind in batches(task):
        await store.receive(batch)
        acknowledge(task, behind)
        dispatcher.notify({inbound.key for inbound in batch})
    while not until_done or await store.waiting():  # noqa: ASYNC110 - nobody tells us
        await asyncio.sleep(0.2)
    await dispatcher.stop()
    await sweeping
    await store.close()


async def answer(store: Store, key: StorageKey) -> bool:
    """Handle one update: write it into the session and answer with two messages."""
    async with store.turn(key) as tx:
        if tx is None:
            return False
        assert isinstance(tx.inbound.event, Text)
        text = tx.inbound.event.text
        replies = [Reply(text=f"{text}{part}") for part in PARTS]
        tx.save(Result("Form:name", {"said": [*tx.data.get("said", []), text]}, replies))
    return True


def batches(task: Task) -> Iterator[tuple[list[Inbound], int]]:
    """Give what is not acknowledged, shuffled within each delivery, some of it delivered before."""
    feed = task.feed()
    start = int(task.acknowledged.read_text() or 0) if task.acknowledged.exists() else 0
    for begin in range(max(0, start - random.randrange(BATCH)), len(feed), BATCH):
        batch = feed[begin : begin + BATCH]
        yield random.sample([*batch, *batch[:2]], len(batch) + len(batch[:2])), begin + len(batch)


def acknowledge(task: Task, behind: int) -> None:
    """Tell the server, in one step, how far the feed is on disk here."""
    written = task.acknowledged.with_suffix(".new")
    written.write_text(str(behind))
    written.replace(task.acknowledged)
