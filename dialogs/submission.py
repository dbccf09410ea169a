"""The finished application: immutable, and the only input of `render`."""

import json
from hashlib import sha256

from pydantic import JsonValue

from knowledge.model import Model


class Entry(Model):
    """What one field holds: the normalised `value`, `display`, the words people are shown, and what the form prints.

    `printed` is None where the form prints what is displayed.
    """

    value: JsonValue
    display: str
    printed: str | None = None

    @property
    def on_form(self) -> str:
        """What stands in the cell of the form."""
        return self.display if self.printed is None else self.printed


class Submission(Model):
    """A finished application: field key → entry; fields left out are absent.

    The text of the fields in `apart` is set on a titled page of its own, after the form (四.2: 可另附页). `attachments`
    are the documents that go with it: label → copies, None where the notice does not count them.
    """

    pack_id: str
    pack_version: str
    entries: dict[str, Entry]
    apart: frozenset[str] = frozenset()
    attachments: dict[str, int | None] = {}

    @property
    def mark(self) -> str:
        """What tells this from an application that holds anything else (the first 16 hex digits of a SHA-256)."""
        held = self.model_dump(mode="json", exclude={"pack_version"})
        return sha256(json.dumps({**held, "apart": sorted(self.apart)}, sort_keys=True).encode()).hexdigest()[:16]
