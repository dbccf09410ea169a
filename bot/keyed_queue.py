"""Jobs by conversation: one at a time for each, any number side by side."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.store.storage_key import StorageKey

Job = Callable[[StorageKey], Awaitable[None]]


class KeyedQueue:
    """Runs a job for a conversation when woken; woken while it runs, it runs once more."""

    def __init__(self, job: Job) -> None:
        """Run `job`, which handles its own trouble."""
        self._job = job
        self._tasks: dict[StorageKey, asyncio.Task[None]] = {}
        self._again: set[StorageKey] = set()
        self._unbroken: set[StorageKey] = set()
        self._closing = False

    @property
    def busy(self) -> bool:
        """Whether any job runs."""
        return bool(self._tasks)

    def __contains__(self, key: StorageKey) -> bool:
        """Tell whether a job runs for a conversation."""
        return key in self._tasks

    def wake(self, key: StorageKey) -> None:
        """See to a conversation; after `finish` nothing new begins."""
        if self._closing:
            return
        self._again.add(key)
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._run(key))

    async def _run(self, key: StorageKey) -> None:
        try:
            while key in self._again and not self._closing:
                self._again.discard(key)
                await self._job(key)
        finally:
            del self._tasks[key]

    async def unbroken(self, key: StorageKey, call: Awaitable[bool]) -> bool:
        """Await what must not be cut short: `finish` waits for it, while it cancels a job that only waits."""
        self._unbroken.add(key)
        try:
            return await call
        finally:
            self._unbroken.discard(key)

    @property
    def closing(self) -> bool:
        """Whether jobs should end after the step in hand."""
        return self._closing

    async def idle(self) -> None:
        """Wait until no job runs."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def finish(self, seconds: float) -> None:
        """Let the steps in hand end, for `seconds` at most, and stop everything else."""
        self._closing = True
        for key, task in self._tasks.items():
            if key not in self._unbroken:
                task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
