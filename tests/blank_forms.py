"""Blank forms drawn from scratch, as offices draw them, and what it takes to fill, prove and read them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.shared import RGBColor
from pydantic import JsonValue

from dialogs.document.auto_tagging import auto_tagged
from dialogs.document.fill import fill
from dialogs.document.read_form import read_form
from dialogs.document.verify import differences, prove_untouched
from dialogs.submission import Entry, Submission
from knowledge.form import Form

Row = Sequence[str]


def form_of(*fields: Mapping[str, Any], title: str = "表") -> Form:
    """Make a form; each field needs a key, a label and, where it is no text, a kind."""
    whole = [{"kind": "text", "prompt": "", "example": "", **field} for field in fields]
    return Form.model_validate({"title": title, "filename": "{" + whole[0]["key"] + "}", "fields": whole})


def blank(*blocks: str | Sequence[Row]) -> bytes:
    """Draw a form: a text is a line, a list of rows a table.

    `<` goes on with the cell to the left, `^` with that above. A cell (or line) in 〔…〕 is a hint, in grey.
    """
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            _write(document.add_paragraph(), block)
        else:
            _draw(document, block)
    return saved(document)


def _draw(document: Any, rows: Sequence[Row]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(number, column)
            if text == "<":
                cell.merge(table.cell(number, column - 1))
            elif text == "^":
                cell.merge(table.cell(number - 1, column))
            else:
                lines = text.split("\n")
                _write(cell.paragraphs[0], lines[0])
                for line in lines[1:]:
                    _write(cell.add_paragraph(), line)


def _write(paragraph: Any, text: str) -> None:
    hint = text.startswith("〔") and text.endswith("〕")
    run = paragraph.add_run(text.strip("〔〕") if hint else text)
    if hint:
        run.font.color.rgb = RGBColor(0x80, 0x80, 0x80)


def saved(document: Any) -> bytes:
    """Give a document's bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def submission_of(values: Mapping[str, JsonValue | tuple[JsonValue, str]]) -> Submission:
    """Make a submission: field → what its cell shows, or its value with what its cell shows."""
    entries = {
        key: Entry(value=value[0], display=value[1])
        if isinstance(value, tuple)
        else Entry(value=value, display=value if isinstance(value, str) else "")
        for key, value in values.items()
    }
    return Submission(pack_id="form", pack_version="1", entries=entries)


class Filled:
    """A blank filled with some values: tied, filled, proven; what its cells show, and what is read back."""

    def __init__(
        self,
        form: Form,
        blank_form: bytes,
        photos: Mapping[str, bytes] | None = None,
        attachments: Mapping[str, int] | None = None,
        **values: Any,
    ) -> None:
        """Fill the blank; the proof must hold."""
        self.form, self.template = form, auto_tagged(blank_form, form)
        self.submission = submission_of(values).model_copy(update={"attachments": dict(attachments or {})})
        self.content = fill(self.submission, self.template, form, photos)
        self.document = docx.Document(io.BytesIO(self.content))
        assert differences(self.submission, self.content, self.template, form) == []
        assert prove_untouched(self.submission, self.content, self.template, form).changed == ()

    def rows(self, table: int = 0) -> list[list[str]]:
        """Give the cells of a table as people see them."""
        return shown_rows(self.document.tables[table])

    @property
    def lines(self) -> list[str]:
        """Give the lines outside tables."""
        return [paragraph.text for paragraph in self.document.paragraphs]

    @property
    def read(self) -> dict[str, str]:
        """Read the form back, by field."""
        return read_form(self.content, self.form, self.template) or {}


def shown_rows(table: Any) -> list[list[str]]:
    """Give the cells of a table as people see them: those merged along a row once."""
    return [list({cell._tc: cell.text for cell in row.cells}.values()) for row in table.rows]


def read_by_hand(form: Form, blank_form: bytes, typed: Mapping[tuple[int, int, int], str]) -> dict[str, str]:
    """Type into cells (table, row, column) of a copy of a blank, as somebody without this program does; read it."""
    document = docx.Document(io.BytesIO(blank_form))
    for (table, row, column), text in typed.items():
        document.tables[table].cell(row, column).text = text
    return read_form(saved(document), form, auto_tagged(blank_form, form)) or {}
