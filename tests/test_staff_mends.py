"""A hurried clerk edits the pack: each mistake is told with file, line, reason and mend, in a clerk's words."""

import shutil

import pytest

from bot.packs import proven_pack
from knowledge.loading.pack_folder import PACKS
from knowledge.problems import PackError

ANSWERS = "faq/answers.yaml"
FILES = (ANSWERS, "faq/open.yaml", "faq/wordings/time.yaml", "form.yaml", "notice.md")
QUESTION = "  question: 现场有没有午饭？"
ENTRY = f"""- id: lunch
{QUESTION}
  variants: |
    管不管饭
    中午吃什么
  answer: 通知未说明用餐安排。
  cites: [{{clause: 一, quote: 即日起至 2024 年 2 月 19 日}}]
"""
GROUND = "  cites: [{clause: 一, quote: 即日起至 2024 年 2 月 19 日}]"


@pytest.fixture
def folder(tmp_path):
    """A pack whose FAQ begins with one more entry, a good one."""
    folder = shutil.copytree(PACKS / "anhui-2024", tmp_path / "pack")
    _edit(folder, ANSWERS, "\nentries:\n", f"\nentries:\n{ENTRY}")
    return folder


def _line(folder, file, words):
    """Find the line (from 1) that holds `words`."""
    lines = (folder / file).read_bytes().splitlines()
    return next(number for number, line in enumerate(lines, 1) if words.encode() in line)


def _proven(folder):
    pack, remarks = proven_pack(folder)
    assert remarks == ()
    return pack


def _told(folder):
    with pytest.raises(PackError) as caught:
        proven_pack(folder)
    return caught.value.problems


def _edit(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    before, _, after = text.rpartition(old)
    path.write_text(before + new + after, encoding="utf-8")


def test_good_entry_is_taken(folder):
    """The entry all the mistakes below are made in is itself a good one."""
    assert _proven(folder).faq.entries[0].id == "lunch"


@pytest.mark.parametrize(
    ("written", "reason", "mend"),
    [
        ("  question 现场有没有午饭？", "少了冒号", "英文冒号和一个空格"),
        ("  question：现场有没有午饭？", "冒号用成了中文的", "改成英文冒号"),
        ("  question:现场有没有午饭？", "冒号后面没有空格", "加一个空格"),
        ("\tquestion: 现场有没有午饭？", "Tab", "换成空格"),
        ("    question: 现场有没有午饭？", "缩进没有对齐", "空格"),
        ("  question: 现场: 有没有午饭？", "文字里有英文冒号", "引号"),
        ('  question: "现场有没有午饭？', "引号没有成对", "补上同样的引号"),
        ("  question: '现场有没有午饭？", "引号没有成对", "补上同样的引号"),
        ("  question: [现场有没有午饭？", "特殊符号开头", "引号"),
        ("  question: *现场*有没有午饭？", "特殊符号开头", "引号"),
        ("  qestion: 现场有没有午饭？", "没有 qestion 这一项", "拼错"),
        ("  question:", "question 后面没有内容", "写上内容"),
        ("  question: 2024", "question 应是一段文字", "英文双引号"),
        ("  question: 现场有\x07没有午饭？", "控制字符", "重新打"),
    ],
)
def test_slip_of_the_keyboard_is_told_where_it_is(folder, written, reason, mend):
    """Whatever is mistyped in a line, the line is named, and how to mend it."""
    _edit(folder, ANSWERS, QUESTION, written)
    line = _line(folder, ANSWERS, written)
    problems = [problem for problem in _told(folder) if problem.line == line]
    assert len(problems) == 1
    assert problems[0].file == ANSWERS
    assert reason in problems[0].reason
    assert mend in problems[0].mend


def test_key_written_twice_is_told(folder):
    """The second of two equal names is pointed at: nothing is silently overwritten."""
    _edit(folder, ANSWERS, QUESTION, f"{QUESTION}\n  question: 有没有晚饭？")
    (problem,) = _told(folder)
    assert problem.line == _line(folder, ANSWERS, "有没有晚饭")
    assert "两次" in problem.reason


def test_item_is_called_by_its_name(folder):
    """What is missing in an entry is told with the entry's own name, not with a number."""
    _edit(folder, ANSWERS, "  answer: 通知未说明用餐安排。\n", "")
    (problem,) = _told(folder)
    assert "“lunch”" in problem.reason
    assert "缺少 answer" in problem.reason


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("codec", "name"), [("gb18030", "GBK"), ("utf-16", "UTF-16")])
def test_wrong_encoding_is_recognised(folder, file, codec, name):
    """A file an old editor saved in another encoding is told as that, with the way to save it right."""
    path = folder / file
    path.write_bytes(path.read_text(encoding="utf-8").encode(codec))
    (problem,) = _told(folder)
    assert problem.file == file
    assert name in problem.reason
    assert "另存为" in problem.mend


