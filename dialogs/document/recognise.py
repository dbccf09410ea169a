"""The official form, whoever filled it: read by its content controls, or else by its labels.

Theory of operation. A form we made, edited in Word, still has its controls: each names its field, so its text is
taken exactly. A form filled by hand, or made by another program, has only labels: a cell that is a label has its
value in the cell to the right; a cell or line that begins with a label and a colon holds the value behind it;
`外（内）` among a field's aliases means the line 内：… beside the cell 外. What is blank, or still the form's
own hint, is absent. Nothing is judged here: values come as typed.
"""

import re
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.attached import HEADING
from dialogs.document.boxes import ticked
from dialogs.document.grid import Cell, Grid, grids
from dialogs.document.labels import Labels, Nested, section, squeezed
from dialogs.document.opening import open_word
from dialogs.document.reading import lines_of, opened, paragraphs_of, text_of
from dialogs.document.ties import ties
from knowledge.form import Field, Form

_BOXED = ("choice", "boolean")
_LINES = ("long_text", "list", "links")
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
    labels, tied = Labels(form), take_tied(body, {field.key for field in form.fields})
    found = _Sheet(form, labels).read(body)
    if len(found.keys() | tied.keys()) < _ENOUGH:
        return None
    for field in form.fields:
        if field.kind == "long_text" and _APART.match(found.get(field.key, "")):
            found[field.key] = _apart(body, labels)
    texts = {field.key: _text(field, tied.get(field.key, ""), found.get(field.key, "")) for field in form.fields}
    return {key: text for key, text in texts.items() if not _BLANK.fullmatch(text)}


def _apart(body: Any, labels: Labels) -> str:
    """What stands after the form itself: the page a cell refers to, without its heading."""
    blocks = list(opened(body))
    tables = [number for number, block in enumerate(blocks) if block.tag == qn("w:tbl")]
    last = max((number for number in tables if len(Grid(blocks[number]).cells) >= _ENOUGH), default=len(blocks))
    lines = list(lines_of(*blocks[last + 1 :]))
    while lines and (not lines[0].strip() or lines[0].startswith(HEADING) or labels.key(lines[0])):
        lines.pop(0)
    return "\n".join(lines)


def _text(field: Field, tied: str, found: str) -> str:
    """Join what stands in the control and what was typed beside it; boxes count once."""
    found = (_HINT.sub("", found, count=1) if field.kind == "long_text" else found).strip()
    if not tied or _BLANK.fullmatch(found) or field.kind in _BOXED:
        return tied or found
    return tied + ("\n" if field.kind in _LINES else "") + found


class _Sheet:
    """Reads values by their labels; each cell is taken once, each field's first value counts."""

    def __init__(self, form: Form, labels: Labels) -> None:
        self.form = form
        self.labels = labels
        self.found: dict[str, str] = {}
        self.taken: set[Cell] = set()

    def read(self, body: Any) -> dict[str, str]:
        for paragraph in paragraphs_of(body):
            self._in_line(text_of(paragraph))
        for grid in grids(body):
            for nested in self.labels.nested:
                self._nested(grid, nested)
            for cell in grid.cells:
                self._whole(grid, cell)
            for cell in grid.cells:
                if cell not in self.taken:
                    self._in_line(cell.text)
        return self.found

    def _in_line(self, text: str) -> None:
        for key, value in self.labels.in_line(text):
            self.found.setdefault(key, value)

    def _nested(self, grid: Grid, nested: Nested) -> None:
        for outer in (cell for cell in grid.cells if squeezed(cell.text) == nested.outer):
            inner = {each.inner for each in self.labels.nested if each.outer == nested.outer}
            for cell in grid.beside(outer):
                value = section(cell.text, nested.inner, inner)
                if value is not None:
                    behind = grid.after(cell) if not value.strip() else None
                    self.found.setdefault(nested.key, behind.text if behind else value)
                    self.taken |= {outer, cell} | ({behind} if behind else set())

    def _whole(self, grid: Grid, cell: Cell) -> None:
        key = self.labels.key(cell.text)
        if cell in self.taken or key is None or key in self.found:
            return
        field = self.form.field(key)
        value = self._value_cell(grid, cell)
        self.taken.add(cell)
        if field.kind in _BOXED and (boxes := self._boxes(grid, cell, field)) is not None:
            self.found[key] = "、".join(boxes)
        else:
            self.taken |= {value} if value else set()
            self.found[key] = value.text if value else ""

    def _value_cell(self, grid: Grid, label: Cell) -> Cell | None:
        """The cell to the right, else below; after a colon, where the value may be missing, not another label."""
        value = grid.after(label) or grid.below(label)
        if value is None or value in self.taken:
            return None
        colon = squeezed(label.text).endswith(":")
        return None if colon and self.labels.begin(value.text) else value

    def _boxes(self, grid: Grid, label: Cell, field: Field) -> list[str] | None:
        """Name the ticked options beside a label; `None` when no cell there is made of options and boxes."""
        options = {squeezed(option): option for option in options_of(field)}
        cells = [cell for cell in grid.beside(label) if squeezed(cell.text)]
        cells = [cell for cell in cells if ticked([squeezed(cell.text)], options) is not None]
        self.taken.update(cells)
        chosen = ticked([squeezed(cell.text) for cell in cells], options) if cells else None
        return None if chosen is None else [options[each] for each in chosen]


def options_of(field: Field) -> list[str]:
    """Name the boxes a field has on the form."""
    return [choice.label for choice in field.choices] or ["是", "否"]


def take_tied(body: Any, keys: set[str]) -> dict[str, str]:
    """Take the answers out of the content controls: field key → text, "" where nothing was typed yet.

    The words are removed from the document, so that what was typed beside them can be read by labels.
    """
    tied: dict[str, str] = {}
    for tie in ties(body):
        if tie.key not in keys or tie.fixed:
            continue
        if tie.option is not None:
            chosen = tie.option if tie.checked or tie.shows_a_tick else ""
            tied[tie.key] = "、".join(filter(None, [tied.get(tie.key), chosen]))
        else:
            tied[tie.key] = tie.text if tie.attached else tied.get(tie.key) or tie.text
            tie.clear()
    return tied
