"""What operators and staff see of a running messenger: parked updates, numbers, logs without personal data."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import aiohttp
import pytest
import stamina

from bot import conversation
from bot.channels.telegram import intake
from bot.messages import say
from bot.turn_deadline import turn_deadline
from tests.emulator.server import Emulator
from tests.messenger import messenger, settings_for

STAFF = 11
ROOT = Path(__file__).parent.parent


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_pauses():
    """Failed turns are tried again at once."""
    with stamina.set_testing(True, attempts=50):
        yield


@pytest.fixture
def settings(server, tmp_path):
    return settings_for(server, tmp_path, staff_ids=frozenset({STAFF}))


@pytest.fixture
def _poison(monkeypatch):
    """A core with a fault: it fails at one word."""
    sound = conversation.turn

    def turn(session, event, pack, moment):
        if getattr(event, "text", "") == "毒药":
            raise ValueError("毒药")
        return sound(session, event, pack, moment)

    monkeypatch.setattr(conversation, "turn", turn)


@pytest.mark.usefixtures("_poison")
async def test_an_update_that_cannot_be_handled_is_parked_told_and_listed(server, settings):
    """The applicant reads that it was put aside and goes on; staff are told it, and see it with `/parked`, wordless."""
    phone, staff = server.phone(7), server.phone(STAFF)
    async with messenger(settings):
        phone.types("/start")
        await phone.hears()
        update = phone.types("毒药")
        phone.types("什么时候截止？")
        assert (await phone.hears()).text == say("conversation.put_aside")
        assert "2024年2月19日" in (await phone.hears()).text
        assert "没能处理" in (await staff.hears()).text
        staff.types("/parked")
        listed = (await staff.hears()).text
        phone.types("/parked")
        assert "没有“/parked”" in (await phone.hears()).text
    assert "有1条消息处理时出错" in listed
    assert f"4242:{update['update_id']}" in listed
    assert "ValueError" in listed
    assert "毒药" not in listed


async def test_a_turn_that_never_ends_is_put_aside_at_once_and_holds_up_nobody(server, settings, monkeypatch):
    """It is cut off, told, and not tried again; the next message and the next person are answered."""
    sound = conversation.turn

    def turn(session, event, pack, moment):
        if getattr(event, "text", "") == "慢":
            re.match("(a*)*b", "a" * 40)
        return sound(session, event, pack, moment)

    monkeypatch.setattr(conversation, "turn", turn)
    monkeypatch.setattr(conversation, "turn_deadline", lambda: turn_deadline(0.2))
    ann, bob = server.phone(7), server.phone(8)
    async with messenger(settings) as shell:
        ann.types("慢")
        bob.types("/start")
        ann.types("/start")
        assert "申报助手" in (await bob.hears()).text
        assert (await ann.hears()).text == say("conversation.put_aside")
        assert "申报助手" in (await ann.hears()).text
        assert len(await shell.store.parked()) == 1


async def test_nothing_parked_is_said(server, settings):
    """On a good day the list is empty, and says so."""
    staff = server.phone(STAFF)
    async with messenger(settings):
        staff.types("/parked")
        assert (await staff.hears()).text == "没有被搁置的消息，也没有发不出去的答复。"


async def test_a_reply_the_messenger_will_not_take_is_listed_and_holds_up_nothing(server, settings):
    """Its conversation goes on; staff see whose it was, without its words."""
    phone, staff = server.phone(7), server.phone(STAFF)
    server.trouble("sendMessage", chat=7, status=400)
    async with messenger(settings):
        phone.types("/start")
        phone.types("什么时候截止？")
        assert "2024年2月19日" in (await phone.hears()).text
        staff.types("/parked")
        listed = (await staff.hears()).text
    assert "有1条答复一直发不出去" in listed
    assert "4242:7:7" in listed
    assert "BadRequest" in listed


def _numbers(text):
    """Read metrics: name with labels → value."""
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


async def _read(settings):
    """Give the numbers as the operator's tools read them."""
    url = f"http://127.0.0.1:{settings.operator_port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return _numbers(await answer.text())


@pytest.mark.usefixtures("_poison")
async def test_questions_errors_and_sendings_are_counted(server, settings, unused_tcp_port):
    """Each question by its outcome, each failed try, each reply sent or not; what is parked shows as well."""
    phone = server.phone(7)
    settings = settings.model_copy(update={"operator_port": unused_tcp_port})
    async with messenger(settings) as shell:
        before = await _read(settings)
        server.trouble("sendMessage", status=502)
        for text in ("什么时候截止？", "什么时候截止？", "月亮上能种菜吗？", "毒药"):
            phone.types(text)
        await phone.hears_until(say("conversation.put_aside"))
        await shell.dispatcher.drain()
        after = await _read(settings)
    grown = {name: after[name] - before.get(name, 0.0) for name in after}
    assert grown['shenbao_questions_total{outcome="answered"}'] == 1
    assert grown['shenbao_questions_total{outcome="repeated"}'] == 1
    unanswered = (grown[f'shenbao_questions_total{{outcome="{how}"}}'] for how in ("abstained", "clarified"))
    assert sum(unanswered) == 1
    assert grown["shenbao_turns_total"] == 4
    assert grown["shenbao_turn_errors_total"] == 4
    assert grown["shenbao_turn_seconds_count"] == 4
    assert grown['shenbao_sendings_total{outcome="sent"}'] == 4
    assert grown['shenbao_sendings_total{outcome="failed"}'] == 1
    assert after["shenbao_parked_updates"] == 1
    assert after["shenbao_waiting_conversations"] == 0


async def test_an_update_nobody_can_read_holds_up_nobody(server, settings, monkeypatch):
    """It is logged and acknowledged, or it would come again for ever and the others never."""
    read = intake.read

    def failing(update, limit):
        if update.message.text == "坏":
            raise KeyError("text")
        return read(update, limit)

    monkeypatch.setattr(intake, "read", failing)
    phone = server.phone(7)
    async with messenger(settings):
        phone.types("坏")
        phone.types("/start")
        assert "申报助手" in (await phone.hears()).text
        await server.acknowledged()


SECRETS = ("滨湖夜校之友", "0551-5550199", "钱小满", "银杏树下的夜校", "萤火虫能申报吗", "紫藤花架下的第一课")


async def test_the_most_talkative_log_holds_nothing_an_applicant_sent(server, tmp_path):
    """Answers, refused answers, questions, files, edits, failed sendings: none of their words is logged."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "SHENBAO_DATA": str(tmp_path / "data"),
        "SHENBAO_TODAY": "2024-02-05",
        "SHENBAO_LOG_LEVEL": "DEBUG",
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", "telegram"]
    program = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    phone = server.phone(7)
    server.trouble("sendMessage", status=502)
    server.trouble("sendMessage", status=400)
    unit, telephone, person, project, question, story = SECRETS
    phone.types("/start")
    phone.types("开始填表")
    first = phone.types(unit)
    phone.types(f"{question}？")
    phone.types(f"联系人：{person} {telephone}")
    phone.types(f"填表日期：{project}")
    phone.uploads(f"{project}.txt", story.encode() * 20, caption=f"{question}？")
    phone.edits(first, f"{unit}协会")
    await phone.hears_until("协会")
    program.send_signal(signal.SIGTERM)
    output, errors = await program.communicate()
    assert (program.returncode, output) == (0, b"")
    assert b'"event": "stopped"' in errors
    assert [secret for secret in SECRETS if secret in errors.decode()] == []
