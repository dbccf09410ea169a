"""Tagging the office's own blank form: fields to cells by label and position, where staff wrote no tags.

What staff tagged in Word stays as they tagged it. The rest is found as `field_locations` finds it in a filled form: a
blank cell becomes a control, a box glyph a checkbox, what is printed as a hint (（2000字以内…）, 年 月 日) a
placeholder, and the statement of a consent is locked.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn

from dialogs.document.field_locations import FieldLocation, field_locations, find, options_of, squeezed
from dialogs.document.run_editing import between, blank_run, checkbox, cut_paragraph, locked, placeholder_mark, wrap
from dialogs.document.table_grid import Cell, grids
from dialogs.document.template import MAIN_PART, TemplateError, read_template
from dialogs.document.upload_safety import UploadError, open_word
from dialogs.document.word_text import paragraphs_of, text_of
from dialogs.fields.registry import kind_of
from knowledge.form import Field, Form
from knowledge.model import Model
from knowledge.problems import Problem
from knowledge.text.checkboxes import OFF

_TICKS = {"□": "■", "○": "●", "◯": "●"}  # what a box shows when ticked; any other shows ☒
_PRINTED = re.compile(r"[\s_＿年月日]*|\s*[（(].{12,}[）)]\s*", re.DOTALL)  # blanks, 年 月 日, or a hint
_GAP = 2  # characters of a blank left between an answer and the next label of its line


def tag_field(spot: FieldLocation, field: Field) -> None:
    """Put the control (or the checkboxes) of a field where its value belongs."""
    if spot.boxes:
        for cell in spot.cells:
            for option in options_of(field):
                _tie_box(cell, field, option)
    elif spot.cells:
        cell = spot.cells[0]
        if cell.element.tag == qn("w:tc") and (spot.start, spot.end) == (0, None):
            _tie_cell(cell, field)
        else:
            _tie_line(cell, spot, field)


def lock_statement(body: Any, field: Field) -> None:
    """Lock the paragraph that prints the words a consent agrees to."""
    for paragraph in body.iter(qn("w:p")):
        if field.statement and squeezed(field.statement) in squeezed(text_of(paragraph)):
            wrap(list(paragraph.iterchildren(qn("w:r"))), field.key, field.label, locked())
            return


def _tie_cell(cell: Cell, field: Field) -> None:
    """The whole cell is for the answer; a hint in it becomes the placeholder, blank lines beside it go."""
    paragraphs = list(paragraphs_of(cell.element))
    place = next((each for each in paragraphs if text_of(each).strip()), paragraphs[0])
    if _PRINTED.fullmatch(cell.text):
        for each in paragraphs:
            if each is not place and not text_of(each).strip():
                each.getparent().remove(each)
        runs = list(place.iterchildren(qn("w:r"))) or [blank_run(place, len(place))]
    else:
        runs = [blank_run(place, cut_paragraph(place, 0))]
    wrap(runs, field.key, field.label, *placeholder_mark())


def _tie_line(cell: Cell, spot: FieldLocation, field: Field) -> None:
    """The answer follows a label in its line; blanks or 年 月 日 standing there become the placeholder."""
    paragraph, start = _local(cell, spot.start)
    line = text_of(paragraph)
    end = len(line) if spot.end is None else min(start + spot.end - spot.start, len(line))
    rest = line[start:end]
    if end < len(line) and not rest.strip():
        end -= min(_GAP, len(rest))
    fits = _PRINTED.fullmatch(rest) and "\t" not in rest and end > start
    runs = between(paragraph, start, end) if fits else [blank_run(paragraph, cut_paragraph(paragraph, start))]
    wrap(runs, field.key, field.label, *placeholder_mark())


def _tie_box(cell: Cell, field: Field, option: str) -> None:
    place = find(cell.text, option)
    if place is None:
        return
    start, end = place
    if cell.text.strip()[0] in OFF:
        box = re.search(rf"([{OFF}])[\s）)\]]*$", cell.text[:start])
        position = box.start(1) if box else None
    else:
        box = re.match(rf"[\s（(\[]*([{OFF}])", cell.text[end:])
        position = end + box.start(1) if box else None
    if position is not None:
        paragraph, offset = _local(cell, position)
        glyph = cell.text[position]
        runs = between(paragraph, offset, offset + 1)
        wrap(runs, f"{field.key}={option}", f"{field.label}：{option}", checkbox(glyph, _TICKS.get(glyph, "☒")))


def _local(cell: Cell, offset: int) -> tuple[Any, int]:
    """Turn an offset in a cell's text into a paragraph and the offset in its text."""
    if cell.element.tag == qn("w:p"):
        return cell.element, offset
    paragraphs = list(paragraphs_of(cell.element))
    for paragraph in paragraphs:
        length = len(text_of(paragraph))
        if offset <= length:
            return paragraph, offset
        offset -= length + 1
    return paragraphs[-1], len(text_of(paragraphs[-1]))


