"""The contents of the pack in forms: checked at once, shown as applicants would read them, with a way back."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

from bot.clock import shown_time
from bot.messages import say
from bot.office.content_edits import ASKED, fact_texts, field_texts, row_of, row_texts
from bot.office.deadline_change import ChangeRefusedError, DeadlineChange, Supplement, day_facts, deadline_change
from bot.office.edit_notice import changes
from bot.office.faq_rows import FaqRow, faq_table
from bot.office.pack_edits import edited, restored, trial
from bot.office.pages.visit import Visit
from bot.packs import ready_pack
from dialogs.context import TurnContext
from dialogs.engine import new_session
from dialogs.pack_cache import finder_of
from dialogs.protocol import Moment
from dialogs.session import Draft
from dialogs.state_machine import state_name
from dialogs.views.field_view import ask
from knowledge.facts import Facts
from knowledge.notice import Citation
from knowledge.pack import NoticePack
from knowledge.problems import PackError, Problem

LONGEST = 40_000  # characters of one text, which may be all wordings of an entry
FOUND = 40  # entries listed
CHANGED = 12  # versions looked back on
PREVIEWS = 6  # texts shown that a fact changes
EDITS = ("fact", "field", "entry", "deadline", "restore", "give", "write", "undo")


class Editable(NamedTuple):
    """One thing to edit: its kind and name, a heading, its parts (name → text), which of them are long."""

    kind: str
    name: str
    heading: str
    parts: Mapping[str, str]

    @property
    def mark(self) -> str:
        """What tells whether it is still as it was when the form was shown."""
        return sha256(repr(sorted(self.parts.items())).encode()).hexdigest()[:16]


async def _list(visit: Visit) -> web.Response:
    """Show what can be edited."""
    words = visit.asked("q").strip().casefold()
    rows = await asyncio.to_thread(faq_table, visit.desk.folder, official=True)
    found = [
        row for row in rows.rows if words in "\n".join((row.question, row.answer, row.about, *row.variants)).casefold()
    ]
    return await visit.page(
        "contents",
        "contents.html",
        facts=visit.pack.facts,
        fields=visit.pack.form.fields,
        rows=found[:FOUND],
        more=max(len(found) - FOUND, 0),
        words=visit.asked("q"),
        folder=visit.desk.folder.absolute(),
    )


def _told_by(row: FaqRow) -> str:
    return "\n".join((row.id, row.question, row.answer, row.about, *row.variants)).casefold()


async def _edit(visit: Visit) -> web.Response:
    """Show one thing in a form."""
    editable = await asyncio.to_thread(_editable, visit, visit.asked("kind"), visit.asked("name"))
    return await _form(visit, editable, editable.parts, [])


async def _save(visit: Visit) -> web.StreamResponse:
    """Show what an edit would come to, or write it; with a fault it is neither."""
    editable = await asyncio.to_thread(_editable, visit, visit.posted("kind"), visit.posted("name"))
    parts = {name: visit.posted(f"part_{name}") for name in editable.parts}
    if visit.posted("mark") != editable.mark:
        changed = Problem(editable.heading, 0, say("desk.changed_since"), say("desk.changed_since_mend"))
        return await _form(visit, editable, parts, [changed])
    if any(len(text) > LONGEST for text in parts.values()):
        raise web.HTTPBadRequest
    if parts == editable.parts and visit.posted("do") != "preview":
        return visit.back("contents")
    async with visit.desk.editing:
        try:
            texts = await asyncio.to_thread(_texts, visit, editable, parts)
            if visit.posted("do") == "preview":
                problems, shown = await asyncio.to_thread(_previewed, visit, editable, texts)
                return await _form(visit, editable, parts, problems, shown)
            problems = await asyncio.to_thread(edited, visit.desk.folder, texts)
        except PackError as error:
            problems = error.problems
        if problems:
            return await _form(visit, editable, parts, problems)
    await visit.note(editable.kind, editable.name, _told(editable.parts, parts))
    return visit.back("contents", "content_saved")


async def _form(
    visit: Visit, editable: Editable, parts: Mapping[str, str], problems: Sequence[Problem], shown: Sequence[str] = ()
) -> web.Response:
    grave = any(problem.grave for problem in problems)
    return await visit.page(
        "contents",
        "content_edit.html",
        409 if grave else 200,
        one=editable,
        parts=parts,
        problems=problems,
        shown=shown,
        clauses=visit.pack.notice.clauses,
        longest=LONGEST,
        uses=list(visit.pack.facts) if editable.kind != "fact" else [],
    )


def _editable(visit: Visit, kind: str, name: str) -> Editable:
    """Give a thing as it stands in the files."""
    pack = ready_pack(visit.desk.folder)
    if kind == "fact" and name in pack.facts:
        return Editable(kind, name, name, {"value": pack.facts.shown(name)})
    if kind == "field" and name in pack.fields:
        field = pack.fields[name]
        return Editable(kind, name, field.label, {part: getattr(field, part) for part in ASKED})
    row = row_of(visit.desk.folder, name) if kind == "entry" else None
    if row is None:
        raise web.HTTPNotFound
    return Editable(kind, name, row.question, _parts(row))


def _parts(row: FaqRow) -> dict[str, str]:
    texts = ("question", "about", "note") if row.about else ("question", "answer")
    parts = {name: getattr(row, name) for name in texts} | {"variants": "\n".join(row.variants)}
    for number, cite in enumerate((*row.cites, None), 1) if row.kind != "official" and not row.about else ():
        parts |= {f"clause{number}": cite.clause if cite else "", f"quote{number}": cite.quote if cite else ""}
    return parts


def _texts(visit: Visit, editable: Editable, parts: Mapping[str, str]) -> dict[str, str]:
    """Give the files as they would be."""
    folder = visit.desk.folder
    if editable.kind == "fact":
        return fact_texts(folder, editable.name, parts["value"])
    if editable.kind == "field":
        return field_texts(folder, editable.name, parts)
    row = row_of(folder, editable.name)
    if row is None:
        raise web.HTTPNotFound
    return row_texts(folder, row, _row(row, parts))


def _row(row: FaqRow, parts: Mapping[str, str]) -> FaqRow:
    """Give an entry with the parts of a form in it."""
    given: dict[str, object] = {name: parts[name] for name in ("question", "answer", "about", "note") if name in parts}
    given["variants"] = tuple(line.strip() for line in parts["variants"].splitlines() if line.strip())
    if "clause1" in parts:
        numbers = [name.removeprefix("clause") for name in parts if name.startswith("clause")]
        cites = [(parts[f"clause{number}"], parts[f"quote{number}"]) for number in numbers]
        given["cites"] = tuple(Citation(clause=clause, quote=quote) for clause, quote in cites if quote)
    return row.model_copy(update=given)


def _previewed(visit: Visit, editable: Editable, texts: Mapping[str, str]) -> tuple[list[Problem], list[str]]:
    """Try an edit on a copy: what is wrong, and what applicants would read."""
    with trial(visit.desk.folder, texts) as (tried, problems):
        if any(problem.grave for problem in problems):
            return problems, []
        return problems, _SHOWN[editable.kind](ready_pack(tried), editable.name, visit.desk.today())


def _entry_shown(pack: NoticePack, name: str, today: date) -> list[str]:
    found = finder_of(pack).entry(name, today=today)
    return [found.text, *(f"{cite.clause} {cite.quote}" for cite in found.citations)] if found else []


def _field_shown(pack: NoticePack, name: str, today: date) -> list[str]:
    session = new_session(pack).model_copy(update={"state": state_name(name), "drafts": {1: Draft(id=1)}, "current": 1})
    context = TurnContext(session, pack, Moment(today=today))
    ask(context)
    return [reply.text for reply in context.replies]


def _fact_shown(pack: NoticePack, name: str, today: date) -> list[str]:
    entries = [entry.id for entry in pack.faq.entries if name in Facts.names_in(entry.answer)][:PREVIEWS]
    return [text for entry in entries for text in _entry_shown(pack, entry, today)[:1]]


_SHOWN: dict[str, Callable[[NoticePack, str, date], list[str]]] = {
    "entry": _entry_shown,
    "field": _field_shown,
    "fact": _fact_shown,
}


def _told(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Say what was changed, for the history."""
    changed = [name for name in after if before.get(name, "") != after[name]]
    return "\n".join(say("desk.from_to", before=before.get(name, ""), after=after[name]) for name in changed)


