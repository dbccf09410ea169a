"""An application and the office, as its applicant sees it: handed in, taken back, decided on; and the register."""

import asyncio
from contextlib import suppress
from datetime import date

import pytest

from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Decided, File, FiledSubmission, Registration, Text
from dialogs.submission import Submission
from tests.applicant import Applicant
from tests.application import BLOCK, STORY

FINISHING = ("跳过这一项", "发完了", "确认，就这样填", "确认无误", "同意", "继续填报")


@pytest.fixture
def applicant(pack) -> Applicant:
    """Somebody whose document is made."""
    person = Applicant(pack, date(2024, 2, 5))
    person.type("开始填表")
    person.type(BLOCK)
    person.type(STORY)
    finish(person)
    return person


def finish(person: Applicant) -> None:
    """Press on until the document is there."""
    for _ in range(20):
        labels = [button.label for reply in person.replies for button in reply.choices]
        if any("打包全部材料" in label for label in labels):
            return
        person.press(next(one for one in FINISHING if any(one in label for label in labels)))
    raise AssertionError(person.said)


def test_what_is_not_finished_is_not_handed_in(pack):
    """Said in words; it is told what is missing."""
    person = Applicant(pack)
    person.type("开始填表")
    assert "现在还不能提交" in person.type("提交申报")
    assert person.receipts == {}


def test_it_gets_a_number_and_is_listed_with_its_state(applicant):
    """By words as by the button; the paper way is not forgotten."""
    assert "受理号：anhui-2024-0001" in applicant.type("提交申报")
    assert "纸质件" in applicant.said
    listed = applicant.type("我的申报")
    assert "anhui-2024-0001：已提交，等待主办单位查收" in listed


def test_a_change_asks_for_the_document_first(applicant):
    """What was changed is not handed in before it is made again."""
    applicant.press("提交申报")
    applicant.type("项目参与人数改成300人")
    assert "还没有重新生成" in applicant.type("再交一版")
    assert applicant.receipts["1"].version == 1
    finish(applicant)
    assert "还是之前交的那一版（受理号 anhui-2024-0001）" in applicant.said
    applicant.press("再交一版")
    assert applicant.receipts["1"].version == 2
    assert "之前交的那一版（受理号" not in applicant.type("看看表格的样子")


def test_it_is_taken_back_after_asking(applicant):
    """Then it can be deleted; before, it cannot."""
    applicant.press("提交申报")
    assert "不能直接删除" in applicant.type("删除第1份")
    assert "要撤回受理号 anhui-2024-0001" in applicant.type("撤回申报")
    assert applicant.receipts["1"].status == "submitted"
    assert "已撤回" in applicant.press("确定撤回")
    assert "要删除第1份" in applicant.type("删除第1份")


def test_nothing_to_take_back_is_said(pack):
    """To somebody who handed nothing in."""
    person = Applicant(pack)
    person.type("开始填表")
    assert "没有提交，或者已经撤回" in person.type("撤回申报")


def test_a_decision_comes_beside_what_is_being_done(applicant):
    """The note is read, and the field at hand is still asked."""
    applicant.press("提交申报")
    applicant.type("再填一份")
    state = applicant.session.state
    said = applicant.put(Decided(number="anhui-2024-0001", draft="1", status="returned", note="补盖公章"))
    assert "需要补正" in said
    assert "补盖公章" in said
    assert applicant.session.state == state
    applicant.press("打开这份申报")
    assert applicant.session.current == 1


# ---- the register


def _wish(change: str, draft: str = "1", on: date = date(2024, 2, 5)) -> Registration:
    filed = FiledSubmission(draft=draft, pack_id="call", identity={"project": "山里的直播课"})
    document = File(name="表.docx", content=b"document")
    handed = {"submission": Submission(pack_id="call", pack_version="1", entries={}), "document": document}
    return Registration(change=change, draft=draft, on=on, filed=filed, **(handed if change == "submit" else {}))


