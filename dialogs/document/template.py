"""The office's blank form: which content control holds which field, and where its bytes are.

Theory of operation. Staff see the ties in Word: a content control's *tag* (标记) is the field's key, its *title*
is the official label. A checkbox's tag is `key=答案`, e.g. `registered=是`. A control in a line with other words
takes its answer in that line. One that stands alone in its cell stands for the cell: the first line goes into the
control, each further line becomes a paragraph after it. (A control *around* paragraphs or a cell works, too, but
LibreOffice doubles its text on saving, so our template has none.) A control whose content is locked holds words
of the office (the statement a consent agrees to) and is left alone. Only bytes in answer cells are ever
exchanged; they are found once per template and kept.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self
from xml.parsers import expat

from dialogs.document.upload_safety import BROKEN

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


class XmlError(ValueError):
    """The part is not XML in UTF-8, or declares a document type (which Word never writes)."""


@dataclass(slots=True)
class Element:
    """An element by its name as written (`w:p`), and its bytes.

    `start`:`end` is the whole element; `inner`:`inner_end` lies between its two tags (empty, at `end`, for `<x/>`).
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    inner_end: int = -1
    end: int = -1
    children: list[Self] = field(default_factory=list)

    def child(self, name: str) -> Self | None:
        """Give the first child of this name."""
        return next((each for each in self.children if each.name == name), None)

    def walk(self) -> Iterator[Self]:
        """Go through the element and everything in it, in document order."""
        yield self
        for each in self.children:
            yield from each.walk()


