"""Each mistake in a pack is one Chinese line with file, line and mend: what is written, and what is told."""

import shutil
from pathlib import Path

import pytest

from bot.packs import lint
from knowledge.loading.pack_folder import PACKS

NOTICE, FORM, ANSWERS = "notice.md", "form.yaml", "faq/answers.yaml"


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(PACKS / "anhui-2024", tmp_path / "pack"))


def _edit(folder: Path, file: str, old: str, new: str) -> int:
    """Change words of a file; give the line they stand on."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def _told(folder: Path, told: str) -> tuple[str, int]:
    found = [problem for problem in lint(folder) if told in problem.reason]
    assert found, [str(problem) for problem in lint(folder)]
    assert all(problem.mend for problem in found)
    return found[0].file, found[0].line


WHEN = "when: {field: registered, equals: true}"
WRONG = [
    # facts
    (NOTICE, "  deadline: 2024-02-19", "  deadline: 2024年2月30日", "deadline 没有这个日期"),
    (NOTICE, "  deadline: 2024-02-19", "  deadline: 2月19日", "事实 deadline（截止日期）应是日期，现在是“2月19日”"),
    (NOTICE, "  deadline: 2024-02-19", "  deadline: 2024-02-26", "事实 deadline（2024年2月26日）在通知正文里没有"),
    (NOTICE, "  quota_unit: 5", "  quota_unit: 17", "事实 quota_unit（17）在通知正文里没有"),
    (NOTICE, "  email: ahwxb2020@126.com", "  email: ahwxb2021@126.com", "（ahwxb2021@126.com）在通知正文里没有"),
    (NOTICE, "  email: ahwxb2020@126.com", "  email: ahwxb2020＠126。com", "事实 email 不像邮箱地址"),
    (NOTICE, "  contact_phone: 0551-62606335", "  contact_phone: 0551-626", "事实 contact_phone 不像电话号码"),
    (NOTICE, "  contact_phone: 0551-62606335", "  contact_phone: 0551-62606336", "（0551-62606336）在通知正文里没有"),
    (NOTICE, "  quota_unit: 5", "  名额: 5", "事实名“名额”只能用小写英文字母"),
    (NOTICE, "  quota_unit: 5", "  quota_unit: yes", "quota_unit 的值成了 true"),
    (NOTICE, "  quota_unit: 5", "  quota_unit:", "quota_unit 后面没有内容"),
    (NOTICE, "facts:\n", "without: [email]\nfacts:\n", "without 说没有 email，facts 里却有"),
    (NOTICE, "facts:\n", "without: [mail]\nfacts:\n", "without 里的“mail”不是程序会用到的事实"),
    (NOTICE, "facts:\n", "without: email\nfacts:\n", "without 应是事实名的列表"),
    # limits
    (FORM, "limit: word_limit", "limit: email", "规则 word_limit 的 limit 应是一个数，“email”不是"),
    (FORM, "limit: word_limit", "limit: deadline", "规则 word_limit 的 limit 应是一个数"),
    (FORM, "limit: word_limit", "limit: wordlimit", "limit 指向了没有的基本事实 wordlimit"),
    (FORM, "limit: word_limit", "limit: 很多字", "limit 应是一个数、一个日期或一个事实名，“很多字”不是"),
    (FORM, "limit: deadline", "limit: 2024年2月30日", "limit 没有这个日期"),
    (FORM, "limit: deadline", "limit: 5", "规则 not_after 的 limit 应是一个日期，“5”不是"),
    (FORM, "strength: reject, limit: 100", "strength: reject", "规则 max_length 没有写 limit"),
    # names in texts
    (FORM, "（{word_limit}字以内）", "（{字数}字以内）", "“{字数}”不是事实名"),
    (FORM, "（{word_limit}字以内）", "（｛word_limit｝字以内）", "全角"),
    (FORM, "（{word_limit}字以内）", "（{word_limit字以内）", "花括号没有成对"),
    (FORM, "的日期（{issued_on}）", "的日期（{over}）", "用了它没有的名字 {over}"),
    (FORM, "“{recommender}”在本助手", "“{recomender}”在本助手", "没有的名字 {recomender}"),
    (ANSWERS, "即日起至{deadline}，通知", "即日起至｛deadline｝，通知", "全角"),
    (ANSWERS, "即日起至{deadline}，通知", "即日起至{截止日期}，通知", "“{截止日期}”不是事实名"),
    (ANSWERS, "    fact: quota_unit", "    fact: email", "要和一个数比较，事实 email 不是"),
    (ANSWERS, "    fact: started_before", "    fact: quota_unit", "要和一个日期比较，事实 quota_unit 不是"),
    # fields
    (FORM, WHEN, "when: {field: registered, equals: 是的}", "“registered”和“是的”不是一类"),
    (FORM, WHEN, "when: {field: category, equals: 教育}", "“教育”不是“项目类别”的选项"),
    (FORM, WHEN, "when: {field: honors, equals: 有}", "不在它前面的栏目 honors"),
    (FORM, "[日期, 填表日期", "[日期, 单位名称, 填表日期", "“单位名称”既是“申报单位全称”的叫法，也是“填报日期”"),
    (FORM, "    example: 2024年2月5日", "    example: 二月初", "示例“二月初”自己这一栏都不接受"),
    (FORM, "    example: 12600人", "    example: 0人", "示例“0人”自己这一栏都不接受"),
    (FORM, "{contact_recommender.phone}", "{contact_recommender.fax}", "没有 fax 这一项"),
    (FORM, "project: project_name,", "project: project_name.title,", "这一栏不分几项"),
    (FORM, "project: project_name,", "project: projct_name,", "identity 的 project 指向了没有的栏目"),
    (FORM, "rule: once_only, of: project,", "rule: once_only, of: place,", "of 用了 identity 里没有的名字 place"),
    (FORM, "rule: once_only, of: project,", "rule: once_only,", "规则 once_only 没有写 of"),
    (FORM, "  - key: category\n", "  - key: period\n", "栏目 key 重复：period"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "told"), WRONG, ids=[told for *_, told in WRONG])
def test_a_mistake_is_told_where_it_is(folder, file, old, new, told):
    """One mistake, one line of the very file, and a mend."""
    line = _edit(folder, file, old, new)
    at, where = _told(folder, told)
    assert at == file
    assert where in (line, _item(folder, file, line))


def _item(folder: Path, file: str, line: int) -> int:
    """Give the line of the nearest item or name above a line: where a text in several lines, or a gap, is told."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next((n for n in range(line, 0, -1) if lines[n - 1].lstrip().startswith(("- ", "answer:"))), line)


