"""What goes wrong on the command line: one clear Chinese line, no traceback, a status that is not zero."""

import json
import resource
import shutil
import signal
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.output_files import save
from knowledge.loading.pack_folder import PACKS
from tests.terminal import run

ANSWERS = {
    "unit_name": "皖北乡村公益促进中心",
    "project_name": "田间课堂",
    "registered": False,
    "contact_recommender": "某市委网信办 周平 0551-65551234",
    "media_links": ["https://example.com/1", "https://example.com/2"],
    "declaration": True,
}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(ANSWERS, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def broken_pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack, for a test to spoil."""
    return Path(shutil.copytree(PACKS / "anhui-2024", tmp_path / "copy"))


def complaint(*arguments: object) -> str:
    """Run a command that must fail with one line on stderr, and give the line."""
    done = run(*arguments)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_pack_that_is_not_there(tmp_path: Path) -> None:
    """The packs there are get listed."""
    assert "anhui-2024" in complaint("console", "--json", "--pack", "nope", "--data", tmp_path)


def test_a_form_that_breaks_off(broken_pack: Path, tmp_path: Path) -> None:
    """File, line, reason and mend are named."""
    with (broken_pack / "form.yaml").open("a", encoding="utf-8") as form:
        form.write("  - oops: [\n")
    said = complaint("console", "--json", "--pack", broken_pack, "--data", tmp_path)
    assert said.startswith("form.yaml:")
    assert "怎么改" in said


def test_a_field_of_an_unknown_kind(broken_pack: Path, tmp_path: Path) -> None:
    """It is told with its line, and the kinds there are get listed."""
    form = broken_pack / "form.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("kind: money", "kind: cash"), encoding="utf-8")
    said = complaint("console", "--json", "--pack", broken_pack, "--data", tmp_path)
    line = form.read_text(encoding="utf-8")[: form.read_text(encoding="utf-8").index("kind: cash")].count("\n") + 1
    assert f"form.yaml:{line}" in said
    assert "cash" in said
    assert "money" in said


def test_a_template_that_is_no_word_file(broken_pack: Path, tmp_path: Path) -> None:
    """It is found out before the first question, not after the last."""
    (broken_pack / "template.docx").write_text("not Word")
    assert "template.docx" in complaint("console", "--json", "--pack", broken_pack, "--data", tmp_path)


def test_a_folder_for_documents_that_is_a_file(tmp_path: Path, answers: Path) -> None:
    """The console refuses at the start, `render` when it writes."""
    assert "--out" in complaint("console", "--json", "--out", answers, "--data", tmp_path)
    assert "--out" in complaint("render", answers, "--out", answers)


def test_a_folder_for_data_that_is_a_file(answers: Path) -> None:
    """The database cannot be made: say where to look."""
    assert "--data" in complaint("console", "--json", "--data", answers)


def test_a_full_disk_leaves_no_half_document(tmp_path: Path) -> None:
    """What does not fit is not written at all; the older document stays."""
    save(tmp_path, "form.docx", b"older")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(StartupError, match="写不进"):
            save(tmp_path, "form.docx", b"newer" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert [path.name for path in tmp_path.iterdir()] == ["form.docx"]
    assert (tmp_path / "form.docx").read_bytes() == b"older"


@pytest.mark.parametrize("command", [("render",), ("import",), ("validate", "--batch"), ("ask", "--batch")])
def test_a_file_that_is_not_there(command: tuple[str, ...], tmp_path: Path) -> None:
    """Its name is said."""
    assert "none.txt" in complaint(*command, tmp_path / "none.txt")


def test_answers_that_are_no_json(tmp_path: Path) -> None:
    """The place of the fault is said."""
    path = tmp_path / "answers.json"
    path.write_text('{\n"unit_name": 甲}', encoding="utf-8")
    assert "第2行" in complaint("render", path)
    path.write_bytes("甲".encode("gbk"))
    assert "UTF-8" in complaint("render", path)


def test_bad_answers_are_listed_and_nothing_is_written(tmp_path: Path) -> None:
    """Status 2, one JSON line a problem, each with field, message and clause."""
    path, out = tmp_path / "answers.json", tmp_path / "out"
    bad = {**ANSWERS, "unit_name": "123", "fill_date": 5, "funds": {"a": 1}, "oops": "x", "media_links": ["ftp://x"]}
    path.write_text(json.dumps(bad, ensure_ascii=False), encoding="utf-8")
    done = run("render", path, "--out", out)
    problems = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert {problem["field"] for problem in problems} == {"oops", "unit_name", "fill_date", "funds", "media_links"}
    assert all(set(problem) == {"field", "message", "clause"} and problem["message"] for problem in problems)
    assert not out.exists()


def test_good_answers_make_the_document(answers: Path, tmp_path: Path) -> None:
    """Status 0 and the path, named as 四.2 demands; what is missing is left out."""
    done = run("render", answers, "--out", tmp_path / "out")
    path = Path(json.loads(done.stdout)["file"])
    assert done.returncode == 0
    assert path.name == "田间课堂+某市委网信办+周平+0551-65551234.docx"
    assert path.read_bytes().startswith(b"PK")


def test_what_was_rendered_can_be_imported(answers: Path, tmp_path: Path) -> None:
    """The values come back, without problems."""
    path = json.loads(run("render", answers, "--out", tmp_path).stdout)["file"]
    found = json.loads(run("import", path).stdout)
    assert found["problems"] == []
    assert found["values"]["project_name"] == "田间课堂"
    assert found["values"]["contact_recommender"]["phone"] == "0551-65551234"


def test_validating_keeps_the_contract(tmp_path: Path) -> None:
    """One line out a line in, in order, with outcome, value, approx, display, message and clause."""
    path = tmp_path / "batch.jsonl"
    lines = [
        {"field": "participants", "text": "约3万人"},
        {"field": "period", "text": "2023年5月至今"},
        {"field": "category", "text": "教育和文化"},
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    found = [json.loads(line) for line in run("validate", "--batch", path).stdout.splitlines()]
    assert [line["outcome"] for line in found] == ["accept", "warn", "reject"]
    assert (found[0]["value"], found[0]["approx"], found[0]["display"]) == (30000, True, "约3万人")
    assert (found[1]["value"], found[1]["clause"]) == ({"start": "2023-05", "end": None}, "三")
    assert found[2]["value"] is None


def test_the_messenger_needs_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one it says where to put it."""
    monkeypatch.chdir(tmp_path)
    assert "TELEGRAM_BOT_TOKEN" in complaint("telegram")
