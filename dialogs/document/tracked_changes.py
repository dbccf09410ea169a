"""Tracked changes (修订) in a document: how many there are, and the document as if all were accepted."""

from typing import Any

from docx.oxml.ns import qn

_STRUCK_OUT = tuple(map(qn, ("w:del", "w:moveFrom", "w:cellDel")))
_INSERTED = tuple(map(qn, ("w:ins", "w:moveTo", "w:cellIns")))
_FORMERLY = tuple(map(qn, ("w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:tcPrChange", "w:trPrChange")))


def changes_in(root: Any) -> int:
    """Count the words, rows and cells that were inserted or struck out; changes of looks do not count."""
    return sum(1 for _ in root.iter(*_STRUCK_OUT, *_INSERTED))


def accept_changes(root: Any) -> None:
    """Accept all changes: what was inserted stays, what was struck out goes, former looks are forgotten."""
    for element in list(root.iter(*_STRUCK_OUT, *_FORMERLY)):
        parent = element.getparent()
        if parent is None:
            continue
        gone = (
            parent.getparent() if parent.tag in (qn("w:trPr"), qn("w:tcPr")) and element.tag in _STRUCK_OUT else element
        )
        gone.getparent().remove(gone)
    for element in list(root.iter(*_INSERTED)):
        for child in list(element):
            element.addprevious(child)
        element.getparent().remove(element)
