"""Staff's commands from end to end: the installed program, a real database, the messenger over real HTTP."""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.storage_key import StorageKey
from knowledge.loading.pack_folder import PACKS
from tests.emulator.phone import PATIENCE
from tests.emulator.server import Emulator
from tests.messenger import messenger, settings_for

ROOT = Path(__file__).parent.parent
STAFF, APPLICANT = 11, 7
UNHEARD = "猫能带进值班室吗"


def _shenbao(*arguments, stdin=None):
    """Run the command as installed; gives what it wrote."""
    program = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(program, input=stdin, capture_output=True, text=True, env=environment, check=True)
    return done.stdout


def _talk(data, *texts, staff=False):
    """Say one thing after another in the JSON console; gives what came back to each."""
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    more = ["--staff"] if staff else []
    out = _shenbao(
        "console", "--json", "--today", "2024-02-01", "--data", str(data), "--out", str(data), *more, stdin=lines
    )
    return ["\n".join(reply["text"] for reply in json.loads(line)["replies"]) for line in out.splitlines()][1:]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A database in which one applicant asked three questions and began a form."""
    folder = tmp_path_factory.mktemp("data")
    _talk(folder, "什么时候截止？", UNHEARD, "我叫方明远，13955501234，猫能带进值班室吗", "开始填表", "淮畔读书会")
    return folder


def test_unanswered_lists_the_question_without_the_person(data):
    """`shenbao unanswered` shows the topic; name and number of who asked are nowhere in it."""
    text = _shenbao("unanswered", "--data", str(data), "--today", "2024-02-01")
    assert UNHEARD in text
    assert "2次" in text
    assert "方明远" not in text
    assert "13955501234" not in text


def test_unanswered_prints_entries(data):
    """`shenbao unanswered --yaml` prints entries that begin a FAQ."""
    text = _shenbao("unanswered", "--yaml", "--data", str(data), "--today", "2024-02-01")
    assert f'- id: new_1\n  question: "{UNHEARD}"' in text
    assert text.endswith("answer:\n")


def test_stats_counts(data):
    """`shenbao stats` counts questions by outcome and drafts by stage."""
    text = _shenbao("stats", "--data", str(data))
    assert "提问 3 次：答上 1" in text
    assert "申报 1 份：填写中 1" in text


def test_table_of_questions_holds_no_key_and_no_words_of_answered_ones(data):
    """What is kept for staff cannot be traced to a conversation; of answered questions only the number is kept."""
    with closing(sqlite3.connect(data / "shenbao.db")) as database:
        columns = {row[1] for row in database.execute("PRAGMA table_info(questions)")}
        rows = database.execute("SELECT question, outcome FROM questions ORDER BY id").fetchall()
    assert "key" not in columns
    assert rows[0] == ("", "answered")
    assert [question for question, _ in rows[1:]] == [UNHEARD, UNHEARD]


def test_console_serves_staff_only_when_told_to(data):
    """In the terminal `--staff` opens the commands; without it they are as unknown as any other word with a slash."""
    (unknown,), (other,) = _talk(data, "/stats"), _talk(data, "/nonsense")
    assert "日期" in unknown
    assert "日期" in other
    assert "提问" not in unknown
    figures, open_questions = _talk(data, "/stats", "/UNANSWERED", staff=True)
    assert "提问" in figures
    assert UNHEARD in open_questions


def test_erased_applicant_leaves_no_question_that_names_them(data, tmp_path):
    """After 删除我的资料 the questions stay, since nothing in them belongs to anybody; the conversation is gone."""
    folder = shutil.copytree(data, tmp_path / "copy")
    _talk(folder, "删除我的资料", "全部删除")
    with closing(sqlite3.connect(folder / "shenbao.db")) as database:
        assert database.execute("SELECT count(*) FROM questions").fetchone() == (3,)
        assert "方明远" not in "".join(map(str, database.execute("SELECT event FROM journal").fetchall()))


async def test_edit_is_live_in_the_terminal(tmp_path, packs):
    """In a console that is running an edit counts from the next line on, and a fault is told on stderr."""
    folder, pipe = packs / "anhui-2024", asyncio.subprocess.PIPE
    command = [sys.executable, "-c", "from bot.cli import main; main()", "console", "--json", "--pack", str(folder)]
    more = ["--today", "2024-02-01", "--data", str(tmp_path), "--out", str(tmp_path)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    console = await asyncio.create_subprocess_exec(
        *command, *more, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
    )

    async def ask():
        console.stdin.write('{"text": "什么时候截止？"}\n'.encode())
        return json.loads(await console.stdout.readline())["replies"][0]["text"]

    async def told(words):
        said = []
        while not said or words not in said[-1]:
            line = await asyncio.wait_for(console.stderr.readline(), PATIENCE)
            said.append(line.decode())
            assert line, said

    try:
        await console.stdout.readline()
        assert "2月19日" in await ask()
        _edit(packs, "notice.md", "deadline: 2024-02-19", "deadline: 2024-02-26")
        await told("2024年2月19日 → 2024年2月26日")
        assert "2月26日" in await ask()
        _edit(packs, "notice.md", "deadline: 2024-02-26", "deadline 2024-02-27")
        await told("这一行少了冒号")
        assert "2月26日" in await ask()
        console.stdin.close()
        assert await console.wait() == 0
    finally:
        if console.returncode is None:
            console.kill()
            await console.wait()


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture
def packs(tmp_path):
    shutil.copytree(PACKS / "anhui-2024", tmp_path / "packs" / "anhui-2024")
    return tmp_path / "packs"


def _edit(packs, file, old, new):
    path = packs / "anhui-2024" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def test_staff_ask_in_the_messenger(server, tmp_path, packs):
    """Staff get open questions and figures as messages; the core has no part in it, and their own session stays."""
    applicant, staff = server.phone(APPLICANT), server.phone(STAFF)
    staff.types("/start")
    async with messenger(settings_for(server, tmp_path, packs=packs, staff_ids={STAFF})) as shell:
        await staff.hears_until("请选一项")
        applicant.types(UNHEARD)
        await applicant.hears()
        staff.types("/unanswered")
        assert UNHEARD in (await staff.hears()).text
        staff.types("/stats")
        assert "提问 1 次" in (await staff.hears()).text
        key = StorageKey(bot_id=shell.bot.id, chat_id=STAFF, user_id=STAFF)
        assert [entry.pack_id for entry in await shell.store.journal(key)] == ["anhui-2024", None, None]
        assert (await shell.store.session(key))[0] == "ApplicationForm:menu"


async def test_others_get_the_ordinary_help(server, tmp_path, packs):
    """To everybody else the command does not exist: they are told what can be said."""
    applicant = server.phone(APPLICANT)
    async with messenger(settings_for(server, tmp_path, packs=packs, staff_ids={STAFF})):
        said = []
        for word in ("nonsense", "unanswered"):
            applicant.types(f"/{word}")
            heard = await applicant.hears_until("我可以")
            said.append([message.text.replace(word, "…") for message in heard])
        assert said[0] == said[1]


async def test_edit_is_live_in_a_conversation_under_way(server, tmp_path, packs):
    """A deadline changed on disk is the answer in the same conversation, and staff are told what changed."""
    applicant, staff = server.phone(APPLICANT), server.phone(STAFF)
    staff.types("/start")
    async with messenger(settings_for(server, tmp_path, packs=packs, staff_ids={STAFF})):
        await staff.hears_until("请选一项")
        applicant.types("什么时候截止？")
        assert "2月19日" in (await applicant.hears()).text
        _edit(packs, "notice.md", "deadline: 2024-02-19", "deadline: 2024-02-26")
        assert "2024年2月19日 → 2024年2月26日" in (await staff.hears()).text
        applicant.types("什么时候截止？")
        assert "2月26日" in (await applicant.hears()).text


async def test_faulty_edit_is_told_to_staff_and_hidden_from_applicants(server, tmp_path, packs):
    """Staff read file, line, reason and mend in the messenger; applicants go on with the old content."""
    applicant, staff = server.phone(APPLICANT), server.phone(STAFF)
    staff.types("/start")
    async with messenger(settings_for(server, tmp_path, packs=packs, staff_ids={STAFF})):
        await staff.hears_until("请选一项")
        _edit(packs, "faq/answers.yaml", "\nentries:\n", "\nentries:\n- id：cat\n")
        told = (await staff.hears()).text
        assert "没有生效" in told
        assert "冒号用成了中文的“：”" in told
        assert "改成英文冒号" in told
        applicant.types("什么时候截止？")
        assert "2月19日" in (await applicant.hears()).text


async def test_staff_who_never_wrote_to_the_bot_stop_nothing(server, tmp_path, packs):
    """An edit goes live although the only member of staff cannot be written to."""
    applicant = server.phone(APPLICANT)
    async with messenger(settings_for(server, tmp_path, packs=packs, staff_ids={STAFF})):
        _edit(packs, "notice.md", "deadline: 2024-02-19", "deadline: 2024-02-26")
        while True:
            applicant.types("什么时候截止？")
            if "2月26日" in (await applicant.hears()).text:
                break
            await asyncio.sleep(0.3)
