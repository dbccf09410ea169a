"""Words applicants had passed on to the office: answered here, or closed; and what is new, for an open page to tell."""

from aiohttp import web

from bot.messages import say
from bot.office.pages.visit import Visit
from bot.office.staff_news import place_of

LONGEST = 2000  # characters of an answer


async def _list(visit: Visit) -> web.Response:
    """Show what waits for an answer, and what was answered lately."""
    return await _shown(visit)


async def _answer(visit: Visit) -> web.StreamResponse:
    """Answer an applicant in the channel the words came by, or close the message."""
    number, words, closes = visit.posted("number"), visit.posted("text")[:LONGEST], visit.posted("do") == "close"
    if not (number.isascii() and number.isdecimal() and len(number) <= 12):  # noqa: PLR2004 - of any row's number
        raise web.HTTPBadRequest
    if not words and not closes:
        return await _shown(visit, say("desk.answer_empty"))
    desk = visit.desk
    told = "" if closes else words
    key = await desk.store.office.answer(visit.pack.id, int(number), visit.member.name, told, desk.today())
    if key is None:
        return visit.back("messages", "message_gone")
    desk.wake([key])
    return visit.back("messages", "closed" if closes else "answered")


async def _news(visit: Visit) -> web.Response:
    """Count what waits for somebody, for a page that stands open."""
    office, pack = visit.desk.store.office, visit.pack.id
    counts = {"applications": await office.unseen(pack), "messages": await office.messages_waiting(pack)}
    return web.json_response(counts)


async def _shown(visit: Visit, fault: str = "") -> web.Response:
    messages = [
        (one, place_of(visit.pack, one.field, one.asked))
        for one in await visit.desk.store.office.messages(visit.pack.id)
    ]
    return await visit.page(
        "messages",
        "messages.html",
        409 if fault else 200,
        waiting=[one for one in messages if one[0].answered_at is None],
        answered=[one for one in messages if one[0].answered_at is not None],
        longest=LONGEST,
        fault=fault,
        typed={"number": visit.posted("number"), "text": visit.posted("text")},
    )


GET = {"messages": _list, "news": _news}
POST = {"answer": _answer}
