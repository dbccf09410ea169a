"""Storage: what came in is kept, applied once, answered in order, and forgotten on request."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bot.fsm.key import StorageKey
from bot.messages import Inbound
from bot.store import MAX_TRIES, Result, Store, inbox, sessions
from bot.store.codec import pack, unpack
from bot.store.schema import metadata
from dialogs.events import Choice, Command, Edited, Text, Upload
from dialogs.holdings import Filed, Holdings
from dialogs.replies import Button, File, Reply
from knowledge.notice import Citation

ANNA, BO = StorageKey(1, 9876543, 9876543), StorageKey(1, 20, 20)
PACK = "anhui-2024"


class Clock:
    """A clock the test sets."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(database_url: str, clock: Clock) -> AsyncIterator[Store]:
    store = await Store.open(database_url, synchronous="NORMAL", clock=clock)
    yield store
    await store.close()


def update(key: StorageKey, text: str, position: int = 0) -> Inbound:
    return Inbound(f"{key.chat_id}-{text}", key, Text(text=text), position)


async def turn(store: Store, key: StorageKey, **extra: object) -> str | None:
    """Handle one update: its text is added to the session and repeated as the reply."""
    async with store.turn(key) as tx:
        if tx is None:
            return None
        text = tx.inbound.event.text
        said = [*tx.data.get("said", []), text]
        tx.save(Result("Form:name", {"said": said}, [Reply(text=text)], **extra))
    return text


async def failing_turn(store: Store, error: Exception, *, last: bool = False) -> None:
    """Handle one update up to the end, then fail."""
    async with store.turn(ANNA) as tx:
        assert tx.last_try == last
        tx.save(Result("Form:name", {"said": ["wrong"]}, [Reply(text="wrong")]))
        raise error


async def said(store: Store, key: StorageKey) -> list[str]:
    return (await store.session(key))[1].get("said", [])


async def test_an_update_changes_the_session_and_leaves_a_reply(store: Store):
    """One turn saves state, data, journal and reply together."""
    await store.receive([update(ANNA, "好")])
    assert await store.waiting() == [ANNA]
    assert await turn(store, ANNA) == "好"
    assert await store.session(ANNA) == ("Form:name", {"said": ["好"]})
    (outgoing,) = await store.outbox(ANNA)
    assert (outgoing.key, outgoing.reply.text) == (ANNA, "好")
    await store.sent(outgoing.id)
    assert await store.outbox(ANNA) == []
    assert await store.waiting() == []
    assert await turn(store, ANNA) is None


async def test_an_update_delivered_again_is_applied_once(store: Store):
    """Redelivery before, between and after handling changes nothing."""
    await store.receive([update(ANNA, "a"), update(ANNA, "a")])
    await store.receive([update(ANNA, "a")])
    await turn(store, ANNA)
    await store.receive([update(ANNA, "a")])
    assert await turn(store, ANNA) is None
    assert await said(store, ANNA) == ["a"]


async def test_two_bots_may_number_their_updates_alike(store: Store):
    """Update ids are unique per bot, not across bots."""
    other = StorageKey(2, ANNA.chat_id, ANNA.user_id)
    await store.receive([Inbound("7", ANNA, Text(text="a")), Inbound("7", other, Text(text="b"))])
    assert [await turn(store, ANNA), await turn(store, other)] == ["a", "b"]


async def test_updates_are_handled_in_the_messengers_order(store: Store):
    """Updates that arrived shuffled are put in order by their position."""
    await store.receive([update(ANNA, "c", 3), update(ANNA, "a", 1)])
    await store.receive([update(ANNA, "b", 2)])
    assert [await turn(store, ANNA) for _ in range(3)] == ["a", "b", "c"]


async def test_what_fails_leaves_no_trace_and_is_tried_again(store: Store):
    """A turn that raises changes nothing; the update waits for the next try."""
    await store.receive([update(ANNA, "a")])
    with pytest.raises(ZeroDivisionError):
        await failing_turn(store, ZeroDivisionError())
    assert await store.session(ANNA) == (None, {})
    assert await store.outbox(ANNA) == []
    assert await turn(store, ANNA) == "a"


