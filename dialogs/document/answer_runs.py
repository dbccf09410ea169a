"""Writing an answer into its place: runs and paragraphs in the look of the form, and nothing of the hint left."""

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dialogs.document.answer_look import answer_look, tick_look
from dialogs.document.content_controls import ContentControl, Place

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEPT = frozenset(map(qn, ("w:pPr", "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd")))


def write_answer(place: Place, text: str, body: Any) -> None:
    """Put `text` where a place is; `body` is the look of the form's own words.

    In a place of its own each line is a paragraph, otherwise lines break within theirs.
    """
    look = answer_look(place.first, body)
    if place.tag.option is not None:
        look = tick_look(look)
    if place.owned:
        _write_paragraphs(place, text.split("\n"), look)
    else:
        control = place.first
        control.element.addprevious(run_of(text, look))
        control.element.getparent().remove(control.element)


def set_run(place: Place, run: Any) -> None:
    """Put a finished run (a picture) where a place is."""
    if place.owned:
        _clear(place)
        place.first.paragraph.append(run)
    place.first.element.addprevious(run)
    place.first.element.getparent().remove(place.first.element)


def run_of(text: str, look: Any) -> Any:
    """Write text as one run, with its tabs and line breaks."""
    run = OxmlElement("w:r")
    if len(look):
        run.append(deepcopy(look))
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        for index, words in enumerate(line.split("\t")):
            if index:
                run.append(OxmlElement("w:tab"))
            if words:
                element = OxmlElement("w:t")
                element.text = words
                element.set(_SPACE, "preserve")
                run.append(element)
    return run


def paragraph_like(model: Any, line: str, look: Any) -> Any:
    """Write a line as a paragraph formed like `model`; one that brings its own indent gets none on top."""
    paragraph = OxmlElement("w:p")
    form = model.find(qn("w:pPr"))
    if form is not None:
        paragraph.append(_without_section(deepcopy(form)))
    _mark_like(paragraph, look)
    if line:
        paragraph.append(run_of(line, look))
    _respect_indent(paragraph, line)
    return paragraph


def _without_section(form: Any) -> Any:
    for section in form.findall(qn("w:sectPr")):
        form.remove(section)
    return form


def _mark_like(paragraph: Any, look: Any) -> None:
    """Give the end of a paragraph the look of its words, so that an empty line is as high as any other."""
    form = paragraph.find(qn("w:pPr"))
    if form is None:
        form = OxmlElement("w:pPr")
        paragraph.insert(0, form)
    for mark in form.findall(qn("w:rPr")):
        form.remove(mark)
    section = form.find(qn("w:sectPr"))
    if section is None:
        form.append(deepcopy(look))
    else:
        section.addprevious(deepcopy(look))


def _write_paragraphs(place: Place, lines: list[str], look: Any) -> None:
    first = place.first.paragraph
    further = [paragraph_like(first, line, look) for line in lines[1:]]
    _clear(place)
    _mark_like(first, look)
    if lines[0]:
        place.first.element.addprevious(run_of(lines[0], look))
    place.first.element.getparent().remove(place.first.element)
    _respect_indent(first, lines[0])
    for paragraph in reversed(further):
        first.addnext(paragraph)


def _clear(place: Place) -> None:
    """Leave nothing in a place's container but the control the answer begins in, and its paragraph."""
    first, control = place.first.paragraph, place.first.element
    for paragraph in [] if place.container is first else place.container.findall(qn("w:p")):
        if paragraph is not first:
            first.extend([child for child in paragraph if child.tag in _KEPT and child.tag != qn("w:pPr")])
            place.container.remove(paragraph)
    for child in list(first):
        if child is not control and child.tag not in _KEPT and control not in child.iterdescendants():
            first.remove(child)


def _respect_indent(paragraph: Any, line: str) -> None:
    indent = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    if line[:1].isspace() and indent is not None:
        indent.getparent().remove(indent)


def erase_prompt(control: ContentControl) -> None:
    """Take out the prompt Word puts into a new control; what the form itself prints there stays."""
    if control.prompts:
        for run in control.runs:
            run.getparent().remove(run)