# ---- a deadline put off


async def _deadline(visit: Visit) -> web.Response:
    """Ask for the supplementary notice."""
    return await _deadline_page(visit, None)


async def _put_off(visit: Visit) -> web.StreamResponse:
    """Show every place a new deadline touches; told to, write it."""
    supplement = Supplement(*(visit.posted(name)[:LONGEST] for name in Supplement._fields))
    if supplement.fact not in day_facts(visit.pack):
        raise web.HTTPBadRequest
    async with visit.desk.editing:
        try:
            pack = await asyncio.to_thread(ready_pack, visit.desk.folder)
            change = await asyncio.to_thread(deadline_change, visit.desk.folder, pack, supplement)
            if visit.posted("do") != "save":
                return await _deadline_page(visit, change)
            problems = await asyncio.to_thread(edited, visit.desk.folder, change.texts)
        except ChangeRefusedError as error:
            return await _deadline_page(visit, None, str(error))
        except PackError as error:
            problems = error.problems
        if problems:
            return await _deadline_page(visit, None, problems=problems)
    told = say("desk.from_to", before=change.before, after=change.after)
    await visit.note("deadline", supplement.fact, told)
    return visit.back("contents", "content_saved")


async def _deadline_page(
    visit: Visit, change: DeadlineChange | None, fault: str = "", problems: Sequence[Problem] = ()
) -> web.Response:
    typed = {name: visit.posted(name) for name in Supplement._fields}
    return await visit.page(
        "contents",
        "deadline.html",
        409 if fault or problems else 200,
        facts=[(name, visit.pack.facts.shown(name)) for name in day_facts(visit.pack)],
        typed={**typed, "fact": typed["fact"] or "deadline"},
        change=change,
        fault=fault,
        problems=problems,
        longest=LONGEST,
    )


