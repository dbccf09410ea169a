"""The whole messenger, running: long polling against an emulator, on a database in a folder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.channels.serving import serve
from bot.channels.telegram.assembly import Shell, open_shell
from bot.channels.telegram.polling import poll
from bot.settings import Settings
from tests.emulator.server import Emulator


def settings_for(server: Emulator, folder: Path, **more: Any) -> Settings:
    """Give the settings of a bot at this server, on a day of the call."""
    given = {"token": server.token, "api_url": server.url, "data": folder, "today": "2024-02-05"}
    return Settings(**{**given, **more}, _env_file=None)


@asynccontextmanager
async def messenger(settings: Settings) -> AsyncIterator[Shell]:
    """Run the messenger; leaving stops it."""
    async with open_shell(settings) as shell:
        task = asyncio.create_task(serve([shell.fed_by(poll(shell.bot, shell.intake.take))], asyncio.Event()))
        try:
            yield shell
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
