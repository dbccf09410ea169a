"""Locks on Redis around turns: who finds a conversation busy waits there, and keeps no database connection busy.

The row's own lock stays beneath: a Redis that loses its locks costs time, never an answer.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from pydantic import SecretStr

from bot.errors import StartupError
from bot.store.storage_key import DefaultKeyBuilder, StorageKey

NOT_INSTALLED = "设置了 SHENBAO_REDIS_URL，但没有装 Redis 的组件。请先安装 shenbao[server]，或去掉这项设置。"
NOT_REACHED = "连不上 Redis：请检查 SHENBAO_REDIS_URL 的地址和口令，并确认 Redis 已启动。"
CONNECT_SECONDS = 5.0

Step = Callable[[StorageKey], Awaitable[bool]]


@asynccontextmanager
async def locked(url: SecretStr | None, step: Step) -> AsyncIterator[Step]:
    """Give the step with a conversation's lock around it; without a URL, the step itself.

    Raises:
        StartupError: Redis is not installed or cannot be reached.
    """
    if url is None:
        yield step
        return
    try:
        from redis.exceptions import RedisError  # noqa: PLC0415 - an extra, for several workers

        from bot.aiogram_compat.storage.redis import RedisEventIsolation  # noqa: PLC0415
    except ImportError:
        raise StartupError(NOT_INSTALLED) from None
    try:
        isolation = RedisEventIsolation.from_url(
            url.get_secret_value(),
            {"socket_connect_timeout": CONNECT_SECONDS},
            key_builder=DefaultKeyBuilder(with_bot_id=True),
        )
        await isolation.redis.ping()  # type: ignore[misc]  # typed for both its clients at once
    except (RedisError, ValueError):  # their words may hold the password
        raise StartupError(NOT_REACHED) from None

    async def alone(key: StorageKey) -> bool:
        async with isolation.lock(key):
            return await step(key)

    try:
        yield alone
    finally:
        await isolation.redis.aclose(close_connection_pool=True)
