"""Blank forms built as an office builds them in Word: lines, and tables with merged cells."""

import io
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Cm, RGBColor

Cell = str | tuple[str, int] | tuple[str, int, int]
"""Its text, over how many columns (1), over how many rows (1); grey words stand between ‹ and ›."""


@dataclass
class WordForm:
    """A form under construction."""

    document: Any = field(default_factory=docx.Document)

    def line(self, text: str) -> None:
        """Add a line outside tables."""
        _write(self.document.add_paragraph(), text)

    def page(self) -> None:
        """Begin a page."""
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def table(self, columns: int, rows: list[list[Cell]], high: tuple[int, ...] = ()) -> None:
        """Add a table; a row lists the cells that begin in it; rows in `high` are as high as a page third."""
        table = self.document.add_table(rows=len(rows), cols=columns, style="Table Grid")
        taken = set[tuple[int, int]]()
        for number, cells in enumerate(rows):
            column = 0
            for cell in cells:
                text, span, depth = (cell, 1, 1) if isinstance(cell, str) else (*cell, 1)[:3]
                while (number, column) in taken:
                    column += 1
                merged = table.cell(number, column)
                if span > 1 or depth > 1:
                    merged = merged.merge(table.cell(number + depth - 1, column + span - 1))
                taken |= {(number + down, column + right) for down in range(depth) for right in range(span)}
                _fill(merged, text)
                column += span
        for number in high:
            table.rows[number].height = Cm(6)

    def content(self) -> bytes:
        """Give the file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def _fill(cell: Any, text: str) -> None:
    first, *rest = text.split("\n")
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    _write(cell.paragraphs[0], first)
    for line in rest:
        _write(cell.add_paragraph(), line)


def _write(paragraph: Any, text: str) -> None:
    for number, piece in enumerate(text.replace("›", "‹").split("‹")):
        if piece:
            run = paragraph.add_run(piece)
            if number % 2:
                run.font.color.rgb = RGBColor(0x99, 0x99, 0x99)
