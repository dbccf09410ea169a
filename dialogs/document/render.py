"""The finished form: a submission written into the office's own blank, nothing else touched."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from pydantic import JsonValue

from dialogs.document.attached import attached_page, reference
from dialogs.document.characters import printable
from dialogs.document.template import MAIN_PART, Control, Edit, Span, Template, read_template
from dialogs.document.writing import indented, paragraphs, run
from dialogs.submission import Submission

YES_NO = {True: "是", False: "否"}


def render(submission: Submission, template: bytes) -> bytes:
    """Fill the template and give the bytes of a .docx, the same for the same input.

    A field's words go into the control tagged with its key; of its boxes the one named by its value is
    ticked. What was left out keeps the blank form's content. Characters Word cannot hold are dropped as
    `dialogs.document.characters` says. The fields in `submission.apart` get a titled page of their own after the
    form (四.2: 表格空间不够可另附页), and their cells refer to it.

    Raises:
        TemplateError: the template cannot be read.
    """
    blank = read_template(template)
    edits = [edit for control in blank.controls for edit in _edits(control, submission)]
    edits += [page for control in blank.controls for page in _pages(blank, control, submission)]
    document = spliced(blank.document, edits)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for info, content in blank.parts:
            part = zipfile.ZipInfo(info.filename, info.date_time)
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, document if info.filename == MAIN_PART else content)
    return out.getvalue()


def spliced(document: bytes, edits: Iterable[Edit]) -> bytes:
    """Exchange the given spans (which do not overlap), leaving every other byte where it was."""
    pieces, position = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [document[position:start], new]
        position = end
    return b"".join([*pieces, document[position:]])


def answers(value: JsonValue) -> set[str]:
    """Name the boxes a value ticks: 是/否 for a boolean, the label of a choice, each label of a list."""
    if isinstance(value, bool):
        return {YES_NO[value]}
    return {str(each) for each in (value if isinstance(value, list) else [value])}


def _edits(control: Control, submission: Submission) -> Iterator[Edit]:
    entry = submission.entries.get(control.key)
    if entry is None or control.fixed:
        return
    if control.option is not None:
        shown = control.glyph if control.option in answers(entry.value) else ""
    else:
        shown = printable(entry.display)
        shown = reference(control.title) if shown and control.key in submission.apart else shown
    if shown:
        yield from _answered(control, shown)


def _pages(blank: Template, control: Control, submission: Submission) -> Iterator[Edit]:
    entry = submission.entries.get(control.key)
    text = printable(entry.display) if entry and control.key in submission.apart and control.option is None else ""
    if text and not control.fixed:
        yield blank.end, blank.end, attached_page(control, text)


def _answered(control: Control, text: str) -> Iterator[Edit]:
    yield from control.flags
    if control.around:
        yield *control.answer, paragraphs(text.split("\n"), control.look)
    elif control.cell and "\n" in text:
        yield from _over_paragraphs(text.split("\n"), control, control.cell)
    else:
        yield *control.answer, run(text, control.look)
        if control.cell and indented(text):
            yield *control.look.indent, b""


def _over_paragraphs(lines: list[str], control: Control, cell: Span) -> Iterator[Edit]:
    """The first line with words goes into the control; lines before and after it are paragraphs beside it."""
    first = next((number for number, line in enumerate(lines) if line), 0)
    start, end = cell
    yield start, start, paragraphs(lines[:first], control.look)
    yield *control.answer, run(lines[first], control.look)
    if indented(lines[first]):
        yield *control.look.indent, b""
    yield end, end, paragraphs(lines[first + 1 :], control.look)
