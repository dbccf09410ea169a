"""An answer on a titled page of its own, after the form (四.2: 表格空间不够可另附页)."""

from xml.sax.saxutils import escape, quoteattr

from dialogs.document.template import ATTACHED, Control
from dialogs.document.writing import indented, paragraphs, run

HEADING = "附页"
_TITLE = (  # 黑体, 三号: how GB/T 9704 sets the heading of an annex
    '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="240"/><w:jc w:val="left"/></w:pPr><w:r><w:rPr>'
    '<w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="黑体"/>'
    '<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr><w:t>{title}</w:t></w:r></w:p>'
)
_TABLE = (  # one cell without borders: a place whose beginning and end can be found again
    b'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid><w:gridCol w:w="8800"/></w:tblGrid>'
    b'<w:tr><w:tc><w:tcPr><w:tcW w:w="5000" w:type="pct"/></w:tcPr>%b</w:tc></w:tr></w:tbl>'
)
_LAST = b'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="1" w:lineRule="exact"/></w:pPr></w:p>'
_CONTROL = '<w:sdt><w:sdtPr><w:alias w:val={title}/><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>'


def reference(title: str) -> str:
    """Say, in the form's cell, where the text is."""
    return f"详见{HEADING}《{title}》。"


def attached_page(control: Control, text: str) -> bytes:
    """Write the page: a heading, then the text, tied to the field like the cell it stands in for."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line), 0)
    look = control.look
    opening = _CONTROL.format(title=quoteattr(f"{HEADING}：{control.title}"), tag=f"{control.key}{ATTACHED}").encode()
    tied = b"<w:p>%b%b%b</w:sdtContent></w:sdt></w:p>" % (
        look.flush if indented(lines[first]) else look.paragraph,
        opening,
        run(lines[first], look),
    )
    cell = paragraphs(lines[:first], look) + tied + paragraphs(lines[first + 1 :], look)
    heading = _TITLE.format(title=escape(f"{HEADING}：{control.title}")).encode()
    return heading + _TABLE % cell + _LAST
