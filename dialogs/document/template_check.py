"""What does not fit between a blank form and its fields, told to staff with the place on the form and the mend."""

from collections import Counter
from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from dialogs.document.attachment_locations import TICK, attachments_by_key
from dialogs.document.auto_tagging import Tagging, tag
from dialogs.document.content_controls import Place, Tag, controls, places
from dialogs.document.document_words import document_words
from dialogs.document.field_locations import field_locations
from dialogs.document.form_sheet import FormSheet
from dialogs.document.option_boxes import options_of
from dialogs.document.printed_blanks import is_blank, is_vacant
from dialogs.document.printed_labels import forms_of, squeezed
from dialogs.document.table_grid import Cell
from dialogs.document.tracked_changes import changes_in
from dialogs.document.word_package import TemplateError, root_of
from dialogs.fields.registry import kind_of
from knowledge.form import Field, Form
from knowledge.form_rules import FormAttachment
from knowledge.model import Model
from knowledge.problems import Problem
from knowledge.text.checkboxes import ON

_FILE = "template.docx"
_SHOWN = 20  # characters of printed words that are quoted
_FILLED = 3  # cells with words from which a form counts as filled


class TagSurvey(Model):
    """How a blank form and its fields belong together; keys of fields, official labels for people.

    `tagged` were tied by staff, `labelled` by us; `missing` have no cell; `boxless` are options without a box, as tags
    (`key=option`); `stray` are tags no field has; `empty` are blank cells no field is for, by the words beside them.
    """

    tagged: tuple[str, ...]
    labelled: tuple[str, ...]
    missing: tuple[str, ...]
    boxless: tuple[str, ...]
    stray: tuple[str, ...]
    empty: tuple[str, ...]


def survey(template: bytes, form: Form) -> TagSurvey:
    """Say which fields have a cell, and how it was found.

    Raises:
        TemplateError: the template cannot be read.
    """
    return _survey(tag(template, form), form)


def _survey(tagging: Tagging, form: Form) -> TagSurvey:
    before = {each.key for each in tagging.by_staff}
    after = [control.tag for control in controls(tagging.root)]
    keys = [field.key for field in form.fields if not field.off_form and not kind_of(field).left_blank]
    tied = {each.key for each in after}
    return TagSurvey(
        tagged=tuple(key for key in keys if key in before),
        labelled=tuple(key for key in keys if key in tied - before),
        missing=tuple(key for key in keys if key not in tied),
        boxless=tuple(_boxless(form, after)),
        stray=tuple(dict.fromkeys(str(each) for each in tagging.by_staff if not _is_of(each, form))),
        empty=tuple(dict.fromkeys(_empty_cells(tagging))),
    )


def _boxless(form: Form, tags: Sequence[Tag]) -> Iterator[str]:
    """Name the options without a box; where only one is printed for a yes or no, that is enough."""
    for field in form.fields:
        boxes = [each.option for each in tags if each.key == field.key and each.part is None and each.option]
        alone = not kind_of(field).optioned and boxes == options_of(field)[:1]
        yields = kind_of(field).boxed and boxes and not alone
        yield from (f"{field.key}={option}" for option in options_of(field) if yields and option not in boxes)


def _is_of(tag: Tag, form: Form) -> bool:
    if tag.key in attachments_by_key(form):
        return True
    field = next((each for each in form.fields if each.key == tag.key), None)
    if field is None:
        return False
    column = next((each for each in field.columns if each.key == tag.part), None)
    holder: Field | None = column if field.columns else field
    return holder is not None and (tag.option is None or tag.option in options_of(holder))


def _empty_cells(tagging: Tagging) -> Iterator[str]:
    """Name the blank cells no field is tied to by what stands beside them."""
    for grid in tagging.sheet.grids:
        for cell in grid.cells:
            if is_blank(cell.text) and next(cell.element.iter(qn("w:sdt")), None) is None:
                beside = grid.at(cell.top, cell.left - 1)
                yield " ".join(beside.text.split()) if beside and beside.text.strip() else _where(tagging.sheet, cell)


def faults(template: bytes, form: Form) -> list[Problem]:
    """Tell staff what does not fit between a blank form and its fields, and how to mend it."""
    try:
        tagging, untouched = tag(template, form), root_of(template)
    except TemplateError:
        return [_fault("unreadable")]
    changes = changes_in(untouched)
    found = [_fault("changes", count=changes)] if changes else []
    return list(dict.fromkeys([*found, *_faults(tagging, form, FormSheet(untouched.find(qn("w:body"))))]))


def _faults(tagging: Tagging, form: Form, untouched: FormSheet) -> Iterator[Problem]:
    fields = {field.key: field for field in form.fields}
    found = _survey(tagging, form)
    for key in found.missing:
        if shared := _shared(tagging, form, fields[key], untouched):
            yield shared
        elif fields[key].at:
            yield _fault("place", label=fields[key].label, phrase=fields[key].at)
        else:
            yield _fault("missing", label=fields[key].label, key=key, example=fields[key].label)
    for each in map(Tag.read, found.boxless):
        yield _fault("box", label=each.option, tag=str(each))
    yield from (_fault("stray", tag=each) for each in found.stray)
    tagged = {tag.key for tag in tagging.by_staff} | tagging.papers.keys()
    for key, paper in attachments_by_key(form).items():
        if paper.tick and key not in tagged:
            yield _fault("box", label=paper.label, tag=f"{key}.{TICK}={TICK}")
    yield from _misplaced(tagging, form)
    yield from _characters(tagging, form)
    yield from _doubled(tagging, form)
    yield from _printed(tagging, fields, attachments_by_key(form))
    yield from _twins(tagging, form)
    for key, rows in tagging.rows.items():
        labels = {column.key: column.label for column in fields[key].columns}
        yield from (_fault("column", label=fields[key].label, column=labels[each]) for each in rows.lost_columns)
        yield from (_fault("row", label=fields[key].label, row=each) for each in rows.lost_rows)