async def test_a_turn_that_saves_nothing_is_an_error(store: Store):
    """Forgetting to save must not swallow the update."""
    await store.receive([update(ANNA, "a")])
    with pytest.raises(RuntimeError, match="without save"):
        async with store.turn(ANNA):
            pass
    assert await turn(store, ANNA) == "a"


async def test_a_poison_update_is_parked_after_its_last_try(store: Store):
    """After the last try the update no longer blocks the chat and is shown to staff."""
    await store.receive([update(ANNA, "bad"), update(ANNA, "good")])
    for attempt in range(MAX_TRIES):
        with pytest.raises(ValueError, match="cannot"):
            await failing_turn(store, ValueError("cannot"), last=attempt == MAX_TRIES - 1)
    assert await turn(store, ANNA) == "good"
    (parked,) = await store.parked()
    assert parked.update_id == f"{ANNA.chat_id}-bad"
    assert "cannot" in parked.error


async def test_a_turn_can_park_its_update_with_an_apology(store: Store):
    """The applicant hears of it, the session stays as it was."""
    await store.receive([update(ANNA, "a"), update(ANNA, "bad")])
    await turn(store, ANNA)
    async with store.turn(ANNA) as tx:
        tx.park("broken", [Reply(text="抱歉")])
    assert await said(store, ANNA) == ["a"]
    assert [outgoing.reply.text for outgoing in await store.outbox(ANNA)] == ["a", "抱歉"]
    assert [parked.error for parked in await store.parked()] == ["broken"]


async def test_what_was_parked_first_of_all_stays_for_staff(store: Store):
    """A conversation whose first update failed is not taken for one that was erased."""
    await store.receive([update(ANNA, "bad")])
    async with store.turn(ANNA) as tx:
        tx.park("broken", [Reply(text="抱歉")])
    for outgoing in await store.outbox(ANNA):
        await store.sent(outgoing.id)
    assert await store.outbox(ANNA) == []
    (parked,) = await store.parked()
    assert str(ANNA.chat_id) in parked.key


async def test_five_concurrent_updates_that_each_add_one_give_five(store: Store):
    """Turns of one conversation wait for each other; other conversations do not wait."""
    await store.receive([update(key, str(number)) for number in range(5) for key in (ANNA, BO)])
    await asyncio.gather(*(turn(store, key) for _ in range(5) for key in (ANNA, BO)))
    assert await said(store, ANNA) == await said(store, BO) == ["0", "1", "2", "3", "4"]


async def test_several_workers_share_one_database(store: Store, database_url: str):
    """Two processes' stores on one database apply each update once and in order."""
    other = await Store.open(database_url, worker="other", synchronous="NORMAL")
    await store.receive([update(ANNA, str(number)) for number in range(10)])
    await asyncio.gather(*(turn(worker, ANNA) for _ in range(5) for worker in (store, other)))
    assert await said(store, ANNA) == [str(number) for number in range(10)]
    await other.close()


async def test_only_one_worker_sends_the_replies_of_a_conversation(store: Store, database_url: str, clock: Clock):
    """The worker of the turn sends; another one takes over only when it has been silent too long."""
    other = await Store.open(database_url, worker="other", clock=clock)
    await store.receive([update(ANNA, "a")])
    await turn(store, ANNA)
    assert await other.outbox(ANNA) == []
    clock.now += 60
    (taken_over,) = await other.outbox(ANNA)
    assert await store.outbox(ANNA) == []
    await other.sent(taken_over.id)
    assert await other.outbox(ANNA) == []
    await store.receive([update(ANNA, "b")])
    await turn(store, ANNA)
    assert [outgoing.reply.text for outgoing in await store.outbox(ANNA)] == ["b"]
    await other.close()


async def test_a_restarted_worker_goes_on_sending_at_once(store: Store, database_url: str, clock: Clock):
    """A worker that comes back under its name takes up its own unsent replies without waiting."""
    await store.receive([update(ANNA, "a")])
    await turn(store, ANNA)
    again = await Store.open(database_url, clock=clock)
    assert await again.waiting() == [ANNA]
    assert [outgoing.reply.text for outgoing in await again.outbox(ANNA)] == ["a"]
    await again.close()


