"""One turn: applied once, in order, whole or not at all; what cannot be handled is put aside."""

import pytest

from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import MAX_TRIES
from bot.store.updates import Inbound
from dialogs.protocol import Reply, Text
from tests.test_store.turns import ANNA, failing_turn, said, turn, update


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
