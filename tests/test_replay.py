"""`shenbao replay`: what is stored is what the journal leads to; the first difference is shown."""

import asyncio
import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.commands.replay import replay
from bot.conversation import Conversation
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.updates import Inbound
from dialogs.protocol import Choice, Command, Edited, Text, Upload
from knowledge.loading.pack_folder import PACKS, load_pack

ANN, BOB, STAFF = (StorageKey(bot_id=1, chat_id=chat, user_id=chat) for chat in (7, 8, 11))
STORY = "项目目标是让山里的孩子学会用网，志愿者每周开两堂直播课，三年开课300堂，覆盖40所学校，传播800万次。" * 3
ANSWERS = (
    "开始填表",
    "皖南青年志愿者协会",
    "2024年2月5日",
    "山里的直播课",
    "2021年3月至今",
    "互联网+教育发展",
    "约260人",
    "什么时候截止？",
    "8600人",
    "800万次",
    "12.5万元",
    "社会捐赠",
    "专职2人，志愿者80人",
    "否",
    "林晓 0553-5550101",
    "芜湖市委网信办 周平 0553-5550202",
    STORY,
    "跳过",
    "https://example.com/news/1",
    "确认",
    "同意",
)


class Office:
    """The bot with its database: takes events of conversations and handles them."""

    def __init__(self, folder, pack):
        self.database = str(folder / "shenbao.db")
        self.pack = pack
        self._numbers = iter(range(1, 10_000))

    async def hears(self, key, *events):
        store = await Store.open(self.database)
        conversation = Conversation(store, lambda: self.pack, lambda: date(2024, 2, 5), {STAFF.user_id})
        for event in events:
            await store.receive([Inbound(f"u{next(self._numbers)}", key, event)])
            assert await conversation.step(key)
        await store.close()

    async def fills_the_form(self, key):
        await self.hears(key, *(Text(text=text, message=number) for number, text in enumerate(ANSWERS, 1)))

    async def journal(self, key):
        store = await Store.open(self.database)
        entries = await store.journal(key)
        await store.close()
        return entries

    def tampers(self, sql, *values):
        with closing(sqlite3.connect(self.database)) as connection, connection:
            assert connection.execute(sql, values).rowcount > 0


@pytest.fixture
def office(tmp_path, pack):
    return Office(tmp_path, pack)