def locate(content: bytes) -> Element:
    """Parse a part and say where its elements stand.

    Raises:
        XmlError: it is not well formed, not UTF-8, or has a DOCTYPE.
    """
    scan = _Scan(content)
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: scan.opened(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda _name: scan.closed(parser.CurrentByteIndex)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise XmlError(str(error)) from error
    return scan.root


def _refuse_doctype(*_: object) -> None:
    raise XmlError("DOCTYPE")


class _Scan:
    """Keeps the open elements while expat goes over the bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.open: list[Element] = []
        self.root: Element

    def opened(self, name: str, attributes: dict[str, str], start: int) -> None:
        tag = _TAG.match(self.content, start)
        if tag is None:
            raise XmlError(name)
        element = Element(name, attributes, start, tag.end())
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def closed(self, index: int) -> None:
        element = self.open.pop()
        if self.content[element.inner - 2 : element.inner] == b"/>":
            element.inner_end = element.end = element.inner
        else:
            element.inner_end, element.end = index, self.content.index(b">", index) + 1


MAIN_PART = "word/document.xml"
ATTACHED = "@attached"  # after a key in a tag: the text stands on a page of its own
CONTENT_LOCKED = ("contentLocked", "sdtContentLocked")
INVISIBLE = frozenset(("w:pPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr"))
Span = tuple[int, int]  # bytes of the main part: first, and first after
Edit = tuple[int, int, bytes]  # exchange document[start:end] for these bytes


class TemplateError(ValueError):
    """The template is no Word document we can fill; the message says why, in Chinese, for staff."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an answer is dressed, as the template says: raw `w:pPr` and `w:rPr`; `flush` is `w:pPr` unindented.

    `indent` is the span of the template's own `w:ind`.
    """

    run: bytes
    paragraph: bytes
    flush: bytes
    indent: Span


@dataclass(frozen=True, slots=True)
class ControlSpan:
    """One tied content control.

    `title` is what staff call the field in Word; `option` is the answer a checkbox stands for, `None` for text;
    `glyph` is what a ticked box shows; `answer` is the span to exchange, for runs or, if `around`, for paragraphs;
    `cell` is the span of the one paragraph of the cell it stands for; `fixed` means it holds the office's own
    words; `flags` are the exchanges that mark it as answered (placeholder off, box on).
    """

    key: str
    title: str
    option: str | None
    answer: Span
    around: bool
    cell: Span | None
    fixed: bool
    look: Look
    glyph: str
    flags: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A blank form taken apart: its parts as they are, its main part, and the controls in it.

    `end` is where the main part's content ends: before the body's closing section properties.
    """

    parts: tuple[tuple[zipfile.ZipInfo, bytes], ...]
    document: bytes
    end: int
    controls: tuple[ControlSpan, ...]


@lru_cache(maxsize=8)
def read_template(content: bytes) -> Template:
    """Take a template apart (kept by content: a form is filled many times).

    Raises:
        TemplateError: not a .docx, or its main part is not plain UTF-8 XML.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = tuple((info, package.read(info)) for info in package.infolist())
            document = package.read(MAIN_PART)
        root = locate(document)
    except XmlError as error:
        raise TemplateError("模板的正文无法读取，请用 Word 打开、另存后再放入") from error
    except BROKEN as error:
        raise TemplateError("模板不是 Word 文档（.docx），请用 Word 另存为 .docx 后再放入") from error
    return Template(parts, document, _end(root), tuple(_controls(root, document)))


def _end(root: Element) -> int:
    body = root.child("w:body")
    section = body.child("w:sectPr") if body else None
    return section.start if section else (body or root).inner_end


def _controls(root: Element, document: bytes) -> Iterator[ControlSpan]:
    alone = {control.start: paragraph for control, paragraph in _alone_in_cells(root)}
    for element in root.walk():
        if element.name == "w:sdt":
            properties, content = element.child("w:sdtPr"), element.child("w:sdtContent")
            tag = properties.child("w:tag") if properties else None
            if properties and content and tag:
                yield _control(tag.attributes["w:val"], properties, content, alone.get(element.start), document)


def _alone_in_cells(root: Element) -> Iterator[tuple[Element, Element]]:
    """Find the controls that have a cell to themselves, each with its paragraph."""
    for cell in root.walk():
        paragraphs = _paragraphs(cell)
        if cell.name == "w:tc" and len(paragraphs) == 1:
            visible = [each for each in paragraphs[0].children if each.name not in INVISIBLE]
            if [each.name for each in visible] == ["w:sdt"]:
                yield visible[0], paragraphs[0]


def _control(tag: str, properties: Element, content: Element, alone: Element | None, document: bytes) -> ControlSpan:
    key, box, option = tag.partition("=")
    paragraphs = _paragraphs(content.child("w:tc") or content)
    first = paragraphs[0] if paragraphs else content
    answer = (first.start, paragraphs[-1].end) if paragraphs else (content.inner, content.inner_end)
    return ControlSpan(
        key=key,
        title=_value(properties.child("w:alias")) or key,
        option=option if box else None,
        answer=answer,
        around=bool(paragraphs),
        cell=(alone.start, alone.end) if alone else None,
        fixed=_fixed(properties),
        look=_look(properties, content, alone or first, document),
        glyph=_glyph(properties),
        flags=tuple(_flags(properties)),
    )


def _fixed(properties: Element) -> bool:
    return _value(properties.child("w:lock")) in CONTENT_LOCKED


def _value(element: Element | None) -> str:
    return element.attributes.get("w:val", "") if element else ""


def _paragraphs(element: Element) -> list[Element]:
    return [each for each in element.children if each.name == "w:p"]


def _look(properties: Element, content: Element, paragraph: Element, document: bytes) -> Look:
    own = paragraph.child("w:pPr")
    indent = own.child("w:ind") if own else None
    raw = _bytes(own, document)
    return Look(
        run=_bytes(_run_look(properties, content, own), document),
        paragraph=raw,
        flush=raw.replace(_bytes(indent, document), b"") if indent else raw,
        indent=(indent.start, indent.end) if indent else (0, 0),
    )


def _run_look(properties: Element, content: Element, paragraph: Element | None) -> Element | None:
    """As Word does: the control's own look, else that of the text standing there, unless it is a placeholder."""
    if own := properties.child("w:rPr"):
        return own
    if properties.child("w:showingPlcHdr"):
        return paragraph.child("w:rPr") if paragraph else None
    run = next((each for each in content.walk() if each.name == "w:r"), None)
    return run.child("w:rPr") if run else None


def _bytes(element: Element | None, document: bytes) -> bytes:
    return document[element.start : element.end] if element else b""


def _glyph(properties: Element) -> str:
    box = properties.child("w14:checkbox")
    state = box.child("w14:checkedState") if box else None
    return chr(int(state.attributes["w14:val"], 16)) if state else "☒"  # ☒ is Word's own default


def _flags(properties: Element) -> Iterator[Edit]:
    if placeholder := properties.child("w:showingPlcHdr"):
        yield placeholder.start, placeholder.end, b""
    if box := properties.child("w14:checkbox"):
        checked = box.child("w14:checked")
        span = (checked.start, checked.end) if checked else (box.inner, box.inner)
        yield *span, b'<w14:checked w14:val="1"/>'
