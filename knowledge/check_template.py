"""Do template and form agree? Every field needs its cell, every tagged cell its field."""

import io
import re
import zipfile
from collections.abc import Iterator

from knowledge.form import Field
from knowledge.pack import NoticePack
from knowledge.problems import Problem

FILE = "template.docx"
_DOCUMENT = "word/document.xml"
_TAG = re.compile(rb'<w:tag w:val="([^"]*)"')


def template_problems(pack: NoticePack) -> Iterator[Problem]:
    """List fields without a cell, cells without a field, choices without a box and boxes without a choice."""
    tags = _tags(pack.template)
    keys = {tag.partition("=")[0] for tag in tags}
    for key, field in pack.fields.items():
        if key not in keys:
            yield Problem(FILE, 0, f"模板里没有“{field.label}”的格子", f"在 Word 里给那一格加内容控件，标记填 {key}")
        for label in _boxes(field):
            if key in keys and f"{key}={label}" not in tags:
                yield Problem(FILE, 0, f"模板里没有“{label}”的方框", f"在方框处加内容控件，标记填 {key}={label}")
    for tag in sorted(tags):
        key, _, label = tag.partition("=")
        field_ = pack.fields.get(key)
        if field_ is None or (label and label not in _boxes(field_)):
            yield Problem(
                FILE, 0, f"模板里的标记“{tag}”在 form.yaml 里没有对应的栏目", "改正标记，或在 form.yaml 里补上"
            )


def _tags(template: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(template)) as archive:  # the loader has seen that it is a .docx
        document = archive.read(_DOCUMENT) if _DOCUMENT in archive.namelist() else b""
    return {tag.decode() for tag in _TAG.findall(document)}


def _boxes(field: Field) -> list[str]:
    if field.kind == "boolean":
        return ["是", "否"]
    return [choice.label for choice in field.choices]
