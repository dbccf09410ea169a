"""Word's automatic numbering (一、 （一） 1.) written out, so that a notice read as text keeps its clauses' numbers.

Where a paragraph's number comes from: ISO 29500-1, 17.9 (`w:numPr` of the paragraph or of its style, `w:num`,
`w:abstractNum`, `w:lvl`).
"""

import re
from collections.abc import Iterator
from typing import Any

import cn2an
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError

from dialogs.document.word_package import opened_package, packed, root_of

_HAN = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCountingThousand")
)
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_LEVELS = 9
_MOST = 99  # the highest number that is written in Chinese or circled; longer lists are counted in figures
_VAL = qn("w:val")


def numbered(content: bytes) -> bytes:
    """Give a .docx with the numbers Word shows before its paragraphs written into them; the same bytes without any.

    Raises:
        TemplateError: it cannot be opened.
    """
    package = opened_package(content)
    lists = package.part(package.beside_main("numbering.xml"))
    if lists is None:
        return content
    styles = package.part(package.beside_main("styles.xml"))
    try:
        counting = _Lists(parse_xml(lists), parse_xml(styles) if styles else None)
    except XMLSyntaxError:  # Word would show no numbers either
        return content
    root = root_of(content)
    for paragraph in root.iter(qn("w:p")):
        label = counting.label(paragraph)
        if label:
            _write(paragraph, label)
    return packed(package, root)


class _Lists:
    """The lists of a document, counting as its paragraphs come."""

    def __init__(self, lists: Any, styles: Any) -> None:
        """Read the lists (`w:numbering`) and the styles (`w:styles`, or None)."""
        kinds = {each.get(qn("w:abstractNumId")): each for each in lists.iter(qn("w:abstractNum"))}
        self._kind = {each.get(qn("w:numId")): _value(each, "w:abstractNumId") for each in lists.iter(qn("w:num"))}
        self._levels = {
            name: {each.get(qn("w:ilvl")): each for each in kind.iter(qn("w:lvl"))} for name, kind in kinds.items()
        }
        self._styled = dict(_of_styles(styles)) if styles is not None else {}
        self._again = {
            (each.get(qn("w:numId")), level): start for each in lists.iter(qn("w:num")) for level, start in _again(each)
        }
        self._counts: dict[str, list[int]] = {}

    def label(self, paragraph: Any) -> str:
        """Give the number Word shows before a paragraph; an empty text when it has none or only a bullet."""
        number, level = self._place(paragraph)
        kind = self._kind.get(number, "")
        levels = self._levels.get(kind, {})
        if str(level) not in levels:
            return ""
        counts = self._counts.setdefault(kind, [0] * _LEVELS)
        again = self._again.pop((number, level), None)
        counts[level] = again or (counts[level] + 1 if counts[level] else _start(levels[str(level)]))
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        for above in range(level):
            counts[above] = counts[above] or 1
        pattern = _value(levels[str(level)], "w:lvlText")
        if _value(levels[str(level)], "w:numFmt") in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda found: self._shown(levels, int(found[1]) - 1, counts), pattern)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Give the number (`w:numId`) and level a paragraph has, by itself or by its style."""
        properties = paragraph.find(qn("w:pPr"))
        own = None if properties is None else properties.find(qn("w:numPr"))
        style = "" if properties is None else _value(properties, "w:pStyle")
        return _numbering(own) if own is not None else self._styled.get(style, ("", 0))

    @staticmethod
    def _shown(levels: dict[str, Any], level: int, counts: list[int]) -> str:
        form = _value(levels[str(level)], "w:numFmt") if str(level) in levels else "decimal"
        return _figure(counts[level], form)


def _of_styles(styles: Any) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in styles.iter(qn("w:style")):
        found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is not None:
            yield style.get(qn("w:styleId")), _numbering(found)


def _again(number: Any) -> Iterator[tuple[int, int]]:
    """Give the levels that begin anew with a list of its own: (level, first number)."""
    for override in number.iter(qn("w:lvlOverride")):
        level, start = override.get(qn("w:ilvl")), _value(override, "w:startOverride")
        if level and level.isdecimal() and start.isdecimal():
            yield int(level), int(start)


def _numbering(properties: Any) -> tuple[str, int]:
    level = _value(properties, "w:ilvl")
    return _value(properties, "w:numId"), int(level) if level.isdecimal() and int(level) < _LEVELS else 0


def _start(level: Any) -> int:
    begins = _value(level, "w:start")
    return int(begins) if begins.isdecimal() and len(begins) < 5 else 1  # noqa: PLR2004 - no list is that long


def _value(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else found.get(_VAL, "")


def _figure(count: int, form: str) -> str:
    """Write a number in a list's form; forms no Chinese notice uses are written in figures."""
    if form in _HAN and count <= _MOST:
        return str(cn2an.an2cn(count, "low"))
    if form in _CIRCLED and 1 <= count <= 20:  # noqa: PLR2004 - ① to ⑳
        return chr(ord("①") + count - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= count <= 26:  # noqa: PLR2004 - the letters there are
        return chr(ord("A" if form == "upperLetter" else "a") + count - 1)
    return str(count)


def _write(paragraph: Any, label: str) -> None:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = label
    run.append(words)
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, run)
    for own in [] if properties is None else properties.findall(qn("w:numPr")):
        properties.remove(own)
