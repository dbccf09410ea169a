"""The words printed in a cell, with holes where answers stand: for taking the answers out of a filled cell again."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.content_controls import ContentControl, Place
from dialogs.document.word_text import paragraphs_of, shown

Reader = Callable[[Any], str]  # gives what one child of a paragraph adds to its words
_PROPERTIES = qn("w:pPr")


def as_we_read(child: Any) -> str:
    """Read a child of a paragraph as `word_text` does, hints included."""
    return shown(child, hints=True)


def as_python_docx_reads(child: Any) -> str:
    """Read a child of a paragraph as `docx.text.paragraph.Paragraph.text` does: runs and links, no controls."""
    return str(child.text) if child.tag in (qn("w:r"), qn("w:hyperlink")) else ""


@dataclass(frozen=True, slots=True)
class CellPattern:
    """`words` are printed before, between and behind the holes of `places`: always one more than places."""

    words: tuple[str, ...]
    places: tuple[Place, ...]

    def filled(self, answers: Sequence[str]) -> str:
        """Give the text of the cell with these answers in its holes."""
        pieces = [self.words[0]]
        for answer, words in zip(answers, self.words[1:], strict=True):
            pieces += [answer, words]
        return "".join(pieces)

    def exactly(self, text: str) -> list[str] | None:
        """Take the answers out of a text that holds the printed words exactly; `None` when it does not."""
        return _between(self.words, text)

    @property
    def squeezed_words(self) -> list[str]:
        """Give the printed words in one width, without blanks."""
        return [_squeezed(words)[0] for words in self.words]

    def loosely(self, text: str) -> list[str] | None:
        """Take the answers out, whatever the width and spacing of the printed words; `None` when some are missing."""
        narrow, at = _squeezed(text)
        spans = _spans(self.squeezed_words, narrow)
        if spans is None:
            return None
        return [text[at[start] : at[end - 1] + 1] if end > start else "" for start, end in spans]


def pattern_of(container: Any, places: Sequence[Place], reader: Reader = as_we_read) -> CellPattern:
    """Give the pattern of a cell (or paragraph) whose places these are; its further paragraphs are lines."""
    if any(place.owned for place in places):
        return CellPattern(("", ""), tuple(places[:1]))
    by_control = {place.first.element: place for place in places}
    words, found = [""], []
    paragraphs = [container] if container.tag == qn("w:p") else list(paragraphs_of(container))
    for number, paragraph in enumerate(paragraphs):
        words[-1] += "\n" if number else ""
        for child in paragraph:
            if child in by_control:
                found.append(by_control[child])
                words.append("")
            elif child.tag != _PROPERTIES:
                words[-1] += reader(child)
    return CellPattern(tuple(words), tuple(found))


def stands_blank(place: Place, reader: Reader = as_we_read) -> str:
    """Give what stands at a place nobody answered: the form's hint or blank; of a place of its own, all of it."""
    if not place.owned or place.container.tag == qn("w:p"):
        return "".join(_left(control, reader) for control in place.controls)
    by_element = {control.element: control for control in place.controls}
    return "\n".join(
        "".join(
            _left(by_element[child], reader) if child in by_element else reader(child)
            for child in paragraph
            if child.tag != _PROPERTIES
        )
        for paragraph in paragraphs_of(place.container)
    )


def _left(control: ContentControl, reader: Reader) -> str:
    return "" if control.prompts else "".join(map(reader, control.content))


def _between(words: Sequence[str], text: str) -> list[str] | None:
    spans = _spans(words, text)
    return None if spans is None else [text[start:end] for start, end in spans]


def _spans(words: Sequence[str], text: str) -> list[tuple[int, int]] | None:
    """Find the holes: the first words at the start, the last at the end, those between from left to right."""
    first, *between, last = words
    end = len(text) - len(last)
    if not text.startswith(first) or not text.endswith(last) or len(first) > end:
        return None
    spans, start = [], len(first)
    for each in between:
        found = text.find(each, start, end) if each else start
        if found < 0:
            return None
        spans.append((start, found))
        start = found + len(each)
    return [*spans, (start, end)]


def fits(printed: Sequence[str], there: str) -> bool:
    """Tell whether the printed words stand in a text in their order, the first at its start, the last at its end."""
    return _spans(printed, there) is not None


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Give text in one width without blanks, and where each of its characters stood."""
    kept = [
        (narrow, index)
        for index, each in enumerate(text)
        if not each.isspace() and each not in "_＿"
        for narrow in (each if "\u4e00" <= each <= "\u9fff" else unicodedata.normalize("NFKC", each))
    ]
    return "".join(each for each, _ in kept), [index for _, index in kept]
