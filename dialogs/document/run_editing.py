"""Cutting a paragraph's runs at a character, and putting runs into a content control."""

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dialogs.document.word_text import shown

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def cut(paragraph: Any, offset: int) -> int:
    """Make a child begin at character `offset`; give its index."""
    position = 0
    for child in list(paragraph):
        length = len(shown(child, hints=True))
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
    first = cut(paragraph, start)
    last = cut(paragraph, end) if end > start else first
    return [each for each in paragraph[first:last] if each.tag == qn("w:r")]


def wrap(runs: list[Any], tag: str, title: str, *properties: Any) -> Any:
    """Put neighbouring runs into a control where they stand."""
    control = _control(tag, title, *properties)
    runs[0].addprevious(control)
    control.find(qn("w:sdtContent")).extend(runs)
    return control


def empty_control(paragraph: Any, index: int, tag: str, title: str) -> Any:
    """Insert a control with nothing in it yet, before the child with this index."""
    control = _control(tag, title, waiting())
    paragraph.insert(index, control)
    return control


def _control(tag: str, title: str, *properties: Any) -> Any:
    control, head = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    head.extend([_element("w:alias", title), _element("w:tag", tag), *properties])
    control.extend([head, OxmlElement("w:sdtContent")])
    return control


def waiting() -> Any:
    """Say that what stands in the control is only a hint or a blank to type over."""
    return OxmlElement("w:showingPlcHdr")


def locked() -> Any:
    """Say that the content is the office's own."""
    return _element("w:lock", "sdtContentLocked")


def _element(name: str, value: str) -> Any:
    return OxmlElement(name, {qn("w:val"): value})
