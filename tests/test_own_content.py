"""What staff edit in a folder of their own (`shenbao init`), and a key renamed everywhere (`shenbao rename`)."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.kept_packs import pack_files
from bot.office.application_table import answers
from bot.office.key_rename import rename_key
from bot.packs import lint, ready_pack
from dialogs.engine import new_session, turn
from dialogs.protocol import Moment, Text
from dialogs.session import Draft, FieldValue
from dialogs.submission import Entry, Submission
from knowledge.loading.pack_folder import PACKS
from tests.terminal import run_here

SHIPPED = PACKS / "anhui-2024"
OTHERS = sorted((Path(__file__).parent / "packs").iterdir())
MOMENT = Moment(today=date(2024, 2, 5))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "ours"))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in pack_files(folder)}


def test_packs_are_copied_out_of_the_program(tmp_path: Path) -> None:
    """Every file is there, what to set is said, and what is there already is never overwritten."""
    done = run_here(tmp_path, "init", "内容")
    assert done.returncode == 0
    assert f"SHENBAO_PACKS={tmp_path / '内容'}" in done.stdout
    assert _bytes(tmp_path / "内容" / "anhui-2024") == _bytes(SHIPPED)
    (tmp_path / "内容" / "anhui-2024" / "notice.md").write_text("改过", encoding="utf-8")
    again = run_here(tmp_path, "init", "内容")
    assert again.returncode == 1
    assert "没有动它" in again.stderr
    assert (tmp_path / "内容" / "anhui-2024" / "notice.md").read_text(encoding="utf-8") == "改过"


def test_a_copied_pack_is_the_one_that_is_used(tmp_path: Path) -> None:
    """With the setting that was told, commands read the office's own folder."""
    run_here(tmp_path, "init", "own")
    done = run_here(tmp_path, "ask", "什么时候截止", "--where", "什么时候截止", SHENBAO_PACKS=str(tmp_path / "own"))
    assert str(tmp_path / "own") in done.stdout or "faq/answers.yaml" in done.stdout


@pytest.mark.parametrize("key", ["reach", "project_name", "registered", "contact_recommender", "category"])
def test_a_key_is_renamed_everywhere(folder: Path, key: str) -> None:
    """The pack is good afterwards, names the key nowhere but as a former one, and is else what it was."""
    before = ready_pack(SHIPPED)
    rename_key(folder, key, "quite_new")
    after = ready_pack(folder)
    assert not [problem for problem in lint(folder) if problem.grave]
    assert after.fields["quite_new"].formerly == (key,)
    assert key not in after.fields
    old, new = (pack.form.model_dump_json() + pack.faq.model_dump_json() for pack in (before, after))
    said = new.replace(f'"formerly":["{key}"]', '"formerly":[]').replace('"quite_new"', f'"{key}"')
    assert said.replace("{quite_new", "{" + key).replace('"quite_new.', f'"{key}.') == old


@pytest.mark.parametrize("other", OTHERS, ids=lambda one: one.name)
def test_every_key_of_every_pack_can_be_renamed(tmp_path: Path, other: Path) -> None:
    """Conditions, sums, tables and marks in the template follow: the first, a middle and the last field of each."""
    form = ready_pack(other).form
    columns = {column.key for field in form.fields for column in field.columns}
    keys = [field.key for field in form.fields if field.key not in columns]
    folder = Path(shutil.copytree(other, tmp_path / other.name))
    for number, key in enumerate((keys[0], keys[len(keys) // 2], keys[-1])):
        rename_key(folder, key, f"quite_new_{number}")
    assert not [problem for problem in lint(folder) if problem.grave]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nobody", "x", "没有 nobody 这个栏目"),
        ("reach", "Reach", "不能用"),
        ("reach", "传播量", "不能用"),
        ("reach", "funds", "已经是另一个栏目"),
        ("reach", "deadline", "已经是另一个栏目、事实"),
    ],
)
def test_a_name_that_will_not_do_is_told(folder: Path, old: str, new: str, said: str) -> None:
    """And nothing is written."""
    before = _bytes(folder)
    with pytest.raises(StartupError, match=said):
        rename_key(folder, old, new)
    assert _bytes(folder) == before


def test_what_applicants_have_filled_in_follows(folder: Path) -> None:
    """A draft under the old key holds its value under the new one; so does what the office has."""
    old = ready_pack(folder)
    held = FieldValue(text="320人", value=320, display="320人")
    session = new_session(old).model_copy(
        update={"drafts": {1: Draft(id=1, values={"participants": held})}, "current": 1}
    )
    rename_key(folder, "participants", "people")
    pack = ready_pack(folder)
    after = turn(session, Text(text="预览"), pack, MOMENT).session
    assert after.draft.values["people"].value == 320
    submission = Submission(pack_id="x", pack_version="1", entries={"participants": Entry(value=320, display="320人")})
    listed = list(answers(pack, type("One", (), {"submission": submission})()))
    assert listed == [(pack.fields["people"].label, "320人")]


def test_the_command_says_what_it_changed(tmp_path: Path, folder: Path) -> None:
    """File by file, and what becomes of applications under way."""
    done = run_here(tmp_path, "rename", "reach", "spread", "--pack", f"{folder}/")
    assert done.returncode == 0, done.stderr
    assert "form.yaml：" in done.stdout
    assert "template.docx：" in done.stdout
    assert "已把 reach 改名为 spread" in done.stdout
