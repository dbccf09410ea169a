"""`shenbao check`: faults with their place, and what is answered otherwise than when the pack was last good."""

import shutil

import pytest

from bot.commands.check import check
from bot.office.answer_snapshots import changed, load
from knowledge.loading.pack_folder import PACKS


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(PACKS / "anhui-2024", tmp_path / "pack")


def _checked(folder, data):
    said = []
    return check(folder, data, said.append), "\n".join(said)


def _edit(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_good_pack_passes_and_is_remembered(folder, tmp_path):
    """A pack without faults passes; its answers are kept for the next time."""
    (tmp_path / "data").mkdir()
    status, said = _checked(folder, tmp_path / "data")
    coverage, passed = said.splitlines()
    assert (status, passed) == (0, "pack：检查通过，没有发现问题。")
    assert coverage.startswith("共享话题：通知已答")
    assert load(tmp_path / "data" / "answers" / "anhui-2024.json")


def test_changed_answers_are_shown_once(folder, tmp_path):
    """After a changed fact the questions it answers are listed with old and new reply; checked again, nothing is."""
    data = tmp_path / "data"
    data.mkdir()
    _checked(folder, data)
    for path in (*folder.glob("*.md"), *folder.rglob("*.yaml")):  # the fact, the clause, and every quote of it
        text = path.read_text(encoding="utf-8").replace("2024-02-19", "2024-02-26")
        path.write_text(text.replace("2 月 19 日", "2 月 26 日"), encoding="utf-8")
    status, said = _checked(folder, data)
    assert status == 0
    assert "个问题的答复变了" in said
    assert "原来：" in said
    assert "2024年2月26日" in said
    status, said = _checked(folder, data)
    assert (status, said.splitlines()[1:]) == (0, ["pack：检查通过，没有发现问题。"])


def test_fault_is_told_with_file_and_line(folder, tmp_path):
    """A fault gives exit status 1 and `file:line: reason。怎么改：mend`; the faulty answers are not remembered."""
    _edit(folder, "faq/answers.yaml", "\nentries:\n", "\nentries:\n- id：cat\n")
    status, said = _checked(folder, tmp_path / "data")
    line = (folder / "faq/answers.yaml").read_text(encoding="utf-8").splitlines().index("- id：cat") + 1
    assert status == 1
    assert said.startswith(f"faq/answers.yaml:{line}: ")
    assert "怎么改：" in said
    assert not (tmp_path / "data").exists()


def test_regression_question_that_fails_fails_the_check(folder, tmp_path):
    """A question of `tests.yaml` answered by another entry is a failed check, and the last good answers stay."""
    data = tmp_path / "data"
    data.mkdir()
    _checked(folder, data)
    kept = load(data / "answers" / "anhui-2024.json")
    _edit(folder, "tests.yaml", "questions:\n", "questions:\n  - {q: 什么时候截止, entry: address}\n")
    status, said = _checked(folder, data)
    assert status == 1
    assert "tests.yaml:" in said
    assert load(data / "answers" / "anhui-2024.json") == kept


def test_unwritable_memory_does_not_fail_the_check(folder, tmp_path):
    """Where the answers cannot be kept the check passes all the same and says why there is nothing to compare."""
    (tmp_path / "data").write_text("a file where a folder should be", encoding="utf-8")
    status, said = _checked(folder, tmp_path / "data")
    assert status == 0
    assert "没有记下" in said


def test_questions_that_came_or_went_are_changes(tmp_path):
    """A question that is new or gone is listed as such; a damaged memory counts as none."""
    assert changed({"甲": "一", "乙": "二"}, {"甲": "一", "丙": "三"}) == [
        ("丙", "（原来没有这个问题）", "三"),
        ("乙", "二", "（现在没有这个问题）"),
    ]
    damaged = tmp_path / "answers.json"
    damaged.write_text("[1", encoding="utf-8")
    assert load(damaged) == {}
