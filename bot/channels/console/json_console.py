"""`shenbao console --json`: one JSON object a line in, exactly one line out."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any, TextIO

from bot.channels.console.exchange import as_json
from bot.channels.console.fault_injection import FAULTS, Fault, FaultyExchange
from bot.errors import reason
from bot.messages import say
from dialogs.protocol import Choice, Command, Edited, Event, Preset, Text, Upload

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = 20 * MEGABYTE


class LineError(Exception):
    """A line cannot be understood; the message is one Chinese sentence."""


async def run_lines(faulty: FaultyExchange, source: TextIO = sys.stdin, sink: TextIO = sys.stdout) -> None:
    """Speak first, then answer every line until the input ends."""
    _write(sink, as_json(await faulty.put(Command(name="start"))))
    faulty.exchange.warm()
    sent = (await faulty.exchange.session()).heard
    while line := await asyncio.to_thread(source.readline):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
            if fault := fault_of(read):
                _write(sink, as_json(await faulty.fault(fault)))
                continue
            if shows_draft(read):
                _write(sink, await faulty.exchange.draft_as_json())
                continue
            event = event_of(read, sent)
        except (LineError, ValueError) as error:
            await _complain(faulty, sink, str(error) if isinstance(error, LineError) else say("lines.not_json"))
            continue
        if isinstance(event, Text | Upload):
            sent += 1
        _write(sink, as_json(await faulty.put(event)))


def fault_of(line: Any) -> Fault | None:
    """Read a line as a fault (see `bot.channels.console.fault_injection`); None when it is none.

    Raises:
        LineError: there is no such fault.
    """
    if not isinstance(line, dict) or "fault" not in line:
        return None
    for fault in FAULTS:
        if line["fault"] == fault:
            return fault
    raise LineError(say("lines.no_fault", names="、".join(FAULTS)))


def shows_draft(line: Any) -> bool:
    """Tell whether a line asks what the draft holds.

    Raises:
        LineError: it asks to be shown something else.
    """
    if not isinstance(line, dict) or "show" not in line:
        return False
    if line["show"] != "draft":
        raise LineError(say("lines.no_show"))
    return True


def event_of(line: Any, sent: int) -> Event:
    """Read a line as an event; messages (texts and files) are numbered from 1.

    Raises:
        LineError: the line has none of the known keys, or its file cannot be read.
    """
    if not isinstance(line, dict):
        raise LineError(say("lines.no_object"))
    if "edit" in line:
        return Edited(text=_words(line, "text"), message=_number(line["edit"]))
    if "choice" in line:
        return Choice(id=_words(line, "choice"))
    if "file" in line:
        path = Path(_words(line, "file"))
        return Upload(name=path.name, content=_content(path), message=sent + 1)
    if "set" in line:
        return Preset(values=_values(line["set"]), at=_words(line, "at") if line.get("at") is not None else None)
    if "text" in line:
        return Text(text=_words(line, "text"), message=sent + 1)
    raise LineError(say("lines.no_part"))


def _values(value: Any) -> dict[str, Any]:
    """Take answers as a program gives them: text, yes or no, lists, rows."""
    if not isinstance(value, dict):
        raise LineError(say("lines.no_set"))
    return {key: each if isinstance(each, bool | list | dict) else _words(value, key) for key, each in value.items()}


def _words(line: dict[str, Any], key: str) -> str:
    value = line.get(key)
    if not isinstance(value, str):
        raise LineError(say("lines.no_text", key=key))
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise LineError(say("lines.no_number"))
    return value


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > UPLOAD_LIMIT:
            raise LineError(say("files.too_big", path=path.name, limit=UPLOAD_LIMIT // MEGABYTE))
        return path.read_bytes()
    except OSError as error:
        raise LineError(say("files.unreadable", path=path.name, reason=reason(error))) from error


async def _complain(faulty: FaultyExchange, sink: TextIO, sentence: str) -> None:
    exchange = faulty.exchange.snapshot(await faulty.exchange.session())
    _write(sink, {**as_json(exchange), "replies": [{"text": sentence, "choices": [], "citations": [], "files": []}]})


def _write(sink: TextIO, value: dict[str, Any]) -> None:
    sink.write(json.dumps(value, ensure_ascii=False) + "\n")
    sink.flush()
