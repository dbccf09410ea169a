"""The finished application: immutable, and the only input of `render`."""

from pydantic import JsonValue

from knowledge.model import Model


class Entry(Model):
    """What one field holds: the normalised `value`, and `display`, the words the document shows."""

    value: JsonValue
    display: str


class Submission(Model):
    """A finished application: field key → entry; fields left out are absent.

    The text of the fields in `apart` is set on a titled page of its own, after the form (四.2: 可另附页).
    """

    pack_id: str
    pack_version: str
    entries: dict[str, Entry]
    apart: frozenset[str] = frozenset()
