"""What a turn leaves behind: files, the journal, finished applications."""

from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import File, Reply, Text, Upload
from tests.test_store.turns import ANNA, BO, PACK, Clock, beside, filed, held, turn, update


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


async def test_submissions_count_for_quota_and_once_only(store: Store):
    """Names are compared without spaces, width and marks; one's own draft is not counted against itself."""
    await store.receive([update(ANNA, "a"), update(BO, "b")])
    await turn(store, ANNA, filed=[filed("1", "《护苗》行动"), filed("2", "净网")])
    await turn(store, BO, filed=[filed("1", "护苗行动", "省 网信办")])
    assert await store.holdings(ANNA, beside(filed("1", "护苗 行动"))) == held(1, 1)
    assert await store.holdings(ANNA, beside(filed("3", "新项目"))) == held(0, 2)
    assert await store.holdings(ANNA, beside(filed("3", "护苗行动", pack="another"))) == held(0, 0)
    assert await store.holdings(ANNA, beside(filed("3", "", ""))) == held(0, 0)


async def test_an_application_made_again_replaces_itself(store: Store):
    """Changing the form after it was finished does not use up the quota."""
    await store.receive([update(ANNA, "a"), update(ANNA, "b")])
    await turn(store, ANNA, filed=[filed("1", "旧名")])
    async with store.turn(ANNA) as tx:
        assert await tx.holdings(beside(filed("1", "新名"))) == held(0, 0)
        tx.save(Result(None, {}, [], filed=[filed("1", "新名")]))
    assert await store.holdings(BO, beside(filed("1", "旧名"))) == held(0, 1)