_FILE = "template.docx"
_BLANK = re.compile(r"[\s_＿年月日]*")
_TAG_CELL = "在 Word 里选中要填的单元格，点“开发工具→格式文本内容控件”，在属性里把标记写成 {key}"
_TAG_BOX = "在 Word 里选中方框，点“开发工具→复选框内容控件”，在属性里把标记写成 {tag}"
_MEND_TAG = "检查标记的拼写，或在 form.yaml 里补上栏目；勾选框的标记写成 栏目=选项"


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
    whole = auto_tagged(template, form)
    before, after = _tags(template), _tags(whole)
    keys = [field.key for field in form.fields]
    options = [f"{field.key}={option}" for field in form.fields if kind_of(field).boxed for option in options_of(field)]
    return TagSurvey(
        tagged=tuple(key for key in keys if key in _keys(before)),
        labelled=tuple(key for key in keys if key in _keys(after) - _keys(before)),
        missing=tuple(key for key in keys if key not in _keys(after)),
        boxless=tuple(tag for tag in options if tag.partition("=")[0] in _keys(after) and tag not in after),
        stray=tuple(tag for tag in before if tag not in options and tag not in keys),
        empty=tuple(dict.fromkeys(_empty_cells(whole))),
    )


def auto_tagged(template: bytes, form: Form) -> bytes:
    """Tie every field that has no control yet; a template that needs nothing comes back as it is.

    Raises:
        TemplateError: the template cannot be read.
    """
    keys = _keys(_tags(template))
    untied = [field for field in form.fields if field.key not in keys]
    if not untied:
        return template
    root = _opened(template)
    body = root.find(qn("w:body"))
    places = field_locations(body, form)
    for field in untied:
        if kind_of(field).declared:
            lock_statement(body, field)
    for field in sorted(
        untied, key=lambda each: -places.get(each.key, FieldLocation()).start
    ):  # from the end of each line
        if field.key in places:
            tag_field(places[field.key], field)
    return _with_main_part(template, serialize_part_xml(root))


def _opened(template: bytes) -> Any:
    try:
        return open_word(template)
    except UploadError as error:
        raise TemplateError(str(error)) from error


def _tags(template: bytes) -> list[str]:
    controls = read_template(template).controls
    return [control.key if control.option is None else f"{control.key}={control.option}" for control in controls]


def _keys(tags: list[str]) -> set[str]:
    return {tag.partition("=")[0] for tag in tags}


def faults(template: bytes, form: Form) -> list[Problem]:
    """Tell staff what does not fit between a blank form and its fields, and how to mend it in Word."""
    try:
        found = survey(template, form)
    except TemplateError as error:
        return [Problem(_FILE, 0, str(error), "用 Word 打开原表，另存为 .docx，再放回资料包")]
    problems = [(f"表里没有找到“{form.field(key).label}”的位置", _TAG_CELL.format(key=key)) for key in found.missing]
    problems += [(f"表里没有找到“{tag.partition('=')[2]}”的方框", _TAG_BOX.format(tag=tag)) for tag in found.boxless]
    problems += [(f"内容控件的标记“{tag}”不对应任何栏目", _MEND_TAG) for tag in found.stray]
    return [Problem(_FILE, 0, reason, mend) for reason, mend in problems]


def _empty_cells(template: bytes) -> Iterator[str]:
    """Name the blank cells no field is tied to by what stands beside or above them."""
    for grid in grids(_opened(template).find(qn("w:body"))):
        for cell in grid.cells:
            if not _BLANK.fullmatch(cell.text) or next(cell.element.iter(qn("w:sdt")), None) is not None:
                continue
            beside = next(
                (other for other in grid.cells if other.top == cell.top and other.right + 1 == cell.left), None
            )
            yield " ".join(beside.text.split()) if beside else f"第{cell.top + 1}行第{cell.left + 1}格"


def _with_main_part(template: bytes, document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info, document if info.filename == MAIN_PART else source.read(info))
    return out.getvalue()
