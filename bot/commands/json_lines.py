"""JSON lines in and out: UTF-8, one object a line, unescaped Chinese, flushed after each line."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.errors import StartupError, reason
from bot.messages import say


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read one object a line; `-` reads standard input.

    Raises:
        StartupError: the file cannot be read, or a line is not a JSON object.
    """
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise StartupError(say("files.unreadable", path=path, reason=reason(error))) from error
    except UnicodeDecodeError as error:
        raise StartupError(say("files.not_utf8", path=path)) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise StartupError(say("files.line_no_object", path=path, number=number))
        yield value


def write_line(value: dict[str, Any]) -> None:
    """Write one object. (Standard output escapes what UTF-8 cannot hold, which in JSON is the right escape.)"""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
