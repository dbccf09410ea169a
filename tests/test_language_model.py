"""An optional language model, over HTTP: it only proposes; nonsense, silence and delay leave the rules' own reading."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from bot.conversation import Conversation, load_session
from bot.errors import StartupError
from bot.language_model import LanguageModel, language_model
from bot.settings import Settings
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.updates import Inbound
from dialogs.pack_cache import finder_of
from dialogs.protocol import Event, Preset, ReadingRequest, Text
from dialogs.session import Draft, FieldValue, Session
from dialogs.understanding.acts import Ask, Propose
from dialogs.understanding.model_reading import is_unclear, reading_of, request_for
from dialogs.understanding.situation import Situation
from dialogs.understanding.understand import understand
from knowledge.loading.pack_folder import PACKS, load_pack

PACK = load_pack(PACKS / "anhui-2024")
TODAY = date(2024, 2, 1)
WORDS = "怎么也有三个满编的营，那个三二零的意思你懂吧"  # what no rule of ours takes for a number of people
KEY = StorageKey(bot_id=1, chat_id=1, user_id=1)
REQUEST = ReadingRequest(system="s", user="u")
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def at(field: str, **held: str) -> Situation:
    """Give what a message is read against while a field is asked for."""
    values = {key: FieldValue(text=text, value=text, display=text) for key, text in held.items()}
    return Situation(PACK, finder_of(PACK), TODAY, asked=PACK.fields[field], draft=Draft(id=1, values=values))


def acts(*found: dict[str, str | None]) -> str:
    return json.dumps({"acts": found}, ensure_ascii=False)


def answering(text: str) -> Answer:
    """Make a server's answer in the shape of the chat API."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        return web.json_response({
            "id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice],
        })  # fmt: skip

    return answer


async def slow(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(1)
    return web.json_response({})


async def broken(_request: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>502</html>", status=502)


async def nonsense(_request: web.Request) -> web.StreamResponse:
    return web.json_response({"what": ["ever"]})


@asynccontextmanager
async def model(answer: Answer, seconds: float = 1.0) -> AsyncIterator[LanguageModel]:
    """Serve a model on this machine."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    client = LanguageModel(f"http://127.0.0.1:{port}/v1", "m", "", seconds)
    try:
        yield client
    finally:
        await client.aclose()
        await runner.cleanup()


async def test_an_answer_comes_as_it_is() -> None:
    """The client gives the words of the model."""
    async with model(answering('{"acts": []}')) as ask:
        assert await ask(REQUEST) == '{"acts": []}'


@pytest.mark.parametrize("answer", [slow, broken, nonsense])
async def test_no_answer_is_none_and_the_model_rests(answer: Answer) -> None:
    """A failure costs its time limit once, not at every message."""
    async with model(answer, 0.2) as ask:
        assert await ask(REQUEST) is None
        began = time.monotonic()
        assert await ask(REQUEST) is None
        assert time.monotonic() - began < 0.2


async def test_an_address_nobody_serves_is_no_answer() -> None:
    """Nor does it raise."""
    client = LanguageModel("http://127.0.0.1:9/v1", "m", "", 0.5)
    assert await client(REQUEST) is None
    await client.aclose()


@pytest.mark.parametrize(
    ("answer", "proposed"),
    [
        (answering(acts({"act": "give", "field": "participants", "text": "三二零"})), True),
        (answering(acts({"act": "give", "field": "participants", "text": "320人"})), False),  # no piece of the message
        (answering("我觉得是三百二十"), False),
        (broken, False),
        (slow, False),
    ],
)
async def test_a_proposal_is_confirmed_by_the_applicant_and_failure_is_the_rules_own_reading(
    answer: Answer, proposed: bool, tmp_path: Path
) -> None:
    """Nothing a model says is held unseen."""
    store = await Store.open(str(tmp_path / "bot.db"))
    async with model(answer, 0.3) as ask:
        conversation = Conversation(store, lambda: PACK, lambda: TODAY, model=ask)
        events: list[Event] = [Preset(values={}, at="participants"), Text(text=WORDS, message=1)]
        for number, event in enumerate(events):
            await store.receive([Inbound(str(number), KEY, event, number)])
            assert await conversation.step(KEY)
        session: Session = load_session(PACK, *await store.session(KEY))
    await store.close()
    assert "participants" not in session.draft.values
    assert (session.pending is not None and session.pending.kind == "import") is proposed


def test_a_text_that_does_not_stand_in_the_message_is_dropped() -> None:
    """So is one its field does not take, and a field the form does not have."""
    here = at("funds_source")
    said = "钱是大家凑的，人数大概三百二"
    for one in (
        {"act": "give", "field": "participants", "text": "320"},
        {"act": "give", "field": "participants", "text": "大家凑的"},
        {"act": "give", "field": "declaration", "text": "大家凑的"},
        {"act": "give", "field": "nothing", "text": "大家凑的"},
    ):
        assert reading_of(acts(one), said, here) == ()
    assert reading_of("[]", said, here) == ()
    assert reading_of("{" * 5000, said, here) == ()
    assert reading_of(acts({"act": "give", "field": "funds_source", "text": "大家凑的"}), said, here) == (
        Propose(found={"funds_source": "大家凑的"}),
    )
    assert reading_of(acts({"act": "ask", "field": None, "text": "人数大概三百二"}), said, here) == (
        Ask(question="人数大概三百二"),
    )


def test_personal_words_leave_masked_and_come_back() -> None:
    """Numbers of people, mail addresses, and what the draft holds of people and units."""
    here = at("funds_source", contact_applicant="王小明 13855512345", unit_name="皖北乡村公益促进中心")
    here.draft.values["contact_applicant"] = FieldValue(text="", value={"name": "王小明"}, display="王小明")
    said = "皖北乡村公益促进中心的王小明打过来的，电话13955512345，邮箱wang@example.com"
    sent = request_for(said, here).user
    for word in ("皖北乡村", "王小明", "13955512345", "wang@"):
        assert word not in sent
    assert reading_of(acts({"act": "give", "field": "funds_source", "text": "〔1〕"}), said, here) == (
        Propose(found={"funds_source": "皖北乡村公益促进中心"}),
    )


def test_only_what_is_unclear_is_asked_and_never_of_personal_fields() -> None:
    """A plain answer, a command and a question the notice answers are ours alone."""
    for field, text, unclear in (
        ("participants", "320人", False),
        ("participants", "截止到几号？", False),
        ("participants", "上一步", False),
        ("participants", WORDS, True),
        ("contact_applicant", "还是上回那个人联系吧哈", False),
    ):
        here = at(field)
        assert is_unclear(understand(text, here), text, here) is unclear, text


def test_no_address_is_no_model_and_an_address_wants_a_name() -> None:
    """Off by default."""
    assert language_model(Settings(_env_file=None)) is None
    with pytest.raises(StartupError, match="SHENBAO_MODEL"):
        language_model(Settings(_env_file=None, model_url="http://127.0.0.1:1/v1"))
