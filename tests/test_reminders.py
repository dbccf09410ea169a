"""Reminders: seven, three and one days before the deadline, once each, for whoever has something open."""

from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.clock import HOME
from bot.conversation import Conversation
from bot.reminder_clock import Reminders
from bot.store.schema import sessions
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.updates import Inbound
from dialogs.handlers.reminders import due_before
from dialogs.protocol import Reminded, Text
from tests.applicant import Applicant
from tests.application import BLOCK, STORY
from tests.emulator.server import Emulator
from tests.kf_server import KfServer, words_of
from tests.messenger import messenger, settings_for
from tests.page import browsing, page_settings, served_page
from tests.wechat import kf_running, kf_settings

DEADLINE = date(2024, 2, 19)
NOON = datetime(2024, 2, 12, 12, tzinfo=HOME)
KEY = StorageKey(bot_id=5, chat_id=7, user_id=7)


def before(days: int) -> date:
    return DEADLINE - timedelta(days=days)


# ---- what is said


@pytest.fixture
def applicant(pack):
    """Somebody with five fields filled in, asked for the sixth."""
    applicant = Applicant(pack)
    for text in ("开始填表", "皖北助农协会", "2024年2月1日", "一根网线助春耕", "2021年3月至今", "教育发展"):
        applicant.type(text)
    return applicant


def remind(applicant: Applicant, days: int) -> str:
    applicant.today = before(days)
    return applicant.put(Reminded(deadline=DEADLINE))


def test_it_says_how_long_what_is_left_and_what_to_tap(applicant):
    """The application by its name, how far it is, the first gaps; one tap goes on."""
    said = remind(applicant, 7)
    assert "还有7天" in said
    assert "一根网线助春耕" in said
    assert "已填5/18项，还差项目参与人数" in said
    assert [one.label for one in applicant.replies[0].choices] == ["继续填报（已填5/18项）", "不用提醒"]
    applicant.press("继续填报")
    assert applicant.at == "participants"


def test_on_the_day_before_it_says_tomorrow(applicant):
    """One day is said as people say it."""
    assert "明天（2024年2月19日）截止" in remind(applicant, 1)


def test_what_is_being_asked_stays_asked(applicant):
    """A word typed after it answers the field, and a typed number means a button shown before."""
    applicant.type("修改所属类别")
    offered = applicant.session.offered
    remind(applicant, 3)
    assert applicant.session.offered == offered
    applicant.type("2")
    assert applicant.session.draft.values["category"].display == offered[1][1]


def test_with_everything_filled_in_it_says_what_stands_before_the_document(applicant):
    """The review is what is left."""
    for text in (BLOCK, "全部采用", STORY, "跳过", "无"):
        applicant.type(text)
    assert applicant.at == "review"
    assert "各项都填好了" in remind(applicant, 3)


def test_a_finished_application_is_not_reminded_of(applicant):
    """Nor is one nothing was written into."""
    for text in (BLOCK, "全部采用", STORY, "跳过", "无", "确认无误", "同意"):
        applicant.type(text)
    assert applicant.at == "done"
    assert remind(applicant, 3) == ""
    applicant.type("再填一份")
    assert remind(applicant, 3) == ""
    applicant.type("淮上书屋")
    assert "第2份" not in remind(applicant, 3)
    assert "还没有完成" in remind(applicant, 3)


def test_several_open_applications_are_told_of_at_once(applicant):
    """Each with its own button."""
    applicant.type("再填一份")
    applicant.type("淮上书屋")
    said = remind(applicant, 3)
    assert "您有2份申报还没有完成" in said
    assert "第1份 一根网线助春耕" in said
    assert len(applicant.replies[0].choices) == 3


@pytest.mark.parametrize("words", ["不用提醒", "别再提醒我了", "不要提醒了", "关闭提醒", "不用再给我发提醒了"])
def test_it_can_be_switched_off_and_on_in_words(applicant, words):
    """Where the form was, it goes on."""
    assert "不再提醒" in applicant.type(words)
    assert applicant.at == "participants"
    assert remind(applicant, 3) == ""
    assert "7、3、1天" in applicant.type("再提醒我")
    assert "还有3天" in remind(applicant, 3)


