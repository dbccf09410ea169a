"""Turns that open a file run in a process of their own, with limits on time and memory.

The libraries that read files (XML, zip, pictures) are written in C: what a file made to harm does to them obeys no
deadline of ours, and may end the process. A turn is pure, so it can be taken elsewhere and its outcome sent back. Each
file has a process of its own, forked in some milliseconds from a server that has read the program once. Where there is
no such server (Windows) it starts anew each time, and only the time is limited.
"""

import asyncio
import multiprocessing
import sys
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext

import structlog

from dialogs.engine import turn
from dialogs.protocol import Moment, Turn, Upload
from dialogs.session import Session
from knowledge.pack import NoticePack

READ_SECONDS = 10.0  # until the answer, starting the process included; the largest files taken need one or two
MEMORY = 1024 * 1024 * 1024  # bytes of addresses; the program itself takes a fifth of it
AT_ONCE = 2  # files read side by side

ReadApart = Callable[[Session, Upload, NoticePack, Moment], Awaitable[tuple[Moment, Turn]]]
Take = Callable[[Session, Upload, NoticePack, Moment], Turn]

log = structlog.get_logger(__name__)


class UploadProcess:
    """Takes turns that open a file; one that does not end, or ends its process, is taken again with the file closed."""

    def __init__(self, take: Take = turn, *, seconds: float = READ_SECONDS, memory: int = MEMORY) -> None:
        """Set the limits.

        Args:
            take: takes a turn; importable by name.
            seconds: until a turn must have come to its end.
            memory: bytes of addresses that its process may have.
        """
        self._take, self._seconds, self._memory = take, seconds, memory
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._context = _starter()

    async def __call__(self, session: Session, upload: Upload, pack: NoticePack, moment: Moment) -> tuple[Moment, Turn]:
        """Take a turn; gives its outcome, and the moment it was taken in (`Moment.unreadable` if nothing else went).

        Raises:
            Exception: whatever the turn raised.
        """
        async with self._slots:
            done = await asyncio.to_thread(self._apart, session, upload, pack, moment)
        if done is None:
            log.warning("upload_not_read", bytes=len(upload.content))
            moment = moment.model_copy(update={"unreadable": True})
            return moment, turn(session, upload, pack, moment)
        if isinstance(done, Exception):
            raise done
        return moment, done

    def _apart(self, *given: object) -> Turn | Exception | None:
        """Take a turn in a process of its own; None when that process ended without an answer, or was too slow."""
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_limited, args=(theirs, self._memory, self._take, given), daemon=True)
        process.start()
        theirs.close()
        try:
            answer: Turn | Exception | None = ours.recv() if ours.poll(self._seconds) else None
        except EOFError:
            answer = None
        finally:
            ours.close()
            process.kill()
            process.join()
        return answer


def _starter() -> ForkServerContext | SpawnContext:
    """Give what starts processes: a server to fork from, started at the first file, or else the system itself."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__])
    return context


def _limit(memory: int) -> None:
    """Keep this process to so many bytes, and let it leave no picture of them behind."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limited(answer: Connection, memory: int, take: Take, given: tuple[Session, Upload, NoticePack, Moment]) -> None:
    """Be the process: keep the limits, take the turn, send what came of it."""
    _limit(memory)
    try:
        done: Turn | Exception = take(*given)
    except MemoryError:
        return
    except Exception as error:  # noqa: BLE001 - it is raised again where the turn was asked for
        done = error
    answer.send(done)