def _shared(tagging: Tagging, form: Form, field: Field, untouched: FormSheet) -> Problem | None:
    """Say which other field has the place that a field without one would have, were it alone on the form."""
    alone = field_locations(untouched, form.model_copy(update={"fields": (field,)})).get(field.key, [])
    for other in form.fields:
        for location in tagging.placed.get(other.key, []) if alone else ():
            place = _where(tagging.sheet, location.cell)
            if (place, location.start) == (_where(untouched, alone[0].cell), alone[0].start):
                return _fault("shared", label=field.label, other=other.label, place=place)
    return None


def _misplaced(tagging: Tagging, form: Form) -> Iterator[Problem]:
    """Name places a field says it has and that are not there."""
    for field in form.fields:
        wanted = 1 + len(field.also_at)
        found = tagging.placed.get(field.key, [])
        if found and field.also_at and len({each.cell for each in found}) < wanted and not kind_of(field).boxed:
            yield _fault("place", label=field.label, phrase="、".join(field.also_at))


def _characters(tagging: Tagging, form: Form) -> Iterator[Problem]:
    """Name fields that want one character a cell and found too few cells."""
    for field in form.fields:
        found = len(tagging.placed.get(field.key, []))
        if field.print.cells and found and found != field.print.cells * (1 + len(field.also_at)):
            yield _fault("cells", label=field.label, count=found, wanted=field.print.cells)


def _doubled(tagging: Tagging, form: Form) -> Iterator[Problem]:
    """Name tags staff used more often than the field says it has places; characters in a row of cells are one."""
    further = {field.key: len(field.also_at) for field in form.fields}
    in_rows = {field.key for field in form.fields if field.columns}
    used: Counter[Tag] = Counter()
    where: dict[Tag, list[str]] = {}
    rows_seen: set[tuple[Tag, object]] = set()
    for place in places(tagging.root):
        row = next(place.first.element.iterancestors(qn("w:tr")), None)
        if (
            place.tag not in tagging.by_staff
            or place.tag.key in in_rows
            or (place.owned and (place.tag, row) in rows_seen)
        ):
            continue
        rows_seen.add((place.tag, row))
        used[place.tag] += 1
        where.setdefault(place.tag, []).append(_where_is(tagging.sheet, place))
    for each, count in used.items():
        if count > 1 + further.get(each.key, 0):
            yield _fault("doubled", tag=str(each), count=count, place="、".join(where[each]))


def _printed(tagging: Tagging, fields: dict[str, Field], papers: dict[str, FormAttachment]) -> Iterator[Problem]:
    """Name ties into cells that hold words already; so many of them that the form has been filled, once for all."""
    items = []
    for each in tagging.unsure:
        label = papers[each.tag.key].label if each.tag.key in papers else _label(fields[each.tag.key], each.tag)
        items.append((label, _where(tagging.sheet, each.cell), " ".join(each.text.split())[:_SHOWN]))
    if len(items) >= _FILLED:
        holds = document_words().places.holds
        yield _fault("filled", items="；".join(holds.format(label=a, place=b, words=c) for a, b, c in items))
    else:
        for label, place, words in items:
            yield _fault("printed", label=label, place=place, words=words)
    for location in (each for found in tagging.placed.values() for each in found):
        if location.tag.option is not None and location.text in ON:
            label = _label(fields[location.tag.key], location.tag)
            yield _fault("ticked", label=label, place=_where(tagging.sheet, location.cell))


def _label(field: Field, tag: Tag) -> str:
    column = next((each.label for each in field.columns if each.key == tag.part), None)
    return "：".join(each for each in (field.label, column, tag.option) if each)


def _twins(tagging: Tagging, form: Form) -> Iterator[Problem]:
    """Name cells that bear a field's very label, wait for an answer, and would stay empty."""
    owners = {squeezed(field.label): field for field in form.fields if field.key in tagging.placed and not field.at}
    for grid in tagging.sheet.grids:
        for cell in grid.cells:
            field = next((owners[each] for each in forms_of(cell.text)[:1] if each in owners), None)
            value = grid.after(cell) if field is not None else None
            if field is None or value is None or kind_of(field).boxed or not is_vacant(value):
                continue
            if next(value.element.iter(qn("w:sdt")), None) is None:
                yield _fault("twice", label=field.label, place=_where(tagging.sheet, value))


def _where_is(sheet: FormSheet, place: Place) -> str:
    cells = (cell for block in sheet.blocks for cell in block)
    return next((_where(sheet, cell) for cell in cells if cell.element is place.container), "")


def _where(sheet: FormSheet, cell: Cell) -> str:
    """Say where a cell is, as people count tables, rows and cells."""
    words = document_words().places
    if cell.grid is None:
        lines = [block[0] for block in sheet.blocks if block[0].grid is None and block[0].text.strip()]
        return words.line.format(line=lines.index(cell) + 1) if cell in lines else words.blank
    column = cell.grid.row(cell.top).index(cell) + 1
    return words.cell.format(table=sheet.grids.index(cell.grid) + 1, row=cell.top + 1, column=column)


def _fault(name: str, **parts: object) -> Problem:
    words = document_words().faults[name]
    return Problem(_FILE, 0, words.reason.format(**parts), words.mend.format(**parts))
