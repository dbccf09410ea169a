"""The labels of a form, found in text however it is spaced, and whichever width its marks have."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.form import Form

_COLON = r"\s*[:;]"
_NESTED = re.compile(r"(.+)[（(](.+)[）)]")
_LONG = 4  # characters from which a label is not mistaken for a word of an answer


@dataclass(frozen=True, slots=True)
class Nested:
    """A label in two steps: the line `inner：…` in a cell beside the cell `outer`; written `outer（inner）`."""

    outer: str
    inner: str
    key: str


class Labels:
    """All labels and aliases of a form's fields; the official label of one field beats an alias of another."""

    def __init__(self, form: Form) -> None:
        """Prepare the patterns."""
        fields = [field for field in form.fields if field.kind != "consent"]
        pairs = [(field.label, field.key) for field in fields]
        pairs += [(alias, field.key) for field in fields for alias in field.aliases]
        self._keys: dict[str, str] = {}
        for label, key in pairs:
            self._keys.setdefault(squeezed(label), key)
        self.nested = [
            Nested(squeezed(match[1]), squeezed(match[2]), key)
            for label, key in pairs
            if (match := _NESTED.fullmatch(label))
        ]
        ordered = sorted(self._keys, key=len, reverse=True)
        self._first = re.compile(rf"\s*({_any(ordered)}){_COLON}|\s*({_any(_long(ordered))})(?=\s|\d|$)")
        self._next = re.compile(rf"({_any(_long(ordered))}){_COLON}|(?<=\s)({_any(ordered)}){_COLON}")

    def key(self, text: str) -> str | None:
        """Give the field whose label a cell's text is, whole and alone."""
        return self._keys.get(squeezed(text).rstrip(":"))

    def begin(self, text: str) -> bool:
        """Tell whether text is a label or starts with one."""
        return self.key(text) is not None or self._first.match(_plain(text)) is not None

    def in_line(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Find `label：value` in text that starts with a label: (field key, start and end of the value)."""
        plain = _plain(text)
        match = self._first.match(plain)
        while match:
            following = self._next.search(plain, match.end())
            yield self._keys[squeezed(match[1] or match[2])], match.end(), following.start() if following else len(text)
            match = following


def squeezed(text: str) -> str:
    """Give text for comparing labels: one width, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def find(text: str, words: str) -> tuple[int, int] | None:
    """Find words in text, however they are spaced: where they start and end."""
    match = re.search(_spaced(squeezed(words)), _plain(text))
    return match.span() if match else None


def section(text: str, label: str, rivals: set[str]) -> tuple[int, int] | None:
    """Find what stands behind `label：` at the start of a line, up to a line that starts with a rival label."""
    plain = _plain(text)
    match = re.search(rf"(?:^|(?<=\n))\s*{_spaced(label)}({_COLON}|\s*$)", plain)
    if match is None:
        return None
    rival = re.compile(rf"\n\s*({_any(sorted(rivals))})({_COLON}|\s*$)").search(plain, match.end())
    return match.end(), rival.start() if rival else len(text)


def _plain(text: str) -> str:
    """One width for every character, each still at its index."""
    return "".join(each if len(wide := unicodedata.normalize("NFKC", each)) != 1 else wide for each in text)


def _spaced(label: str) -> str:
    return r"\s*".join(map(re.escape, label))


def _any(labels: list[str]) -> str:
    return "|".join(map(_spaced, labels)) or "(?!)"


def _long(labels: list[str]) -> list[str]:
    return [label for label in labels if len(label) >= _LONG]
