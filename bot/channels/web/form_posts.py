"""What the page's forms post, read within limits: words, a button, files.

An update's number is the turn the form stood under and a digest of what was posted, so that a form sent twice (two
taps, a reload, two tabs, the back button) is one update. The script gives each text a number of its own instead.
"""

import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath

from aiohttp import BodyPartReader, web

from bot.channels.web.identity import Visitor
from bot.store.updates import Inbound
from dialogs.protocol import Choice, Event, Text, Upload

LONGEST_TEXT = 20_000  # characters; the longest field of a form holds a tenth of it
LONGEST_FIELD = 200  # bytes of any other part of a form
MOST_FILES = 9  # as in one message of a messenger
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_ONCE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_SPACE_FOR_FORM = 256 * 1024  # bytes of a posted form beside its files


class TooBigError(Exception):
    """More was posted than is taken: `name` is the file's (empty: a text)."""

    def __init__(self, name: str = "") -> None:
        """Name the file."""
        super().__init__(name)
        self.name = name


@dataclass
class Post:
    """A form as it was posted; `files` are names and bytes."""

    values: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, bytes]] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Give a field's value; empty when it was not posted."""
        return self.values.get(name, "")

    @property
    def text(self) -> str:
        """The words typed, with the line ends Unix has."""
        return self.value("text").replace("\r\n", "\n").replace("\r", "\n").strip()

    @property
    def seen(self) -> int:
        """The serial of the last turn the form's page showed; 0 when it says none."""
        seen = self.value("seen")
        return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else 0  # noqa: PLR2004 - 64 bits


async def read_post(request: web.Request, file_limit: int) -> Post:
    """Read a form part by part, files into buffers that are bounded.

    Raises:
        TooBigError: a text or a file is larger than is taken, or there are too many files.
        ValueError: it is no form.
    """
    if request.content_type == "application/x-www-form-urlencoded":
        values = await request.post()
        return Post({name: _short_enough(name, str(value)) for name, value in values.items()})
    if request.content_type != "multipart/form-data":
        raise ValueError("no form")
    if (request.content_length or 0) > file_limit + _SPACE_FOR_FORM:
        raise TooBigError
    post, left = Post(), file_limit
    async for part in _parts(request):
        name = part.name or ""
        if part.filename is not None:
            content = await _content(part, left, _bare_name(part.filename))
            left -= len(content)
            _add_file(post, _bare_name(part.filename), content)
        else:
            content = await _content(part, _SPACE_FOR_FORM, "")
            post.values[name] = _short_enough(name, content.decode(errors="replace"))
    return post


async def _parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise ValueError("a form within a form")  # noqa: TRY004 - what was posted is wrong
        yield part


async def _content(part: BodyPartReader, limit: int, name: str) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > limit:
            raise TooBigError(name)
    return bytes(content)


def _add_file(post: Post, name: str, content: bytes) -> None:
    if not name and not content:  # the file field was left empty
        return
    if len(post.files) >= MOST_FILES:
        raise TooBigError(name)
    post.files.append((name or "file", content))


def _short_enough(name: str, value: str) -> str:
    if len(value) > (LONGEST_TEXT if name == "text" else LONGEST_FIELD):
        raise TooBigError
    return value


def _bare_name(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name[:LONGEST_FIELD]


class Numbers:
    """Numbers for messages, each larger than the one before: an edit finds its answer by them."""

    def __init__(self) -> None:
        """Begin at the present time in microseconds, as after any restart."""
        self._last = 0

    def next(self) -> int:
        """Give the next."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return self._last


def inbounds(visitor: Visitor, post: Post, numbers: Numbers) -> list[Inbound]:
    """Make updates of what was posted: a button, or words, or files with the words as their caption."""
    once = post.value("once")
    once = once if _ONCE.fullmatch(once) else f"t{post.seen}"
    events: list[tuple[bytes, Event]] = []
    if post.value("press"):
        events = [(post.value("press").encode(errors="replace"), Choice(id=post.value("press")))]
    elif post.files:
        album = f"{once}-{numbers.next()}" if len(post.files) > 1 else None
        events = [
            (content, Upload(name=name, content=content, message=numbers.next(), caption=words, album=album))
            for words, (name, content) in zip([post.text, *[""] * len(post.files)], post.files, strict=False)
        ]
    elif post.text:
        events = [(post.text.encode(errors="replace"), Text(text=post.text, message=numbers.next()))]
    return [
        Inbound(f"{visitor.number}:{once}:{event.kind}:{sha256(content).hexdigest()[:24]}", visitor.key, event)
        for content, event in events
    ]