async def _register(store: Store, user: int, wish: Registration, serial: int = 0, *, erase: bool = False):
    key = StorageKey(bot_id=1, chat_id=user, user_id=user)
    await store.receive([Inbound(f"{user}:{serial}", key, Text(text="提交"))])
    async with store.turn(key) as tx:
        receipts = await tx.register(wish)
        tx.save(Result("Form:menu", {"a": 1}, [], erase=erase))
    return receipts


async def test_numbers_are_given_once_also_to_many_at_a_time(database_url):
    """Per call and year, counted on."""
    store = await Store.open(database_url)
    found = await asyncio.gather(*(_register(store, user, _wish("submit")) for user in range(1, 6)))
    numbers = sorted(receipts["1"].number for receipts in found)
    assert numbers == [f"call-2024-000{number}" for number in range(1, 6)]
    later = await _register(store, 9, _wish("submit", on=date(2025, 1, 2)))
    assert later["1"].number == "call-2025-0001"
    await store.close()


async def test_what_a_failed_turn_handed_in_is_not_handed_in(database_url):
    """The number is given again."""
    store = await Store.open(database_url)
    key = StorageKey(bot_id=1, chat_id=1, user_id=1)
    await store.receive([Inbound("1", key, Text(text="提交"))])
    with suppress(ZeroDivisionError):
        async with store.turn(key) as tx:
            await tx.register(_wish("submit"))
            raise ZeroDivisionError
    assert await store.office.applications("call") == []
    again = await _register(store, 1, _wish("submit"))
    assert again["1"].number == "call-2024-0001"
    await store.close()


async def test_a_decision_is_in_the_inbox_with_what_it_says(database_url):
    """In one step; what was taken back is not decided on."""
    store = await Store.open(database_url)
    await _register(store, 1, _wish("submit"))
    decided = Decided(number="call-2024-0001", draft="1", status="received")
    key = await store.office.decide("call", "call-2024-0001", "王敏", decided)
    async with store.turn(key) as tx:
        assert tx.inbound.event == decided
        tx.save(Result("Form:menu", {"a": 1}, []))
    assert (await store.office.application("call-2024-0001")).status == "received"
    assert [one.name for one in await store.office.actions("call", ("received",))] == ["王敏"]
    await _register(store, 1, _wish("withdraw"), serial=2)
    assert await store.office.decide("call", "call-2024-0001", "王敏", decided) is None
    await store.close()


async def test_who_is_erased_leaves_only_the_number(database_url):
    """And the next number is another."""
    store = await Store.open(database_url)
    await _register(store, 1, _wish("submit"))
    decided = Decided(number="call-2024-0001", draft="1", status="returned", note="请林晓补签")
    await store.office.decide("call", "call-2024-0001", "王敏", decided)
    await _register(store, 1, _wish("look"), serial=2, erase=True)
    assert [one.detail for one in await store.office.actions("call")] == [""]
    left = await store.office.application("call-2024-0001")
    assert (left.status, dict(left.identity), left.submission, left.key) == ("erased", {}, None, "")
    assert (await _register(store, 2, _wish("submit")))["1"].number == "call-2024-0002"
    await store.close()


async def test_a_flood_does_not_wash_a_decision_away(database_url):
    """What an applicant sent too much of is dropped; what the office has to say is not."""
    store = await Store.open(database_url)
    await _register(store, 1, _wish("submit"))
    decided = Decided(number="call-2024-0001", draft="1", status="received")
    key = StorageKey(bot_id=1, chat_id=1, user_id=1)
    await store.receive([Inbound(f"flood:{number}", key, Text(text="喂")) for number in range(3)])
    await store.office.decide("call", "call-2024-0001", "王敏", decided)
    async with store.turn(key) as tx:
        tx.save(Result("Form:menu", {"a": 1}, [], drops_waiting=True))
    async with store.turn(key) as tx:
        assert tx.inbound.event == decided
        tx.save(Result("Form:menu", {"a": 1}, []))
    await store.close()
