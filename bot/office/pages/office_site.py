"""The office's page over HTTP: nobody sees anything without a link of their own; what is done is logged by name."""

import time
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.messages import say
from bot.office.pages import application_pages, content_pages, figure_pages, message_pages, question_pages, trial_pages
from bot.office.pages.sign_in import COOKIE, SESSION_DAYS, SignIn
from bot.office.pages.visit import SCRIPT, STYLE, Desk, Visit, html, static
from bot.store.store_errors import StoreError

Show = Callable[[Visit], Awaitable[web.StreamResponse]]

GET: dict[str, Show] = {
    **application_pages.GET,
    **message_pages.GET,
    **question_pages.GET,
    **trial_pages.GET,
    **content_pages.GET,
    **figure_pages.GET,
}
POST: dict[str, Show] = {
    **application_pages.POST,
    **message_pages.POST,
    **question_pages.POST,
    **content_pages.POST,
}
FIRST = "applications"
LASTING = {"Cache-Control": "public, max-age=31536000, immutable"}

log = structlog.get_logger(__name__)


class OfficeSite:
    """The pages over one desk."""

    def __init__(self, desk: Desk) -> None:
        """Show what lies on `desk`."""
        self._desk, self._sign_in = desk, SignIn(desk.store.office, desk.secret)

    def app(self) -> web.Application:
        """Make the part of an HTTP application that stands under `/office`."""
        app = web.Application(middlewares=[_guarded])
        app.router.add_get("", self._first)
        app.router.add_get("/", self._first)
        app.router.add_get("/enter", self._door)
        app.router.add_post("/enter", self._enter)
        app.router.add_post("/leave", self._shown(self._leave, changes=False))
        app.router.add_get(f"/static/{STYLE}", self._style)
        app.router.add_get(f"/static/{SCRIPT}", self._script)
        for name, show in GET.items():
            app.router.add_get(f"/{name}", self._shown(show))
        for name, show in POST.items():
            app.router.add_post(f"/{name}", self._shown(show, changes=True))
        return app

    def _shown(self, show: Show, *, changes: bool | None = None) -> Handler:
        """Let those in who may see, and, where it `changes` something, may change it; a form must be our own."""

        async def handle(request: web.Request) -> web.StreamResponse:
            member = await self._sign_in.member(request.cookies.get(COOKIE, ""), time.time())
            if member is None:
                return html("door.html", 401, token="", fault=say("desk.signed_out"))
            form = {} if changes is None else {name: str(value) for name, value in (await request.post()).items()}
            visit = Visit(self._desk, request, member, form)
            if changes is not None and not self._sign_in.is_own_form(member, form.get("token", "")):
                return await visit.page("", "fault.html", 403, words=say("desk.forbidden"))
            if changes and not member.may_edit:
                return await visit.page("", "fault.html", 403, words=say("desk.read_only"))
            if changes:
                log.info("office_action", member=member.name, action=request.path.rpartition("/")[2])
            return await show(visit)

        return handle

    async def _first(self, request: web.Request) -> web.Response:
        there = "" if request.path.endswith("/") else "office/"
        return web.Response(status=303, headers={"Location": f"{there}{FIRST}"})

    async def _door(self, request: web.Request) -> web.Response:
        return html("door.html", token=request.query.get("link", "")[:200], fault="")

    async def _enter(self, request: web.Request) -> web.Response:
        """Change a link for a cookie."""
        opened = await self._sign_in.open_link(str((await request.post()).get("link", ""))[:200])
        if opened is None:
            return html("door.html", 403, token="", fault=say("desk.bad_link"))
        member, cookie = opened
        log.info("office_entered", member=member.name, role=member.role)
        answer = web.Response(status=303, headers={"Location": FIRST})
        answer.set_cookie(
            COOKIE, cookie, max_age=SESSION_DAYS * 86400, httponly=True, samesite="Lax", secure=self._desk.secure
        )
        return answer

    async def _leave(self, visit: Visit) -> web.Response:
        await self._desk.store.office.leave(visit.member.id)
        answer = html("door.html", token="", fault=say("desk.left"))
        answer.del_cookie(COOKIE)
        return answer

    async def _style(self, _: web.Request) -> web.Response:
        return web.Response(body=static(STYLE), content_type="text/css", charset="utf-8", headers=LASTING)

    async def _script(self, _: web.Request) -> web.Response:
        return web.Response(body=static(SCRIPT), content_type="text/javascript", charset="utf-8", headers=LASTING)


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say in a page what went wrong; an error's own words may hold an applicant's, and go nowhere."""
    try:
        return await handler(request)
    except (web.HTTPSuccessful, web.HTTPRedirection, ConnectionError):
        raise
    except web.HTTPException as error:
        return html("fault.html", error.status, words=say("desk.not_found"))
    except StoreError as error:
        log.warning("office_page_failed", reason=str(error))
        return html("fault.html", 503, words=str(error))
    except Exception as error:  # noqa: BLE001 - see above
        log.error("office_page_failed", error=type(error).__name__)  # noqa: TRY400
        return html("fault.html", 500, words=say("desk.broken"))
