"""Hundreds of chats at once through several webhook workers on one database; updates come shuffled and doubled.

`python -m tests.crash.rush --database … --folder …` prints what was lost, doubled or out of order, and a sum.
"""

import argparse
import asyncio
import os
import random
import signal
import socket
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from pathlib import Path

from knowledge.form import Form
from knowledge.loading.pack_folder import PACKS, load_pack
from tests.crash.crowd import Applicant, applicant
from tests.crash.damage import damage
from tests.crash.program import environment, start, stop
from tests.emulator.server import Emulator

# ruff: noqa: S311 - chance, not secrets


PROGRAM = "from bot.cli import main; main()"
LIFE = (3.0, 8.0)  # seconds between two kills; a worker needs some to load


async def rush(asked: argparse.Namespace, form: Form) -> tuple[list[Applicant], list[str]]:
    """Let all chats fill the form at once; gives them, and what went wrong."""
    async with Emulator() as server:
        server.mixes_updates(random.Random(random.random()))
        people = [applicant(server, 1 + chat, form, random.Random(random.random())) for chat in range(asked.chats)]
        port = str(_free_port())
        more = {
            "SHENBAO_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
            "SHENBAO_WEBHOOK_PORT": port,
            "SHENBAO_WEBHOOK_SECRET": "a-secret_for-tests",
            "SHENBAO_WEBHOOK_WORKERS": str(asked.workers),
        }
        settings = environment(server, asked.database, **more)
        program = await start("-c", PROGRAM, "telegram", "--webhook", folder=asked.folder, settings=settings)
        killing = asyncio.create_task(_kill(program, asked.kills))
        try:
            await asyncio.gather(*(one.fills_the_form() for one in people))
        finally:
            killing.cancel()
            wrong = await stop(program)
    return people, wrong


async def _kill(program: Process, kills: int) -> None:
    """Kill a worker now and then; the supervisor bears another one."""
    for _ in range(kills):
        await asyncio.sleep(random.uniform(*LIFE))
        with suppress(ProcessLookupError, IndexError):
            os.kill(random.choice(_workers(program.pid)), signal.SIGKILL)


def _workers(supervisor: int) -> list[int]:
    """Give the process ids of the workers, as far as Linux tells."""
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Run a rush and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="a fresh database: path or URL")
    parser.add_argument("--folder", type=Path, required=True, help="an empty folder")
    for name, default in (("chats", 500), ("workers", 4), ("kills", 0), ("seed", None)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    random.seed(asked.seed)
    pack = load_pack(PACKS / "anhui-2024")
    people, wrong = asyncio.run(rush(asked, pack.form))
    wrong += asyncio.run(damage(asked.database, people, pack))
    print("\n".join(wrong[:20]))
    updates = sum(len(one.updates) for one in people)
    print(f"{asked.workers} workers, {len(people)} forms, {updates} updates, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
