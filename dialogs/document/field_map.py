"""The blank form painted: every place for an answer in the colour of its field, with its tag and label written in it.

For staff, who see at a glance which cell each field was tied to. The picture is made of a copy; nothing is filled.
"""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from dialogs.document.answer_runs import run_of
from dialogs.document.content_controls import ContentControl, Place, controls, lower, places, release_all
from dialogs.document.word_package import opened_package, packed, root_of
from knowledge.form import Form

_COLOURS = ("FFE699", "C6E0B4", "BDD7EE", "F8CBAD", "D9C3E8", "B7E1DD")  # light: print stays readable on them
_LOOK = (
    f'<w:rPr {nsdecls("w")}><w:rFonts w:hint="eastAsia" w:eastAsia="黑体"/><w:color w:val="{{ink}}"/>'
    '<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:rPr>'
)
_INK = "1F3864"
_SMALL, _TINY = 14, 10  # half points
_NARROW = 700  # twentieths of a point: a cell for one character


def painted(template: bytes, form: Form) -> bytes:
    """Paint a tied blank and give it as a .docx.

    Raises:
        TemplateError: the template cannot be read.
    """
    package, root = opened_package(template), root_of(template)
    lower(root)
    colours = dict(zip((field.key for field in form.fields), cycle(_COLOURS), strict=False))
    labels = {field.key: field.label for field in form.fields}
    seen: set[str] = set()
    for place in places(root):
        key = place.tag.key
        _paint(place, _name(place, labels, seen), colours.get(key, _COLOURS[0]))
    for control in _fixed(root):
        _mark(control, f"{control.tag} {labels.get(control.tag.key, '')}", colours.get(control.tag.key, _COLOURS[0]))
    release_all(root)
    return packed(package, root)


def _name(place: Place, labels: dict[str, str], seen: set[str]) -> str:
    """Say what stands at a place: tag and label the first time, then only what differs; nothing in narrow cells."""
    tag, known = place.tag, place.tag.key in seen
    seen.add(tag.key)
    if known and place.owned and tag.part is None and _is_narrow(place.container):
        return ""
    if known:
        return tag.option or str(tag)
    return f"{tag} {labels.get(tag.key, '')}".strip()


def _is_narrow(cell: Any) -> bool:
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return width is not None and width.get(qn("w:w"), "").isdigit() and int(width.get(qn("w:w"))) < _NARROW


def _paint(place: Place, name: str, fill: str) -> None:
    if place.owned and place.container.tag == qn("w:tc"):
        _shade(place.container, fill)
    boxed = place.tag.option is not None
    if not boxed:
        for run in place.first.runs:
            run.getparent().remove(run)
    _mark(place.first, name, fill, size=_TINY if boxed else _SMALL)


def _mark(control: ContentControl, name: str, fill: str, *, size: int = _SMALL) -> None:
    """Colour the words in a control and write a name behind them."""
    for run in control.runs:
        properties = run.get_or_add_rPr()
        for shade in properties.findall(qn("w:shd")):
            properties.remove(shade)
        properties.append(_shading(fill))
    control.content.append(run_of(name, parse_xml(_LOOK.format(ink=_INK, size=size, fill=fill))))


def _shade(cell: Any, fill: str) -> None:
    properties = cell.get_or_add_tcPr()
    for shade in properties.findall(qn("w:shd")):
        properties.remove(shade)
    properties.append(_shading(fill))


def _shading(fill: str) -> Any:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shade.set(qn(name), value)
    return shade


def _fixed(root: Any) -> Iterator[ContentControl]:
    yield from [control for control in controls(root) if control.fixed]
