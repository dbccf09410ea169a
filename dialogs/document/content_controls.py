"""Content controls tied to fields: what their tags say, and the ONE rule for what each of them owns.

Staff see the ties in Word: a control's *tag* (标记) names the field, its *title* is the official label.

    funds              the value of the field
    contact.phone      the value of one part of it, or of one column in a row of a table
    budget.2.grant     the value of a column in the second of a table's fixed rows
    registered=是      the box of an option; `marks.grade=优秀` the box of an option in a row

The rule. A control (or several of one tag) that holds everything to be seen in its cell, owns the cell: the answer may
run over as many paragraphs as it likes. Any other control owns only the words it wraps. Outside tables a paragraph
counts as a cell. Filling, reading and proving ask `places`, and nobody else decides.

Word puts controls around words, paragraphs, cells and rows; `lower` turns them all into controls around words.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dialogs.document.word_text import words_of

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_LOCKED = ("contentLocked", "sdtContentLocked")
_BLANK = " \u3000_＿"
_WORDS_OWN_PROMPT = "DefaultPlaceholder"  # how Word names the prompt it puts into a new control (单击此处输入文字)
_SEEN = frozenset(map(qn, ("w:tbl", "w:drawing", "w:pict", "w:object")))
_ON = ("1", "true", "on")
_SDT, _P, _TC, _PROPERTIES, _VAL = map(qn, ("w:sdt", "w:p", "w:tc", "w:sdtPr", "w:val"))


@dataclass(frozen=True, slots=True)
class Tag:
    """What a control's tag says: a field's key; a part of it, or a column; the option of a box; a row, from 1."""

    key: str
    part: str | None = None
    option: str | None = None
    row: int | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """Understand a tag as it stands in Word."""
        name, box, option = text.partition("=")
        key, *parts = name.split(".")
        row = int(parts.pop(0)) if len(parts) > 1 and parts[0].isdecimal() else None
        return cls(key, ".".join(parts) or None, option if box else None, row)

    def __str__(self) -> str:
        """Give the tag as it stands in Word."""
        name = ".".join(str(each) for each in (self.key, self.row, self.part) if each is not None)
        return name if self.option is None else f"{name}={self.option}"


class ContentControl:
    """A `w:sdt` around words, tied to a field."""

    def __init__(self, element: Any, tag: Tag) -> None:
        """Wrap an element whose tag says `tag`."""
        self.element, self.tag = element, tag

    @property
    def title(self) -> str:
        """What staff call the field in Word; "" where they left it out."""
        return _property(self.element, "w:alias") or ""

    @property
    def fixed(self) -> bool:
        """Whether it holds the office's own words, such as the statement a consent agrees to."""
        return _property(self.element, "w:lock") in _LOCKED

    @property
    def asks(self) -> bool:
        """Whether what stands in it is only a hint or a blank to type over."""
        return self.element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None

    @property
    def prompts(self) -> bool:
        """Whether it shows the prompt Word puts into every new control, which is no word (nor blank) of the form."""
        prompt = self.element.find(f"{qn('w:sdtPr')}/{qn('w:placeholder')}/{qn('w:docPart')}")
        own = prompt is not None and prompt.get(_VAL, "").startswith(_WORDS_OWN_PROMPT)
        return self.asks and own and bool(self.text.strip(_BLANK))

    @property
    def content(self) -> Any:
        """The element that holds its words."""
        found = self.element.find(qn("w:sdtContent"))
        if found is None:
            found = OxmlElement("w:sdtContent")
            self.element.append(found)
        return found

    @property
    def runs(self) -> list[Any]:
        """The runs of words it holds."""
        return list(self.content.iter(qn("w:r")))

    @property
    def own_look(self) -> Any:
        """The `w:rPr` that staff chose for what is typed into it, `None` where they chose none."""
        return self.element.find(f"{qn('w:sdtPr')}/{qn('w:rPr')}")

    @property
    def text(self) -> str:
        """What stands in it, hints included."""
        return words_of(self.content)

    @property
    def paragraph(self) -> Any:
        """The paragraph it stands in."""
        return next(self.element.iterancestors(_P))


