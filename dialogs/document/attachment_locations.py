"""Where a form lists what goes with it: the box beside a document's name, and the blank for its number of copies.

□ | 1 | 登记证书复印件 | 必交 | ____份        in a row, each in a cell of its own
□登记证书复印件____份                          all in one cell or line
"""

from collections.abc import Iterator

from dialogs.document.content_controls import Tag
from dialogs.document.document_words import document_words
from dialogs.document.field_locations import FieldLocation
from dialogs.document.form_sheet import FormSheet, Region
from dialogs.document.option_boxes import Box, boxes_in, is_box_only
from dialogs.document.printed_blanks import holes_in, is_blank
from dialogs.document.printed_labels import forms_of, squeezed
from dialogs.document.table_grid import Cell
from knowledge.form import Form
from knowledge.form_rules import FormAttachment

TICK, COPIES = "tick", "copies"  # the parts of an attachment's tag


def attachments_by_key(form: Form) -> dict[str, FormAttachment]:
    """Give the attachments the form lists, each by the key its tags have."""
    return {each.key or f"attachment{number}": each for number, each in enumerate(form.attachments, 1)}


def attachment_locations(sheet: FormSheet, form: Form) -> dict[str, list[FieldLocation]]:
    """Find the box and the blank for copies of each attachment that has them on the form; by key."""
    found = {}
    for key, paper in attachments_by_key(form).items():
        if paper.tick or paper.copies is not None:
            places = next(filter(None, (list(_at(key, paper, region)) for region in sheet.regions)), [])
            found[key] = [each for each in places if paper.tick or each.tag.part == COPIES]
    return {key: places for key, places in found.items() if places}


def _at(key: str, paper: FormAttachment, region: Region) -> Iterator[FieldLocation]:
    """Give the places of an attachment, if this is where its name stands."""
    name, cell = squeezed(paper.label), region.cell
    if cell.grid is not None and name in forms_of(cell.text):
        for each in cell.grid.row(cell.top):
            if each is not cell and is_box_only(each.text):
                yield _box(key, boxes_in(each)[0])
            elif each is not cell and _counts(each):
                yield _copies(key, each)
        return
    for box in boxes_in(cell, region.start, region.end):
        if squeezed(box.behind).startswith(name) or squeezed(box.before).endswith(name):
            yield _box(key, box)
            yield from _copies_behind(key, box)
            return


def _box(key: str, box: Box) -> FieldLocation:
    return FieldLocation(Tag(key, TICK, option=TICK), box.cell, box.at, box.at + 1, exact=True)


def _counts(cell: Cell) -> bool:
    """Tell whether a cell waits for a number of copies: 份 is printed in it, or in the head of its column."""
    words = document_words().copies
    if any(squeezed(cell.text).replace("_", "") == each for each in words):
        return True
    heads = cell.grid.above(cell) if cell.grid is not None else []
    return is_blank(cell.text) and any(word in squeezed(head.text) for head in heads for word in words)


def _copies(key: str, cell: Cell) -> FieldLocation:
    hole = next(iter(holes_in(cell.text)), None)
    if hole is None or is_blank(cell.text):
        return FieldLocation(Tag(key, COPIES), cell)
    return FieldLocation(Tag(key, COPIES), cell, hole.start, hole.end, exact=True)


def _copies_behind(key: str, box: Box) -> Iterator[FieldLocation]:
    """Find the blank before 份 in the words behind a box."""
    start = box.at + 1
    for hole in holes_in(box.behind):
        if squeezed(box.behind[hole.end :]).startswith(document_words().copies):
            yield FieldLocation(Tag(key, COPIES), box.cell, start + hole.start, start + hole.end, exact=True)
            return
