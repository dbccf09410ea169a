"""Documents on disk: whole or not at all."""

import os
import tempfile
from pathlib import Path

from bot.errors import StartupError, reason


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
        raise _refused(folder, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise _refused(folder, error) from error
    return target


def check_folder(folder: Path) -> None:
    """Find out before anything is asked whether documents can be written here later; makes nothing.

    Raises:
        StartupError: they cannot.
    """
    here = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not here.is_dir():
        raise StartupError(f"文件写不进目录 {folder}（{here} 是文件，不是目录）。请换一个可写的目录：--out 目录。")
    if not os.access(here, os.W_OK | os.X_OK):
        raise StartupError(f"文件写不进目录 {folder}（没有权限）。请换一个可写的目录：--out 目录。")


def _refused(folder: Path, error: OSError) -> StartupError:
    return StartupError(f"文件写不进目录 {folder}（{reason(error)}）。请换一个可写的目录：--out 目录。")
