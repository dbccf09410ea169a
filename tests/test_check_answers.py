"""`check` compares what answers say with the notice, and says what would make a FAQ better without failing it."""

import shutil
from pathlib import Path

import pytest

from knowledge.check.check_pack import check_pack
from knowledge.check.content_advice import advice_lines
from knowledge.loading.pack_folder import load_pack

VOLUNTEER = Path(__file__).parent / "packs" / "volunteer-2025"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VOLUNTEER, tmp_path / "pack"))


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "faq.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_address_the_notice_does_not_have_is_a_grave_fault(folder: Path) -> None:
    """It would send everybody's papers astray, so such an edit never goes live."""
    change(folder, "answer: 取消参评资格", "answer: 发到zyfw@yunzhe.gov.cn，取消参评资格")
    (problem,) = [problem for problem in check_pack(folder) if "yunzhe" in problem.reason]
    assert problem.grave
    assert problem.file == "faq.yaml"
    assert problem.line


def test_an_amount_in_hanzi_the_notice_does_not_have_is_told(folder: Path) -> None:
    """「十四天」 is as wrong as 「14天」."""
    change(folder, "answer: 取消参评资格", "answer: 公示十四天，取消参评资格")
    (problem,) = [problem for problem in check_pack(folder) if "十四天" in problem.reason]
    assert not problem.grave


def test_a_wording_any_question_is_like_is_told(folder: Path) -> None:
    """「可以吗」 would answer everything."""
    change(folder, "    弄虚作假怎么处理\n", "    弄虚作假怎么处理\n    可以吗\n")
    assert [problem.reason for problem in check_pack(folder) if "可以吗" in problem.reason]


def test_what_could_be_better_fails_nothing(folder: Path) -> None:
    """Few wordings without a topic, fields without an entry: said, and the pack passes."""
    lines = list(advice_lines(load_pack(folder)))
    assert any("served_team" in line for line in lines)
    assert check_pack(folder) == []