@dataclass(frozen=True, slots=True)
class Place:
    """A place for one answer: its controls (one a paragraph, if several), and where they stand.

    `container` is the `w:tc` or, outside tables, the `w:p` they stand in; `owned` tells whether it is theirs alone.
    """

    tag: Tag
    controls: tuple[ContentControl, ...]
    container: Any
    owned: bool

    @property
    def first(self) -> ContentControl:
        """The control the answer begins in."""
        return self.controls[0]


def places(root: Any) -> list[Place]:
    """List the places for answers in document order; controls with locked content are no places."""
    found: list[Place] = []
    tied = [control for control in controls(root) if not control.fixed]
    for container, group in groupby(tied, key=lambda control: _container(control.element)):
        together = list(group)
        if _owns(container, together):
            found.append(Place(together[0].tag, tuple(together), container, owned=True))
        else:
            found += [Place(control.tag, (control,), container, owned=False) for control in together]
    return found


def controls(root: Any) -> Iterator[ContentControl]:
    """Go through the tied controls of a document in order."""
    for element in root.iter(_SDT):
        if tag := _property(element, "w:tag"):
            yield ContentControl(element, Tag.read(tag))


def _owns(container: Any, together: list[ContentControl]) -> bool:
    """Apply the rule (see above)."""
    if len({control.tag for control in together}) > 1 or together[0].tag.option is not None:
        return False
    theirs = {control.element for control in together}
    return not any(_is_seen(child, theirs) for child in container)


def _is_seen(element: Any, theirs: set[Any]) -> bool:
    if element in theirs:
        return False
    if element.tag in _SEEN:
        return True
    if element.tag == _P or any(each in theirs for each in element.iter(_SDT)):
        return any(_is_seen(child, theirs) for child in element)
    drawn = any(each.tag in _SEEN for each in element.iter())
    return drawn or bool(words_of(element).strip())


def _container(element: Any) -> Any:
    cell = next(element.iterancestors(_TC), None)
    return next(element.iterancestors(_P)) if cell is None else cell


def lower(root: Any) -> None:
    """Turn tied controls around paragraphs, cells and rows into controls around their words; open untied ones."""
    for element in list(root.iter(_SDT)):
        inner = [each for each in element.iter(_SDT) if each is not element and _property(each, "w:tag")]
        if inner or not _property(element, "w:tag"):
            release(element)
        elif element.getparent().tag not in (_P, qn("w:hyperlink")):
            _lower(element)


def _lower(element: Any) -> None:
    own = [each for each in element.iter(_P) if next(each.iterancestors(_SDT)) is element]
    head = element.find(qn("w:sdtPr"))
    release(element)
    spoken = [each for each in own if words_of(each).strip()]
    for paragraph in spoken or own[:1]:
        wrap_children(paragraph, deepcopy(head))


def wrap_children(paragraph: Any, head: Any) -> None:
    """Put everything in a paragraph into a control with the properties `head`."""
    content = OxmlElement("w:sdtContent")
    content.extend([child for child in paragraph if child.tag != qn("w:pPr")])
    control = OxmlElement("w:sdt")
    control.extend([head, content])
    paragraph.append(control)


def release(element: Any) -> None:
    """Take a control away, leaving what is in it where it stands."""
    content = element.find(qn("w:sdtContent"))
    for child in list(content) if content is not None else ():
        element.addprevious(child)
    element.getparent().remove(element)


def release_all(root: Any) -> None:
    """Take all controls away; a box whose state is on shows it."""
    for element in list(root.iter(_SDT)):
        release(element)


def box_state(element: Any) -> bool | None:
    """Tell whether the box of a control is on; `None` when the control is no box."""
    box = element.find(f"{qn('w:sdtPr')}/{_W14}checkbox")
    if box is None:
        return None
    state = box.find(f"{_W14}checked")
    return state is not None and state.get(f"{_W14}val") in _ON


def _property(element: Any, name: str) -> str | None:
    """Give a property's value, "" when it has none, `None` when the control lacks the property."""
    properties = element.find(_PROPERTIES)
    found = None if properties is None else properties.find(qn(name))
    return None if found is None else str(found.get(_VAL, ""))
