"""The live pack: follows the folder staff edit; a good edit is live within two seconds, a faulty one never.

Theory of operation. The system says when something in the folder or below it changed (and where it cannot, on network
disks and the like, we look twice a second). When the files lie still, for editors save in several steps and half a
file may well be good YAML, the whole pack is loaded and tried. If it is good it replaces the live one, between two
turns. If it is not, the old one stays, and staff are told, unless the next step of the same saving mends it. Every good
pack is kept on disk (`kept_packs.py`): a start with a folder that is broken goes on with the last good one and says so.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.kept_packs import KeptPacks, pack_files
from bot.messages import say
from bot.packs import ready_pack
from knowledge.pack import NoticePack
from knowledge.problems import PackError, Problem

LOOK_MS = 500  # between two looks where the system does not tell
STILL = 0.3  # seconds without a change after which an edit counts as saved
PATIENCE = 1.0  # seconds a fault must stand before staff are told

Proven = tuple[NoticePack, tuple[Problem, ...]]  # with what staff should look at
Load = Callable[[Path], Proven]
Stamp = frozenset[tuple[str, int, int, int]]

log = logging.getLogger(__name__)  # the terminal starts without the structured logs


@dataclass(frozen=True, slots=True)
class PackEdit:
    """What became of an edit: `after` is live now, or None because `problems` stand against it.

    `problems` of an edit that is live are what staff should look at.
    """

    before: NoticePack
    after: NoticePack | None
    problems: tuple[Problem, ...] = ()


Tell = Callable[[PackEdit], Awaitable[None]]


class LivePack:
    """Gives the pack that is live now; `follow` keeps it up to date."""

    def __init__(self, folder: Path, load: Load, tell: Tell, kept: KeptPacks | None = None) -> None:
        """Start with the pack as it is, or with the last good one when it is broken.

        Args:
            folder: what staff edit.
            load: loads and tries a changed pack; raises `PackError` for a faulty one.
            tell: told of every edit that went live or was refused.
            kept: where good packs are kept, if anywhere.

        Raises:
            PackError: the pack cannot be used as it is, and no good one is kept.
        """
        self._folder, self._load, self._tell, self._kept = folder, load, tell, kept
        self._seen = _stamp(folder)
        self._fault: PackError | None = None  # the newest edit cannot go live …
        self._since = 0.0  # … since then (monotonic seconds) …
        self._told = ""  # … and this is what staff were told about it
        self._pack = self._first()

    def __call__(self) -> NoticePack:
        """Give the live pack."""
        return self._pack

    def _first(self) -> NoticePack:
        """Give the pack to start with.

        What was changed while nobody looked is judged as an edit is; where nothing good is kept there is no choice.
        """
        good = self._kept.newest() if self._kept else None
        try:
            pack = ready_pack(self._folder)
            if good is None or self._kept is None or pack.version == self._kept.version():
                return pack
            return self._load(self._folder)[0]
        except PackError as error:
            if good is None:
                raise
            pack = ready_pack(good)
            self._fault = error
            log.warning(say("packs.last_good", folder=self._folder.absolute(), kept=good, reason=error.problems[0]))
            return pack

    async def _keep_first(self) -> None:
        """Keep the pack we started with if it is good: so far only its files were looked at."""
        if self._kept is None or self._fault or self._pack.version == self._kept.version():
            return
        proven = await asyncio.to_thread(self._try)
        if not isinstance(proven, PackError) and proven[0].version == self._pack.version:
            await asyncio.to_thread(self._kept.keep, self._pack.version)

    async def follow(self) -> None:
        """Take over edits until cancelled."""
        await self._keep_first()
        async for _ in _signs(self._folder):
            try:
                await self._look()
            except Exception:  # whatever goes wrong with one edit, the next one must be seen
                log.exception("an edit was not followed")

    async def _look(self) -> None:
        stamp = await asyncio.to_thread(_stamp, self._folder)
        if stamp == self._seen:
            await self._complain()
            return
        await asyncio.sleep(STILL)
        if await asyncio.to_thread(_stamp, self._folder) != stamp:
            return  # still being written: look again
        proven = await asyncio.to_thread(self._try)
        if await asyncio.to_thread(_stamp, self._folder) != stamp:
            return
        self._seen = stamp
        if isinstance(proven, PackError):
            self._fault, self._since = proven, time.monotonic()
        else:
            await self._take(*proven)

    def _try(self) -> Proven | PackError:
        try:
            return self._load(self._folder)
        except PackError as error:
            return error
        except Exception as error:  # noqa: BLE001 - an edit nobody foresaw is refused like any other
            reason = say("packs.not_understood", error=f"{type(error).__name__}：{error}")
            return PackError([Problem(self._folder.name, 0, reason, say("packs.take_back"))])

    async def _take(self, pack: NoticePack, remarks: tuple[Problem, ...]) -> None:
        before, mended = self._pack, self._told
        self._fault, self._told = None, ""
        if pack.version == before.version and not mended:
            return
        if pack.version != before.version:
            self._pack = pack
        if self._kept is not None:
            await asyncio.to_thread(self._kept.keep, pack.version)
        await self._tell(PackEdit(before, self._pack, remarks))

    async def _complain(self) -> None:
        """Tell staff of a fault that stands, once."""
        fault = self._fault
        if fault is None or str(fault) == self._told or time.monotonic() - self._since < PATIENCE:
            return
        self._told = str(fault)
        await self._tell(PackEdit(self._pack, None, tuple(fault.problems)))


@asynccontextmanager
async def followed(live: LivePack) -> AsyncIterator[None]:
    """Follow the edits of a pack until left."""
    following = asyncio.create_task(live.follow())
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


def _stamp(folder: Path) -> Stamp:
    """Describe the files of a pack by name, size, time and identity; what editors leave beside them does not count."""
    found = set()
    for path in pack_files(folder):
        with suppress(OSError):  # it may be replaced at this very moment
            about = path.stat()
            found.add((path.relative_to(folder).as_posix(), about.st_size, about.st_mtime_ns, about.st_ino))
    return frozenset(found)


async def _signs(folder: Path) -> AsyncIterator[None]:
    """Yield when the folder may have changed: at once if the system tells, and twice a second in any case."""
    await asyncio.sleep(LOOK_MS / 1000)  # the greeting first
    from watchfiles import awatch  # noqa: PLC0415
    from watchfiles._rust_notify import WatchfilesRustInternalError  # noqa: PLC0415

    try:
        async for _ in awatch(
            folder,
            watch_filter=None,
            debounce=LOOK_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
        ):
            yield
    except (OSError, WatchfilesRustInternalError) as error:  # e.g. the system's limit of watches is reached
        log.info("looking instead of being told: %s", error)
        while True:
            yield
            await asyncio.sleep(LOOK_MS / 1000)
