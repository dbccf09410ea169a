"""Questions to settle: by topic, with what was answered and what is near; each settled by one click, and undone."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.messages import say
from bot.office.faq_rows import ANSWERED, LEFT_OPEN, OFFICIAL
from bot.office.pages.visit import Visit
from bot.office.question_desk import KINDS, RowEdit, carried_out, given_to, question_topics, written_new
from knowledge.problems import PackError, Problem

SETTLING = ("give", "write", "ignore")  # actions that settle questions
STATES = ("wrong", "open", "left_open", "settled")
LONGEST = 2000  # characters of an answer
MOST_WORDINGS = 20  # given to an entry at once
SHOWN = 12  # actions that may be undone


async def _list(visit: Visit) -> web.Response:
    """Show what is to be settled."""
    questions = await visit.desk.store.open_questions(visit.pack.id)
    topics = await asyncio.to_thread(question_topics, questions, visit.pack, visit.desk.today())
    done = await visit.desk.store.office.actions(visit.pack.id, SETTLING)
    undone = {action.subject for action in await visit.desk.store.office.actions(visit.pack.id, ("undo",))}
    return await visit.page(
        "questions",
        "questions.html",
        states=[(state, [topic for topic in topics if topic.state == state]) for state in STATES],
        done=[action for action in done if str(action.id) not in undone][:SHOWN],
        most=MOST_WORDINGS,
    )


async def _settle(visit: Visit) -> web.StreamResponse:
    """Give questions to an entry, ignore them, or go on to write an entry for them."""
    what, _, entry = visit.posted("do").partition(":")
    ids, words, head = _ids(visit), _wordings(visit), visit.posted("head")
    if what == "ignore":
        await visit.desk.store.office.settle(visit.pack.id, visit.member.name, "ignore", head, "", ids)
        return visit.back("questions", "ignored")
    if what == "write":
        return await _form(visit, [])
    if what == "unstated":
        new = await asyncio.to_thread(written_new, visit.desk.folder, LEFT_OPEN, head, words, text=head)
        return await _carried_out(visit, "write", new, ids, "written")
    edit = await asyncio.to_thread(given_to, visit.desk.folder, entry, words or [head])
    if what != "give" or edit is None:
        raise web.HTTPNotFound
    return await _carried_out(visit, "give", edit, ids, "given")


async def _write(visit: Visit) -> web.StreamResponse:
    """Write an entry of its own: from the notice, of the office's own, or 通知未说明."""
    kind, text, question = visit.posted("kind"), visit.posted("text")[:LONGEST], visit.posted("head")
    if kind not in KINDS or not question:
        raise web.HTTPBadRequest
    if not text or (kind == ANSWERED and not visit.posted("quote")):
        return await _form(visit, [Problem(say("desk.form_place"), 0, say("desk.empty"), say("desk.empty_mend"))])
    signed = {"by": visit.member.name, "day": visit.desk.today().isoformat()} if kind == OFFICIAL else {}
    parts = {"text": text, "clause": visit.posted("clause"), "quote": visit.posted("quote"), **signed}
    edit = await asyncio.to_thread(written_new, visit.desk.folder, kind, question, _wordings(visit), **parts)
    return await _carried_out(visit, "write", edit, _ids(visit), "written")


async def _carried_out(visit: Visit, action: str, edit: RowEdit, ids: Sequence[int], said: str) -> web.Response:
    """Change the pack, and settle the questions; when the pack would not be good with it, say why."""
    async with visit.desk.editing:
        problems = await _tried(visit, edit)
        if problems and action == "write":
            return await _form(visit, problems)
        if problems:
            return await visit.page("questions", "problems.html", 409, problems=problems, back="questions")
        row = edit.after or edit.before
        subject = row.question if row else ""
        await visit.desk.store.office.settle(
            visit.pack.id, visit.member.name, action, subject, edit.to_text(), list(ids)
        )
    return visit.back("questions", said)


async def _undo(visit: Visit) -> web.Response:
    """Take back what was settled: the entry as it was, the questions open again."""
    done = {str(one.id): one for one in await visit.desk.store.office.actions(visit.pack.id, SETTLING)}
    action = done.get(visit.posted("action"))
    if action is None:
        raise web.HTTPNotFound
    edit = RowEdit.from_text(action.detail)
    async with visit.desk.editing:
        problems = await _tried(visit, edit.reverse) if edit else []
        if problems:
            return await visit.page("questions", "problems.html", 409, problems=problems, back="questions")
        await visit.desk.store.office.reopen(action.id)
        await visit.note("undo", str(action.id), action.subject)
    return visit.back("questions", "undone")


async def _tried(visit: Visit, edit: RowEdit) -> list[Problem]:
    try:
        return await asyncio.to_thread(carried_out, visit.desk.folder, edit)
    except PackError as error:
        return error.problems


async def _form(visit: Visit, problems: Sequence[Problem]) -> web.Response:
    """Show what an entry is written in, with what was typed so far."""
    names = ("head", "kind", "text", "clause", "quote")
    return await visit.page(
        "questions",
        "question_write.html",
        409 if problems else 200,
        typed={name: visit.posted(name) for name in names},
        ids=visit.posted("ids"),
        wordings=_wordings(visit),
        clauses=visit.pack.notice.clauses,
        kinds=KINDS,
        problems=problems,
        longest=LONGEST,
    )


def _ids(visit: Visit) -> list[int]:
    return [int(one) for one in visit.posted("ids").split(",") if one.isascii() and one.isdecimal() and len(one) < 19]  # noqa: PLR2004 - 64 bits


def _wordings(visit: Visit) -> list[str]:
    """Give the wordings that are ticked."""
    ticked = (text.strip() for name, text in visit.form.items() if name.startswith("word"))
    return [text for text in dict.fromkeys(ticked) if text][:MOST_WORDINGS]


GET = {"questions": _list}
POST = {"settle": _settle, "write": _write, "undo": _undo}
