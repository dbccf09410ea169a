"""Erases what is older than the office keeps: applicants' data does not stay for ever by accident."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog

from bot.store.store import Store
from bot.store.store_errors import StoreError

EVERY = timedelta(hours=6)

log = structlog.get_logger(__name__)


@asynccontextmanager
async def kept_for(store: Store, days: int, *, every: timedelta = EVERY) -> AsyncIterator[None]:
    """While inside, erase conversations silent for more than `days`, now and `every` so often."""
    task = asyncio.create_task(_forget(store, timedelta(days=days), every))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _forget(store: Store, age: timedelta, every: timedelta) -> None:
    while True:
        try:
            count = await store.forget_older_than(datetime.now(UTC) - age)
            log.info("old_conversations_erased", count=count)
        except StoreError as error:
            log.warning("old_conversations_not_erased", reason=str(error))
        await asyncio.sleep(every.total_seconds())