async def test_failed_sendings_are_counted(store: Store):
    """Whoever sends can see how often a reply failed."""
    await store.receive([update(ANNA, "a")])
    await turn(store, ANNA)
    (first,) = await store.outbox(ANNA)
    await store.not_sent(first.id, "ConnectionError")
    (second,) = await store.outbox(ANNA)
    assert (second.id, second.tries) == (first.id, 1)


async def test_files_come_and_go_byte_for_byte(store: Store):
    """Uploads and documents keep their bytes, in the inbox, the journal and the outbox."""
    content = bytes(range(256))
    await store.receive([Inbound("1", ANNA, Upload(name="表.docx", content=content))])
    async with store.turn(ANNA) as tx:
        assert tx.inbound.event == Upload(name="表.docx", content=content)
        tx.save(Result(None, {}, [Reply(text="给", files=(File(name="表.docx", content=content),))]))
    (outgoing,) = await store.outbox(ANNA)
    assert outgoing.reply.files[0].content == content
    (entry,) = await store.journal(ANNA)
    assert entry.event == Upload(name="表.docx", content=content)
    assert entry.replies == (outgoing.reply,)


async def test_the_journal_keeps_each_turn_with_its_inputs_and_versions(store: Store, clock: Clock):
    """One row a turn: event, states, replies, pack version, and what else the core was given."""
    await store.receive([update(ANNA, "a"), update(ANNA, "b")])
    inputs = {"today": "2024-02-19"}
    await turn(store, ANNA, inputs=inputs, pack_id=PACK, pack_version="1")
    await turn(store, ANNA, pack_id=PACK, pack_version="2")
    first, second = await store.journal(ANNA)
    assert (first.event, first.inputs, first.pack_version) == (Text(text="a"), inputs, "1")
    assert (first.state_before, first.state_after, second.state_before) == (None, "Form:name", "Form:name")
    assert (second.replies, second.pack_version) == ((Reply(text="b"),), "2")
    assert first.at == clock.now * 1000


def filed(draft: str, project: str, recommender: str = "省网信办", pack: str = PACK) -> Filed:
    return Filed(draft=draft, pack_id=pack, project_name=project, recommender_unit=recommender, unit_name="甲")


async def test_submissions_count_for_quota_and_once_only(store: Store):
    """Names are compared without spaces, width and marks; one's own draft is not counted against itself."""
    await store.receive([update(ANNA, "a"), update(BO, "b")])
    await turn(store, ANNA, filed=[filed("1", "《护苗》行动"), filed("2", "净网")])
    await turn(store, BO, filed=[filed("1", "护苗行动", "省 网信办")])
    both = Holdings(same_project=1, from_recommender=1)
    assert await store.holdings(ANNA, filed("1", "护苗 行动")) == both
    assert await store.holdings(ANNA, filed("3", "新项目")) == Holdings(same_project=0, from_recommender=2)
    assert await store.holdings(ANNA, filed("3", "护苗行动", pack="another")) == Holdings()
    assert await store.holdings(ANNA, filed("3", "", "")) == Holdings()


async def test_an_application_made_again_replaces_itself(store: Store):
    """Changing the form after it was finished does not use up the quota."""
    await store.receive([update(ANNA, "a"), update(ANNA, "b")])
    await turn(store, ANNA, filed=[filed("1", "旧名")])
    async with store.turn(ANNA) as tx:
        assert await tx.holdings(filed("1", "新名")) == Holdings()
        tx.save(Result(None, {}, [], filed=[filed("1", "新名")]))
    assert await store.holdings(BO, filed("1", "旧名")) == Holdings(same_project=0, from_recommender=1)


async def erased_by_turn(store: Store) -> None:
    await store.receive([Inbound("erase", ANNA, Command(name="erase"))])
    async with store.turn(ANNA) as tx:
        tx.save(Result(None, {}, [Reply(text="已删除")], erase=True))
    (farewell,) = await store.outbox(ANNA)
    assert farewell.reply.text == "已删除"
    await store.sent(farewell.id)
    assert await store.outbox(ANNA) == []


