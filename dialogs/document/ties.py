"""The content controls of an opened document that are tied to fields (see `template` for the convention)."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.reading import placeholder, text_of
from dialogs.document.template import CONTENT_LOCKED

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ON = ("1", "true", "on")


class Tie:
    """A tied control: `key` names the field; `option` the answer a box stands for, `None` for text."""

    def __init__(self, control: Any, tag: str) -> None:
        """Wrap a `w:sdt` element whose tag is `tag`."""
        self._control = control
        self.key, box, option = tag.partition("=")
        self.option = option if box else None

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
        """What was typed, "" while the placeholder shows."""
        content = self._control.find(qn("w:sdtContent"))
        if content is None or placeholder(self._control):
            return ""
        cell = content.find(qn("w:tc"))
        return text_of(content if cell is None else cell)

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
        for run in list(self._control.iter(qn("w:r"))):
            run.getparent().remove(run)


def ties(body: Any) -> Iterator[Tie]:
    """Go through the tied controls of a document."""
    for control in list(body.iter(qn("w:sdt"))):
        if tag := _property(control, "w:tag"):
            yield Tie(control, tag)


def _property(control: Any, name: str) -> str | None:
    """Give a property's value, "" when it has none, `None` when the control lacks the property."""
    found = control.find(f"{qn('w:sdtPr')}/{qn(name)}")
    return None if found is None else str(found.get(qn("w:val"), ""))
