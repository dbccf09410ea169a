"""A blank form as drafting wants it: plain cells and lines, read from the Word file."""

from typing import Any

from docx.oxml.ns import qn

from dialogs.document.answer_look import is_grey
from dialogs.document.form_sheet import FormSheet
from dialogs.document.table_grid import Cell
from dialogs.document.word_package import root_of
from dialogs.document.word_text import paragraphs_of, words_of
from knowledge.drafting.printed_form import PrintedCell, PrintedForm, PrintedLine, PrintedTable

_COVER = "封面"
_HIGH = 1100  # twips: a row as high as three lines


def printed_form(content: bytes) -> PrintedForm:
    """Read a blank form.

    Raises:
        TemplateError: it is no Word document.
    """
    sheet = FormSheet(root_of(content).find(qn("w:body")))
    narrowed = sheet.narrowed(_COVER, sheet.regions)[0]
    cover = {region.cell for region in narrowed} if len(narrowed) < len(sheet.regions) else set()
    blocks: list[PrintedLine | PrintedTable] = []
    for block in sheet.blocks:
        if block[0].grid is None:
            blocks.append(PrintedLine(block[0].text, block[0] in cover))
        else:
            grids = dict.fromkeys(cell.grid for cell in block if cell.grid is not None)
            blocks += [PrintedTable([_cell(cell) for cell in grid.cells], block[0] in cover) for grid in grids]
    return PrintedForm(tuple(blocks))


def _cell(cell: Cell) -> PrintedCell:
    lines = [[(words_of(run), is_grey(run)) for run in _runs(each)] for each in paragraphs_of(cell.element)]
    black = "\n".join("".join(words for words, grey in line if not grey) for line in lines)
    grey = "".join(words for line in lines for words, grey in line if grey)
    plain = black if grey.strip() else cell.text
    return PrintedCell(plain, cell.top, cell.bottom, cell.left, cell.right, grey, _is_high(cell))


def _runs(paragraph: Any) -> list[Any]:
    return list(paragraph.iter(qn("w:r")))


def _is_high(cell: Cell) -> bool:
    row = cell.element.getparent()
    while row is not None and row.tag != qn("w:tr"):
        row = row.getparent()
    height = None if row is None else row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
    value = "" if height is None else height.get(qn("w:val"), "")
    return value.isdigit() and int(value) >= _HIGH
