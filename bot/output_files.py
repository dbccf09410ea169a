"""Documents on disk: whole or not at all."""

import os
import tempfile
from pathlib import Path

from bot.errors import StartupError, reason
from bot.messages import say


def save(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into the folder, which is made if need be; an older one of that name is replaced.

    Raises:
        StartupError: the folder or the disk does not take it; nothing half-written is left.
    """
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    except OSError as error:
        raise _refused(folder, reason(error)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise _refused(folder, reason(error)) from error
    return target


def check_folder(folder: Path) -> None:
    """Find out before anything is asked whether documents can be written here later; makes nothing.

    Raises:
        StartupError: they cannot.
    """
    here = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not here.is_dir():
        raise _refused(folder, say("files.in_the_way", path=here))
    if not os.access(here, os.W_OK | os.X_OK):
        raise _refused(folder, say("system.no_permission"))


def _refused(folder: Path, why: str) -> StartupError:
    return StartupError(say("files.unwritable", folder=folder, reason=why))
