"""The applicants' page over HTTP: what comes in is on disk before it is answered, what is shown is read from the store.

Nothing about an applicant lives here. Plain forms post and are led back to the page; the script on it posts the same
forms and listens on a stream that goes on from the last serial it has seen.
"""

import asyncio
import mimetypes
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from urllib.parse import quote

import structlog
from aiohttp import web

from bot.channels.service import Service
from bot.channels.web import pages
from bot.channels.web.form_posts import (
    LONGEST_TEXT,
    MOST_FILES,
    PICTURES,
    Numbers,
    Post,
    TooBigError,
    inbounds,
    read_post,
)
from bot.channels.web.guards import guarded, with_headers
from bot.channels.web.identity import COOKIE, COOKIE_DAYS, Identities, Visitor
from bot.channels.web.log_view import UNASKED, handed_over, pressed_buttons, shown_turns
from bot.channels.web.pages import Chat, Page
from bot.channels.web.rate_limits import RateLimit
from bot.channels.web.resume_codes import ResumeCodes
from bot.channels.web.streams import Streams, heard_within
from bot.channels.web.task_list import task_list
from bot.conversation import load_session
from bot.dispatcher import Dispatcher
from bot.messages import say
from bot.settings import MEGABYTE
from bot.store.conversation_log import ConversationLog, LoggedReply, LoggedTurn
from bot.store.updates import Inbound
from dialogs.engine import new_session, turn
from dialogs.progress import progress
from dialogs.protocol import Command, Moment

TURNS = 40  # shown at once
LATEST_FILES = 200  # turns searched for files handed over
PATIENCE = 8.0  # seconds a plain form waits for its answer; then the page comes back by itself
BEAT = 15.0  # seconds between two signs of life on a stream
READ_SECONDS = 180.0  # for one form with its files, on a slow line
UPLOADS = 16  # large forms read at once: bounds memory …
SMALL = 128 * 1024  # … in bytes; smaller ones wait for nobody
_DIGEST = re.compile(r"[0-9a-f]{64}")
_END = 2**62

log = structlog.get_logger(__name__)


class RefusedPostError(Exception):
    """A form that is not taken: the status of the answer, why, and the words typed."""

    def __init__(self, status: int, words: str, typed: str = "") -> None:
        """Keep what is needed to answer."""
        super().__init__(words)
        self.status, self.words, self.typed = status, words, typed


