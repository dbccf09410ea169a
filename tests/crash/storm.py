"""Kill workers (SIGKILL) again and again, let them finish, and look: `python -m tests.crash.storm --kills 200`.

The worker is forked from this process, so a life begins in a millisecond and 200 of them take seconds.
"""

import argparse
import asyncio
import itertools
import os
import random
import signal
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from bot.store.store import Store
from tests.crash.worker import PARTS, Task, key_of, work

# ruff: noqa: S311 - chance, not secrets


LIFE = (0.005, 0.2)  # seconds until the next kill


def storm(task: Task, kills: int) -> None:
    """Let the workers work, kill one after the other, and give each victim a successor."""
    alive = [born(replace(task, number=number)) for number in range(task.workers)]
    for _ in range(kills):
        time.sleep(random.uniform(*LIFE))
        victim = random.randrange(task.workers)
        kill(alive[victim])
        alive[victim] = born(replace(task, number=victim))
    for pid in alive:
        kill(pid)


def born(task: Task, *, until_done: bool = False) -> int:
    """Fork a worker; give its process id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        random.seed()
        asyncio.run(work(task, until_done=until_done))
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - a child must never return into its parent's code
        sys.stderr.write(f"{task.name}: {error!r}\n")
        os._exit(1)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def finish(task: Task) -> None:
    """Let all workers run to the end."""
    pids = [born(replace(task, number=number), until_done=True) for number in range(task.workers)]
    for pid in pids:
        _, status = os.waitpid(pid, 0)
        assert status == 0, "a worker failed"


async def damage(task: Task) -> list[str]:
    """Say what went wrong: lost, doubled or misplaced updates and replies."""
    wanted = [str(turn) for turn in range(task.turns)]
    wanted_replies = [f"{turn}{part}" for turn in wanted for part in PARTS]
    heard = heard_by_chat(task)
    store = await Store.open(task.database)
    wrong = [f"still waiting: {key}" for key in await store.waiting()]
    for chat in range(task.chats):
        _, data = await store.session(key_of(chat))
        if data.get("said") != wanted:
            wrong.append(f"chat {chat} was applied {data.get('said')}")
        if heard[chat] != wanted_replies:
            wrong.append(f"chat {chat} heard {heard[chat]}")
    await store.close()
    return wrong


def heard_by_chat(task: Task) -> dict[int, list[str]]:
    """Give what each chat heard; a message repeated at once (sent, then killed before noting it) counts once."""
    heard: dict[int, list[str]] = defaultdict(list)
    for line in task.delivered.read_text().splitlines():
        chat, text = line.split()
        heard[int(chat)].append(text)
    return defaultdict(list, {chat: [text for text, _ in itertools.groupby(texts)] for chat, texts in heard.items()})


def main() -> int:
    """Run a storm and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="a fresh database: path or URL")
    parser.add_argument("--folder", type=Path, required=True, help="an empty folder for the feed and the log")
    for name, default in (("kills", 200), ("chats", 60), ("turns", 60), ("workers", 1), ("seed", None)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    random.seed(asked.seed)
    task = Task(asked.database, asked.folder, asked.chats, asked.turns, asked.workers)
    storm(task, asked.kills)
    finish(task)
    wrong = asyncio.run(damage(task))
    print("\n".join(wrong[:20]))
    print(f"{asked.kills} kills, {task.chats} chats, {task.chats * task.turns} updates, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
