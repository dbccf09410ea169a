"""What is wrong with a pack, told to the staff who edit it: file, line, reason, mend (the words: `problems.yaml`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

_PART = re.compile(r"\{([a-z_]+)\}")


class Told(NamedTuple):
    """What is said of a fault: what is wrong, and how to put it right."""

    reason: str
    mend: str


def told(key: str, /, **parts: object) -> Told:
    """Say a fault by its key in `problems.yaml`, e.g. `told("faq.no_field", key="nmae", names="name、phone")`.

    `{names}` of the text that are in `parts` are filled in; all other braces stay.

    Raises:
        KeyError: there is no such fault.
    """
    reason, mend = _texts()[key]
    return Told(*(_PART.sub(lambda m: str(parts.get(m[1], m[0])), text) for text in (reason, mend)))


@cache
def _texts() -> Mapping[str, tuple[str, str]]:
    rooms = yaml.safe_load((files("knowledge") / "problems.yaml").read_text(encoding="utf-8"))
    return {f"{room}.{fault}": tuple(texts) for room, faults in rooms.items() for fault, texts in faults.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one file of a pack.

    `line` is 1-based; 0 means the file as a whole. `mend` says how to put it right. One that is not `grave`
    should be looked at, but does nobody harm: it does not keep an edit from going live.
    """

    file: str
    line: int
    reason: str
    mend: str
    grave: bool = True

    def __str__(self) -> str:
        """Render as `file:line: reason。怎么改：mend`, the contract of `shenbao check`."""
        place = f"{self.file}:{self.line}"
        return told("problem.line", place=place, reason=self.reason, mend=self.mend).reason


class PackError(Exception):
    """A pack cannot be used; `problems` lists every fault found."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems; the message is one line each."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
