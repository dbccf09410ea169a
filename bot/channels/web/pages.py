"""The page's HTML: templates beside this file, everything put into them escaped, every text from `messages.yaml`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.channels.web.form_posts import LONGEST_TEXT, MOST_FILES
from bot.channels.web.log_view import ShownTurn, is_picture
from bot.channels.web.task_list import TaskList
from bot.messages import say
from bot.store.conversation_log import LoggedFile
from dialogs.buttons import Start, encode
from dialogs.protocol import Button

_HERE = files("bot.channels.web")
STATIC = {"page.css": "text/css", "page.js": "text/javascript"}
WAYS = {"chat": "./", "tasks": "tasks", "review": "review", "files": "files", "device": "device"}


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on every page: the form's name, how far it is, the token of its forms, the last turn it shows.

    `root` leads from the page back to the first one.
    """

    name: str
    progress: str = ""
    token: str = ""
    serial: int = 0
    root: str = ""

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """The pages there are: name and address."""
        return tuple((name, f"{self.root}{where}") for name, where in WAYS.items())


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat as it is shown.

    `earlier` is the serial before which there is more (None: nothing), `live` whether this is its end, `busy` whether
    a turn is under way; `typed` are words to be put back into the input, `notice` says why.
    """

    turns: Sequence[ShownTurn]
    earlier: int | None = None
    live: bool = True
    busy: bool = False
    typed: str = ""
    notice: str = ""


@cache
def static_file(name: str) -> bytes:
    """Give the bytes of a style sheet or script.

    Raises:
        KeyError: there is no such file.
    """
    if name not in STATIC:
        raise KeyError(name)
    return (_HERE / "static" / name).read_bytes()


def chat_page(page: Page, chat: Chat, upload_mb: int) -> str:
    """Show the conversation and what one writes in."""
    return _render(
        "chat.html",
        page,
        here="chat",
        focus="text" if chat.live else "",
        refresh=chat.busy,
        notice=chat.notice,
        turns=chat.turns,
        earlier=chat.earlier,
        live=chat.live,
        typed=chat.typed,
        longest=LONGEST_TEXT,
        limit=upload_mb,
        most=MOST_FILES,
    )


def turn_fragment(page: Page, turn: ShownTurn) -> str:
    """Show one turn, for a page that is open."""
    return _render("turn.html", page, turn=turn)


def fields_page(page: Page, name: str, tasks: TaskList) -> str:
    """Show the fields: as a list of tasks (`tasks`), or with all they hold (`review`)."""
    return _render("tasks.html", page, here=name, list=tasks, start=encode(Start()))


def files_page(page: Page, handed_over: Sequence[LoggedFile], choices: Sequence[Button]) -> str:
    """Show the files made so far, and what else can be had."""
    return _render("files.html", page, here="files", files=handed_over, choices=choices)


def device_page(page: Page, code: str = "", notice: str = "") -> str:
    """Give a code for another device, or take one."""
    return _render("device.html", page, here="device", code=code, notice=notice)


def fault_page(page: Page, words: str) -> str:
    """Say what was not done."""
    return _render("fault.html", page, here="", words=words)


def file_address(file: LoggedFile) -> str:
    """Give the address of a file, from any page."""
    return f"file/{file.digest}/{quote(file.name, safe='')}"


def _render(template: str, page: Page, **parts: Any) -> str:
    given: dict[str, Any] = {"here": "", "focus": "", "refresh": False, "notice": ""}
    return _templates().get_template(template).render(page=page, **{**given, **parts})


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(str(_HERE / "templates")),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    versioned = {name.rpartition(".")[2]: f"{name}?v={sha256(static_file(name)).hexdigest()[:12]}" for name in STATIC}
    templates.globals |= {
        "say": say,
        "is_picture": is_picture,
        "address": file_address,
        "style": versioned["css"],
        "script": versioned["js"],
    }
    return templates
