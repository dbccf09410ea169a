"""Many chats fill the form over real HTTP while the bot is killed again and again.

`python -m tests.crash.killed --database … --folder …` prints what was lost, doubled or out of order, and a sum.
"""

import argparse
import asyncio
import itertools
import random
import sys
from asyncio.subprocess import Process
from pathlib import Path

from knowledge.form import Form
from knowledge.loading.pack_folder import PACKS, load_pack
from tests.crash.crowd import Applicant, applicant
from tests.crash.damage import damage
from tests.crash.program import environment, start, stop
from tests.emulator.server import Emulator

# ruff: noqa: S311 - chance, not secrets


TROUBLES_A_CHAT = 1  # replies that arrive although the bot cannot know it; one after the other they would add up pauses


async def storm(database: str, folder: Path, kills: int, abreast: int, form: Form) -> tuple[list[Applicant], list[str]]:
    """Keep `abreast` chats busy until the last kill, and let them finish; gives them, and what went wrong."""
    people: list[Applicant] = []
    async with Emulator() as server:
        for chat in random.choices(range(1, abreast + 1), k=TROUBLES_A_CHAT * abreast):
            server.trouble("sendMessage", drop="after", chat=chat)
        settings = environment(server, database)
        program = await start("-m", "tests.crash.supervisor", str(kills), folder=folder, settings=settings)
        over = asyncio.create_task(_last_kill(program, kills))
        numbers = itertools.count(1)
        try:
            await asyncio.gather(*(_lane(server, numbers, people, over, form) for _ in range(abreast)))
        finally:
            over.cancel()
            wrong = await stop(program)
    return people, wrong


async def _last_kill(program: Process, kills: int) -> None:
    assert program.stdout is not None
    for _ in range(kills):
        await program.stdout.readline()


async def _lane(
    server: Emulator, numbers: "itertools.count[int]", people: list[Applicant], over: "asyncio.Task[None]", form: Form
) -> None:
    """One applicant after the other; none begins after the last kill."""
    while not people or not over.done():
        one = applicant(server, next(numbers), form, random.Random(random.random()))
        people.append(one)
        await one.fills_the_form()


def main() -> int:
    """Run a storm and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="a fresh database: path or URL")
    parser.add_argument("--folder", type=Path, required=True, help="an empty folder")
    for name, default in (("kills", 200), ("chats", 20), ("seed", None)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    random.seed(asked.seed)
    pack = load_pack(PACKS / "anhui-2024")
    people, wrong = asyncio.run(storm(asked.database, asked.folder, asked.kills, asked.chats, pack.form))
    wrong += asyncio.run(damage(asked.database, people, pack))
    print("\n".join(wrong[:20]))
    updates = sum(len(one.updates) for one in people)
    print(f"{asked.kills} kills, {len(people)} forms, {updates} updates, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