@pytest.mark.parametrize("words", ["再提醒我", "恢复提醒", "到时候提醒我一下", "打开提醒", "截止前提醒我"])
def test_it_is_switched_on_again_in_many_words(applicant, words):
    """As people say it."""
    applicant.type("不用提醒")
    applicant.type(words)
    assert not applicant.session.unreminded


def test_the_button_switches_it_off(applicant):
    """One tap, and the question before it is put again."""
    remind(applicant, 7)
    applicant.press("不用提醒")
    assert "参与人数" in applicant.said
    assert remind(applicant, 3) == ""


def test_a_deadline_put_off_meanwhile_makes_it_moot(applicant):
    """What waited in the inbox is judged by what holds when it is read."""
    assert applicant.put(Reminded(deadline=date(2024, 1, 31))) == ""
    assert remind(applicant, 0) == ""


def test_the_days_it_is_said_on(pack):
    """From seven days before on, the latest day that has come; never on the last day itself."""
    come = {days: found and found[1] for days in range(9) if (found := due_before(pack, before(days))) or True}
    assert come == {0: None, 1: 1, 2: 3, 3: 3, 4: 7, 5: 7, 6: 7, 7: 7, 8: None}


# ---- when, and how often


@asynccontextmanager
async def kept(folder, applicant, *, changed=NOON - timedelta(days=1), worker="main", key=KEY):
    """Open a store that holds this applicant's conversation, last changed at a moment."""
    store = await Store.open(folder / "shenbao.db", worker=worker, clock=changed.timestamp)
    conversation = Conversation(store, lambda: applicant.pack, changed.date)
    for number, text in enumerate(("开始填表", "皖北助农协会")):
        await store.receive([Inbound(f"u{number}", key, Text(text=text, message=number))])
        await conversation.step(key)
    yield store
    await store.close()


def reminders(store, pack, now=NOON, **more):
    return Reminders(
        store,
        lambda: pack,
        now.date,
        more.pop("may_begin", lambda _key, _silent: True),
        lambda _: None,
        clock=now.timestamp,
        **more,
    )


async def test_each_is_put_on_its_way_once(pack, tmp_path):
    """However often it is looked, by however many workers, after a restart as well."""
    async with kept(tmp_path, Applicant(pack)) as store, kept(tmp_path, Applicant(pack), worker="two") as other:
        looking = reminders(store, pack)
        await looking.look()
        await looking.look()
        await reminders(store, pack).look()
        await reminders(other, pack).look()
        conversation = Conversation(store, lambda: pack, NOON.date)
        assert await conversation.step(KEY)
        assert not await conversation.step(KEY)
        said = [one.reply.text for one in await store.outbox(KEY)]
        assert sum("还有7天" in text for text in said) == 1


async def test_a_reminder_is_on_disk_before_it_is_said(pack, tmp_path):
    """A process killed between the two leaves it to the next."""
    async with kept(tmp_path, Applicant(pack)) as store:
        await reminders(store, pack).look()
    store = await Store.open(tmp_path / "shenbao.db")
    assert await store.waiting() == [KEY]
    await store.close()


@pytest.mark.parametrize(
    ("silent", "now", "count"),
    [
        (timedelta(minutes=20), NOON, 0),
        (timedelta(hours=2), NOON, 1),
        (timedelta(hours=9), NOON.replace(hour=22), 0),
        (timedelta(hours=9), NOON.replace(hour=3), 0),
        (timedelta(days=2), NOON + timedelta(days=1), 1),
        (timedelta(hours=3), NOON + timedelta(days=1), 0),
        (timedelta(days=2), NOON - timedelta(days=1), 0),
    ],
    ids=["writing", "silent", "evening", "night", "nobody looked yesterday", "came today", "eight days before"],
)
async def test_nobody_is_disturbed(pack, tmp_path, silent, now, count):
    """Not in the middle of writing, not at night; a day late whoever has not come since."""
    async with kept(tmp_path, Applicant(pack), changed=now - silent) as store:
        assert await reminders(store, pack, now).look() == count