class Site:
    """The pages of one service."""

    def __init__(self, service: Service, dispatcher: Dispatcher, streams: Streams, identities: Identities) -> None:
        """Show the conversations of `service`; `streams` are woken by the turns `dispatcher` takes."""
        self._service, self._store = service, service.store
        self._dispatcher, self._streams, self._identities = dispatcher, streams, identities
        self._numbers, self._codes = Numbers(), ResumeCodes()
        self._per_visitor, self._per_address = RateLimit(30, 60), RateLimit(1200, 3000)
        self._per_code = RateLimit(10, 1)
        self._uploads = asyncio.Semaphore(UPLOADS)

    def app(self) -> web.Application:
        """Make the HTTP application."""
        app = web.Application(middlewares=[guarded(self._fault)], client_max_size=MEGABYTE)
        app.on_response_prepare.append(with_headers)
        app.router.add_get("/", self._chat)
        app.router.add_post("/post", self._post)
        app.router.add_get("/stream", self._stream)
        app.router.add_get("/tasks", self._fields("tasks"))
        app.router.add_get("/review", self._fields("review"))
        app.router.add_get("/files", self._files)
        app.router.add_get("/file/{digest}/{name}", self._file)
        app.router.add_get("/device", self._device)
        app.router.add_post("/device", self._device_post)
        app.router.add_get("/static/{name}", self._static)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/favicon.ico", self._nothing)
        return app

    # ---- who is there

    def _visitor(self, request: web.Request) -> Visitor | None:
        return self._identities.recognised(request.cookies.get(COOKIE, ""))

    def _address(self, request: web.Request) -> str:
        """Give who sent a request; behind a proxy, as the proxy says."""
        forwarded = request.headers.get("X-Forwarded-For", "") if self._service.settings.public_url else ""
        return forwarded.rpartition(",")[2].strip() or request.remote or ""

    def _html(self, visitor: Visitor, text: str, status: int = 200) -> web.Response:
        answer = web.Response(text=text, status=status, content_type="text/html")
        self._mark(answer, visitor)
        return answer

    def _mark(self, answer: web.Response, visitor: Visitor) -> None:
        """Give the browser its cookie, for longer each time it comes."""
        answer.set_cookie(
            COOKIE,
            self._identities.cookie(visitor),
            max_age=COOKIE_DAYS * 86400,
            httponly=True,
            samesite="Lax",
            secure=(self._service.settings.public_url or "").startswith("https:"),
        )

    async def _page(self, visitor: Visitor, serial: int) -> Page:
        pack = self._service.pack()
        state, data = await self._store.session(visitor.key)
        session = load_session(pack, state, data)
        begun, done = session.current in session.drafts, progress(pack, session.draft)
        said = say("web.progress", done=done.done, total=done.total) if begun else ""
        return Page(pack.form.short_name or pack.form.title, said, visitor.form_token, serial)

    # ---- the conversation

    async def _chat(self, request: web.Request) -> web.Response:
        visitor = self._visitor(request) or self._identities.stranger()
        before = request.query.get("before", "")
        return await self._show(visitor, before=int(before) if re.fullmatch(r"\d{1,18}", before) else None)

    async def _show(
        self, visitor: Visitor, *, before: int | None = None, typed: str = "", notice: str = "", status: int = 200
    ) -> web.Response:
        log_ = await self._store.log(visitor.key, before=before, most=TURNS)
        turns = shown_turns(log_, None if log_.earlier else self._welcome(), live=before is None)
        if not log_.turns and not log_.busy:
            turns = shown_turns(self._welcome())
        earlier = log_.turns[0].serial if log_.earlier else None
        chat = Chat(turns, earlier, before is None, log_.busy, typed, notice)
        text = pages.chat_page(await self._page(visitor, log_.serial), chat, self._service.settings.upload_mb)
        if before is None and log_.turns:
            await self._store.fetched(visitor.key, log_.serial)
        return self._html(visitor, text, status)

    def _welcome(self) -> ConversationLog:
        """Give the first words to somebody who has said nothing yet; nothing is stored of them."""
        pack = self._service.pack()
        moment = Moment(today=self._service.today(), kept_days=self._service.settings.retention_days)
        replies = turn(new_session(pack), Command(name="start"), pack, moment).replies
        shown = tuple(LoggedReply(reply.text, reply.choices, reply.citations) for reply in replies)
        return ConversationLog((LoggedTurn(0, {}, shown),), earlier=False, busy=False)

    async def _post(self, request: web.Request) -> web.Response:
        try:
            visitor, updates = await self._posted(request)
        except RefusedPostError as refused:
            return await self._refused(request, refused)
        await self._store.receive(updates)
        self._dispatcher.notify({update.key for update in updates})
        if "X-Script" in request.headers:
            return web.Response(status=204)
        await self._answered(visitor)
        return _led_to("./#end")

    async def _posted(self, request: web.Request) -> tuple[Visitor, list[Inbound]]:
        """Read what was posted, and by whom.

        Raises:
            RefusedPostError: it is not taken.
        """
        limit = self._service.settings.upload_limit if self._visitor(request) else 0  # a stranger's file stays unread
        large = request.content_length is None or request.content_length > SMALL
        try:
            async with self._uploads if large else nullcontext(), asyncio.timeout(READ_SECONDS):
                post = await read_post(request, limit)
        except TooBigError as error:
            raise RefusedPostError(413, _too_big(error, limit)) from None
        except (ValueError, TimeoutError):
            raise RefusedPostError(400, say("web.no_form")) from None
        visitor = self._own(request, post)
        if not (self._per_visitor.allows(visitor.number) and self._per_address.allows(self._address(request))):
            raise RefusedPostError(429, say("web.too_many"), post.text)
        updates = inbounds(visitor, post, self._numbers)
        if await self._is_stale(visitor, post, updates):
            raise RefusedPostError(409, say("web.stale"), post.text)
        return visitor, updates

    def _own(self, request: web.Request, post: Post) -> Visitor:
        """Tell who posted a form of ours.

        Raises:
            RefusedPostError: the cookie or the form's token is not ours.
        """
        visitor = self._visitor(request)
        if visitor is None or not self._identities.is_own_form(visitor, post.value("token")):
            raise RefusedPostError(403, say("web.forbidden"), post.text)
        return visitor

    async def _is_stale(self, visitor: Visitor, post: Post, updates: Sequence[Inbound]) -> bool:
        """Tell whether words were typed on a page that shows less than was said since: they may answer another field.

        The same form sent twice is none: it is the same update. A page whose stream is open shows everything.
        """
        if post.value("live") or post.value("press") or not (post.text or post.files):
            return False
        since = await self._store.log(visitor.key, after=post.seen, most=TURNS)
        said = {one.update_id for one in since.turns if one.event.get("kind") not in UNASKED}
        return bool(said) and not said & {update.update_id for update in updates}

    async def _answered(self, visitor: Visitor) -> None:
        """Wait until what came in is handled, for a while."""
        end = asyncio.get_running_loop().time() + PATIENCE
        async with self._streams.news(visitor.key) as news:
            while (left := end - asyncio.get_running_loop().time()) > 0:
                if not (await self._store.log(visitor.key, after=_END - 1, most=1)).busy:
                    return
                await heard_within(news, min(left, 1.0))

    async def _refused(self, request: web.Request, refused: RefusedPostError) -> web.Response:
        """Say why nothing was taken, with the words typed back in the input."""
        log.info("post_refused", status=refused.status)
        if "X-Script" in request.headers:
            return web.Response(text=refused.words, status=refused.status)
        visitor = self._visitor(request) or self._identities.stranger()
        return await self._show(visitor, typed=refused.typed, notice=refused.words, status=refused.status)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        visitor = self._visitor(request)
        if visitor is None:
            return web.Response(status=204)  # an event source stops for good
        if self._streams.full(visitor.key):
            return web.Response(text=say("web.too_many_streams"), status=429)
        seen = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        after = int(seen) if re.fullmatch(r"\d{1,18}", seen) else 0
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await answer.prepare(request)
        async with self._streams.line(visitor.key) as news:
            while request.transport is not None and not request.transport.is_closing():
                after = await self._send_news(answer, visitor, after)
                await heard_within(news, BEAT)
        return answer

    async def _send_news(self, answer: web.StreamResponse, visitor: Visitor, after: int) -> int:
        """Send the turns after a serial, or a sign of life; gives the serial sent last."""
        new = await self._store.log(visitor.key, after=after, most=TURNS)
        if not new.turns:
            await answer.write(b": \n\n")
            return after
        if new.earlier:  # too far behind: the page is loaded anew
            await answer.write(b"event: reload\ndata: \n\n")
            return new.serial
        before = await self._store.log(visitor.key, before=after + 1, most=5) if after else self._welcome()
        page = await self._page(visitor, new.serial)
        for shown in shown_turns(new, before):
            await answer.write(_event(shown.serial, pages.turn_fragment(page, shown)))
        await self._store.fetched(visitor.key, new.serial)
        return new.serial

    # ---- beside the conversation

    def _fields(self, name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def show(request: web.Request) -> web.Response:
            visitor = self._visitor(request) or self._identities.stranger()
            pack = self._service.pack()
            state, data = await self._store.session(visitor.key)
            tasks = task_list(pack, load_session(pack, state, data))
            return self._html(visitor, pages.fields_page(await self._latest(visitor), name, tasks))

        return show

    async def _latest(self, visitor: Visitor) -> Page:
        return await self._page(visitor, (await self._store.log(visitor.key, most=1)).serial)

    async def _files(self, request: web.Request) -> web.Response:
        visitor = self._visitor(request) or self._identities.stranger()
        log_ = await self._store.log(visitor.key, most=LATEST_FILES)
        page = await self._page(visitor, log_.serial)
        return self._html(visitor, pages.files_page(page, handed_over(log_), pressed_buttons(log_)))

    async def _file(self, request: web.Request) -> web.Response:
        """Hand over a file of the visitor's own conversation; anybody else's is not there."""
        visitor, digest, name = self._visitor(request), request.match_info["digest"], request.match_info["name"]
        content = None
        if visitor is not None and _DIGEST.fullmatch(digest):
            content = await self._store.file(visitor.key, digest)
        if content is None:
            raise web.HTTPNotFound
        shown = name.lower().endswith(PICTURES)
        kind = mimetypes.guess_type(name)[0] if shown or name.lower().endswith(_SAVED) else None
        return web.Response(
            body=content,
            headers={
                "Content-Type": kind or "application/octet-stream",
                "Content-Disposition": _disposition("inline" if shown else "attachment", name),
            },
        )

    async def _device(self, request: web.Request) -> web.Response:
        visitor = self._visitor(request) or self._identities.stranger()
        return self._html(visitor, pages.device_page(await self._latest(visitor)))

    async def _device_post(self, request: web.Request) -> web.Response:
        try:
            post = await read_post(request, 0)
            visitor = self._own(request, post)
        except (TooBigError, ValueError):
            return await self._refused(request, RefusedPostError(400, say("web.no_form")))
        except RefusedPostError as refused:
            return await self._refused(request, refused)
        page = await self._latest(visitor)
        if not self._per_code.allows(self._address(request)):
            return self._html(visitor, pages.device_page(page, notice=say("web.too_many")), 429)
        if post.value("do") == "give":
            return self._html(visitor, pages.device_page(page, code=self._codes.give(visitor.number)))
        number = self._codes.take(post.value("code"))
        if number is None:
            return self._html(visitor, pages.device_page(page, notice=say("web.device_wrong")), 400)
        answer = _led_to("./#end")
        self._mark(answer, self._identities.numbered(number))
        return answer

    async def _static(self, request: web.Request) -> web.Response:
        try:
            body = pages.static_file(request.match_info["name"])
        except KeyError:
            raise web.HTTPNotFound from None
        kind = pages.STATIC[request.match_info["name"]]
        lasting = {"Cache-Control": "public, max-age=31536000, immutable"}
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=lasting)

    async def _nothing(self, _: web.Request) -> web.Response:
        return web.Response(status=204)  # asked for by every browser

    async def _health(self, _: web.Request) -> web.Response:
        await self._store.unhandled(BEAT)
        return web.json_response({"ok": True})

    def _fault(self, request: web.Request, status: int, words: str) -> web.Response:
        if "X-Script" in request.headers:
            return web.Response(text=words, status=status)
        pack = self._service.pack()
        page = Page(pack.form.short_name or pack.form.title, root="../" * (request.path.count("/") - 1))
        return web.Response(text=pages.fault_page(page, words), status=status, content_type="text/html")


_SAVED = (".docx", ".pdf", ".zip", ".txt")


def _led_to(where: str) -> web.Response:
    return web.Response(status=303, headers={"Location": where})


def _event(serial: int, html: str) -> bytes:
    lines = "\n".join(f"data: {line}" for line in html.splitlines())
    return f"id: {serial}\nevent: turn\n{lines}\n\n".encode()


def _disposition(how: str, name: str) -> str:
    """Write the header so that old and new browsers save the right name (RFC 5987)."""
    suffix = name.rpartition(".")[2]
    plain = f"file.{suffix}" if suffix.isascii() and suffix.isalnum() else "file"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _too_big(error: TooBigError, limit: int) -> str:
    if not error.name:
        return say("web.too_long", most=LONGEST_TEXT)
    return say("web.too_big", name=error.name, limit=limit // MEGABYTE, most=MOST_FILES)
