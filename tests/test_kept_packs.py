"""Nothing a slip of the pen can break: a restart with a broken folder goes on with the last good pack and says so."""

import logging
import shutil
from pathlib import Path

import pytest

from bot import live_pack as live_module
from bot.errors import StartupError
from bot.kept_packs import KeptPacks
from bot.live_pack import LivePack, followed
from bot.packs import lint, pack_folder, proven_pack
from bot.settings import Settings
from knowledge.problems import PackError
from tests.house import ROOT
from tests.test_live import Staff

PACK = ROOT / "tests/packs/volunteer-2025"


@pytest.fixture
def staff(tmp_path, monkeypatch) -> Staff:
    monkeypatch.setattr(live_module, "LOOK_MS", 100)
    monkeypatch.setattr(live_module, "PATIENCE", 0.2)
    return Staff(Path(shutil.copytree(PACK, tmp_path / "packs" / "volunteer-2025")))


@pytest.fixture
def kept(tmp_path, staff) -> KeptPacks:
    """A good version, kept by an earlier run."""
    kept = KeptPacks(tmp_path / "data" / "packs", staff.folder)
    kept.keep(proven_pack(staff.folder)[0].version)
    return kept


def _breaks_yaml(staff: Staff) -> None:
    staff.edits("faq.yaml", "entries:\n", "entries:\n- id 没有冒号\n")


def _misquotes(staff: Staff) -> None:
    staff.edits("faq.yaml", "quote: ", "quote: 原文里没有的")


def _loses_a_file(staff: Staff) -> None:
    (staff.folder / "notice.md").unlink()


@pytest.mark.parametrize("breaks", [_breaks_yaml, _misquotes, _loses_a_file])
async def test_a_restart_with_a_broken_folder_goes_on_with_the_last_good_pack(staff, kept, breaks, caplog):
    """What was refused yesterday does not go live by a restart; the log and the staff are told."""
    good = kept.version()
    breaks(staff)
    with caplog.at_level(logging.WARNING):
        live = LivePack(staff.folder, proven_pack, staff.tell, kept)
    assert live().version == good
    assert live().id == proven_pack(PACK)[0].id
    assert "先用上一次检查通过的" in caplog.text
    async with followed(live):
        edit = await staff.news()
    assert edit.after is None
    assert edit.problems


async def test_a_good_edit_made_while_the_bot_was_off_is_live_and_kept(staff, kept):
    """With the old version still beside it."""
    old = kept.newest()
    staff.edits("faq.yaml", "question: ", "question: 请问")
    live = LivePack(staff.folder, proven_pack, staff.tell, kept)
    assert live().version != kept.version()
    await live._keep_first()
    assert live().version == kept.version()
    assert old is not None
    assert old.is_dir()
    assert [str(problem) for problem in lint(kept.newest()) if problem.grave] == []


def test_without_a_good_one_a_broken_folder_is_no_pack(staff, tmp_path):
    """As it was: the fault is told and nothing starts."""
    _breaks_yaml(staff)
    with pytest.raises(PackError):
        LivePack(staff.folder, proven_pack, staff.tell, KeptPacks(tmp_path / "data", staff.folder))


def test_the_default_is_the_call_that_ends_last_whatever_the_files_times(tmp_path):
    """Copying, restoring or touching files changes nothing."""
    for name in ("volunteer-2025", "reading-2026", "heritage-2025"):
        shutil.copytree(ROOT / "tests/packs" / name, tmp_path / name)
    (tmp_path / "heritage-2025" / "notice.md").touch()
    assert pack_folder(None, tmp_path).name == "reading-2026"


def test_a_mistyped_data_folder_is_told_and_not_made(tmp_path):
    """A command that only reads makes no database."""
    settings = Settings(data=tmp_path / "dta", _env_file=None)
    with pytest.raises(StartupError, match="没有数据"):
        assert settings.filled_database
    assert list(tmp_path.iterdir()) == []
