"""Try a question: how it is heard, which entry answers it, how sure that is, and on which clause it stands."""

import asyncio
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

from bot.messages import say
from bot.office.pages.visit import Visit
from dialogs.engine import new_session, turn
from dialogs.pack_cache import finder_of
from dialogs.protocol import Moment, Text
from dialogs.session import Draft
from dialogs.state_machine import state_name
from dialogs.understanding.acts import Control, fields_of, sort_of
from dialogs.understanding.situation import Situation
from dialogs.understanding.understand import understand
from knowledge.loading.faq_files import read_faq
from knowledge.notice import Citation
from knowledge.pack import NoticePack
from knowledge.problems import PackError

SHOWN = 6  # entries of the ranking


class Ranked(NamedTuple):
    """An entry that is like the question: how likely it is meant, and where it stands."""

    id: str
    question: str
    score: float
    place: str
    sure: bool


class Tried(NamedTuple):
    """What became of a question."""

    reading: str
    replies: list[str]
    citations: tuple[Citation, ...]
    ranking: list[Ranked]


async def _trial(visit: Visit) -> web.Response:
    """Show what becomes of a question."""
    asked, during = visit.asked("q").strip(), visit.asked("during")
    during = during if during in visit.pack.fields else ""
    tried = await asyncio.to_thread(_tried, visit, asked, during) if asked else None
    return await visit.page(
        "trial",
        "trial.html",
        asked=asked,
        during=during,
        fields=visit.pack.form.fields,
        tried=tried,
    )


def _tried(visit: Visit, asked: str, during: str) -> Tried:
    pack, today = visit.pack, visit.desk.today()
    session = new_session(pack)
    if during:
        session = session.model_copy(update={"state": state_name(during), "drafts": {1: Draft(id=1)}, "current": 1})
    replies = turn(session, Text(text=asked), pack, Moment(today=today)).replies
    places = _places(visit.desk.folder, pack)
    ranking = [
        Ranked(hit.entry.id, hit.entry.question, hit.score, places.get(hit.entry.id, ""), hit.sure)
        for hit in finder_of(pack).ranked(asked, during or None)[:SHOWN]
    ]
    citations = dict.fromkeys(cite for reply in replies for cite in reply.citations)
    return Tried(_reading(asked, during, visit), [reply.text for reply in replies], tuple(citations), ranking)


def _reading(asked: str, during: str, visit: Visit) -> str:
    """Say how the words are heard: as the conversation itself hears them."""
    field = visit.pack.fields.get(during)
    draft = Draft(id=1 if during else 0)
    acts = understand(asked, Situation(visit.pack, finder_of(visit.pack), visit.desk.today(), asked=field, draft=draft))
    sort, first = sort_of(acts), acts[0]
    told = list(dict.fromkeys(key for act in acts for key in fields_of(act))) or ([during] if during else [])
    labels = "、".join(visit.pack.fields[key].label for key in told if key in visit.pack.fields)
    if isinstance(first, Control):
        return say("desk_readings.command", intent=first.intent.name)
    return say(f"desk_readings.{sort if sort != 'command' else 'wish'}", label=labels)


def _places(folder: Path, pack: NoticePack) -> dict[str, str]:
    """Say where each entry stands: file and line; nothing while the folder is being edited."""
    try:
        faq, sources = read_faq(folder)
    except PackError:
        return {}
    known = {entry.id for entry in pack.faq.entries}
    places = {entry.id: sources.where(("entries", number)) for number, entry in enumerate(faq.entries)}
    return {id_: say("edit.place", file=file, line=line) for id_, (file, line) in places.items() if id_ in known}


GET = {"trial": _trial}
