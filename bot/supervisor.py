"""Keeps worker processes running: replaces the dead, kills the mute, waits longer before each that dies at once."""

import asyncio
import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing.context import SpawnProcess

import structlog

from bot.heartbeat import MUTE_SECONDS

CHECK_SECONDS = 1.0
STARTS_SECONDS = 60.0  # until the first beat: reading the pack and all libraries may take long on a small machine
SETTLED_SECONDS = 60.0  # a worker that lived so long did not die at its start
LONGEST_PAUSE = 30.0
END_SECONDS = 3.0  # workers end by themselves within three; then they are killed

log = structlog.get_logger(__name__)
_spawning = multiprocessing.get_context("spawn")


class Beat:
    """When a worker last came round, by the machine's clock that never jumps; shared with the worker."""

    def __init__(self, until: float) -> None:
        """Count as alive until a moment."""
        self._at = _spawning.Value("d", until, lock=False)

    def __call__(self) -> None:
        """Note that the worker is alive."""
        self._at.value = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since the last beat."""
        return time.monotonic() - float(self._at.value)


Work = Callable[[int, Beat], None]  # what a worker runs, in its own process; importable by name


class _Post:
    """One worker's place: who holds it, and when it may be filled again."""

    def __init__(self, work: Work, number: int) -> None:
        self._work = work
        self.number = number
        self._deaths = 0
        self._fill_at = 0.0
        self._born = 0.0
        self._beat = Beat(0.0)
        self.process: SpawnProcess | None = None

    def see_to(self, mute: float) -> None:
        """Fill the place when it is time, and clear it of the mute and the dead."""
        if self.process is None:
            if time.monotonic() >= self._fill_at:
                self._fill()
        elif not self.process.is_alive():
            self._clear()
        elif self._beat.age > mute:
            log.error("worker_mute", worker=self.number)
            self.process.kill()

    def _fill(self) -> None:
        self._born = time.monotonic()
        self._beat = Beat(self._born + STARTS_SECONDS)
        self.process = _spawning.Process(
            target=self._work, args=(self.number, self._beat), name=f"worker-{self.number}"
        )
        self.process.start()

    def _clear(self) -> None:
        """Let the next one in at once, or after a pause that doubles with each that dies young."""
        exitcode = self.process.exitcode if self.process else None
        self.process = None
        young = time.monotonic() - self._born < SETTLED_SECONDS
        self._deaths = self._deaths + 1 if young else 0
        pause = min(2.0 ** (self._deaths - 2), LONGEST_PAUSE) if self._deaths > 1 else 0.0
        self._fill_at = time.monotonic() + pause
        log.error("worker_died", worker=self.number, exit=exitcode, pause=pause)


async def supervise(
    work: Work, count: int, stop: asyncio.Event, *, every: float = CHECK_SECONDS, mute: float = MUTE_SECONDS
) -> None:
    """Keep `count` workers running until told to stop; each is replaced under the same number, and goes on there.

    Args:
        work: what each runs, given its number and its beat.
        count: how many.
        stop: set when told to stop; then the workers get SIGTERM, and SIGKILL after `END_SECONDS`.
        every: seconds between two looks at them.
        mute: seconds without a beat after which one is killed.
    """
    posts = [_Post(work, number) for number in range(count)]
    told = asyncio.create_task(stop.wait())
    try:
        while not told.done():
            for post in posts:
                post.see_to(mute)
            await asyncio.wait({told}, timeout=every)
    finally:  # workers have processes of their own, so they are no daemons, which would be ended with us
        await _ended(posts)


async def _ended(posts: Sequence[_Post]) -> None:
    """End all workers."""
    processes = [post.process for post in posts if post.process is not None]
    for process in processes:
        process.terminate()
    await asyncio.gather(*(asyncio.to_thread(process.join, END_SECONDS) for process in processes))
    for process in processes:
        process.kill()
        process.join()


def ends_with_its_supervisor(stop: asyncio.Event) -> None:
    """Have a worker stop when its supervisor is gone, however it went: an orphan would keep the port and its name."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    loop, sentinel = asyncio.get_running_loop(), int(parent.sentinel)

    def gone() -> None:
        loop.remove_reader(sentinel)
        log.error("supervisor_gone")
        stop.set()

    loop.add_reader(sentinel, gone)
