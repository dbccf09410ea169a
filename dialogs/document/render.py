"""The finished form: a submission written into the office's own blank, nothing else touched."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from pydantic import JsonValue

from dialogs.document.characters import printable
from dialogs.document.template import MAIN_PART, Control, Edit, read_template
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
    yield *control.answer, b"".join(_run(text, control) if control.in_line else _paragraphs(text, control))


def _paragraphs(text: str, control: Control) -> Iterator[bytes]:
    """Each line a paragraph; one that brings its own indent does not get the form's on top."""
    for line in text.split("\n"):
        look = control.look.flush if line[:1].isspace() else control.look.paragraph
        yield from (b"<w:p>", look, *(_run(line, control) if line else ()), b"</w:p>")


def _run(text: str, control: Control) -> Iterator[bytes]:
    yield b"<w:r>" + control.look.run
    for number, line in enumerate(text.split("\n")):
        yield b"<w:br/>" if number else b""
        for column, words in enumerate(line.split("\t")):
            yield b"<w:tab/>" if column else b""
            if words:
                yield b'<w:t xml:space="preserve">%b</w:t>' % escape(words).encode()
    yield b"</w:r>"
