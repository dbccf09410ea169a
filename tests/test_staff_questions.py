"""Questions kept for staff: with the turn or not at all, apart from the conversation, for as long as data is kept."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Asked, Text

ANNA = StorageKey(1, 30, 30)
PACK = "anhui-2024"
NOON = 1_700_000_000.0


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = await Store.open(database_url, synchronous="NORMAL", clock=lambda: NOON)
    yield store
    await store.close()


async def _turn(store, text, asked, pack_id=PACK, **more):
    await store.receive([Inbound(text, ANNA, Text(text=text))])
    async with store.turn(ANNA) as tx:
        tx.save(Result("Form:menu", {}, [], pack_id=pack_id, asked=asked, **more))


async def _failing_turn(store, asked):
    async with store.turn(ANNA) as tx:
        tx.save(Result("Form:menu", {}, [], pack_id=PACK, asked=asked))
        raise ZeroDivisionError


async def test_question_is_kept_with_its_turn(store):
    """What the core reports as asked is there for staff once the turn is saved, newest first."""
    await _turn(store, "1", Asked(question="有食堂吗", outcome="abstained"))
    await _turn(store, "2", Asked(question="能改期吗", outcome="clarified", field="period"))
    kept = await store.open_questions(PACK)
    assert [(one.question, one.outcome, one.field) for one in kept] == [
        ("能改期吗", "clarified", "period"),
        ("有食堂吗", "abstained", None),
    ]


async def test_answered_question_is_counted_only(store):
    """Of an answered question nothing is kept but that there was one."""
    await _turn(store, "1", Asked(question="何时截止", outcome="answered"))
    assert await store.open_questions(PACK) == []
    assert await store.question_counts(PACK) == {"answered": 1}


async def test_question_of_a_failed_turn_is_not_kept(store):
    """A turn that fails leaves no question; tried again, it leaves one."""
    asked = Asked(question="有食堂吗", outcome="abstained")
    await store.receive([Inbound("1", ANNA, Text(text="1"))])
    with pytest.raises(ZeroDivisionError):
        await _failing_turn(store, asked)
    assert await store.question_counts(PACK) == {}
    async with store.turn(ANNA) as tx:
        tx.save(Result("Form:menu", {}, [], pack_id=PACK, asked=asked))
    assert await store.question_counts(PACK) == {"abstained": 1}


async def test_packs_are_counted_apart(store):
    """Questions to one call do not show in another."""
    await _turn(store, "1", Asked(question="有食堂吗", outcome="abstained"), pack_id="another")
    assert await store.open_questions(PACK) == []
    assert await store.question_counts("another") == {"abstained": 1}


async def test_questions_outlive_the_conversation_but_not_the_retention(store):
    """Erasing a conversation leaves its questions, which are nobody's; the end of retention removes them."""
    await _turn(store, "1", Asked(question="有食堂吗", outcome="abstained"))
    await store.erase(ANNA)
    assert len(await store.open_questions(PACK)) == 1
    await store.forget_older_than(datetime.fromtimestamp(NOON + 1, UTC))
    assert await store.open_questions(PACK) == []


async def test_standing_gives_every_session_that_got_anywhere(store):
    """Figures are read from all stored sessions at once."""
    await _turn(store, "1", None)
    stored, filed = await store.progress(PACK)
    assert stored == [("Form:menu", {})]
    assert (filed.filed, filed.projects, filed.recommenders) == (0, 0, 0)
