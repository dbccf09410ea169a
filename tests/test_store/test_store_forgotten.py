"""Erasing and retention leave nothing of a person, and take nothing of anybody else."""

from datetime import UTC, datetime

import pytest

from bot.store.schema import metadata
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import Command, Reply, Text, Upload
from tests.test_store.turns import ANNA, BO, Clock, beside, filed, held, said, turn, update


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
    assert await store.holdings(BO, beside(filed("1", "secret"))) == held(0, 0)
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
