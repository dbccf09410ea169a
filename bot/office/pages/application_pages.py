"""The applications handed in: the list, one of them, what becomes of it, all of them as a sheet and as one zip."""

import asyncio
import tempfile
import zipfile
from collections.abc import Sequence
from typing import IO

from aiohttp import web

from bot.messages import say
from bot.office.application_table import (
    STATUSES,
    add_to_zip,
    answers,
    application_workbook,
    channel_text,
    columns,
    found,
    rows,
    status_text,
)
from bot.office.pages.visit import Visit, download, named
from bot.store.registrations import RegisteredApplication
from dialogs.protocol import Decided

DECISIONS = ("received", "returned", "recommended")
LONGEST_NOTE = 500  # characters
ON_PAGE = 50  # applications shown at once
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 32 * 1024 * 1024  # bytes of a zip; a larger one is written to disk while it is made


async def _list(visit: Visit) -> web.Response:
    """Show the applications, those that match what was searched for."""
    listed, words, status = await _chosen(visit)
    asked = visit.asked("page")
    pages = max(-(-len(listed) // ON_PAGE), 1)
    number = int(asked[:9]) if asked.isascii() and asked.isdecimal() else 1
    at = min(max(number, 1), pages)
    return await visit.page(
        "applications",
        "applications.html",
        columns=columns(visit.pack),
        rows=rows(visit.pack, listed[(at - 1) * ON_PAGE : at * ON_PAGE]),
        number=len(listed),
        at=at,
        pages=pages,
        statuses=STATUSES[:5],
        status=status,
        words=words,
        status_text=status_text,
        channel_text=channel_text,
    )


async def _one(visit: Visit) -> web.Response:
    """Show one application."""
    application = await _application(visit, visit.asked("number"))
    if visit.member.may_edit:
        await visit.desk.store.office.see(application.number)
    done = await visit.desk.store.office.actions(visit.pack.id, DECISIONS, application.number)
    return await visit.page(
        "applications",
        "application.html",
        one=application,
        answers=list(answers(visit.pack, application)),
        status=status_text(application),
        channel=channel_text(application),
        decisions=DECISIONS,
        done=done,
        longest=LONGEST_NOTE,
        fault="",
    )


async def _decide(visit: Visit) -> web.Response:
    """Say what becomes of an application; its applicant is told through the channel it came by."""
    application, status = await _application(visit, visit.posted("number")), visit.posted("status")
    note = visit.posted("note")[:LONGEST_NOTE]
    if status not in DECISIONS:
        raise web.HTTPBadRequest
    if status == "returned" and not note:
        return visit.back("application", "note_needed", number=application.number)
    decided = Decided.model_validate(
        {"number": application.number, "draft": application.draft, "status": status, "note": note}
    )
    key = await visit.desk.store.office.decide(visit.pack.id, application.number, visit.member.name, decided)
    if key is None:
        return visit.back("application", "taken_back", number=application.number)
    visit.desk.wake([key])
    return visit.back("application", "decided", number=application.number)


async def _file(visit: Visit) -> web.Response:
    """Hand over the document, its PDF, or everything packed."""
    application, what = await _application(visit, visit.asked("number")), visit.asked("what")
    stem = application.document_name.rpartition(".")[0]
    if what == "package":
        return download(await _content(visit, application, application.package), f"{stem}.zip", "application/zip")
    document = await _content(visit, application, application.document)
    if what == "docx":
        return download(document, application.document_name, DOCX)
    async with visit.desk.drawing:
        pdf = (await visit.desk.draw(document)).pdf
    if not pdf:
        return await visit.page("applications", "fault.html", 503, words=say("desk.no_pdf"))
    return download(pdf, f"{stem}.pdf", "application/pdf")


async def _sheet(visit: Visit) -> web.Response:
    """Give what the list shows as an .xlsx sheet."""
    listed, _, _ = await _chosen(visit)
    book = await asyncio.to_thread(application_workbook, visit.pack, listed)
    return download(book, say("desk.sheet_name", today=visit.desk.today()), XLSX)


async def _zip(visit: Visit) -> web.Response:
    """Give what the list shows as one zip: everything packed of each, and the sheet."""
    listed, _, _ = await _chosen(visit)
    made = await _zipped(visit, listed)
    return web.Response(body=made, headers=named(say("desk.zip_name", today=visit.desk.today()), "application/zip"))


async def _zipped(visit: Visit, applications: Sequence[RegisteredApplication]) -> IO[bytes]:
    """Write the zip application by application; only one of them is in memory at a time."""
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    for one in applications:
        document = await visit.desk.store.office.file(one, one.document)
        package = await visit.desk.store.office.file(one, one.package)
        if document is not None:
            await asyncio.to_thread(add_to_zip, target, one, document, package)
    book = await asyncio.to_thread(application_workbook, visit.pack, applications)
    await asyncio.to_thread(_add, target, say("desk.sheet_name", today=visit.desk.today()), book)
    target.seek(0)
    return target


def _add(target: IO[bytes], name: str, content: bytes) -> None:
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, content)


async def _chosen(visit: Visit) -> tuple[list[RegisteredApplication], str, str]:
    words, status = visit.asked("q").strip(), visit.asked("status")
    everything = await visit.desk.store.office.applications(visit.pack.id)
    return found(everything, words, status if status in STATUSES else ""), words, status


async def _application(visit: Visit, number: str) -> RegisteredApplication:
    application = await visit.desk.store.office.application(number)
    if application is None:
        raise web.HTTPNotFound
    return application


async def _content(visit: Visit, application: RegisteredApplication, digest: str) -> bytes:
    content = await visit.desk.store.office.file(application, digest)
    if content is None:
        raise web.HTTPNotFound
    return content


GET = {
    "applications": _list,
    "application": _one,
    "file": _file,
    "applications.xlsx": _sheet,
    "applications.zip": _zip,
}
POST = {"decide": _decide}
