"""Cutting a paragraph's runs at a character, and wrapping runs in a content control."""

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dialogs.document.word_text import shown

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANK = "\u3000"


def cut_paragraph(paragraph: Any, offset: int) -> int:
    """Make a child begin at character `offset`; give its index."""
    position = 0
    for child in list(paragraph):
        length = len(shown(child))
        if position >= offset and child.tag != qn("w:pPr"):
            return int(paragraph.index(child))
        if position < offset < position + length and child.tag == qn("w:r"):
            child.addnext(_second_half(child, offset - position))
            return int(paragraph.index(child)) + 1
        position += length
    return len(paragraph)


def _second_half(run: Any, offset: int) -> Any:
    """Take what follows `offset` out of a run, into a new one of the same look."""
    rest = OxmlElement("w:r")
    if run.rPr is not None:
        rest.append(deepcopy(run.rPr))
    for child in [each for each in run if each.tag != qn("w:rPr")]:
        length = len(shown(child))
        if offset <= 0:
            rest.append(child)
        elif offset < length:
            behind = deepcopy(child)
            child.text, behind.text = child.text[:offset], child.text[offset:]
            for each in (child, behind):
                each.set(_XML_SPACE, "preserve")
            rest.append(behind)
        offset -= length
    return rest


def between(paragraph: Any, start: int, end: int) -> list[Any]:
    """Give the runs that hold characters `start` to `end`, cutting where needed."""
    first = cut_paragraph(paragraph, start)
    last = cut_paragraph(paragraph, end) if end > start else first
    return [each for each in paragraph[first:last] if each.tag == qn("w:r")]


def wrap(runs: list[Any], tag: str, title: str, *properties: Any) -> Any:
    """Put neighbouring runs into a control where they stand."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    head = OxmlElement("w:sdtPr")
    if runs[0].rPr is not None:
        head.append(deepcopy(runs[0].rPr))
    for each in (_element("w:alias", title), _element("w:tag", tag), *properties):
        head.append(each)
    runs[0].addprevious(control)
    content.extend(runs)
    control.extend([head, content])
    return control


def blank_run(paragraph: Any, index: int) -> Any:
    """Insert a blank to type over, looking like the run before it, or as the paragraph's mark says."""
    run = OxmlElement("w:r")
    before = [each for each in paragraph[:index] if each.tag == qn("w:r")]
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    look = before[-1].rPr if before else mark
    if look is not None:
        run.append(deepcopy(look))
    text = OxmlElement("w:t")
    text.text = _BLANK
    run.append(text)
    paragraph.insert(index, run)
    return run


def placeholder_mark() -> list[Any]:
    """Say that what stands in the control is only a placeholder (Word's own, once it is emptied)."""
    outer = OxmlElement("w:placeholder")
    outer.append(_element("w:docPart", "DefaultPlaceholder_-1854013440"))
    return [outer, OxmlElement("w:showingPlcHdr")]


def locked() -> Any:
    """Say that the content is the office's own."""
    return _element("w:lock", "sdtContentLocked")


def checkbox(empty: str, ticked: str) -> Any:
    """Make a control a box that shows these two glyphs."""
    box = OxmlElement("w14:checkbox")
    states = (
        ("w14:checked", "0"),
        ("w14:checkedState", f"{ord(ticked):04X}"),
        ("w14:uncheckedState", f"{ord(empty):04X}"),
    )
    for name, value in states:
        box.append(OxmlElement(name, {qn("w14:val"): value}))
    return box


def _element(name: str, value: str) -> Any:
    return OxmlElement(name, {qn("w:val"): value})
