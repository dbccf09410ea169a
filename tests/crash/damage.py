"""What went wrong, if anything: drafts, journals and replies held against what the phones sent and heard."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from bot.channels.telegram.layout import lay_out
from bot.commands.replay import replay
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from dialogs.document.read_form import read_form
from dialogs.pack_cache import template_of
from knowledge.pack import NoticePack
from tests.crash.crowd import Applicant

BOT = 4242
SKIPPED = "honors"


async def damage(database: str, applicants: Sequence[Applicant], pack: NoticePack) -> list[str]:
    """Say what was lost, doubled, misplaced or heard out of order."""
    store = await Store.open(database)
    wrong = [f"still waiting: {key}" for key in await store.waiting()]
    wrong += [f"parked: {parked}" for parked in await store.parked()]
    for one in applicants:
        wrong += [f"chat {one.number}: {what}" async for what in _of(store, one)]
        wrong += [f"chat {one.number}: {what}" for what in _in_document(one, pack)]
    await store.close()
    report = await replay(database, None, None)
    return [*wrong, *([str(report)] if report.different else [])]


async def _of(store: Store, one: Applicant) -> Any:
    key = StorageKey(bot_id=BOT, chat_id=one.number, user_id=one.number)
    _, data = await store.session(key)
    for what in _in_draft(one, data["drafts"]["1"]["values"]):
        yield what
    turns = await store.journal(key)
    applied = [entry.update_id for entry in turns]
    if sorted(applied) != sorted(f"{BOT}:{number}" for number in one.updates.values()):
        yield f"sent {one.updates}, applied {applied}"
    said = [part.text for entry in turns for reply in entry.replies for part in lay_out(reply)]
    if _once(said) != _once([heard.text for heard in one.heard]):
        yield f"heard {_once([heard.text[:40] for heard in one.heard])}, was told {_once([text[:40] for text in said])}"


def _once(texts: list[str]) -> list[str]:
    """A message repeated at once (sent, then killed before noting it) counts once."""
    return [text for text, _ in itertools.groupby(texts)]


def _in_draft(one: Applicant, held: dict[str, Any]) -> Iterator[str]:
    for key, text in one.given.items():
        if key != SKIPPED and held.get(key, {}).get("text") != text:
            yield f"{key} holds {held.get(key)}, not {text}"


def _in_document(one: Applicant, pack: NoticePack) -> Iterator[str]:
    found = read_form(one.document, pack.form, template_of(pack)) if one.document else {}
    for key in ("unit_name", "project_name", "description"):
        if found.get(key) != one.given.get(key):
            yield f"the document's {key} is {found.get(key)}"