async def _command(data):
    """Run the command as installed; gives its exit code and what it wrote."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "replay", "--data", str(data)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())}
    program = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=environment)
    output, _ = await program.communicate()
    return program.returncode, output.decode()


async def _replayed(office, **more):
    return await replay(office.database, more.get("pack"), more.get("key"))


async def test_a_whole_application_is_replayed_to_the_byte(office):
    """Answers, a question, an edit, an upload, a double tap, the document: run again, all is as it was."""
    await office.fills_the_form(ANN)
    await office.hears(
        ANN,
        Edited(text="山里的直播课堂", message=4),
        Choice(id="reviewed:1", message=900),
        Choice(id="reviewed:1", message=900),
        Upload(name="稿.txt", content=STORY.encode(), message=40),
    )
    assert any(reply.files for entry in await office.journal(ANN) for reply in entry.replies)
    report = await _replayed(office)
    assert str(report) == f"重放了1个对话、{len(ANSWERS) + 4}轮：与当时完全一致。"


async def test_what_other_applications_are_held_is_part_of_the_record(office):
    """A quota warning given then is given again, whatever the bot holds by now."""
    await office.fills_the_form(ANN)
    await office.fills_the_form(BOB)  # the same project: it may be put in once only
    assert any((entry.inputs["holdings"] or {}).get("same") for entry in await office.journal(BOB))
    assert not (await _replayed(office)).different


async def test_staff_commands_are_no_turns_of_the_core(office):
    """What staff asked for is passed over, and does not disturb their own application."""
    await office.hears(STAFF, Text(text="开始填表"), Command(name="stats"), Text(text="皖南协会"))
    assert (await _replayed(office)).turns == 2


async def test_a_conversation_that_was_erased_is_replayed_from_there(office):
    """After 删除我的资料 the journal starts anew; what came after is replayed."""
    await office.fills_the_form(ANN)
    await office.hears(ANN, Text(text="删除我的资料"), Text(text="全部删除"))
    await office.hears(ANN, Text(text="开始填表"), Command(name="delete"))
    report = await _replayed(office)
    assert (report.turns, report.different) == (2, 0)


async def test_a_changed_reply_is_shown_with_its_turn(office):
    """The first difference is told with conversation, turn, event and both wordings."""
    await office.fills_the_form(ANN)
    office.tampers("UPDATE outbox SET reply = replace(reply, '2月19日', '2月29日') WHERE turn = 8")
    report = await _replayed(office)
    assert report.different == 1
    assert "第8轮（text，" in str(report)
    assert "更新 u8" in str(report)
    assert "2月29日" in str(report)


async def test_a_changed_state_is_shown(office):
    """A turn that leads elsewhere is told by its states."""
    await office.fills_the_form(ANN)
    office.tampers("UPDATE journal SET state_after = 'ApplicationForm:done' WHERE id = 3")
    assert "当时：ApplicationForm:done\n    现在：ApplicationForm:project_name" in str(await _replayed(office))


async def test_a_turn_that_was_lost_is_noticed(office):
    """Without one of its turns a journal does not lead to what is stored."""
    await office.fills_the_form(ANN)
    office.tampers("DELETE FROM journal WHERE id = (SELECT max(id) FROM journal)")
    assert "库里保存的会话与重放20轮的结果不一致" in str(await _replayed(office))


async def test_one_conversation_can_be_chosen(office):
    """`--key` takes the number of the chat, or the address the staff's list shows; an unknown one is told."""
    await office.hears(ANN, Text(text="你好"))
    await office.hears(BOB, Text(text="你好"))
    assert (await _replayed(office, key="8")).conversations == 1
    assert (await _replayed(office, key="fsm:1:7:7:default")).conversations == 1
    assert "没有找到 9 的对话记录" in str(await _replayed(office, key="9"))


async def test_another_version_of_the_pack_is_named_as_the_likely_cause(office, tmp_path):
    """When staff have changed the form since, the difference says so, and how to replay with the old pack."""
    folder = shutil.copytree(PACKS / "anhui-2024", tmp_path / "old")
    form = folder / "form.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("申报单位", "申请单位"), encoding="utf-8")
    office.pack = load_pack(folder)
    await office.hears(ANN, *(Text(text=text) for text in ANSWERS[:3]))
    report = str(await _replayed(office))
    assert f"资料包版本是 {office.pack.version}" in report
    assert not (await _replayed(office, pack=str(folder))).different


async def test_harmless_changes_of_the_pack_leave_the_replay_the_same(office, tmp_path):
    """Drafts go over to a new version where they did then."""
    await office.hears(ANN, *(Text(text=text) for text in ANSWERS[:3]))
    folder = shutil.copytree(PACKS / "anhui-2024", tmp_path / "new")
    (folder / "form.yaml").write_text((folder / "form.yaml").read_text(encoding="utf-8") + "\n# later\n", "utf-8")
    office.pack = load_pack(folder)
    await office.hears(ANN, *(Text(text=text) for text in ANSWERS[3:6]))
    assert not (await _replayed(office)).different


async def test_the_command_exits_with_1_on_a_difference(office, tmp_path):
    """As installed: one line and 0 when all is the same, the difference and 1 otherwise."""
    await office.hears(ANN, Text(text="开始填表"), Text(text="皖南协会"))
    assert await _command(tmp_path) == (0, "重放了1个对话、2轮：与当时完全一致。\n")
    office.tampers("UPDATE sessions SET data = ?", json.dumps({"pack_id": "x", "pack_version": "y"}))
    code, said = await _command(tmp_path)
    assert code == 1
    assert "1个对话与当时不一致" in said
