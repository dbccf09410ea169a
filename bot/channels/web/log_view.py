"""A conversation as the page shows it: bubbles of the applicant and of the assistant, buttons under the last ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.web.form_posts import PICTURES
from bot.messages import say
from bot.store.conversation_log import ConversationLog, LoggedFile, LoggedReply, LoggedTurn
from dialogs.protocol import Button

UNASKED = frozenset({"pictured", "decided", "reminded"})  # events that come from us, not from the applicant


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn on the page: what the applicant did (words, files), and the replies.

    `pressable`: its buttons are still offered; those of questions answered since are taken away. `own`: the applicant
    did something, and did not only wait.
    """

    serial: int
    words: str
    files: tuple[LoggedFile, ...]
    replies: tuple[LoggedReply, ...]
    own: bool
    pressable: bool = False


def shown_turns(log: ConversationLog, before: ConversationLog | None = None, *, live: bool = True) -> list[ShownTurn]:
    """Lay a stretch of a conversation out.

    Args:
        log: what to show.
        before: what was shown before it, to tell what a pressed button was called.
        live: whether this is the end of the conversation.
    """
    labels: dict[str, str] = {}
    for turn in before.turns if before else ():
        labels |= _labels(turn)
    shown = []
    for turn in log.turns:
        shown.append(_shown(turn, labels))
        labels |= _labels(turn)
    last_own = max((turn.serial for turn in shown if turn.own), default=0)
    return [replace(turn, pressable=live and turn.serial >= last_own) for turn in shown]


def is_picture(file: LoggedFile) -> bool:
    """Tell whether a file can be shown on the page."""
    return file.name.lower().endswith(PICTURES)


def handed_over(log: ConversationLog) -> tuple[LoggedFile, ...]:
    """Give the files handed over, the newest of each name, in the order they came last."""
    files = {file.name: file for turn in log.turns for reply in turn.replies for file in reply.files}
    newest: dict[str, LoggedFile] = {}
    for turn in log.turns:
        for file in (each for reply in turn.replies for each in reply.files):
            newest.pop(file.name, None)
            newest[file.name] = files[file.name]
    return tuple(newest.values())


def pressed_buttons(log: ConversationLog) -> tuple[Button, ...]:
    """Give the buttons offered with the last document that was handed over."""
    offered = [reply.choices for turn in log.turns for reply in turn.replies if reply.files and reply.choices]
    return offered[-1] if offered else ()


def _labels(turn: LoggedTurn) -> dict[str, str]:
    return {button.id: button.label for reply in turn.replies for button in reply.choices}


def _shown(turn: LoggedTurn, labels: Mapping[str, str]) -> ShownTurn:
    event, kind = turn.event, turn.event.get("kind")
    words = _words(event, labels) if kind in {"text", "choice", "edited", "upload"} else ""
    files = (_upload(event),) if kind == "upload" else ()
    return ShownTurn(turn.serial, words, files, turn.replies, own=kind not in UNASKED)


def _words(event: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    match event["kind"]:
        case "choice":
            return labels.get(event["id"], "")
        case "edited":
            return say("web.edited", text=event["text"])
        case "upload":
            return str(event.get("caption", ""))
        case _:
            return str(event["text"])


def _upload(event: Mapping[str, Any]) -> LoggedFile:
    return LoggedFile(event["name"], event["content"]["$blob"])