# ---- history


async def _history(visit: Visit) -> web.Response:
    """Show the good versions kept: when, who did what, what was different, and a way back to each."""
    done = await visit.desk.store.office.actions(visit.pack.id, EDITS)
    versions = await asyncio.to_thread(_versions, visit)
    return await visit.page("contents", "history.html", versions=versions, done=done, now=visit.pack.version)


def _versions(visit: Visit) -> list[tuple[str, str, list[str]]]:
    """Give version, time and what it changed, the newest first."""
    kept = visit.desk.kept.history()[: CHANGED + 1]
    packs = [_loaded(folder) for _, _, folder in kept]
    found = []
    for (version, at, _), pack, before in zip(kept, packs, [*packs[1:], None], strict=False):
        lines = changes(before, pack) if pack and before else []
        found.append((version, shown_time(int(at.timestamp() * 1000)), lines))
    return found[:CHANGED]


def _loaded(folder: Path) -> NoticePack | None:
    try:
        return ready_pack(folder)
    except PackError:
        return None


async def _restore(visit: Visit) -> web.Response:
    """Bring an earlier version back."""
    kept = {version: folder for version, _, folder in visit.desk.kept.history()}
    version = visit.posted("version")
    if version not in kept:
        raise web.HTTPNotFound
    async with visit.desk.editing:
        problems = await asyncio.to_thread(restored, visit.desk.folder, kept[version])
    if problems:
        return await visit.page("contents", "problems.html", 409, problems=problems, back="history")
    await visit.note("restore", version)
    return visit.back("contents", "content_saved")


GET = {"contents": _list, "edit": _edit, "deadline": _deadline, "history": _history}
POST = {"save": _save, "put-off": _put_off, "restore": _restore}
