"""Fetches the files applicants send, each when its conversation comes to it, so that a slow one holds up nobody else.

Connections of their own: those that send replies stay free. What arrives is written to a nameless file as it comes, so
that a hung download holds no memory.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Self

import aiohttp
import stamina
import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.background_calls import BackgroundCalls
from bot.channels.telegram.responses import ApiRequest
from bot.store.storage_key import StorageKey
from bot.store.updates import FetchedFile, RemoteFile

AT_ONCE = 64  # files fetched side by side; of one conversation, one
ATTEMPTS = 4
PATIENCE = 60.0  # seconds for all attempts together; then the applicant is asked to send it again
READ_PATIENCE = 20.0  # seconds without a byte
CHUNK = 64 * 1024  # bytes
IN_MEMORY = 256 * 1024  # bytes of a file; what is more goes to the disk

log = structlog.get_logger(__name__)


class Downloads:
    """Fetches files; one that is not handed over in time is given up, and the applicant asked to send it again."""

    def __init__(self, bot: ExtBot[int], limit: int, background: BackgroundCalls) -> None:
        """Fetch what `bot` was sent, files of `limit` bytes at most; meanwhile it is seen typing."""
        self._bot, self._limit, self._background = bot, limit, background
        request = ApiRequest(AT_ONCE, read_timeout=READ_PATIENCE, pool_timeout=PATIENCE)
        base = bot.base_url.removesuffix(bot.token), bot.base_file_url.removesuffix(bot.token)
        self._asking = Bot(bot.token, *base, request=request)
        self._slots = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Self]:
        """Hold the connections open."""
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=READ_PATIENCE, sock_read=READ_PATIENCE)
        connector = aiohttp.TCPConnector(limit=AT_ONCE)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._asking.request.shutdown)
            self._session = await stack.enter_async_context(
                aiohttp.ClientSession(connector=connector, timeout=timeout, trust_env=True)
            )
            yield self

    async def __call__(self, key: StorageKey, remote: RemoteFile) -> FetchedFile | None:
        """Fetch a file into an open, nameless one; None when the server does not hand it over in time."""
        self._background.do(self._bot.send_chat_action(key.chat_id, ChatAction.TYPING))
        try:
            async with self._slots, asyncio.timeout(PATIENCE):
                return FetchedFile(await self._fetched(remote))
        except (TelegramError, aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("file_not_fetched", error=type(error).__name__)
            return None

    async def _fetched(self, remote: RemoteFile) -> IO[bytes]:
        async for attempt in stamina.retry_context(on=_passing, attempts=ATTEMPTS, timeout=PATIENCE, wait_initial=0.2):
            with attempt:
                return await self._written(remote)
        raise TimeoutError

    async def _written(self, remote: RemoteFile) -> IO[bytes]:
        """Write the file as it comes.

        Raises:
            ValueError: it is larger than is taken, whatever was said of its size.
        """
        with ExitStack() as unless_whole:
            file: IO[bytes] = unless_whole.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
            async with self._chunks(remote) as chunks:
                async for chunk in chunks:
                    file.write(chunk)
                    if file.tell() > self._limit:
                        raise ValueError("larger than is taken")
            unless_whole.pop_all()
        file.seek(0)
        return file

    @asynccontextmanager
    async def _chunks(self, remote: RemoteFile) -> AsyncIterator[AsyncIterator[bytes]]:
        """Open a file where the server says it is: at an address, or, of a server of one's own, on this machine."""
        where = (await self._asking.get_file(remote.reference)).file_path or ""
        if not where.startswith(("http://", "https://")):
            yield _chunks_of(Path(where))
            return
        async with self._session.get(where) as response:
            response.raise_for_status()
            yield response.content.iter_chunked(CHUNK)


async def _chunks_of(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk


def _passing(error: Exception) -> bool:
    """Tell whether trying again may help; the library calls a refusal a network error too."""
    if isinstance(error, BadRequest):
        return False
    return isinstance(error, NetworkError | aiohttp.ClientError | TimeoutError)