async def test_where_the_day_is_set_by_hand_there_is_no_night(pack, tmp_path):
    """Staff who try it out see it after a minute."""
    now = NOON.replace(hour=3)
    async with kept(tmp_path, Applicant(pack), changed=now - timedelta(minutes=2)) as store:
        assert await reminders(store, pack, now, rehearsal=True).look() == 1


async def test_its_number_tells_nothing_about_anybody(pack, tmp_path):
    """It outlives what was said."""
    async with kept(tmp_path, Applicant(pack)) as store:
        await reminders(store, pack).look()
        async with store.turn(KEY) as tx:
            assert tx.inbound.update_id.startswith("reminder:")
            assert "7:7" not in tx.inbound.update_id
            tx.leave()


# ---- on each channel


async def long_ago(store, moment=NOON - timedelta(days=1)):
    """Have all conversations changed last at a moment."""
    at = int(moment.timestamp() * 1000)
    await store._database.write(lambda connection: connection.execute(update(sessions).values(updated_at=at)))


async def test_on_telegram_it_comes_by_itself(pack, tmp_path):
    """A message with its buttons; the form goes on with one tap."""
    async with (
        Emulator() as server,
        messenger(settings_for(server, tmp_path, today="2024-02-12", pages=False)) as shell,
    ):
        phone = server.phone(7)
        for text in ("开始填表", "皖北助农协会"):
            phone.types(text)
            await phone.hears()
        await long_ago(shell.store)
        looking = Reminders(
            shell.store, lambda: pack, NOON.date, lambda *_: True, shell.dispatcher.notify, rehearsal=True
        )
        assert await looking.look() == 1
        heard = await phone.hears()
        assert "还有7天" in heard.text
        phone.presses("继续填报")
        assert "填报日期" in (await phone.hears()).text


async def test_on_the_page_it_stands_when_it_is_opened(pack, tmp_path):
    """What is typed on a page opened before it came is taken: a reminder asks nothing."""
    async with served_page(page_settings(tmp_path, today="2024-02-12")) as (service, url), browsing(url) as browser:
        await browser.press("开始填表")
        await browser.type("皖北助农协会")
        await long_ago(service.store)
        looking = Reminders(service.store, lambda: pack, NOON.date, service.may_begin, service.notify)
        looking._clock = NOON.timestamp
        assert await looking.look() == 1
        assert "项目名称" in await browser.type("2024年2月1日")
        assert not browser.notice
        assert "还有7天" in await browser.open()


@pytest.mark.parametrize(("silent", "count"), [(timedelta(hours=30), 1), (timedelta(hours=48), 0)])
async def test_on_wechat_it_comes_within_the_48_hours_only(pack, tmp_path, silent, count):
    """WeChat takes nothing later."""
    async with KfServer() as server, kf_running(kf_settings(server, tmp_path, today="2024-02-12")) as kf:
        phone = server.phone("wmApplicant")
        for text in ("开始填表", "皖北助农协会"):
            phone.types(text)
            await kf.settled()
        await long_ago(kf.service.store, NOON - silent)
        looking = Reminders(kf.service.store, lambda: pack, NOON.date, kf.service.may_begin, kf.service.notify)
        looking._clock = NOON.timestamp
        assert await looking.look() == count
        await kf.settled()
        assert sum("还有7天" in (words_of(one) or "") for one in phone.got()) == count


async def test_on_wechat_it_takes_no_message_an_answer_needs(tmp_path):
    """The last of the five is left to the conversation."""
    async with KfServer() as server, kf_running(kf_settings(server, tmp_path, today="2024-02-12")) as kf:
        phone = server.phone("wmApplicant")
        phone.types("开始填表")
        await kf.settled()
        [key] = await kf.service.store.conversations()
        while kf.channel.allowance.left(key) > 1:
            kf.channel.allowance.spend(key)
        assert not kf.service.may_begin(key, 60.0)
