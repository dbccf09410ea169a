"""Tying the office's own blank form: fields to cells by label and position, where staff wrote no tags.

What staff tagged in Word stays as they tagged it. The rest is found as `spots` finds it in a filled form: a blank
cell becomes a control, a box glyph a checkbox, what is printed as a hint (（2000字以内…）, 年 月 日) a placeholder,
and the statement of a consent is locked.
"""

import io
import zipfile

from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn

from dialogs.document.opening import UploadError, open_word
from dialogs.document.spots import Spot, options_of, spots
from dialogs.document.template import MAIN_PART, TemplateError, read_template
from dialogs.document.tying import lock_statement, tie
from knowledge.form import Form
from knowledge.model import Model
from knowledge.problems import Problem

_FILE = "template.docx"


class Mapping(Model):
    """How a blank form and its fields belong together; keys of fields, official labels for people.

    `tagged` were tied by staff, `labelled` by us; `missing` have no cell; `stray` are tags no field has.
    """

    tagged: tuple[str, ...]
    labelled: tuple[str, ...]
    missing: tuple[str, ...]
    stray: tuple[str, ...]


def survey(template: bytes, form: Form) -> Mapping:
    """Say which fields have a cell, and how it was found.

    Raises:
        TemplateError: the template cannot be read.
    """
    before, after = _tags(template), _tags(tied(template, form))
    keys = [field.key for field in form.fields]
    options = {f"{field.key}={option}" for field in form.fields for option in options_of(field)}
    return Mapping(
        tagged=tuple(key for key in keys if key in _keys(before)),
        labelled=tuple(key for key in keys if key in _keys(after) - _keys(before)),
        missing=tuple(key for key in keys if key not in _keys(after)),
        stray=tuple(tag for tag in before if tag not in options and tag not in keys),
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
    try:
        root = open_word(template)
    except UploadError as error:
        raise TemplateError(str(error)) from error
    body = root.find(qn("w:body"))
    places = spots(body, form)
    for field in untied:
        if field.kind == "consent":
            lock_statement(body, field)
    for field in sorted(untied, key=lambda each: -places.get(each.key, Spot()).start):  # from the end of each line
        if field.key in places:
            tie(places[field.key], field)
    return _with_main_part(template, serialize_part_xml(root))


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
    return [
        Problem(
            _FILE,
            0,
            f"表里没有找到“{form.field(key).label}”的位置",
            f"在 Word 里选中要填的单元格，点“开发工具→格式文本内容控件”，在属性里把标记写成 {key}",
        )
        for key in found.missing
    ] + [
        Problem(_FILE, 0, f"内容控件的标记“{tag}”不对应任何栏目", "检查标记的拼写；勾选框的标记写成 栏目=选项")
        for tag in found.stray
    ]


def _with_main_part(template: bytes, document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info, document if info.filename == MAIN_PART else source.read(info))
    return out.getvalue()
