"""Proof that a finished form holds what was submitted: reopened, read cell by cell, compared."""

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from dialogs.document.characters import printable
from dialogs.document.reading import text_of
from dialogs.document.render import answers
from dialogs.document.template import CONTENT_LOCKED
from dialogs.submission import Entry, Submission
from knowledge.model import Model

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ON = ("1", "true", "on")
_TORN = "（勾选与显示不一致）"


class Difference(Model):
    """A cell that does not hold what was submitted.

    `field` is the field's key; `expected` what should stand there (empty: the blank form's content);
    `found` what stands there, `None` when the document has no cell for the field.
    """

    field: str
    expected: str
    found: str | None


def differences(submission: Submission, document: bytes) -> list[Difference]:
    """Read a .docx back and name every field that differs from the submission; an empty list proves it.

    Boxes count by their state *and* by what they show. Fields left out must still be blank.
    """
    tied: dict[str, list[Any]] = defaultdict(list)
    for control in docx.Document(io.BytesIO(document)).element.body.iter(qn("w:sdt")):
        if tag := _tag(control):
            tied[tag.partition("=")[0]].append(control)
    keys = dict.fromkeys([*submission.entries, *tied])
    return [each for key in keys for each in _compare(key, submission.entries.get(key), tied.get(key, []))]


def _compare(key: str, entry: Entry | None, controls: list[Any]) -> Iterator[Difference]:
    words = printable(entry.display) if entry else ""
    boxes = [_ticked(each) for each in controls if _box(each) is not None]
    if not controls:
        yield Difference(field=key, expected=words, found=None)
    if boxes:
        expected, found = answers(entry.value) if entry else set(), {box for box in boxes if box}
        if found != expected:
            yield Difference(field=key, expected="、".join(sorted(expected)), found="、".join(sorted(found)))
    for each in controls:
        if _box(each) is None and _open(each, answered=entry is not None) and (text := _text(each)) != words:
            yield Difference(field=key, expected=words, found=text)


def _tag(control: Any) -> str:
    return _property(control, "w:tag") or ""


def _box(control: Any) -> Any:
    return control.find(f"{qn('w:sdtPr')}/{_W14}checkbox")


def _ticked(control: Any) -> str:
    """Name the answer of a ticked box, "" for an empty one; state and glyph must say the same."""
    box = _box(control)
    checked, empty = box.find(f"{_W14}checked"), box.find(f"{_W14}uncheckedState")
    glyph = chr(int(empty.get(f"{_W14}val"), 16)) if empty is not None else "☐"
    state = checked is not None and checked.get(f"{_W14}val") in _ON
    shown = text_of(control.find(qn("w:sdtContent"))) != glyph
    answer = _tag(control).partition("=")[2]
    return (answer if state else "") if state == shown else answer + _TORN


def _open(control: Any, *, answered: bool) -> bool:
    """Tell whether the control is for answers: not locked; without an answer, only a placeholder shows it is."""
    locked = _property(control, "w:lock") in CONTENT_LOCKED
    return not locked and (answered or _property(control, "w:placeholder") is not None)


def _text(control: Any) -> str:
    blank = _property(control, "w:showingPlcHdr") is not None
    return "" if blank else text_of(control.find(qn("w:sdtContent")))


def _property(control: Any, name: str) -> str | None:
    """Give a property's value, "" when it has none, `None` when the control lacks the property."""
    found = control.find(f"{qn('w:sdtPr')}/{qn(name)}")
    return None if found is None else found.get(qn("w:val"), "")
