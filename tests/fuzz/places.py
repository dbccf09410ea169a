"""Every place that reads an applicant's text: each field of each form, the phases around them, files, captions, `ask`.

A place sends one text through one turn of the core, in this process, and gives the outcome (`ask`: its answer).
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import docx

from dialogs.engine import new_session, turn
from dialogs.pack_cache import finder_of
from dialogs.protocol import Event, Moment, Text, Turn, Upload
from dialogs.session import Draft, Session
from dialogs.state_machine import state_name
from knowledge.pack import NoticePack
from tests.pack_words import packs


@dataclass(frozen=True)
class Place:
    """Where a text is sent: `prepared` makes what is sent (not timed), `sent` sends it."""

    name: str
    prepared: Callable[[str], Any]
    sent: Callable[[Any], Any]

    @property
    def is_field(self) -> bool:
        """Whether the text is typed for a field."""
        return self.name.partition(" ")[2] in {field.key for pack in packs() for field in pack.form.fields}


def places() -> Iterator[Place]:
    """Go through all places."""
    for pack in packs():
        longest = next((field.key for field in pack.form.fields if field.kind == "long_text"), next(iter(pack.fields)))
        for key in pack.fields:
            yield typed(pack, key)
        for phase in ("menu", "review", "done"):
            yield typed(pack, phase)
        yield _sent(pack, longest, "caption", lambda text: Upload(name="a.mp4", content=b"", caption=text))
        for key in (longest, "menu"):
            yield _sent(pack, key, "file .txt at", lambda text: Upload(name="a.txt", content=encoded(text)))
        yield _sent(pack, longest, "file .docx at", lambda text: Upload(name="a.docx", content=written(text)))
        yield Place(f"{pack.id} ask", str, lambda text, pack=pack: finder_of(pack).find(text, today=_today(pack)))


def typed(pack: NoticePack, key: str) -> Place:
    """Give the place where a text is typed at a field or a phase."""
    return _sent(pack, key, "", lambda text: Text(text=text, message=1))


def encoded(text: str) -> bytes:
    """Give a text as bytes; what no encoding holds is left out."""
    return text.encode("utf-8", errors="ignore") or b" "


def written(text: str) -> bytes:
    """Give a Word document with a paragraph for each line; what XML cannot hold is left out."""
    document = docx.Document()
    for line in text.replace("\r", "\n").split("\n"):
        document.add_paragraph("".join(each for each in line if each >= " " and not "\ud800" <= each <= "\udfff"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def at(pack: NoticePack, key: str) -> Session:
    """Give a session that asks for a field, or is in a phase."""
    return new_session(pack).model_copy(
        update={"state": state_name(key), "drafts": {1: Draft(id=1)}, "current": 1} if key != "menu" else {}
    )


def _sent(pack: NoticePack, key: str, how: str, event: Callable[[str], Event]) -> Place:
    session = at(pack, key)

    def send(made: Event) -> Turn:
        return turn(session, made, pack, Moment(today=_today(pack)))

    return Place(" ".join(part for part in (pack.id, how, key) if part), event, send)


@cache
def _today(pack: NoticePack) -> date:
    return pack.facts.date("deadline") - timedelta(days=14)
