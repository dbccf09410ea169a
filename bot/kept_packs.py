"""The packs that were good, kept on disk with their history: what the bot starts with when the folder is broken.

    <data>/packs/<name>/<UTC time>-<version>/<name>/…     the newest is the last good one

Copies are whole folders, so that staff can take a file, or everything, back from them by hand.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger(__name__)

MOST = 30  # copies of one pack; the oldest goes first
_TIME = "%Y%m%d-%H%M%S%f"
KINDS = frozenset({".md", ".yaml", ".docx"})  # files of a pack; what editors leave beside them is none


def pack_files(folder: Path) -> Iterator[Path]:
    """Give the files of a pack, without what editors and systems leave beside them."""
    for path in folder.rglob("[!.~]*"):
        name = path.relative_to(folder).as_posix()
        if path.suffix in KINDS and not name.startswith(".") and "/." not in name:
            yield path


class KeptPacks:
    """The good versions of the pack that stands in one folder."""

    def __init__(self, home: Path, folder: Path) -> None:
        """Keep under `home` what stands in `folder`; makes nothing yet."""
        self._folder = folder
        self._home = home / folder.absolute().name

    def newest(self) -> Path | None:
        """Give the folder of the last good pack; None when there has been none."""
        copies = self._copies()
        return copies[-1] / self._home.name if copies else None

    def version(self) -> str:
        """Give the version of the last good pack; empty when there has been none."""
        copies = self._copies()
        return copies[-1].name.rpartition("-")[2] if copies else ""

    def history(self) -> list[tuple[str, datetime, Path]]:
        """List the good packs kept, the newest first: version, when it was kept (UTC), its folder."""
        found = []
        for copy in reversed(self._copies()):
            time, _, version = copy.name.rpartition("-")
            found.append((version, datetime.strptime(time, _TIME).replace(tzinfo=UTC), copy / self._home.name))
        return found

    def gone(self) -> list[str]:
        """List the files of the last good pack that are in the folder no more, relative to it."""
        good = self.newest()
        names = [path.relative_to(good).as_posix() for path in pack_files(good)] if good else []
        return sorted(name for name in names if not (self._folder / name).is_file())

    def keep(self, version: str) -> None:
        """Copy the pack as it stands, whole or not at all; a disk that takes nothing is logged and harms nobody."""
        if version == self.version():
            return
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._home, prefix=".") as draft:
                copy = Path(draft) / "copy"
                for path in pack_files(self._folder):
                    target = copy / self._home.name / path.relative_to(self._folder)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(path, target)
                copy.rename(self._home / f"{datetime.now(UTC):{_TIME}}-{version}")
        except OSError:
            log.warning("the good pack could not be kept in %s", self._home, exc_info=True)
            return
        for old in self._copies()[:-MOST]:
            shutil.rmtree(old, ignore_errors=True)

    def _copies(self) -> list[Path]:
        return sorted(path for path in self._home.glob("[!.]*-*") if path.is_dir())