@pytest.mark.parametrize("file", FILES)
def test_windows_notepad_is_welcome(folder, file):
    """A byte order mark and Windows line ends are nobody's mistake."""
    path = folder / file
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert _proven(folder).title == _proven(PACKS / "anhui-2024").title


def test_file_cut_in_the_middle_is_told(folder):
    """Half a file, cut within a character, is told as not completely saved."""
    path = folder / ANSWERS
    half = path.read_bytes()
    cut = half.index("午".encode()) + 1
    path.write_bytes(half[:cut])
    (problem,) = _told(folder)
    assert "没有保存完整" in problem.reason


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("notice.md", "deadline: 2024-02-19", "deadline: 2024-02-30", "没有这个日期"),
        ("notice.md", "deadline: 2024-02-19", "deadline 2024-02-19", "少了冒号"),
        ("form.yaml", "kind: period", "kind: peroid", "没有 peroid 这种栏目"),
        ("form.yaml", "prompt: 项目从", "prompt: 请在{dedline}之前，项目从", "没有的名字 {dedline}"),
        ("form.yaml", "rule: started_before", "rule: started_befor", "没有 started_befor 这种规则"),
        ("form.yaml", "limit: started_before", "limit: started", "没有的基本事实 started"),
        ("form.yaml", "{project_name}+", "{projekt_name}+", "没有的栏目 projekt_name"),
        ("form.yaml", "key: funds_source", "key: funds-source", "小写英文字母、数字和下划线"),
        ("eligibility.yaml", "{issuer_short}", "{issuer_shrt}", "没有的名字 {issuer_shrt}"),
    ],
)
def test_mistake_beyond_the_faq_is_told_too(folder, file, old, new, reason):
    """Dates that do not exist, kinds, rules, facts and fields that do not exist: each is told with its line."""
    _edit(folder, file, old, new)
    problems = [problem for problem in _told(folder) if reason in problem.reason]
    assert problems
    assert problems[0].file == file
    assert problems[0].line == _line(folder, file, new)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("answer: 通知未说明用餐安排。", "answer: 请在{dedline}前自带。", "dedline"),
        ("answer: 通知未说明用餐安排。", "answer: 每人补助37元。", "“37”不在通知里"),
        (GROUND, GROUND.replace("19 日", "30 日"), "不是“一”的原文"),
        (GROUND, GROUND.replace("clause: 一", "clause: 十九"), "没有“十九”这一条"),
        ("- id: lunch", "- id: deadline", "“deadline”用了两次"),
        ("    中午吃什么", "    申报截止到什么时候？", "几乎一样"),
        (GROUND, f"{GROUND}\n  fields: [unit_nam]", "没有“unit_nam”这个栏目"),
        (GROUND, "", "“lunch”没有依据"),
    ],
)
def test_entry_that_would_mislead_is_told(folder, old, new, reason):
    """An unknown fact, a number the notice lacks, a quote that is not verbatim, a doubled wording: none goes live."""
    text = (folder / ANSWERS).read_text(encoding="utf-8")
    (folder / ANSWERS).write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem, *_) = [problem for problem in _told(folder) if reason in problem.reason]
    assert problem.file == ANSWERS
    assert problem.line > 0
    assert problem.mend


def test_question_answered_otherwise_is_worth_a_look(folder):
    """An edit that changes the answer of a regression question goes live, and staff are told which question."""
    tests = folder / "tests.yaml"
    text = tests.read_text(encoding="utf-8")
    tests.write_text(
        text.replace("questions:\n", "questions:\n  - {q: 什么时候截止, entry: address}\n"), encoding="utf-8"
    )
    _, remarks = proven_pack(folder)
    assert [(remark.file, remark.line) for remark in remarks] == [
        ("tests.yaml", _line(folder, "tests.yaml", "entry: address"))
    ]


def test_broken_template_is_told(folder):
    """A template that Word did not finish saving never goes live."""
    path = folder / "template.docx"
    path.write_bytes(path.read_bytes()[:4000])
    (problem,) = _told(folder)
    assert problem.file == "template.docx"
    assert "Word" in problem.mend


def test_file_thrown_away_is_told(folder):
    """A missing file is named."""
    (folder / "form.yaml").unlink()
    (problem,) = _told(folder)
    assert problem.file.endswith("form.yaml")
    assert "缺少这个文件" in problem.reason
