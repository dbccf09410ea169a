"""The finished form: a submission written into the office's own blank, nothing else touched.

Runs and paragraphs are written in the template's own look; an answer set apart gets a titled page after the form.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from pydantic import JsonValue

from dialogs.document.template import ATTACHED, MAIN_PART, ControlSpan, Edit, Look, Span, Template, read_template
from dialogs.submission import Submission
from knowledge.text.normalise import printable


def paragraphs(lines: list[str], look: Look) -> bytes:
    """Write each line as a paragraph; one that brings its own indent does not get the form's on top."""
    return b"".join(
        b"<w:p>%b%b</w:p>" % (look.flush if indented(line) else look.paragraph, run(line, look) if line else b"")
        for line in lines
    )


def indented(line: str) -> bool:
    """Tell whether a line brings its own indent."""
    return line[:1].isspace()


def run(text: str, look: Look) -> bytes:
    """Write text as one run, with its tabs and line breaks."""
    words = b"<w:br/>".join(b"<w:tab/>".join(map(_text, line.split("\t"))) for line in text.split("\n"))
    return b"<w:r>%b%b</w:r>" % (look.run, words)


def _text(words: str) -> bytes:
    return b'<w:t xml:space="preserve">%b</w:t>' % escape(words).encode() if words else b""


HEADING = "附页"
_TITLE = (  # 黑体, 三号: how GB/T 9704 sets the heading of an annex
    '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="240"/><w:jc w:val="left"/></w:pPr><w:r><w:rPr>'
    '<w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="黑体"/>'
    '<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr><w:t>{title}</w:t></w:r></w:p>'
)
_TABLE = (  # one cell without borders: a place whose beginning and end can be found again
    b'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid><w:gridCol w:w="8800"/></w:tblGrid>'
    b'<w:tr><w:tc><w:tcPr><w:tcW w:w="5000" w:type="pct"/></w:tcPr>%b</w:tc></w:tr></w:tbl>'
)
_LAST = b'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="1" w:lineRule="exact"/></w:pPr></w:p>'
_CONTROL = '<w:sdt><w:sdtPr><w:alias w:val={title}/><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>'


def reference(title: str) -> str:
    """Say, in the form's cell, where the text is."""
    return f"详见{HEADING}《{title}》。"


def attached_page(control: ControlSpan, text: str) -> bytes:
    """Write the page: a heading, then the text, tied to the field like the cell it stands in for."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line), 0)
    look = control.look
    opening = _CONTROL.format(title=quoteattr(f"{HEADING}：{control.title}"), tag=f"{control.key}{ATTACHED}").encode()
    tied = b"<w:p>%b%b%b</w:sdtContent></w:sdt></w:p>" % (
        look.flush if indented(lines[first]) else look.paragraph,
        opening,
        run(lines[first], look),
    )
    cell = paragraphs(lines[:first], look) + tied + paragraphs(lines[first + 1 :], look)
    heading = _TITLE.format(title=escape(f"{HEADING}：{control.title}")).encode()
    return heading + _TABLE % cell + _LAST


YES_NO = {True: "是", False: "否"}


def fill(submission: Submission, template: bytes) -> bytes:
    """Fill the template and give the bytes of a .docx, the same for the same input.

    A field's words go into the control tagged with its key; of its boxes the one named by its value is
    ticked. What was left out keeps the blank form's content. Characters Word cannot hold are dropped as
    `knowledge.text.normalise.printable` says. The fields in `submission.apart` get a titled page of their own after the
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


def _edits(control: ControlSpan, submission: Submission) -> Iterator[Edit]:
    entry = submission.entries.get(control.key)
    if entry is None or control.fixed:
        return
    if control.option is not None:
        shown = control.glyph if control.option in answers(entry.value) else ""
    else:
        shown = printable(entry.on_form)
        shown = reference(control.title) if shown and control.key in submission.apart else shown
    if shown:
        yield from _answered(control, shown)


def _pages(blank: Template, control: ControlSpan, submission: Submission) -> Iterator[Edit]:
    entry = submission.entries.get(control.key)
    text = printable(entry.on_form) if entry and control.key in submission.apart and control.option is None else ""
    if text and not control.fixed:
        yield blank.end, blank.end, attached_page(control, text)


def _answered(control: ControlSpan, text: str) -> Iterator[Edit]:
    yield from control.flags
    if control.around:
        yield *control.answer, paragraphs(text.split("\n"), control.look)
    elif control.cell and "\n" in text:
        yield from _over_paragraphs(text.split("\n"), control, control.cell)
    else:
        yield *control.answer, run(text, control.look)
        if control.cell and indented(text):
            yield *control.look.indent, b""


def _over_paragraphs(lines: list[str], control: ControlSpan, cell: Span) -> Iterator[Edit]:
    """The first line with words goes into the control; lines before and after it are paragraphs beside it."""
    first = next((number for number, line in enumerate(lines) if line), 0)
    start, end = cell
    yield start, start, paragraphs(lines[:first], control.look)
    yield *control.answer, run(lines[first], control.look)
    if indented(lines[first]):
        yield *control.look.indent, b""
    yield end, end, paragraphs(lines[first + 1 :], control.look)