RIGHT = [
    (NOTICE, "  deadline: 2024-02-19", "  deadline: 2024年2月19日"),
    (NOTICE, "  deadline: 2024-02-19", "  deadline: 2024/2/19"),
    (NOTICE, "  deadline: 2024-02-19", "  deadline: 2024-02-19 17:00"),
    (NOTICE, "  contact_phone: 0551-62606335", "  contact_phone: 055162606335"),
    (NOTICE, "  word_limit: 2000", "  word_limit: 2000\n  rate: 12.5\n  opens_at: 9:00\n  phone2: 12345"),
    (FORM, "limit: word_limit", "limit: 两千"),
    (FORM, "limit: word_limit", 'limit: "2,000"'),
    (FORM, "limit: deadline", "limit: 2024年2月19日"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), RIGHT, ids=[new for *_, new in RIGHT])
def test_what_is_unambiguous_is_taken(folder, file, old, new):
    """Days as clerks write them, limits in numerals, a phone without quotes: nothing to complain about."""
    _edit(folder, file, old, new)
    assert [str(problem) for problem in lint(folder) if problem.grave] == []


@pytest.mark.parametrize(
    ("name", "used_for"),
    [("deadline", "提示"), ("email", "邮件草稿"), ("material_name", "报送清单"), ("contact_phone", "电话")],
)
def test_a_fact_code_needs_is_missed(folder, name, used_for):
    """What would be left out of the conversation is told, on the line where it belongs; `without` settles it."""
    text = (folder / NOTICE).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(f"  {name}:")]
    (folder / NOTICE).write_text("".join(lines), encoding="utf-8")
    (missed,) = [problem for problem in lint(folder) if problem.reason.startswith(f"没有 {name}（")]
    assert (missed.file, missed.line) == (NOTICE, next(n for n, line in enumerate(lines, 1) if line == "facts:\n"))
    assert used_for in missed.reason
    assert f"{name}: " in missed.mend
    _edit(folder, NOTICE, "facts:\n", f"without: [{name}]\nfacts:\n")
    assert not any(problem.reason.startswith(f"没有 {name}（") for problem in lint(folder))


def test_a_pack_with_nothing_left_open_is_checked(folder):
    """Neither what is open nor what is unrelated need be written down for a check or an answer."""
    (folder / "faq" / "open.yaml").unlink()
    for name in ("open", "unrelated"):
        (folder / "faq" / "wordings" / f"{name}.yaml").unlink()
    assert [str(problem) for problem in lint(folder) if problem.grave] == []
