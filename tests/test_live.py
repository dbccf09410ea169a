"""Packs edited on disk while the bot runs: good edits go live, faulty ones never do, and staff are told."""

import asyncio
import shutil
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import live_pack as live_module
from bot.live_pack import LivePack, PackEdit, followed
from bot.packs import proven_pack
from knowledge.loading.pack_folder import PACKS, load_pack

WAIT = 30.0  # seconds before a test gives up; on an idle machine an edit is live in one


class Staff:
    """Somebody with an editor who waits to hear what became of an edit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.heard: asyncio.Queue[PackEdit] = asyncio.Queue()

    async def tell(self, edit: PackEdit) -> None:
        await self.heard.put(edit)

    async def news(self) -> PackEdit:
        return await asyncio.wait_for(self.heard.get(), WAIT)

    def edits(self, file: str, old: str, new: str) -> None:
        """Change words in a file and save it, as an editor does: in place."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def staff(tmp_path):
    shutil.copytree(PACKS / "anhui-2024", tmp_path / "pack")
    return Staff(tmp_path / "pack")


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(live_module, "LOOK_MS", 100)
    monkeypatch.setattr(live_module, "PATIENCE", 0.5)


def _quickly(folder):
    return load_pack(folder), ()


@asynccontextmanager
async def _running(staff, load=_quickly):
    live = LivePack(staff.folder, load, staff.tell)
    async with followed(live):
        yield live


async def test_good_edit_goes_live_without_a_restart(staff):
    """A deadline changed in the file is the deadline everywhere, at once."""
    async with _running(staff, proven_pack) as live:
        before = live()
        staff.edits("notice.md", "deadline: 2024-02-19", "deadline: 2024-02-26")
        edit = await staff.news()
        assert edit.before is before
        assert edit.after is live()
        assert live().facts.shown("deadline") == "2024年2月26日"


async def test_faulty_edit_is_refused_and_the_next_good_one_taken(staff):
    """With a fault in the file the old content stays live; mended, the new one goes live."""
    async with _running(staff) as live:
        before = live()
        staff.edits("faq/open.yaml", "entries:\n", "entries:\n- id 没有冒号\n")
        edit = await staff.news()
        assert edit.after is None
        assert live() is before
        assert [problem.file for problem in edit.problems] == ["faq/open.yaml"]
        mended = "- id: lunch\n  question: 食堂几点开？\n  about: 食堂\n"
        staff.edits("faq/open.yaml", "- id 没有冒号\n", mended)
        assert (await staff.news()).after is live()
        assert any(entry.id == "lunch" for entry in live().faq.entries)


async def test_fault_undone_is_told_too(staff):
    """When staff take a faulty edit back they hear that all is as before."""
    async with _running(staff) as live:
        before = live()
        staff.edits("form.yaml", "key: period", "key: period？")
        assert (await staff.news()).after is None
        staff.edits("form.yaml", "key: period？", "key: period")
        edit = await staff.news()
        assert edit.after is before is live()


async def test_editor_that_replaces_the_file_is_followed(staff):
    """Editors that write a new file beside the old one and rename it are followed like others, again and again."""
    async with _running(staff) as live:
        for day in ("2024-02-20", "2024-02-21"):
            new = staff.folder / ".notice.md.tmp"
            text = (staff.folder / "notice.md").read_text(encoding="utf-8")
            new.write_text(text.replace(live().facts.date("deadline").isoformat(), day), encoding="utf-8")
            new.replace(staff.folder / "notice.md")
            await staff.news()
            assert live().facts.date("deadline").isoformat() == day


async def test_folder_exchanged_as_a_whole_is_followed(staff):
    """A pack put in place of the old one, folder and all, goes live as well."""
    async with _running(staff) as live:
        other = shutil.copytree(staff.folder, staff.folder.with_name("other"))
        Staff(other).edits("notice.md", "deadline: 2024-02-19", "deadline: 2024-02-27")
        staff.folder.rename(staff.folder.with_name("old"))
        other.rename(staff.folder)
        edit = await staff.news()
        while edit.after is None:  # the moment without a folder may have been long enough to complain about
            edit = await staff.news()
        assert live().facts.date("deadline").day == 27


