"""The finished form: a submission written into the office's own blank, nothing else touched."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from pydantic import JsonValue

from dialogs.document.characters import printable
from dialogs.document.template import MAIN_PART, Control, Edit, Span, read_template
from dialogs.submission import Entry, Submission

YES_NO = {True: "是", False: "否"}


def render(submission: Submission, template: bytes) -> bytes:
    """Fill the template and give the bytes of a .docx, the same for the same input.

    A field's words go into the control tagged with its key; of its boxes the one named by its value is
    ticked. What was left out keeps the blank form's content. Characters Word cannot hold are dropped as
    `dialogs.document.characters` says.

    Raises:
        TemplateError: the template cannot be read.
    """
    blank = read_template(template)
    edits = [edit for control in blank.controls for edit in _edits(control, submission.entries.get(control.key))]
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


def _edits(control: Control, entry: Entry | None) -> Iterator[Edit]:
    if entry is None or control.fixed:
        return
    if control.option is None:
        shown = printable(entry.display)
    else:
        shown = control.glyph if control.option in answers(entry.value) else ""
    if shown:
        yield from _answered(control, shown)


def _answered(control: Control, text: str) -> Iterator[Edit]:
    yield from control.flags
    if control.around:
        yield *control.answer, _paragraphs(text.split("\n"), control)
    elif control.cell and "\n" in text:
        yield from _over_paragraphs(text.split("\n"), control, control.cell)
    else:
        yield *control.answer, _run(text, control)
        if control.cell and _indented(text):
            yield *control.look.indent, b""


def _over_paragraphs(lines: list[str], control: Control, cell: Span) -> Iterator[Edit]:
    """The first line with words goes into the control; lines before and after it are paragraphs beside it."""
    first = next((number for number, line in enumerate(lines) if line), 0)
    start, end = cell
    yield start, start, _paragraphs(lines[:first], control)
    yield *control.answer, _run(lines[first], control)
    if _indented(lines[first]):
        yield *control.look.indent, b""
    yield end, end, _paragraphs(lines[first + 1 :], control)


def _indented(line: str) -> bool:
    """Tell whether a line brings its own indent: it does not get the form's on top."""
    return line[:1].isspace()


def _paragraphs(lines: list[str], control: Control) -> bytes:
    look = control.look
    return b"".join(
        b"<w:p>%b%b</w:p>" % (look.flush if _indented(line) else look.paragraph, _run(line, control) if line else b"")
        for line in lines
    )


def _run(text: str, control: Control) -> bytes:
    words = b"<w:br/>".join(b"<w:tab/>".join(map(_text, line.split("\t"))) for line in text.split("\n"))
    return b"<w:r>%b%b</w:r>" % (control.look.run, words)


def _text(words: str) -> bytes:
    return b'<w:t xml:space="preserve">%b</w:t>' % escape(words).encode() if words else b""
