"""The official form, whoever filled it: read by its content controls, or else by its labels.

Theory of operation. A form we made, edited in Word, still has its controls: each names its field, so its text is
taken exactly. A form filled by hand, or made by another program, has only labels (see `spots`). What is blank, or
still the form's own hint, is absent. Nothing is judged here: values come as typed.
"""

import re
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.content_controls import content_controls
from dialogs.document.field_locations import FieldLocation, chosen, field_locations, squeezed
from dialogs.document.fill import HEADING
from dialogs.document.table_grid import Grid
from dialogs.document.upload_safety import open_word
from dialogs.document.word_text import lines_of, opened
from dialogs.fields.registry import kind_of
from knowledge.form import Field, Form

_ENOUGH = 6  # fields whose labels must be there before a document counts as the form
_BLANK = re.compile(r"[\s_＿年月日：:]*|(单击|点击).{0,8}(输入|键入).{0,6}|Click or tap here to enter text\.?")
_APART = re.compile(r"\s*[（(]?(请)?(详)?见附[页件]")
_HINT = re.compile(r"\s*[（(][^\n]{12,}[）)]\s*(\n|$)")


def read_form(content: bytes, form: Form) -> dict[str, str] | None:
    """Read a (half) filled form: field key → text as typed; `None` when the document is not this form.

    Boxes give the ticked labels (several are joined by 、), a yes-or-no 是/否. Blank cells are left out, so the
    blank form itself gives an empty dict.

    Raises:
        UploadError: the file cannot be opened safely.
    """
    body = open_word(content).find(qn("w:body"))
    if body is None:
        return None
    tied = take_tied(body, {field.key for field in form.fields})
    places = field_locations(body, form)
    if len(places.keys() | tied.keys()) < _ENOUGH:
        return None
    found = {key: _at(spot, form.field(key), body) for key, spot in places.items()}
    texts = {field.key: _text(field, tied.get(field.key, ""), found.get(field.key, "")) for field in form.fields}
    return {key: text for key, text in texts.items() if not _BLANK.fullmatch(text)}


def _at(spot: FieldLocation, field: Field, body: Any) -> str:
    if spot.boxes:
        return "、".join(chosen(spot, field))
    if kind_of(field).several_messages and _APART.match(spot.text):
        return _apart(body, field)
    return spot.text


def _apart(body: Any, field: Field) -> str:
    """What stands after the form itself: the page a cell refers to, without its heading."""
    blocks = list(opened(body))
    tables = [number for number, block in enumerate(blocks) if block.tag == qn("w:tbl")]
    last = max((number for number in tables if len(Grid(blocks[number]).cells) >= _ENOUGH), default=len(blocks))
    lines = list(lines_of(*blocks[last + 1 :]))
    while lines and (not lines[0].strip() or lines[0].startswith(HEADING) or squeezed(lines[0]) == field.label):
        lines.pop(0)
    return "\n".join(lines)


def _text(field: Field, tied: str, found: str) -> str:
    """Join what stands in the control and what was typed beside it; boxes count once."""
    found = (_HINT.sub("", found, count=1) if kind_of(field).several_messages else found).strip()
    if not tied or _BLANK.fullmatch(found) or kind_of(field).boxed:
        return tied or found
    return tied + ("\n" if kind_of(field).roomy else "") + found


def take_tied(body: Any, keys: set[str]) -> dict[str, str]:
    """Take the answers out of the content controls: field key → text, "" where nothing was typed yet.

    The words are removed from the document, so that what was typed beside them can be read by labels.
    """
    tied: dict[str, str] = {}
    for tie in content_controls(body):
        if tie.key not in keys or tie.fixed:
            continue
        if tie.option is not None:
            chosen = tie.option if tie.checked or tie.shows_a_tick else ""
            tied[tie.key] = "、".join(filter(None, [tied.get(tie.key), chosen]))
        else:
            tied[tie.key] = tie.text if tie.attached else tied.get(tie.key) or tie.text
            tie.clear()
    return tied
