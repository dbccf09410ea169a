"""The finished application: immutable, and the only input of `render`."""

from pydantic import JsonValue

from knowledge.model import Model


class Entry(Model):
    """What one field holds: the normalised `value`, and `display`, the words the document shows."""

    value: JsonValue
    display: str


class Submission(Model):
    """A finished application: field key → entry; fields left out are absent.

    `form_title` and `filename` come from the pack's form, so that `render` needs nothing else.
    """

    pack_id: str
    pack_version: str
    entries: dict[str, Entry]
