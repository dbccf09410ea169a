"""Events and replies as JSON text, with the bytes of files kept apart under their digest."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

Blobs = dict[str, bytes]

MARK = "$blob"  # the only name in what stands for bytes


def to_text(value: Any) -> str:
    """Return `value` as JSON text that every database takes: unescaped Chinese, lone surrogates escaped."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def pack(model: BaseModel, blobs: Blobs) -> str:
    """Return `model` as JSON text, days as YYYY-MM-DD; the bytes in it are added to `blobs`, digest → bytes."""

    def put(content: object) -> dict[str, str] | str:
        if isinstance(content, date):
            return content.isoformat()
        if not isinstance(content, bytes):
            raise TypeError(f"cannot store a {type(content).__name__}")
        digest = sha256(content).hexdigest()
        blobs[digest] = content
        return {MARK: digest}

    text = json.dumps(model.model_dump(), ensure_ascii=False, default=put)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(json.loads(text))
    return text


def carries_bytes(text: str) -> bool:
    """Tell whether there are bytes in what `pack` gave."""
    return f'"{MARK}"' in text and bool(without_bytes(text)[1])


def without_bytes(text: str) -> tuple[str, set[str]]:
    """Return what `pack` gave with empty bytes in place of all others, and the digests of those."""
    digests: set[str] = set()

    def drop(value: dict[str, Any]) -> Any:
        if set(value) != {MARK}:
            return value
        digests.add(value[MARK])
        return ""

    return to_text(json.loads(text, object_hook=drop)), digests


def unpack(text: str, fetch: Callable[[str], bytes]) -> Any:
    """Return what `pack` was given, as plain values; `fetch` gives the bytes of a digest."""

    def take(value: Mapping[str, Any]) -> Any:
        return fetch(value[MARK]) if set(value) == {MARK} else value

    return json.loads(text, object_hook=take)
