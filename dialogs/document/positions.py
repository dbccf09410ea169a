"""Where in the bytes of an XML part each element stands, so that one can be exchanged and no other byte moves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self
from xml.parsers import expat

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
