"""Tagging the office's own blank form: fields to cells by label and position, where staff wrote no tags.

What staff tagged in Word stays as they tagged it. The rest is found by `field_locations` and `row_locations`: a blank
cell, a blank in a line, a hint (（2000字以内…）, 年 月 日) become controls that wait for an answer, a box glyph the box
of its option, and the statement of a consent is locked. Not one printed word is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.attachment_locations import attachment_locations, attachments_by_key
from dialogs.document.content_controls import Tag, controls, lower
from dialogs.document.document_words import document_words
from dialogs.document.field_locations import FieldLocation, field_locations
from dialogs.document.form_sheet import FormSheet
from dialogs.document.printed_blanks import Hole, holes_in, is_hint, is_room, is_unit
from dialogs.document.printed_labels import squeezed
from dialogs.document.row_locations import RowLocations, row_locations
from dialogs.document.run_editing import between, cut, empty_control, locked, waiting, wrap
from dialogs.document.table_grid import Cell, read_cell
from dialogs.document.tracked_changes import accept_changes
from dialogs.document.word_package import opened_package, packed, root_of
from dialogs.document.word_text import paragraphs_of, words_of
from dialogs.fields.registry import kind_of
from knowledge.form import Field, Form

_GAP = 2  # characters of a blank left between an answer and the next label of its line


@dataclass
class Tagging:
    """A template with every field tied that could be, and what was found on the way.

    `by_staff` are the tags that stood in it; `placed` the locations found by labels; `unsure` those where other words
    are printed; `rows` the tables, by the key of their field; `papers` the places of attachments; `sheet` is the form
    as it was before.
    """

    root: Any
    sheet: FormSheet
    by_staff: tuple[Tag, ...]
    placed: dict[str, list[FieldLocation]] = field(default_factory=dict)
    unsure: list[FieldLocation] = field(default_factory=list)
    rows: dict[str, RowLocations] = field(default_factory=dict)
    papers: dict[str, list[FieldLocation]] = field(default_factory=dict)


def auto_tagged(template: bytes, form: Form) -> bytes:
    """Tie every field that has no control yet; a template that needs nothing comes back as it is.

    Raises:
        TemplateError: the template cannot be read.
    """
    tagging = tag(template, form)
    if not (tagging.placed or tagging.rows or tagging.papers):
        return template
    return packed(opened_package(template), tagging.root)


def tag(template: bytes, form: Form) -> Tagging:
    """Tie every field that has no control yet, and say how.

    Raises:
        TemplateError: the template cannot be read.
    """
    root = root_of(template)
    accept_changes(root)
    lower(root)
    body = root.find(qn("w:body"))
    by_staff = tuple(control.tag for control in controls(root))
    tagging = Tagging(root, FormSheet(body), by_staff)
    untied = [each for each in form.fields if each.key not in {tag.key for tag in by_staff} and not each.off_form]
    for each in untied:
        if kind_of(each).declared:
            lock_statement(body, each)
    taken: set[Cell] = set()
    for each in untied:
        if each.columns and (found := row_locations(tagging.sheet, each, taken)) is not None:
            tagging.rows[each.key] = found
    rest = form.model_copy(update={"fields": tuple(each for each in untied if not each.columns)})
    tagging.placed = field_locations(tagging.sheet, rest)
    tagging.papers = _without_tags(attachment_locations(tagging.sheet, form), by_staff)
    _tie(tagging, form)
    return tagging


def _without_tags(found: dict[str, list[FieldLocation]], by_staff: Sequence[Tag]) -> dict[str, list[FieldLocation]]:
    tagged = {tag.key for tag in by_staff}
    return {key: places for key, places in found.items() if key not in tagged}


def lock_statement(body: Any, field: Field) -> None:
    """Lock the paragraph that prints the words a consent agrees to, up to its first blank behind them."""
    for paragraph in body.iter(qn("w:p")):
        words = read_cell(paragraph)
        if field.statement and squeezed(field.statement) in squeezed(words):
            blank = next((hole.start for hole in holes_in(words) if squeezed(words[: hole.start])), len(words))
            whole = squeezed(field.statement) not in squeezed(words[:blank])
            runs = list(paragraph.iterchildren(qn("w:r"))) if whole else between(paragraph, 0, blank)
            if runs:
                wrap(runs, field.key, field.label, locked())
            return


def _tie(tagging: Tagging, form: Form) -> None:
    """Tie from the end of each cell to its beginning, so that what is still to be tied stays where it was found."""
    fields, papers = {each.key: each for each in form.fields}, attachments_by_key(form)
    locations = [each for found in (tagging.placed, tagging.papers) for places in found.values() for each in places]
    locations += [each for rows in tagging.rows.values() for each in rows.places]
    exact: dict[Cell, list[Hole]] = {}
    for each in locations:
        if each.exact:
            exact.setdefault(each.cell, []).append(Hole(each.start, each.end or each.start))
    pictured = {key for key, each in fields.items() if kind_of(each).pictured}
    holes = {
        id(each): None if each.tag.key in pictured else _hole(each, exact.get(each.cell, [])) for each in locations
    }
    for each in sorted(locations, key=lambda each: -(holes[id(each)] or Hole(0, 0)).start):
        title = papers[each.tag.key].label if each.tag.key in papers else _title(each.tag, fields[each.tag.key])
        hole = holes[id(each)]
        if hole is None:
            _tie_cell(each, title)
        else:
            if not each.exact and not _waits(each, hole):
                tagging.unsure.append(each)
            _tie_stretch(each, hole, title)


def _hole(location: FieldLocation, others: Sequence[Hole]) -> Hole | None:
    """Say which characters an answer replaces; `None`: all of the cell.

    Of the room behind a label it is the blank it begins with, up to two characters before what follows; of a cell with
    words in it, the first blank no other field is for; where there is none, the very beginning.
    """
    if location.exact:
        return Hole(location.start, location.end or location.start)
    if location.whole and not others and (is_room(location.cell.text) or is_hint(location.cell.element)):
        return None
    start, text = location.start, location.text
    free = [Hole(start + hole.start, start + hole.end) for hole in holes_in(text)]
    free = [hole for hole in free if hole not in others]
    if not location.whole:
        free = [hole for hole in free if not location.cell.text[start : hole.start].strip(" :：\u3000")][:1]
        if free and is_room(text) and "\t" not in text and "\n" not in text:
            free = [Hole(start, start + len(text))]
    if not free:
        lead = len(text) - len(text.lstrip(" \u3000")) if location.whole else 0
        return Hole(start + lead, start + lead)
    hole = free[0]
    followed = location.end is not None and hole.end == location.end
    return Hole(hole.start, max(hole.start, hole.end - _GAP)) if followed else hole


def _waits(location: FieldLocation, hole: Hole) -> bool:
    """Tell whether a place surely waits for an answer: it is a blank, or only a place for a seal stands there."""
    if hole.end > hole.start or not location.text.strip() or is_unit(location.text):
        return True
    words = squeezed(location.text)
    return words.startswith("(") and any(seal in words for seal in document_words().seals)


def _title(tag: Tag, field: Field) -> str:
    column = next((each.label for each in field.columns if each.key == tag.part), None)
    return "：".join(each for each in (field.label, column, tag.option) if each)


def _tie_cell(location: FieldLocation, title: str) -> None:
    """The whole cell is for the answer; a hint in it waits to be replaced, line by line."""
    element = location.cell.element
    paragraphs = [element] if element.tag == qn("w:p") else list(paragraphs_of(element))
    spoken = [each for each in paragraphs if words_of(each).strip(" \u3000")]
    for paragraph in spoken or paragraphs[:1]:
        runs = list(paragraph.iterchildren(qn("w:r")))
        if runs:
            wrap(runs, str(location.tag), title, waiting())
        else:
            empty_control(paragraph, len(paragraph), str(location.tag), title)


def _tie_stretch(location: FieldLocation, hole: Hole, title: str) -> None:
    paragraph, start = _local(location.cell, hole.start)
    runs = between(paragraph, start, start + hole.end - hole.start) if hole.end > hole.start else []
    properties = [] if location.tag.option is not None else [waiting()]
    if runs:
        wrap(runs, str(location.tag), title, *properties)
    else:
        index = cut(paragraph, start)
        empty_control(paragraph, index, str(location.tag), title)


def _local(cell: Cell, offset: int) -> tuple[Any, int]:
    """Turn an offset in a cell's text into a paragraph and the offset in its text."""
    if cell.element.tag == qn("w:p"):
        return cell.element, offset
    paragraphs = list(paragraphs_of(cell.element))
    for paragraph in paragraphs:
        length = len(read_cell(paragraph))
        if offset <= length:
            return paragraph, offset
        offset -= length + 1
    return paragraphs[-1], len(read_cell(paragraphs[-1]))
