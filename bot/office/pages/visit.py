"""What a page of the office stands on (`Desk`), and one request to it by somebody signed in (`Visit`)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.clock import shown_time
from bot.kept_packs import KeptPacks
from bot.messages import say, texts
from bot.office.pages.sign_in import Member
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from knowledge.pack import NoticePack

WAYS = ("applications", "messages", "questions", "trial", "contents", "figures")
STYLE, SCRIPT = "office.css", "office.js"
_STATIC = {"style": STYLE, "script": SCRIPT}
_HERE = files("bot.office.pages")


class Drawn(Protocol):
    """A document as it prints; see `bot.page_previews.Drawing`."""

    @property
    def pdf(self) -> bytes:
        """The PDF; empty where none could be made."""


@dataclass(frozen=True)
class Desk:
    """What the pages work on.

    `folder` is what staff edit, `kept` the good versions of it; `wake` tells the conversations that have something to
    do; `draw` makes the PDF of a document; `secure`: cookies go over encrypted connections only.
    """

    store: Store
    pack: Callable[[], NoticePack]
    folder: Path
    kept: KeptPacks
    today: Callable[[], date]
    wake: Callable[[Iterable[StorageKey]], None]
    draw: Callable[[bytes], Awaitable[Drawn]]
    secret: bytes
    secure: bool = False
    editing: asyncio.Lock = field(default_factory=asyncio.Lock)  # one edit of the pack at a time
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)  # one PDF at a time


@dataclass(frozen=True)
class Visit:
    """One request: by whom, what was posted, and ways to answer it."""

    desk: Desk
    request: web.Request
    member: Member
    form: Mapping[str, str]

    @property
    def pack(self) -> NoticePack:
        """The live pack."""
        return self.desk.pack()

    def asked(self, name: str) -> str:
        """Give a part of the address's query; empty when it is not there."""
        return self.request.query.get(name, "")[:200]

    def posted(self, name: str) -> str:
        """Give what was posted in a field, with the line ends Unix has."""
        return self.form.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip()

    async def note(self, action: str, subject: str, detail: str = "") -> int:
        """Write down what this person did, and give its number."""
        return await self.desk.store.office.note(self.pack.id, self.member.name, action, subject, detail)

    async def page(self, here: str, template: str, /, code: int = 200, **parts: Any) -> web.Response:
        """Show a page; `here` is the way it belongs to."""
        office, pack = self.desk.store.office, self.pack.id
        new = {"applications": await office.unseen(pack), "messages": await office.messages_waiting(pack)}
        said = self.asked("said")
        notice = say(f"desk_said.{said}") if f"desk_said.{said}" in _notices() else ""
        given = {"member": self.member, "pack": self.pack, "here": here, "new": new, "notice": notice}
        return html(template, code, **{**given, **parts})

    def back(self, where: str, said: str = "", **query: str) -> web.Response:
        """Lead back to a page, which says what was done."""
        given = {**query, **({"said": said} if said else {})}
        return web.Response(status=303, headers={"Location": f"{where}?{urlencode(given)}" if given else where})


def html(template: str, /, code: int = 200, **parts: Any) -> web.Response:
    """Fill in a template."""
    given: dict[str, Any] = {"member": None, "pack": None, "here": "", "new": {}, "notice": ""}
    text = _templates().get_template(template).render(**{**given, **parts})
    return web.Response(text=text, status=code, content_type="text/html")


def download(content: bytes, name: str, kind: str) -> web.Response:
    """Hand a file over under its name (RFC 5987)."""
    return web.Response(body=content, headers=named(name, kind))


def named(name: str, kind: str) -> dict[str, str]:
    """Give the headers of a file to be saved."""
    disposition = f"attachment; filename=\"file\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Type": kind, "Content-Disposition": disposition}


def static(name: str) -> bytes:
    """Give the style sheet, or the script."""
    return (_HERE / "static" / name).read_bytes()


@cache
def _notices() -> frozenset[str]:
    return frozenset(texts())


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(str(_HERE / "templates")),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    used = {f"{kind}_url": f"{name}?v={sha256(static(name)).hexdigest()[:12]}" for kind, name in _STATIC.items()}
    templates.globals |= {"say": say, "moment": shown_time, "ways": WAYS, **used}
    return templates
