"""`shenbao console --json`: one line out for every line in, whatever the line; nothing is lost with the process."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import BLOCK, JsonConsole

NONSENSE = [
    b"{",
    b"[]",
    b"null",
    b"{}",
    b'{"text": 5}',
    b'{"choice": null}',
    b'{"edit": "2", "text": "a"}',
    b'{"edit": true, "text": "a"}',
    b'{"file": 7}',
    b'{"file": "/no/such/file.txt"}',
    b'\xff\xfe{"text": "a"}',
]


@pytest.fixture
def console(tmp_path: Path) -> Iterator[JsonConsole]:
    with JsonConsole(tmp_path) as console:
        yield console


def finish(console: JsonConsole, name: str) -> str:
    """Fill a whole form and give the path of its document."""
    console.type(BLOCK.format(name=name))
    console.type("确认")
    console.type("同意")
    return console.files[0]


def test_the_bot_speaks_first_and_says_where_it_stands(console: JsonConsole) -> None:
    """The greeting has the three ways on, no field, and nothing done."""
    assert "申报助手" in console.said
    assert [choice["label"] for choice in console.last["replies"][0]["choices"]] == [
        "开始填表",
        "我要咨询",
        "先看看自己符不符合",
    ]
    assert console.last["state"] == "ApplicationForm:menu"
    assert console.last["field"] is None
    assert console.last["progress"] == {"done": 0, "total": 18}


def test_every_answer_has_the_four_keys_and_full_replies(console: JsonConsole) -> None:
    """Replies always carry text, choices, citations and files."""
    console.type("什么时候截止？")
    assert set(console.last) == {"replies", "state", "field", "progress"}
    assert all(set(reply) == {"text", "choices", "citations", "files"} for reply in console.last["replies"])
    assert {"clause", "quote"} == set(console.last["replies"][0]["citations"][0])


def test_nonsense_lines_are_answered_and_change_nothing(console: JsonConsole) -> None:
    """Each malformed line gets one Chinese sentence; the field asked for stays."""
    console.send(choice="start")
    for raw in NONSENSE:
        answer = console.line(raw)
        assert answer["field"] == "unit_name", raw
        assert answer["replies"][0]["text"].endswith("。"), raw


def test_buttons_nobody_offered_are_explained(console: JsonConsole) -> None:
    """Ids of other drafts, of no draft, of no field do nothing."""
    console.send(choice="start")
    for id_ in ("", "x", "open:7", "open:x", "confirm:9", "value:9:category:0", "value:1:category:99", "edit:1:nope"):
        console.send(choice=id_)
        assert console.last["field"] == "unit_name", id_
        assert console.said


def test_characters_that_belong_in_no_form_are_no_answer(console: JsonConsole) -> None:
    """A lone surrogate, control characters and blanks leave the field open."""
    console.send(choice="start")
    for raw in (b'{"text": "\\ud83d"}', b'{"text": "\\u0000\\u0007"}', b'{"text": "  "}'):
        assert console.line(raw)["field"] == "unit_name"
        assert "申报单位全称" in console.said  # said otherwise each time, and never taken for a name


def test_a_megabyte_is_refused_in_one_line(console: JsonConsole) -> None:
    """Huge texts are refused with their size, in the form and outside."""
    console.type("很长" * 250_000)
    assert "太长" in console.said
    console.send(choice="start")
    console.type("项目名称：甲\n" * 100_000)
    assert console.last["field"] == "unit_name"
    assert "放不下" in console.said


def test_slash_commands_come_in_any_case(console: JsonConsole) -> None:
    """/BACK and /Skip are heard, and an unknown one is named."""
    console.send(choice="start")
    console.type("皖北乡村公益促进中心")
    assert console.type("/BACK")["field"] == "unit_name"
    console.type("/Skip")
    assert "保留" in console.said
    assert console.last["field"] == "fill_date"


def test_nothing_is_lost_with_the_process(tmp_path: Path) -> None:
    """After kill -9 the next process stands at the same field, and earlier messages can still be corrected."""
    with JsonConsole(tmp_path) as first:
        first.send(choice="start")
        first.type("皖北乡村公益促进中心")
        first.type("2024年2月1日")
        first.kill()
    with JsonConsole(tmp_path) as second:
        assert second.last["field"] == "project_name"
        assert second.last["progress"]["done"] == 2
        second.send(edit=1, text="皖北乡村公益中心")
        second.type("预览")
        assert "皖北乡村公益中心\n" in second.said


def test_a_document_that_could_not_be_written_waits(tmp_path: Path) -> None:
    """When the folder for documents refuses, the process says so and ends; the next one hands the document over."""
    with JsonConsole(tmp_path) as first:
        first.send(choice="start")
        first.type(BLOCK.format(name="田间课堂"))
        first.type("确认")
        (tmp_path / "out").write_text("in the way")
        first.process.stdin.write('{"text": "同意"}\n'.encode())
        first.process.stdin.flush()
        assert first.process.wait(timeout=20) == 1
    (tmp_path / "out").unlink()
    with JsonConsole(tmp_path) as second:
        assert second.last["state"] == "ApplicationForm:done"
        assert second.files[0].endswith(".docx")
        assert Path(second.files[0]).read_bytes().startswith(b"PK")


def test_the_sixth_project_of_one_recommender_is_questioned(console: JsonConsole) -> None:
    """五个名额（四.1）：the sixth review warns, and so does a project that is there already."""
    console.send(choice="start")
    for number in "一二三四五":
        finish(console, f"田间课堂{number}期")
        console.type("再填一份")
    console.type(BLOCK.format(name="田间课堂一期"))
    assert console.last["state"].endswith("review")
    assert "已推荐 4 个项目" in console.said or "每个项目限申报一次" in console.said
    console.type("修改项目名称")
    console.type("田间课堂六期")
    assert "已推荐 5 个项目" in console.said
    assert "四.1" in [c["clause"] for reply in console.last["replies"] for c in reply["citations"]]


def test_deleting_ones_data_leaves_nothing_in_the_database(tmp_path: Path) -> None:
    """After 删除我的资料 no file of the database holds a word of the applicant's."""
    with JsonConsole(tmp_path) as console:
        console.send(choice="start")
        finish(console, "田间课堂")
        console.type("删除我的资料")
        console.send(choice=console.button("全部删除"))
        assert console.last["state"] == "ApplicationForm:menu"
    with sqlite3.connect(tmp_path / "shenbao.db") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [str(row) for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
    database.close()
    assert rows
    assert not [row for row in rows if "田间课堂" in row or "方静" in row or "13800000777" in row]
