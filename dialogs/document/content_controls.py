"""The content controls of an opened document that are tied to fields (see `template` for the convention)."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.template import ATTACHED, CONTENT_LOCKED
from dialogs.document.word_text import placeholder, text_of

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_INVISIBLE = frozenset(map(qn, ("w:pPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr")))
_ON = ("1", "true", "on")


class ContentControl:
    """A tied control: `key` names the field; `option` the answer a box stands for, `None` for text.

    `attached` tells that it stands on a page of its own; the field's cell then only refers to it.
    """

    def __init__(self, control: Any, tag: str) -> None:
        """Wrap a `w:sdt` element whose tag is `tag`."""
        self._control = control
        key, box, option = tag.partition("=")
        self.key = key.removesuffix(ATTACHED)
        self.attached = key.endswith(ATTACHED)
        self.option = option if box else None

    @property
    def title(self) -> str:
        """What staff call the field in Word."""
        return _property(self._control, "w:alias") or self.key

    @property
    def fixed(self) -> bool:
        """Whether it holds the office's own words."""
        return _property(self._control, "w:lock") in CONTENT_LOCKED

    @property
    def fillable(self) -> bool:
        """Whether it has a placeholder, as controls meant for answers do, shown or not."""
        return _property(self._control, "w:placeholder") is not None

    @property
    def text(self) -> str:
        """What was typed, "" while the placeholder shows; of a control alone in its cell, the whole cell."""
        place = self._place()
        text = "" if place is self._control and placeholder(place) else text_of(place)
        return "" if placeholder(self._control) and not text.strip() else text

    @property
    def checked(self) -> bool:
        """Whether the box's state is on."""
        state = self._control.find(f".//{_W14}checked")
        return state is not None and state.get(f"{_W14}val") in _ON

    @property
    def shows_a_tick(self) -> bool:
        """Whether the box shows anything but its empty glyph (☐ unless the form says otherwise)."""
        empty = self._control.find(f".//{_W14}uncheckedState")
        return self.text != (chr(int(empty.get(f"{_W14}val"), 16)) if empty is not None else "☐")

    def clear(self) -> None:
        """Take the words out, leaving cells and paragraphs."""
        for run in list(self._place().iter(qn("w:r"))):
            run.getparent().remove(run)

    def _place(self) -> Any:
        """The element that holds the answer and nothing else."""
        content = self._control.find(qn("w:sdtContent"))
        wrapped = content.find(qn("w:tc")) if content is not None else None
        cell = self._own_cell()
        return cell if cell is not None else wrapped if wrapped is not None else self._control

    def _own_cell(self) -> Any:
        """The cell this control stands for: it is alone in its paragraph, and only blank lines come before."""
        paragraph = self._control.getparent()
        cell = paragraph.getparent()
        if paragraph.tag != qn("w:p") or cell.tag != qn("w:tc"):
            return None
        beside = [each for each in paragraph if each is not self._control and each.tag not in _INVISIBLE]
        before = [each for each in paragraph.itersiblings(qn("w:p"), preceding=True) if text_of(each)]
        others = len(list(cell.iter(qn("w:sdt")))) > 1
        return None if beside or before or others else cell


def content_controls(body: Any) -> Iterator[ContentControl]:
    """Go through the tied controls of a document."""
    for control in list(body.iter(qn("w:sdt"))):
        if tag := _property(control, "w:tag"):
            yield ContentControl(control, tag)


def _property(control: Any, name: str) -> str | None:
    """Give a property's value, "" when it has none, `None` when the control lacks the property."""
    found = control.find(f"{qn('w:sdtPr')}/{qn(name)}")
    return None if found is None else str(found.get(qn("w:val"), ""))
