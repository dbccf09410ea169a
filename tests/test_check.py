"""The staff's lint: each fault made on purpose in a copy of the shipped pack, and what staff are told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.check.check_pack import check_pack
from knowledge.loading.pack_folder import PACKS

ANSWERS = "faq/answers.yaml"
SHIPPED = PACKS / "anhui-2024"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


@pytest.fixture
def edit(folder) -> Edit:
    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def line_with(folder: Path, file: str, words: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_shipped_pack_is_clean():
    """Nothing to complain about, regression questions included."""
    assert [str(problem) for problem in check_pack(SHIPPED)] == []


def test_a_misspelt_fact_is_found_on_its_line(folder, edit):
    """An answer that names a fact the notice does not state would be said with a hole in it."""
    edit(ANSWERS, "请发送至{email}", "请发送至{emial}")
    (problem,) = check_pack(folder)
    assert "没有“emial”这个事实" in problem.reason
    assert problem.file == ANSWERS
    assert "email" in problem.mend


def test_a_quote_must_be_verbatim(folder, edit):
    """A quote changed by one word is no quote."""
    edit(ANSWERS, "quote: 即日起至 2024 年 2 月 19 日", "quote: 即日起到 2024 年 2 月 19 日")
    (problem,) = check_pack(folder)
    assert problem.line == line_with(folder, ANSWERS, "即日起到")
    assert "不是“一”的原文" in problem.reason


def test_quotes_of_the_form_are_checked_too(folder, edit):
    """A rule of the form stands on the notice's words as well."""
    edit("form.yaml", "clause: 四.2, quote: 相关材料应做好脱敏脱密处理", "clause: 四.2, quote: 材料要脱敏")
    (problem,) = check_pack(folder)
    assert problem.file == "form.yaml"


def test_an_unknown_clause_is_named(folder, edit):
    """A citation of a clause that does not exist tells which there are."""
    edit(ANSWERS, "- clause: 联系人", "- clause: 七")
    (problem,) = check_pack(folder)
    assert "通知里没有“七”这一条" in problem.reason
    assert "四.2" in problem.mend


def test_two_entries_may_not_claim_one_wording(folder, edit):
    """A wording doubled in another entry, fillers aside, would be answered by chance."""
    edit("faq/wordings/materials.yaml", "  邮箱是多少\n", "  邮箱是多少\n  请问联系电话是多少\n")
    problems = check_pack(folder)
    assert any("几乎一样" in problem.reason and "“email”" in problem.reason for problem in problems)


def test_an_id_is_used_once(folder, edit):
    """Two entries of one id cannot be told apart."""
    edit(ANSWERS, "- id: opening\n", "- id: deadline\n")
    assert any("用了两次" in problem.reason for problem in check_pack(folder))


def test_a_number_the_notice_does_not_have_is_found(folder, edit):
    """An answer that says 3月1日 contradicts a notice that does not."""
    edit(ANSWERS, "征集时间为即日起至{deadline}。{deadline_note}", "征集时间为即日起至3月21日。")
    assert any("答复里的“21”不在通知里" in problem.reason for problem in check_pack(folder))


def test_a_covered_entry_needs_a_ground(folder):
    """An answer without citation is either open or unfinished."""
    text = (folder / ANSWERS).read_text(encoding="utf-8")
    start = text.index("- id: issued_on")
    end = text.index("  cites:", start)
    stop = text.index("\n\n", end)
    (folder / ANSWERS).write_text(text[:end] + text[stop:], encoding="utf-8")
    assert any("“issued_on”没有依据" in problem.reason for problem in check_pack(folder))


def test_an_unknown_field_is_found(folder, edit):
    """An entry for a field the form does not have helps nobody."""
    edit(ANSWERS, "fields: [fill_date]", "fields: [fil_date]")
    (problem,) = check_pack(folder)
    assert "没有“fil_date”这个栏目" in problem.reason


def test_a_clause_without_an_answer_is_found(folder, edit):
    """A clause added to the notice wants an entry."""
    edit("notice.md", "## 联系人 {#联系人}", "## 七 {#七}\n\n另行通知。\n\n## 联系人 {#联系人}")
    (problem,) = check_pack(folder)
    assert (problem.file, problem.line) == ("notice.md", line_with(folder, "notice.md", "{#七}"))
    assert "“七”没有一条问答引用" in problem.reason


def test_a_file_that_is_no_word_document_is_named(folder):
    """A picture saved under the template's name is told as such."""
    (folder / "template.docx").write_bytes(b"GIF89a")
    assert any("不是 Word 的 .docx 文件" in problem.reason for problem in check_pack(folder))


def test_a_question_that_changed_its_answer_is_told(folder, edit):
    """When a wording is moved, the regression question says what answers now."""
    edit("tests.yaml", "{q: 要填哪张表, entry: which_form}", "{q: 要填哪张表, entry: email}")
    (problem,) = check_pack(folder)
    assert problem.line == line_with(folder, "tests.yaml", "要填哪张表")
    assert "应由 email 答，现在是 which_form" in problem.reason


def test_a_pack_without_regression_questions_is_fine(folder):
    """`tests.yaml` may be absent."""
    (folder / "tests.yaml").unlink()
    assert check_pack(folder) == []


def test_a_broken_file_is_reported_not_raised(folder, edit):
    """YAML that cannot be read is a problem with a line, never a traceback."""
    edit(ANSWERS, "- id: opening", "- id: [opening")
    (problem,) = check_pack(folder)
    assert problem.file == ANSWERS
    assert problem.line > 0


def test_a_topic_that_does_not_exist_is_found_on_its_line(folder, edit):
    """A misspelt topic would leave the entry without its wordings."""
    edit(ANSWERS, "topic: opening", "topic: openning")
    (problem,) = check_pack(folder)
    assert (problem.file, problem.line) == (ANSWERS, line_with(folder, ANSWERS, "openning"))
    assert "共享话题里没有“openning”" in problem.reason


def test_a_topic_belongs_to_one_entry(folder, edit):
    """Two answers to one question: nobody could say which is meant."""
    edit(ANSWERS, "topic: opening", "topic: purpose")
    (problem,) = check_pack(folder)
    assert "话题“purpose”已经归“opening”这一条" in problem.reason


def test_a_topic_is_not_answered_and_open_at_once(folder, edit):
    """What an entry speaks to need not stand in the list of open topics."""
    edit("faq/open.yaml", "\n  students\n", "\n  opening\n")
    (problem,) = check_pack(folder)
    assert problem.file == "faq/open.yaml"
    assert "已经归“opening”这一条，不用再列在 topics 里" in problem.reason
