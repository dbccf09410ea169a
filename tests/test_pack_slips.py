"""Slips of somebody new to YAML: the cause is told, not what the parser stumbled over; nothing is silent."""

import shutil
from pathlib import Path

import pytest

from bot.commands.check import check
from bot.kept_packs import KeptPacks
from bot.packs import lint
from knowledge.loading.pack_folder import PACKS

ANSWERS, OPEN, NOTICE, TIME = "faq/answers.yaml", "faq/open.yaml", "notice.md", "faq/wordings/time.yaml"
WHO = "  question: 哪些单位可以申报？"
ENTRY = "- id: zz\n  question: 怎样请假？\n"

SLIPS = [
    (ANSWERS, WHO, "  question: 哪些单位 # 可以申报？", "成了注释"),
    (ANSWERS, WHO, "  question: “哪些单位可以申报？”", "中文引号会照样显示"),
    (ANSWERS, WHO, '  question: "哪些单位"可以申报？', "引号后面还有文字"),
    (ANSWERS, WHO, '  question: "哪些单位可以申报？', "引号没有成对"),
    (ANSWERS, WHO, "　　question: 哪些单位可以申报？", "行首是全角空格"),
    (ANSWERS, WHO, "\u00a0\u00a0question: 哪些单位可以申报？", "行首是全角空格"),
    (ANSWERS, WHO, "  question：哪些单位可以申报？", "冒号用成了中文"),
    (ANSWERS, WHO, "  question:哪些单位可以申报？", "冒号后面没有空格"),
    (ANSWERS, WHO, "  question: #哪些单位可以申报？", "question 后面没有内容"),
    (ANSWERS, WHO, f"{WHO}\n{WHO}", "同一个名字写了两次"),
    (ANSWERS, WHO, f"{WHO}\n  variants:\n    谁能报名呀\n    哪家能报名呀", "分了几行却没有“|”"),
    (ANSWERS, "- id: who\n", "-　id: who\n", "行首是全角空格"),
    (ANSWERS, "- id: who\n", "－ id: who\n", "行首的“-”用成了全角"),
    (ANSWERS, "- id: who\n", "  - id: who\n", "没有和其他条目对齐"),
    (ANSWERS, "    现在就可以申报", "现在就可以申报", "正文顶到了行首"),
    (ANSWERS, "fields: [fill_date]", "fields: 【fill_date】", "fields 应是几行的列表"),
    (TIME, "opening: |\n", f"{ENTRY}opening: |\n", "没有和其他条目对齐"),
    (OPEN, "unrelated:\n", f"unrelated:\n{ENTRY}", "“zz”这一条：缺少 about"),
    (NOTICE, " {#四.2}", "", "标题没有编号"),
    (NOTICE, "{#四.2}", "｛#四.2｝", "标题没有编号"),
    (NOTICE, "  deadline: 2024", "\tdeadline: 2024", "行首用了 Tab 键"),
    (NOTICE, "deadline: 2024-02-19", "deadline: 2023-02-19", "在通知正文里没有"),
    (NOTICE, "deadline: 2024-02-19", "deadline: 2074-02-19", "在通知正文里没有"),
]


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(PACKS / "anhui-2024", tmp_path / "anhui-2024"))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"), SLIPS, ids=[f"{told} {n}" for n, (*_, told) in enumerate(SLIPS)]
)
def test_a_slip_is_told_by_its_cause(folder, file, old, new, told):
    """In the very file, with a mend."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [problem for problem in lint(folder) if told in problem.reason]
    assert found, [str(problem) for problem in lint(folder)][:5]
    assert found[0].file == file
    line = text[: text.index(old)].count("\n") + 1
    assert line <= found[0].line <= line + 3
    assert found[0].mend


def test_a_lost_anchor_is_told_once(folder):
    """And not at each of the quotes that name it."""
    text = (folder / NOTICE).read_text(encoding="utf-8")
    (folder / NOTICE).write_text(text.replace(" {#四.2}", "", 1), encoding="utf-8")
    assert len([problem for problem in lint(folder) if "四.2" in problem.reason]) == 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [(ANSWERS, "answers.yaml.txt"), (ANSWERS, "answers.yml"), (NOTICE, "notice.md.txt"), (TIME, "time.yaml.txt")],
)
def test_a_file_under_a_wrong_name_is_named(folder, right, wrong):
    """With the name it should have."""
    path = folder / right
    path.rename(path.with_name(wrong))
    (first, *_) = [problem for problem in lint(folder) if "结尾不对" in problem.reason]
    assert first.file.endswith(wrong)
    assert path.name in first.mend


@pytest.mark.parametrize("name", ["eligibility.yaml", "tests.yaml"])
def test_a_file_that_is_gone_is_named(folder, tmp_path, name):
    """Though a pack may do without it."""
    KeptPacks(tmp_path / "data" / "packs", folder).keep("good")
    (folder / name).unlink()
    said: list[str] = []
    check(folder, tmp_path / "data", said.append)
    assert any(line.startswith(f"{name}: 上次还有这个文件") for line in said)


@pytest.mark.parametrize("name", ["notice.md", ANSWERS, OPEN, "form.yaml", "template.docx", TIME])
@pytest.mark.parametrize(
    "content", [b"", b"\x00", b"\xff\xfe", "：".encode(), b"- - -\n", b"{", b"a: &a [*a]\n", b"42"]
)
def test_no_content_is_a_traceback(folder, name, content):
    """Whatever a file holds, there are lines with a mend."""
    (folder / name).write_bytes(content)
    found = lint(folder)
    assert found
    assert all(problem.reason and problem.mend for problem in found)
