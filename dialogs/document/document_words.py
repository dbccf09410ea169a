"""Words every form shares, and what staff are told about a blank form; the words of one call are in its pack."""

from functools import cache
from importlib.resources import files

import yaml

from knowledge.model import Model


class Attached(Model):
    """What is written on a page after the form, and in the cell that refers to it; `{label}` is the field's."""

    title: str
    reference: str
    refers: tuple[str, ...]


class Fault(Model):
    """How staff are told what is wrong with a blank form, and how to mend it."""

    reason: str
    mend: str


class Places(Model):
    """How a place on the form is named; `holds` says which words already stand there."""

    cell: str
    line: str
    blank: str
    holds: str


class ProofWords(Model):
    """How staff are told what was compared, and what differs."""

    proven: str
    changed: str


class DocumentWords(Model):
    """All of `document_words.yaml`; what each entry is for stands there."""

    attached: Attached
    seals: tuple[str, ...]
    cover: tuple[str, ...]
    until_now: tuple[str, ...]
    counting: tuple[str, ...]
    scaling: tuple[str, ...]
    units: tuple[str, ...]
    sums: tuple[str, ...]
    copies: tuple[str, ...]
    left_open: tuple[str, ...]
    places: Places
    proof: ProofWords
    faults: dict[str, Fault]


@cache
def document_words() -> DocumentWords:
    """Give the words."""
    text = (files("dialogs.document") / "document_words.yaml").read_text(encoding="utf-8")
    return DocumentWords.model_validate(yaml.safe_load(text))
