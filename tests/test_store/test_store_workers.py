"""Several workers on one database: turns and sendings are shared out, and only what waits is looked at."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite

from bot.store import inbox, sessions
from bot.store.store import Store
from tests.test_store.turns import ANNA, BO, Clock, said, turn, update


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
