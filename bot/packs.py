"""The packs at hand: found by id, the newest by default."""

from pathlib import Path

from bot.startup import StartupError
from knowledge.pack import PACKS, NoticePack, load_pack


def find_pack(id_or_folder: str | None, packs: Path | None = None) -> NoticePack:
    """Load the pack that is asked for: a folder, an id, or (None) the newest one.

    Raises:
        StartupError: there is no such pack.
        PackError: the pack is faulty.
    """
    return load_pack(pack_folder(id_or_folder, packs))


def pack_folder(id_or_folder: str | None, packs: Path | None = None) -> Path:
    """Find the folder of a pack.

    Raises:
        StartupError: there is no such pack; the message lists those there are.
    """
    home = packs or PACKS
    if id_or_folder and "/" in id_or_folder and Path(id_or_folder).is_dir():
        return Path(id_or_folder)
    known = sorted(
        (folder for folder in home.glob("*") if (folder / "notice.md").is_file()),
        key=lambda folder: (folder / "notice.md").stat().st_mtime,
    )
    if id_or_folder is None and known:
        return known[-1]
    for folder in known:
        if folder.name == id_or_folder:
            return folder
    names = "、".join(folder.name for folder in known) or "（一个也没有）"
    raise StartupError(f"找不到通知资料包“{id_or_folder or home}”。现有的是：{names}。")
