"""`shenbao doctor`: what is wrong with an installation, and how to mend it."""

import asyncio
import stat
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.disk_alarm import LEAST_FREE, free_bytes
from bot.errors import StartupError
from bot.messages import say
from bot.packs import pack_folder, proven_pack
from bot.settings import Settings
from bot.store.store import Store
from bot.store.store_errors import StoreError
from knowledge.problems import PackError

_OUT_OF_STEP = timedelta(minutes=5)  # of the clock, behind what is stored


def faults(settings: Settings) -> list[str]:
    """List what is wrong, a line each with its mend; empty when all is well."""
    return [*_token(settings), *_pack(settings), *_disk(settings), *asyncio.run(_database(settings))]


def _token(settings: Settings) -> Iterator[str]:
    if settings.token is None:
        yield say("doctor.no_token")


def _pack(settings: Settings) -> Iterator[str]:
    try:
        proven_pack(pack_folder(settings.pack, settings.packs))
    except (PackError, StartupError) as error:
        yield say("doctor.pack", reason=str(error).splitlines()[0])


def _disk(settings: Settings) -> Iterator[str]:
    """Look at the folder of the embedded database: room, and who may read it."""
    if settings.database_url is not None or not settings.data.is_dir():
        return
    free = free_bytes(settings.data)
    if free < LEAST_FREE:
        yield say("doctor.little_room", free=free // 1024**2, folder=settings.data)
    for path in (settings.data, *settings.data.glob(f"{Path(settings.database).name}*")):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield say("doctor.open_to_others", path=path)


async def _database(settings: Settings) -> list[str]:
    """Look into the database; where there is none yet, that is said and none is made."""
    try:
        store = await Store.open(settings.filled_database)
    except (StoreError, StartupError) as error:
        return [str(error)]
    try:
        return [fault async for fault in _contents(store)]
    except StoreError as error:
        return [str(error)]
    finally:
        await store.close()


async def _contents(store: Store) -> AsyncIterator[str]:
    if damage := await store.damage():
        yield say("doctor.damaged", damage=damage)
    if parked := await store.parked():
        yield say("doctor.parked", number=len(parked))
    if replies := await store.parked_replies():
        yield say("doctor.not_sent", number=len(replies))
    newest = await store.newest()
    if newest is not None and newest - datetime.now(UTC) > _OUT_OF_STEP:
        yield say("doctor.clock_behind", newest=newest.date().isoformat())
