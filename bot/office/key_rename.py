"""Renaming a field's key everywhere in a pack: form, rules, questions and answers, tests, the template's tags.

Only places that name a field are changed, found in the composed YAML; all else stays letter by letter. The old key is
kept under the field's `formerly`, so that drafts under way and applications handed in follow it. Tried on a copy with
all that `check` says, then written whole or not at all.
"""

import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import StartupError
from bot.messages import say
from bot.office.pack_edits import write_whole
from bot.output_files import save
from bot.packs import lint, ready_pack
from knowledge.loading.text_file import read_text
from knowledge.loading.yaml_faults import node_at
from knowledge.loading.yaml_file import compose_text
from knowledge.pack import NoticePack
from knowledge.problems import PackError

FORM, TEMPLATE = "form.yaml", "template.docx"
KEY = re.compile(r"[a-z][a-z0-9_]{0,40}")  # as a field's own model wants it, and short enough for a button's id
NO_FIELD = frozenset(
    {"kind", "label", "rule", "strength", "clause", "id", "topic", "entry", "parts", "format", "allows", "unit", "of"}
)  # names in form.yaml whose values are no fields, though they may read like a key
TEXTS = frozenset(
    {"message", "prompt", "example", "hint", "label", "quote", "text", "statement", "invalid", "absent", "title"}
)  # what is read aloud: its braces name facts and what a rule has found, and fields in a rule between fields only
BETWEEN = "form_rules"
NAMING = frozenset({"fields", "field", "during"})  # those that name fields in all other files


@dataclass(frozen=True)
class Renamed:
    """What a renaming changes: file → how many places."""

    places: dict[str, int]

    @property
    def number(self) -> int:
        """All places."""
        return sum(self.places.values())


def rename_key(folder: Path, old: str, new: str) -> Renamed:
    """Rename the key of a field in every file of a pack.

    Raises:
        StartupError: there is no such key, the new one is taken or no key, the folder cannot be written.
        PackError: the pack is not good, before or after; nothing is written.
    """
    _refuse_faulty(folder)
    pack = ready_pack(folder)
    _refuse_names(pack, old, new)
    texts, places = _texts(folder, pack, old, new)
    template, tags = _retagged((folder / TEMPLATE).read_bytes(), old, new)
    if tags:
        places[TEMPLATE] = tags
    with tempfile.TemporaryDirectory() as spare:
        tried = Path(shutil.copytree(folder, Path(spare) / folder.name))
        _write(tried, texts, template)
        _refuse_faulty(tried)
    _write(folder, texts, template)
    return Renamed(places)


def _refuse_faulty(folder: Path) -> None:
    if grave := [problem for problem in lint(folder) if problem.grave]:
        raise PackError(grave)


def _refuse_names(pack: NoticePack, old: str, new: str) -> None:
    keys = [*pack.fields, *pack.facts, *(column.key for field in pack.form.fields for column in field.columns)]
    if old not in pack.fields:
        raise StartupError(say("rename.no_key", key=old, keys="、".join(pack.fields)))
    if not KEY.fullmatch(new):
        raise StartupError(say("rename.bad_key", key=new))
    if new in keys or keys.count(old) > 1:
        raise StartupError(say("rename.taken", key=new if new in keys else old))


def _write(folder: Path, texts: dict[str, str], template: bytes) -> None:
    before = (folder / TEMPLATE).read_bytes()
    if template != before:
        save(folder, TEMPLATE, template)
    try:
        write_whole(folder, texts)
    except BaseException:
        save(folder, TEMPLATE, before)
        raise


def _texts(folder: Path, pack: NoticePack, old: str, new: str) -> tuple[dict[str, str], dict[str, int]]:
    """Give the files that change, and how many places in each."""
    texts, places = {}, {}
    for path in sorted(folder.rglob("*.yaml")):
        file = path.relative_to(folder).as_posix()
        if "wordings" in path.parts or file.startswith("."):
            continue
        before = read_text(path, file)
        text, number = _renamed(before, old, new, form=file == FORM)
        if number:
            texts[file], places[file] = text, number
    at = list(pack.fields).index(old)
    return {**texts, FORM: _remembering(texts[FORM], at, (*pack.fields[old].formerly, old))}, places


def _remembering(text: str, at: int, keys: tuple[str, ...]) -> str:
    """Note in the form which keys its field with this number has had."""
    mapping: Any = node_at(compose_text(text), ("fields", at))
    pairs = {name.value: (name, value) for name, value in mapping.value}
    line = f"formerly: [{', '.join(keys)}]"
    if "formerly" in pairs:
        name, value = pairs["formerly"]
        end = len(text[: value.end_mark.index].rstrip())  # a block's node ends where the next begins
        return text[: name.start_mark.index] + line + text[end:]
    name, value = pairs["key"]
    between = ", " if mapping.flow_style else "\n" + " " * name.start_mark.column
    return text[: value.end_mark.index] + between + line + text[value.end_mark.index :]


def _renamed(text: str, old: str, new: str, *, form: bool) -> tuple[str, int]:
    """Exchange the key where a scalar of the YAML names the field."""
    cuts = [
        (node.start_mark.index, node.end_mark.index)
        for node, under in _scalars(compose_text(text), "")
        if (form or under in NAMING) and _names(node.value, under, old)
    ]
    word = re.compile(rf"(?<![A-Za-z0-9_.]){re.escape(old)}(?![A-Za-z0-9_])")
    braced = re.compile(rf"\{{{re.escape(old)}(?=[}}.])")
    for start, end in reversed(cuts):
        piece = text[start:end]
        piece = braced.sub("{" + new, piece) if "{" + old in piece else word.sub(new, piece)
        text = text[:start] + piece + text[end:]
    return text, len(cuts)


def _names(value: str, under: str, old: str) -> bool:
    """Tell whether a scalar names the field: the key alone, a part of its value, or the key in braces."""
    if re.search(rf"\{{{re.escape(old)}[}}.]", value):
        return under not in TEXTS
    return under not in NO_FIELD and (value == old or value.startswith(f"{old}."))


def _scalars(node: Any, under: str, *, between: bool = False) -> Iterator[tuple[yaml.ScalarNode, str]]:
    """Give every scalar of a tree with the name it stands under; names themselves stand under none.

    A text of a rule `between` fields stands under `form_rules`: its braces name fields.
    """
    if isinstance(node, yaml.ScalarNode):
        yield node, BETWEEN if between and under in TEXTS else under
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _scalars(each, under, between=between)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _scalars(value, str(name.value), between=between or name.value == BETWEEN)


def _retagged(template: bytes, old: str, new: str) -> tuple[bytes, int]:
    """Exchange the key in the marks Word keeps; everything else of the document stays byte for byte."""
    tag = re.compile(rf'(<w:tag w:val="){re.escape(old)}(?=["=.])'.encode())
    target, number = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(template)) as before, zipfile.ZipFile(target, "w") as after:
        for item in before.infolist():
            content = before.read(item)
            if item.filename.startswith("word/") and item.filename.endswith(".xml"):
                content, found = tag.subn(rb"\g<1>" + new.encode(), content)
                number += found
            after.writestr(item, content, compress_type=item.compress_type)
    return (target.getvalue() if number else template), number
