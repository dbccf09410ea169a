"""Proof that a finished form holds what was submitted: reopened, read cell by cell, compared."""

import io
from collections import defaultdict
from collections.abc import Iterator

import docx

from dialogs.document.attached import reference
from dialogs.document.characters import printable
from dialogs.document.render import answers
from dialogs.document.ties import Tie, ties
from dialogs.submission import Submission
from knowledge.model import Model

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
    tied: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties(docx.Document(io.BytesIO(document)).element.body):
        tied[tie.key].append(tie)
    keys = dict.fromkeys([*submission.entries, *tied])
    return [each for key in keys for each in _compare(key, submission, tied.get(key, []))]


def _compare(key: str, submission: Submission, cells: list[Tie]) -> Iterator[Difference]:
    entry = submission.entries.get(key)
    words = printable(entry.display) if entry else ""
    apart = key in submission.apart and bool(words)
    boxes = [tie for tie in cells if tie.option is not None]
    if not cells or (apart and not any(tie.attached for tie in cells)):
        yield Difference(field=key, expected=words, found=None)
    if boxes:
        chosen, found = answers(entry.value) if entry else set(), {_ticked(box) for box in boxes} - {""}
        if found != chosen:
            yield Difference(field=key, expected="、".join(sorted(chosen)), found="、".join(sorted(found)))
    for tie in cells:
        meant = tie.option is None and not tie.fixed and (entry is not None or tie.fillable)
        expected = reference(tie.title) if apart and not tie.attached else words
        if meant and (text := tie.text) != expected:
            yield Difference(field=key, expected=expected, found=text)


def _ticked(box: Tie) -> str:
    """Name the answer of a ticked box, "" for an empty one; state and glyph must say the same."""
    answer = box.option or ""
    if box.checked != box.shows_a_tick:
        return answer + _TORN
    return answer if box.checked else ""
