"""How an answer looks: like the words of the form's body, never like a hint (grey, small) or a heading (bold).

Of a look only what makes up the body is taken: fonts, size, language, and the line under a blank to fill in.
"""

from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from dialogs.document.content_controls import ContentControl
from dialogs.document.word_text import words_of

_OF_THE_BODY = tuple(map(qn, ("w:rFonts", "w:sz", "w:szCs", "w:u", "w:lang")))
_SAYS_SOMETHING = frozenset(map(qn, ("w:rFonts", "w:sz")))
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol")
_TICK_FONT = "Times New Roman"
_DARK = 0x50  # each of red, green and blue of the darkest grey that is a hint's


def body_look(scope: Any) -> Any:
    """Give the look most words in `scope` (a table, a body) have, neither grey nor bold if any are; maybe empty."""
    runs = [run for run in scope.iter(qn("w:r")) if words_of(run).strip()]
    plain = [run for run in runs if not _is_bold(run) and not is_grey(run)] or runs
    counted: Counter[bytes] = Counter()
    for run in plain:
        counted[etree.tostring(_without_line(_kept([run.rPr])))] += len(words_of(run))
    return parse_xml(counted.most_common(1)[0][0]) if counted else _kept([])


def _without_line(look: Any) -> Any:
    for line in look.findall(qn("w:u")):
        look.remove(line)
    return look


def answer_look(control: ContentControl, body: Any) -> Any:
    """Give the `w:rPr` of an answer in a control.

    It is the look of the blank that stands there, else of the paragraph, else `body`; where a hint stands, `body`.
    """
    blanks = [run.rPr for run in control.runs if not words_of(run).strip() and run.rPr is not None]
    hinted = any(is_grey(run) for run in control.runs)
    written = [run.rPr for run in control.runs if words_of(run).strip() and run.rPr is not None]
    mark = control.paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    candidates = [control.own_look, *blanks, *([] if hinted else [*written, mark])]
    look = _kept([*(each for each in candidates if each is not None and _is_look(each)), body])
    fonts = look.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        look.insert(0, fonts)
    fonts.set(qn("w:hint"), "eastAsia")  # “ ” … — √ are Chinese marks here
    return look


def tick_look(look: Any) -> Any:
    """Give the look of a tick: in a font whose √ is a tick, not a root with a line over what follows."""
    fonts = look.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _TICK_FONT)
    return look


def is_grey(run: Any) -> bool:
    """Tell whether a run has the colour of a hint: a visible one that is neither black nor left to the program."""
    color = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
    value = "" if color is None else color.get(qn("w:val"), "")
    themed = color is not None and color.get(qn("w:themeColor"), "").startswith(("background", "accent"))
    try:
        shades = bytes.fromhex(value)
    except ValueError:
        return themed
    return themed or max(shades, default=0) > _DARK


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and bold.get(qn("w:val")) not in ("0", "false", "off")


def _is_look(properties: Any) -> bool:
    """Tell whether properties name a font to write words with, or a size."""
    fonts = properties.find(qn("w:rFonts"))
    named = "" if fonts is None else " ".join(map(str, fonts.attrib.values())).lower()
    return not any(each in named for each in _SYMBOL_FONTS) and any(each.tag in _SAYS_SOMETHING for each in properties)


def _kept(candidates: Iterable[Any]) -> Any:
    """Join properties: of each kind the first there is, in the order Word's schema wants."""
    look = OxmlElement("w:rPr")
    for tag in _OF_THE_BODY:
        found = (each.find(tag) for each in candidates if each is not None)
        first = next((each for each in found if each is not None), None)
        if first is not None:
            look.append(deepcopy(first))
    return look
