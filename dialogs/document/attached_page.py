"""A long answer on a titled page of its own, after the form; the form's cell only refers to it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from dialogs.document.answer_runs import paragraph_like, run_of
from dialogs.document.document_words import document_words
from dialogs.document.word_text import text_of

_TITLE = (  # 黑体, 三号: how GB/T 9704 sets the heading of an annex
    f'<w:p {nsdecls("w")}><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="240"/><w:jc w:val="left"/>'
    "</w:pPr></w:p>"
)
_TITLE_LOOK = (
    f'<w:rPr {nsdecls("w")}><w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:eastAsia="黑体"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr>'
)
_TABLE = (  # one cell without borders: a place whose beginning and end can be found again
    f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid><w:gridCol w:w="8800"/>'
    '</w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="5000" w:type="pct"/></w:tcPr></w:tc></w:tr></w:tbl>'
)
_LAST = f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="1" w:lineRule="exact"/></w:pPr></w:p>'


def attach(body: Any, label: str, text: str, model: Any, look: Any) -> None:
    """Write the page at the end of a body: a heading that names the field, then the text.

    Its paragraphs are formed like `model`, the field's own, and look like `look`.
    """
    title, table, last = parse_xml(_TITLE), parse_xml(_TABLE), parse_xml(_LAST)
    title.append(run_of(document_words().attached.title.format(label=label), parse_xml(_TITLE_LOOK)))
    cell = next(table.iter(qn("w:tc")))
    cell.extend(paragraph_like(model, line, look) for line in text.split("\n"))
    section = body.find(qn("w:sectPr"))
    for each in (title, table, last):
        if section is None:
            body.append(each)
        else:
            section.addprevious(each)


def attached_pages(blocks: list[Any]) -> Iterator[tuple[str, Any]]:
    """Find such pages among the blocks of a body: the heading, and the cell that holds the text."""
    for heading, table in pairwise(blocks):
        cells = list(table.iter(qn("w:tc"))) if table.tag == qn("w:tbl") else []
        if heading.tag == qn("w:p") and len(cells) == 1:
            yield text_of(heading).strip(), cells[0]
