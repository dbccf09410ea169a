"""Locks on Redis around turns: who finds a conversation busy waits there, and keeps no database connection busy.

The row's own lock stays beneath: a Redis that loses its locks, hangs or is gone costs a moment, never an answer.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from pydantic import SecretStr

from bot.errors import StartupError
from bot.messages import say
from bot.store.storage_key import DefaultKeyBuilder, StorageKey

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.asyncio.lock import Lock

HELD_SECONDS = 60.0  # then a lock ends by itself, should its owner have died
WAIT_SECONDS = 5.0  # for a busy conversation; then the database's own lock decides
ANSWER_SECONDS = 0.5  # a Redis that takes longer is taken for dead …
PAUSE_SECONDS = 5.0  # … and not asked again for so long

Step = Callable[[StorageKey], Awaitable[bool]]

log = structlog.get_logger(__name__)
_name = DefaultKeyBuilder(with_bot_id=True).build


class TurnLocks:
    """One lock a conversation, on one Redis."""

    def __init__(self, redis: "Redis") -> None:
        """Use a client whose calls end within `ANSWER_SECONDS`."""
        self._redis = redis
        self._dead_until = 0.0

    @asynccontextmanager
    async def hold(self, key: StorageKey) -> AsyncIterator[None]:
        """Hold a conversation; without Redis, or after `WAIT_SECONDS`, go on all the same."""
        from redis.exceptions import RedisError  # noqa: PLC0415 - an extra, for several workers

        lock = await self._taken(key)
        try:
            yield
        finally:
            if lock is not None:
                try:
                    await lock.release()
                except (RedisError, OSError) as error:  # it ends by itself
                    self._take_for_dead(error)

    async def _taken(self, key: StorageKey) -> "Lock | None":
        from redis.exceptions import RedisError  # noqa: PLC0415 - an extra, for several workers

        if asyncio.get_running_loop().time() < self._dead_until:
            return None
        lock = self._redis.lock(_name(key, "lock"), timeout=HELD_SECONDS, blocking_timeout=WAIT_SECONDS)
        try:
            return lock if await lock.acquire() else None
        except (RedisError, OSError) as error:
            self._take_for_dead(error)
            return None

    def _take_for_dead(self, error: Exception) -> None:
        self._dead_until = asyncio.get_running_loop().time() + PAUSE_SECONDS
        log.warning("redis_not_answering", error=type(error).__name__)


@asynccontextmanager
async def locked(url: SecretStr | None, step: Step) -> AsyncIterator[Step]:
    """Give the step with a conversation's lock around it; without a URL, the step itself.

    Raises:
        StartupError: Redis is not installed or cannot be reached.
    """
    if url is None:
        yield step
        return
    redis = await _connected(url)
    locks = TurnLocks(redis)

    async def alone(key: StorageKey) -> bool:
        async with locks.hold(key):
            return await step(key)

    try:
        yield alone
    finally:
        await redis.aclose(close_connection_pool=True)


async def _connected(url: SecretStr) -> "Redis":
    try:
        from redis.asyncio import Redis  # noqa: PLC0415 - an extra, for several workers
        from redis.asyncio.retry import Retry  # noqa: PLC0415
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.exceptions import RedisError  # noqa: PLC0415
    except ImportError:
        raise StartupError(say("redis.not_installed")) from None
    try:
        redis = Redis.from_url(
            url.get_secret_value(),
            socket_connect_timeout=ANSWER_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        await redis.ping()  # type: ignore[misc]  # typed for both its clients at once
    except (RedisError, OSError, ValueError):  # their words may hold the password
        raise StartupError(say("redis.not_reached")) from None
    return redis
