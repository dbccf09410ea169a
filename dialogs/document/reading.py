"""The text of a Word document as a reader sees it: what is struck out or hidden is not there."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_UNSEEN = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:instrText", "w:txbxContent"))
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_OFF = ("0", "false", "off")


def text_of(element: Any) -> str:
    """Read an element: its paragraphs, one a line; or, of a paragraph or a piece of one, its words."""
    paragraphs = list(paragraphs_of(element))
    return "\n".join(map(_words, paragraphs)) if paragraphs else _words(element)


def paragraphs_of(element: Any) -> Iterator[Any]:
    """Go through the paragraphs in an element (not in tables within it), content controls opened."""
    for child in element:
        if child.tag == qn("w:p"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from paragraphs_of(child)


_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:tc", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))


def _words(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _MARKS:
            yield "" if child.get(qn("w:type")) in ("page", "column") else _MARKS[child.tag]
        elif child.tag not in _UNSEEN and child.tag != _FALLBACK and not _hidden(child):
            yield from _pieces(child)


def _hidden(run: Any) -> bool:
    if run.tag != qn("w:r"):
        return False
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val")) not in _OFF