async def test_half_saved_file_is_nobodys_mistake(staff):
    """An editor that writes a file piece by piece raises no alarm; only the finished file counts."""
    async with _running(staff) as live:
        path = staff.folder / "faq/wordings/open.yaml"
        text = path.read_text(encoding="utf-8").replace("食堂", "餐厅") + "# 加了一行\n"
        with path.open("w", encoding="utf-8") as file:
            for start in range(0, len(text), len(text) // 6 + 1):
                file.write(text[start : start + len(text) // 6 + 1])
                file.flush()
                await asyncio.sleep(0.1)
        edit = await staff.news()
        assert edit.after is live()
        assert staff.heard.empty()


async def test_files_editors_leave_beside_are_not_news(staff):
    """Swap files, backups and Word's lock files are nobody's edit."""
    async with _running(staff) as live:
        before = live()
        for name in (
            ".form.yaml.swp",
            "form.yaml~",
            "~$mplate.docx",
            "note.txt",
            "4913",
            "faq/.open.yaml.swp",
            "faq/open.yaml~",
        ):
            (staff.folder / name).write_text("x", encoding="utf-8")
        staff.edits("notice.md", "deadline: 2024-02-19", "deadline: 2024-02-22")
        assert (await staff.news()).before is before
        assert staff.heard.empty()


async def test_saved_without_a_change_is_not_news(staff):
    """Saving a file as it was tells nobody anything and changes nothing."""
    async with _running(staff) as live:
        before = live()
        path = staff.folder / "faq/answers.yaml"
        path.write_bytes(path.read_bytes())
        staff.edits("notice.md", "deadline: 2024-02-19", "deadline: 2024-02-22")
        assert (await staff.news()).before is before
        assert staff.heard.empty()


async def test_followed_where_the_system_does_not_tell(staff, monkeypatch):
    """Where watching is not possible (the limit of watches is reached) edits are found by looking."""

    def no_watching(*_args, **_more):
        raise OSError("limit reached")

    monkeypatch.setattr("watchfiles.awatch", no_watching)
    async with _running(staff) as live:
        staff.edits("notice.md", "deadline: 2024-02-19", "deadline: 2024-02-23")
        assert (await staff.news()).after is live()


async def test_edit_nobody_foresaw_is_refused_like_any_other(staff):
    """Whatever a loader stumbles over, the old content stays and the next edit is seen."""
    loads = iter([RuntimeError("unforeseen"), None])

    def load(folder):
        if error := next(loads):
            raise error
        return load_pack(folder), ()

    async with _running(staff, load) as live:
        staff.edits("notice.md", "deadline: 2024-02-19", "deadline: 2024-02-23")
        edit = await staff.news()
        assert edit.after is None
        assert "unforeseen" in edit.problems[0].reason
        staff.edits("notice.md", "deadline: 2024-02-23", "deadline: 2024-02-24")
        assert (await staff.news()).after is live()


async def test_trouble_with_telling_does_not_end_the_watch(staff, caplog):
    """When staff cannot be told, the edit is live all the same, and so is the next one."""
    failed = asyncio.Event()

    async def tell(edit):
        if not failed.is_set():
            failed.set()
            raise RuntimeError("no line")
        await staff.tell(edit)

    live = LivePack(staff.folder, _quickly, tell)
    async with followed(live):
        staff.edits("notice.md", "deadline: 2024-02-19", "deadline: 2024-02-23")
        await asyncio.wait_for(failed.wait(), WAIT)
        staff.edits("notice.md", "deadline: 2024-02-23", "deadline: 2024-02-24")
        assert (await staff.news()).after is live()
    assert "an edit was not followed" in caplog.text
