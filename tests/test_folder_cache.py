"""What is made of a pack's folder is made once for the same contents, and anew after any edit."""

import os
import shutil
from pathlib import Path

import pytest

from bot.packs import lint
from knowledge.loading.pack_folder import PACKS, FolderCache, load_pack
from knowledge.problems import PackError

SMALL = Path(__file__).parent / "packs" / "volunteer-2025"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "ours")


def test_the_same_files_give_the_same_pack(folder: Path) -> None:
    """Also from a copy elsewhere, as long as it goes by the same name."""
    copy = shutil.copytree(folder, folder.parent / "elsewhere" / "ours")
    assert load_pack(folder) is load_pack(folder)
    assert load_pack(copy) is load_pack(folder)
    assert load_pack(PACKS / "anhui-2024") is not load_pack(folder)


def test_an_edit_counts_though_size_and_time_stay(folder: Path) -> None:
    """Contents decide."""
    form, before = folder / "form.yaml", load_pack(folder)
    times = form.stat()
    form.write_text(
        form.read_text(encoding="utf-8").replace("例", "如").replace("title: 2025", "title: 2026", 1), "utf-8"
    )
    os.utime(form, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert form.stat().st_size == times.st_size
    assert load_pack(folder).form.title == before.form.title.replace("2025", "2026")
    assert before.form.title.startswith("2025")


def test_a_fault_is_found_again_until_it_is_mended(folder: Path) -> None:
    """Nothing faulty is remembered."""
    good = (folder / "form.yaml").read_bytes()
    (folder / "form.yaml").write_text("title: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PackError):
            load_pack(folder)
    (folder / "form.yaml").write_bytes(good)
    assert load_pack(folder).form.title


def test_a_check_finds_each_fault_where_it_is_and_not_in_a_mended_copy(folder: Path) -> None:
    """What a check says is remembered, by the place it was asked about, and may be changed by who asked."""
    form = folder / "form.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("{deadline}", "{deadlin}"), encoding="utf-8")
    mended = shutil.copytree(SMALL, folder.parent / "mended" / "ours")
    found = lint(folder)
    assert any("{deadlin}" in problem.reason for problem in found)
    assert lint(mended) == []
    found.clear()
    assert lint(folder)
    shutil.copyfile(mended / "form.yaml", form)
    assert lint(folder) == []


def test_only_the_newest_are_kept_and_none_saved_while_it_was_read(tmp_path: Path) -> None:
    """So that memory stays flat over many edits, and a half-read folder is read again."""
    made: list[str] = []
    cache: FolderCache[str] = FolderCache(lambda _: ["a"])

    def make(folder: Path) -> str:
        made.append((folder / "a").read_text(encoding="utf-8"))
        return made[-1]

    for number in (*range(cache.MOST + 1), 0, 0):
        (tmp_path / "a").write_text(str(number), encoding="utf-8")
        assert cache.get(tmp_path, make) == str(number)
    assert made == [*map(str, range(cache.MOST + 1)), "0"]

    def disturbed(folder: Path) -> str:
        (folder / "a").write_text("saved meanwhile", encoding="utf-8")
        return "half read"

    (tmp_path / "a").write_text("new", encoding="utf-8")
    assert cache.get(tmp_path, disturbed) == "half read"
    (tmp_path / "a").write_text("new", encoding="utf-8")
    assert cache.get(tmp_path, make) == "new"
