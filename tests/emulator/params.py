"""Reads a call's parameters: query, form, multipart or JSON, exactly as Bot API clients send them."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField


@dataclass(frozen=True)
class SentFile:
    """A file that came with a call."""

    name: str
    content: bytes


@dataclass
class Params:
    """The call's named values; JSON values are parsed when asked for."""

    values: dict[str, Any]
    files: dict[str, SentFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Give a text, empty when absent."""
        return str(self.values.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        """Give a whole number."""
        return int(self.values.get(name, default))

    def flag(self, name: str) -> bool:
        """Give a truth value."""
        return str(self.values.get(name, "")).lower() in {"true", "1"}

    def json(self, name: str) -> Any:
        """Give a structured value, whether it came as JSON text or already parsed; None when absent."""
        value = self.values.get(name)
        return json.loads(value) if isinstance(value, str) and value else value

    def file(self, name: str) -> SentFile | str:
        """Give the file sent as `name`: its bytes, or the file_id that stands for it."""
        if name in self.files:
            return self.files[name]
        return self.file_at(self.text(name))

    def file_at(self, address: str) -> SentFile | str:
        """Resolve `attach://part`; anything else is a file_id."""
        return self.files.get(address.removeprefix("attach://"), address)


async def read_params(request: web.Request) -> Params:
    """Collect the parameters of a call."""
    params = Params(dict(request.query))
    if request.content_type == "application/json":
        params.values |= await request.json()
        return params
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            params.files[name] = SentFile(value.filename, value.file.read())
        else:
            params.values[name] = value
    return params
