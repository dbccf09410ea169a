"""The bot as a process of its own, talking to the emulator."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from tests.emulator.server import Emulator

ROOT = Path(__file__).parent.parent.parent
TODAY = "2024-02-05"


def environment(server: Emulator, database: str, **more: str) -> dict[str, str]:
    """Give the bot's settings, as an operator would."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "SHENBAO_SEND_RATE": "1000",
        "SHENBAO_TODAY": TODAY,
        "SHENBAO_LOG_LEVEL": "ERROR",
        "SHENBAO_PAGES": "false",
        "SHENBAO_DATABASE_URL": database if "://" in database else f"sqlite:///{database}",
        **more,
    }


async def start(*command: str, folder: Path, settings: dict[str, str]) -> Process:
    """Start a Python program."""
    return await asyncio.create_subprocess_exec(sys.executable, *command, cwd=folder, env=settings, stdout=PIPE)


async def stop(program: Process) -> list[str]:
    """Ask it to end, as an operator does; gives what is wrong with how it ended."""
    program.send_signal(signal.SIGTERM)
    await program.communicate()
    return [f"the bot ended with {program.returncode}"] if program.returncode else []
