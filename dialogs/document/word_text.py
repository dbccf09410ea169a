"""The text of a Word document as a reader sees it: what is struck out, hidden or a placeholder is not there."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from knowledge.text.checkboxes import OFF, ON, from_symbol_font, typed_boxes

_UNSEEN = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:instrText", "w:txbxContent"))
)
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:tc", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_NO = ("0", "false", "off")
_P, _TBL, _TR, _TC, _BODY, _R, _T, _SYM, _SDT = map(
    qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:body", "w:r", "w:t", "w:sym", "w:sdt")
)
_CHECKBOX, _TYPE, _FONT, _CHAR, _VAL = map(qn, ("w:checkBox", "w:type", "w:font", "w:char", "w:val"))
_ASCII, _HANSI, _RPR = map(qn, ("w:ascii", "w:hAnsi", "w:rPr"))
_HINTED = f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"
_FONTS = f"{qn('w:rPr')}/{qn('w:rFonts')}"


def text_of(element: Any) -> str:
    """Read an element: its paragraphs, one a line; or, of a paragraph or a piece of one, its words."""
    paragraphs = list(paragraphs_of(element))
    return "\n".join(map(_words, paragraphs)) if paragraphs else _words(element)


def paragraphs_of(element: Any) -> Iterator[Any]:
    """Go through the paragraphs in an element (not those of tables within it), content controls opened."""
    for child in opened(element):
        if child.tag == _P:
            yield child


def words_of(element: Any) -> str:
    """Read the words in a paragraph or a piece of one, the hints in content controls too."""
    return "".join(_pieces(element, "", hints=True))


def shown(child: Any, *, hints: bool = False) -> str:
    """Give what one child adds to its paragraph's words: nothing for properties, deletions and (mostly) hints."""
    return "".join(_pieces([child], "", hints=hints))


def lines_of(*blocks: Any) -> Iterator[str]:
    """Go through the lines of bodies, cells, paragraphs and tables; a table's row is one line, parted by tabs."""
    for block in blocks:
        if block.tag == _P:
            yield text_of(block)
        elif block.tag == _TBL:
            yield from (_row(row) for row in opened(block) if row.tag == _TR)
        elif block.tag in (_BODY, _TC):
            yield from lines_of(*opened(block))


def _row(row: Any) -> str:
    cells = ("\n".join(lines_of(cell)).strip() for cell in opened(row) if cell.tag == _TC)
    return "\t".join(cells).rstrip("\t")


def opened(element: Any) -> Iterator[Any]:
    """Go through the children of an element as if nothing were wrapped in controls, insertions or tags."""
    for child in element:
        if child.tag in _WRAPPERS and child.tag != _TC:
            yield from () if placeholder(child) else opened(child)
        else:
            yield child


def draw_boxes(root: Any) -> None:
    """Let the character 口 that was typed for a box be one; the words of a cell (or line) tell which it is."""
    if not any("口" in (each.text or "") for each in root.iter(_T)):
        return
    for container in root.iter(_TC, _P):
        if container.tag == _P and container.getparent().tag == _TC:
            continue
        letters: list[tuple[Any, int]] = []
        for paragraph in container.iter(_P):
            letters += [(each, index) for each in paragraph.iter(_T) for index in range(len(each.text or ""))]
            letters.append((None, 0))
        text = "".join("\n" if each is None else each.text[index] for each, index in letters)
        for at in typed_boxes(text):
            element, index = letters[at]
            element.text = element.text[:index] + OFF[0] + element.text[index + 1 :]


def placeholder(element: Any) -> bool:
    """Tell whether an element is a content control that shows its placeholder: nothing was typed yet."""
    return element.tag == _SDT and element.find(_HINTED) is not None


def switched_on(element: Any, name: str) -> bool:
    """Tell whether an on/off property stands below an element (`w:vanish`) and is not switched off."""
    found = element.find(f".//{qn(name)}")
    return found is not None and found.get(_VAL) not in _NO


def _words(element: Any) -> str:
    return "".join(_pieces(element, ""))


def _pieces(element: Any, font: str, *, hints: bool = False) -> Iterator[str]:
    for child in element:
        if child.tag == _T:
            yield from_symbol_font(font, child.text or "")
        elif child.tag in _MARKS:
            yield "" if child.get(_TYPE) in ("page", "column") else _MARKS[child.tag]
        elif child.tag == _SYM:
            yield from_symbol_font(child.get(_FONT, ""), chr(int(child.get(_CHAR, "0"), 16) or 0x20))
        elif child.tag == _CHECKBOX:
            yield ON[0] if switched_on(child, "w:checked" if _has(child, "w:checked") else "w:default") else OFF[0]
        elif _is_read(child) and (hints or not placeholder(child)):
            yield from _pieces(child, _font(child) if child.tag == _R else font, hints=hints)


def _is_read(child: Any) -> bool:
    return child.tag not in _UNSEEN and child.tag != _FALLBACK and not _hidden(child)


def _has(element: Any, name: str) -> bool:
    return element.find(qn(name)) is not None


def _hidden(run: Any) -> bool:
    properties = run.find(_RPR) if run.tag == _R else None
    return properties is not None and switched_on(properties, "w:vanish")


def _font(run: Any) -> str:
    fonts = run.find(_FONTS)
    return "" if fonts is None else fonts.get(_ASCII) or fonts.get(_HANSI) or ""
