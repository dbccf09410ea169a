"""Edits of a pack's files: tried on a copy with all that `check` says, then written whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.kept_packs import pack_files
from bot.output_files import save
from bot.packs import lint
from knowledge.problems import Problem

Texts = Mapping[str, str]  # file, relative to the pack's folder → its whole text


@contextmanager
def trial(folder: Path, texts: Texts) -> Iterator[tuple[Path, list[Problem]]]:
    """Give a copy of a pack with the files changed, and everything that is wrong with it; gone when left."""
    with tempfile.TemporaryDirectory() as spare:
        tried = Path(shutil.copytree(folder, Path(spare) / folder.name))
        for file, text in texts.items():
            (tried / file).parent.mkdir(exist_ok=True)
            (tried / file).write_text(text, encoding="utf-8")
        yield tried, lint(tried)


def edited(folder: Path, texts: Texts) -> list[Problem]:
    """Write the files if the pack is still good with them; else give what is wrong, and nothing is written.

    Raises:
        StartupError: the folder cannot be written.
    """
    with trial(folder, texts) as (_, problems):
        grave = [problem for problem in problems if problem.grave]
    if grave:
        return grave
    write_whole(folder, texts)
    return []


def restored(folder: Path, good: Path) -> list[Problem]:
    """Bring a kept pack back: its files as they were, those that came since gone; gives what is wrong with it now.

    Raises:
        StartupError: the folder cannot be written.
    """
    if grave := [problem for problem in lint(good) if problem.grave]:
        return grave
    kept = {path.relative_to(good) for path in pack_files(good)}
    for path in sorted(kept):
        if not (folder / path).is_file() or (folder / path).read_bytes() != (good / path).read_bytes():
            save((folder / path).parent, path.name, (good / path).read_bytes())
    for path in [path for path in pack_files(folder) if path.relative_to(folder) not in kept]:
        path.unlink()
    return []


def write_whole(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files, all or none: what was there comes back when one of them cannot be written.

    Raises:
        StartupError: the folder cannot be written.
    """
    kept: dict[str, bytes | None] = {}
    try:
        for file, text in texts.items():
            path = folder / file
            kept[file] = path.read_bytes() if path.is_file() else None
            save(path.parent, path.name, _as_before(text, kept[file] or b""))
    except BaseException:
        for file, content in kept.items():
            if content is None:
                (folder / file).unlink(missing_ok=True)
            else:
                (folder / file).write_bytes(content)
        raise


def _as_before(text: str, before: bytes) -> bytes:
    """Keep the line ends and the byte order mark an editor has given a file."""
    ends = text.replace("\n", "\r\n") if b"\r\n" in before else text
    return (b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b"") + ends.encode()