async def erased_by_staff(store: Store) -> None:
    await store.erase(ANNA)


@pytest.mark.parametrize("erase", [erased_by_turn, erased_by_staff])
async def test_erasing_leaves_nothing_of_a_person(store: Store, erase):
    """Session, journal, files, submissions and address go; others' data stays; nothing is applied again."""
    await store.receive([Inbound("file", ANNA, Upload(name="a", content=b"secret")), update(BO, "b")])
    async with store.turn(ANNA) as tx:
        tx.save(Result("Form:name", {"said": ["secret"]}, [Reply(text="secret")], [filed("1", "secret")]))
    await turn(store, BO)
    await erase(store)
    assert await store.session(ANNA) == (None, {})
    assert await store.journal(ANNA) == []
    assert await store.holdings(BO, filed("1", "secret")) == Holdings()
    written = await everything(store)
    assert "secret" not in written
    assert str(ANNA.chat_id) not in written
    assert str(BO.chat_id) in written
    assert await said(store, BO) == ["b"]
    await store.receive([Inbound("file", ANNA, Text(text="again"))])
    assert await turn(store, ANNA) is None


async def everything(store: Store) -> str:
    """Give every value in every table."""

    def read(connection) -> str:
        return "\n".join(repr(row) for table in metadata.tables.values() for row in connection.execute(table.select()))

    return await store._database.read(read)


async def test_conversations_silent_too_long_are_forgotten(store: Store, clock: Clock):
    """Retention removes whole conversations, never a part of a living one."""
    await store.receive([update(ANNA, "a"), update(BO, "b")])
    await turn(store, ANNA)
    await turn(store, BO)
    clock.now += 1000
    await store.receive([update(BO, "c")])
    await turn(store, BO)
    assert await store.forget_older_than(datetime.fromtimestamp(clock.now - 500, UTC)) == 1
    assert await said(store, ANNA) == []
    assert await said(store, BO) == ["b", "c"]
    assert len(await store.journal(BO)) == 2


@pytest.mark.parametrize(
    ("statement", "indexes"), [(sessions._WAITING, 2), (sessions._HAS_UPDATE, 1), (inbox._OLDEST, 1)]
)
async def test_looking_for_work_reads_only_what_waits(tmp_path: Path, statement, indexes: int):
    """However much is stored, only the small indexes of open updates and unsent replies are read."""
    store = await Store.open(tmp_path / "store.db")
    compiled = statement.compile(dialect=sqlite.dialect())
    plan = await store._database.read(
        lambda connection: connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {compiled}", (1,) * len(compiled.params)
        ).all()
    )
    steps = " ".join(row.detail for row in plan if "box" in row.detail)
    assert steps.count("INDEX inbox_open") + steps.count("INDEX outbox_open") == indexes == steps.count("INDEX")
    await store.close()


WORDS = st.text(st.characters(), max_size=20)  # lone surrogates and control characters too
EVENTS = st.one_of(
    st.builds(Text, text=WORDS, message=st.none() | st.integers()),
    st.builds(Choice, id=WORDS),
    st.builds(Upload, name=WORDS, content=st.binary()),
    st.builds(Edited, text=WORDS, message=st.integers()),
    st.builds(Command, name=WORDS, argument=WORDS),
)
REPLIES = st.builds(
    Reply,
    text=WORDS,
    choices=st.lists(st.builds(Button, id=WORDS, label=WORDS), max_size=2).map(tuple),
    citations=st.lists(st.builds(Citation, clause=WORDS, quote=WORDS), max_size=2).map(tuple),
    files=st.lists(st.builds(File, name=WORDS, content=st.binary()), max_size=2).map(tuple),
)


@given(EVENTS | REPLIES)
def test_every_event_and_reply_comes_back_as_it_was_stored(model):
    """Any characters, any bytes: the text is storable anywhere, and nothing is lost."""
    blobs: dict[str, bytes] = {}
    text = pack(model, blobs)
    text.encode()
    assert "\0" not in text
    assert type(model).model_validate(unpack(text, blobs.__getitem__)) == model
