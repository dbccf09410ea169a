"""Tying the office's own blank form: fields to cells by label and position, where staff wrote no tags.

What staff tagged in Word stays as they tagged it. The rest is found as `spots` finds it in a filled form: a blank
cell becomes a control, a box glyph a checkbox, what is printed as a hint (（2000字以内…）, 年 月 日) a placeholder,
and the statement of a consent is locked.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn

from dialogs.document.grid import grids
from dialogs.document.opening import UploadError, open_word
from dialogs.document.spots import BOXED, Spot, options_of, spots
from dialogs.document.template import MAIN_PART, TemplateError, read_template
from dialogs.document.tying import lock_statement, tie
from knowledge.form import Form
from knowledge.model import Model
from knowledge.problems import Problem

_FILE = "template.docx"
_BLANK = re.compile(r"[\s_＿年月日]*")
_TAG_CELL = "在 Word 里选中要填的单元格，点“开发工具→格式文本内容控件”，在属性里把标记写成 {key}"
_TAG_BOX = "在 Word 里选中方框，点“开发工具→复选框内容控件”，在属性里把标记写成 {tag}"
_MEND_TAG = "检查标记的拼写，或在 form.yaml 里补上栏目；勾选框的标记写成 栏目=选项"


class Mapping(Model):
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


def survey(template: bytes, form: Form) -> Mapping:
    """Say which fields have a cell, and how it was found.

    Raises:
        TemplateError: the template cannot be read.
    """
    whole = tied(template, form)
    before, after = _tags(template), _tags(whole)
    keys = [field.key for field in form.fields]
    options = [f"{field.key}={option}" for field in form.fields if field.kind in BOXED for option in options_of(field)]
    return Mapping(
        tagged=tuple(key for key in keys if key in _keys(before)),
        labelled=tuple(key for key in keys if key in _keys(after) - _keys(before)),
        missing=tuple(key for key in keys if key not in _keys(after)),
        boxless=tuple(tag for tag in options if tag.partition("=")[0] in _keys(after) and tag not in after),
        stray=tuple(tag for tag in before if tag not in options and tag not in keys),
        empty=tuple(dict.fromkeys(_empty_cells(whole))),
    )


def tied(template: bytes, form: Form) -> bytes:
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
    places = spots(body, form)
    for field in untied:
        if field.kind == "consent":
            lock_statement(body, field)
    for field in sorted(untied, key=lambda each: -places.get(each.key, Spot()).start):  # from the end of each line
        if field.key in places:
            tie(places[field.key], field)
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
