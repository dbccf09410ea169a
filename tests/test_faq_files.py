"""The files of a pack's FAQ: answers, what is open, wordings; every fault is told with the right file and line."""

import shutil
from pathlib import Path

import pytest
import yaml

from bot.packs import lint
from knowledge.loading.faq_files import read_faq
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.problems import PackError
from knowledge.search.index import wordings

ANSWERS, OPEN, TIME = "faq/answers.yaml", "faq/open.yaml", "faq/wordings/time.yaml"


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(PACKS / "anhui-2024", tmp_path / "pack"))


def _edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def _line(folder: Path, file: str, words: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def _told(folder: Path, reason: str) -> tuple[str, int, str]:
    (problem,) = [problem for problem in lint(folder) if reason in problem.reason]
    return problem.file, problem.line, problem.mend


def test_an_old_single_file_is_read_as_before(folder, pack):
    """A pack that holds its whole FAQ in one `faq.yaml` says the same: entries, wordings, answers, common sentences."""
    whole = pack.faq.model_dump(mode="json", exclude_defaults=True)
    shutil.rmtree(folder / "faq")
    (folder / "faq.yaml").write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert load_pack(folder).faq == pack.faq
    assert lint(folder) == []


def test_faults_of_an_old_single_file_are_told_in_it(folder, pack):
    """Where there is one file, every fault stands in it."""
    whole = pack.faq.model_dump(mode="json", exclude_defaults=True)
    whole["entries"][1]["answer"] = "请在{dedline}之前交。"
    shutil.rmtree(folder / "faq")
    (folder / "faq.yaml").write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert _told(folder, "dedline")[:2] == ("faq.yaml", _line(folder, "faq.yaml", "dedline"))


def test_one_file_and_a_folder_are_one_too_many(folder):
    """Nobody can tell which of the two an applicant would be answered from."""
    (folder / "faq.yaml").write_text("entries: []\n", encoding="utf-8")
    with pytest.raises(PackError, match="同时存在"):
        load_pack(folder)


def test_wordings_stand_with_their_entry_or_apart(folder, pack):
    """A wording counts the same in the entry itself and in a file of its own; any number of files may hold some."""
    _edit(
        folder,
        ANSWERS,
        "  question: 申报截止到什么时候？\n",
        "  question: 申报截止到什么时候？\n  variants: 何日封门\n",
    )
    (folder / "faq" / "wordings" / "staff.yaml").write_text("deadline: |\n  哪日落锁\n", encoding="utf-8")
    entry = load_pack(folder).faq.entries[0]
    assert set(wordings(entry)) == {*wordings(pack.faq.entries[0]), "何日封门", "哪日落锁"}


def test_every_file_of_the_faq_makes_the_version(folder, pack):
    """An edit of a file in a sub-folder is a new version, as any edit is."""
    before = load_pack(folder).version
    assert before == pack.version
    (folder / "faq" / "wordings" / "staff.yaml").write_text("deadline: |\n  哪日落锁\n", encoding="utf-8")
    assert load_pack(folder).version != before


NO_FACT = "没有“dedline”这个事实"
HELP = "faq/categories.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (OPEN, "- id: u_extend", "- id: phone", "编号“phone”用了两次，另一处在 faq/answers.yaml"),
        (OPEN, "- id: u_hour", "- id: u_extend # 又", "编号“u_extend”用了两次，另一处在 faq/open.yaml"),
        (TIME, "opening: |", "openin: |", "没有编号是“openin”的问答"),
        (OPEN, "  about: 截止时间会不会", "  about: 截止时间{dedline}会不会", NO_FACT),
        (OPEN, "  note: 现有规定是即日起", "  note: 现有规定是{dedline}即日起", NO_FACT),
        (OPEN, "answer: 通知未说明{about}。", "answer: 通知{dedline}未说明{about}。", NO_FACT),
        (ANSWERS, "  days_left: 距截止", "  days_left: 距{dedline}截止", NO_FACT),
        (ANSWERS, "  holds: 来得及：{said}", "  holds: 来得及：{sad}", "没有“sad”这个事实"),
        (HELP, "field: category", "field: kategory", "没有“kategory”这个栏目"),
        (HELP, "entry: which_category", "entry: wich", "没有“wich”这一条问答"),
        ("faq/wordings/contact.yaml", "phone: |", "phone: |\n  最后期限到底哪天", "问法“最后期限到底哪天”与“deadline”"),
    ],
)
def test_a_fault_is_told_where_it_stands(folder, file, old, new, told):
    """Two entries of one id, wordings of nobody, names that stand for nothing: each with its own file and line."""
    _edit(folder, file, old, new)
    at, line, mend = _told(folder, told)
    assert (at, line) == (file, _line(folder, file, new.split("\n")[-1]))
    assert mend


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("  about: 延期\n  answer: 通知未说明延期。", "about 和 answer 要写一个"),
        ("  note: 请按此准备。", "about 和 answer 要写一个"),
        ("  about:", "about 后面没有内容"),
        ("  covered: false\n  about: 延期", "没有 covered 这一项"),
    ],
)
def test_an_open_entry_says_what_is_open(folder, new, reason):
    """What the notice leaves open is named for the common sentence, or answered in full, not both."""
    _edit(folder, OPEN, "  about: 截止时间会不会延长\n  note: 现有规定是即日起至{deadline}，请按此准备。", new)
    assert _told(folder, reason)[0] == OPEN


def test_faults_of_several_files_are_told_at_once(folder):
    """Whoever edits three files learns of all three mistakes."""
    _edit(folder, ANSWERS, "- id: opening", "- id: [opening")
    _edit(folder, "form.yaml", "key: period", "key: period？")
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    assert {problem.file for problem in caught.value.problems} == {ANSWERS, "form.yaml"}


def test_a_wording_is_found_in_its_file(folder):
    """The very line of a wording is known, wherever it stands."""
    faq, sources = read_faq(folder)
    number = next(number for number, entry in enumerate(faq.entries) if entry.id == "u_extend")
    file, line = sources.where(("entries", number, "variants"), "能网开一面吗")
    assert (file, line) == ("faq/wordings/open.yaml", _line(folder, "faq/wordings/open.yaml", "能网开一面吗"))
