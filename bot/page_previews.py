"""The pages of a document as pictures and as a PDF, made by LibreOffice: isolated, one at a time, in nobody's way."""

import asyncio
import logging
import os
import shutil
import signal
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from bot.store.storage_key import StorageKey
from bot.store.store_errors import StoreError
from bot.store.updates import Inbound
from dialogs.protocol import Pictured, Showing

SECONDS = 60.0  # for one document; a hung LibreOffice is killed
MOST_PAGES = 6
BUSY = 3  # documents waiting
DPI = 110  # a page is then 910 pixels wide: a phone's screen
_OFFICES = ("soffice", "libreoffice")
_FONTS = "page_fonts.conf"  # which fonts stand in for those the form names

log = logging.getLogger(__name__)  # the terminal starts without the structured logs


class Drawing(NamedTuple):
    """A document as it prints: its pages as PNGs, and all of it as a PDF; empty where it could not be made."""

    pages: tuple[bytes, ...] = ()
    pdf: bytes = b""


Convert = Callable[[bytes], Awaitable[Drawing]]


async def draw(document: bytes) -> Drawing:
    """Draw a .docx; an empty drawing when LibreOffice is not there, fails, or takes too long.

    Each call has a folder and a LibreOffice profile of its own, removed afterwards. Without poppler's `pdftoppm` only
    the first page is given as a picture.
    """
    office = next(filter(None, map(shutil.which, _OFFICES)), None)
    if office is None:
        return Drawing()
    with tempfile.TemporaryDirectory(prefix="shenbao-pages-", ignore_cleanup_errors=True) as folder:
        try:
            async with asyncio.timeout(SECONDS):
                return await _converted(office, Path(folder), document)
        except (OSError, TimeoutError) as error:
            log.warning("pages not made: %s", type(error).__name__)
            return Drawing()


async def _converted(office: str, folder: Path, document: bytes) -> Drawing:
    await asyncio.to_thread((folder / "form.docx").write_bytes, document)
    pdftoppm = shutil.which("pdftoppm")
    convert = (office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore")
    await _run(folder, *convert, "--convert-to", "pdf", "form.docx")
    if pdftoppm:
        await _run(folder, pdftoppm, "-png", "-r", str(DPI), "-l", str(MOST_PAGES), "form.pdf", "form")
    else:
        await _run(folder, *convert, "--convert-to", "png", "form.docx")
    return await asyncio.to_thread(_made, folder)


def _made(folder: Path) -> Drawing:
    pdf = folder / "form.pdf"
    pages = tuple(path.read_bytes() for path in sorted(folder.glob("form*.png")))
    return Drawing(pages, pdf.read_bytes() if pdf.exists() else b"")


async def _run(folder: Path, *command: str) -> None:
    """Run a program to its end; with everything it started, it dies when we stop waiting."""
    with as_file(files("bot") / _FONTS) as fonts:
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"}
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=environment | {"FONTCONFIG_FILE": str(fonts)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()


def pictured(key: StorageKey, showing: Showing, drawing: Drawing) -> Inbound:
    """Make the update that brings the pages into the conversation."""
    event = Pictured(name=showing.document.name, pages=drawing.pages, pdf=drawing.pdf, asked=showing.asked)
    return Inbound(update_id=f"pages:{uuid4()}", key=key, event=event)


class PagePreviews:
    """Makes pictures behind the conversations' backs; a crash loses at most a picture, which can be asked for again."""

    def __init__(
        self,
        receive: Callable[[Sequence[Inbound]], Awaitable[None]],
        convert: Convert = draw,
        *,
        unasked: bool = True,
    ) -> None:
        """Bring pictures in like updates.

        Args:
            receive: makes an update durable.
            convert: makes the drawing.
            unasked: whether a document just handed over is shown without being asked for.
        """
        self._receive, self._convert, self._unasked = receive, convert, unasked
        self.notify: Callable[[Iterable[StorageKey]], None] = lambda _: None  # told who has something to do
        self._one_at_a_time = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[None]] = set()

    def show(self, key: StorageKey, showing: Showing) -> None:
        """Begin; returns at once. When many wait, who did not ask gets none: there is a button for it."""
        if not showing.asked and (not self._unasked or len(self._tasks) >= BUSY):
            return
        task = asyncio.create_task(self._show(key, showing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _show(self, key: StorageKey, showing: Showing) -> None:
        async with self._one_at_a_time:
            drawing = await self._convert(showing.document.content)
        try:
            await self._receive([pictured(key, showing, drawing)])
        except StoreError as error:
            log.warning("pages not kept: %s", error)
            return
        self.notify([key])

    async def close(self) -> None:
        """Give up what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
