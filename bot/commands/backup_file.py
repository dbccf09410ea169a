"""`shenbao backup` and `shenbao restore`: one file with everything, taken while the bot runs."""

import asyncio
from pathlib import Path

from bot.messages import say
from bot.store.backup import back_up, restore


def take_backup(database: str, file: Path) -> str:
    """Write the backup; gives what to tell the operator.

    Raises:
        StoreError: it could not be written.
    """
    return say("backup.done", file=file, rows=asyncio.run(back_up(database, file)))


def bring_back(file: Path, database: str) -> str:
    """Bring a backup back; gives what to tell the operator.

    Raises:
        StoreError: it could not be brought back; nothing was changed.
    """
    return say("backup.restored", file=file, rows=asyncio.run(restore(file, database)))
