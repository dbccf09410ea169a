"""What the office may edit in forms: the facts of the notice, what is asked for a field, the answers; as new texts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.office.faq_changes import new_texts
from bot.office.faq_rows import FaqRow, FaqTable, faq_table
from knowledge.loading.notice_file import read_head
from knowledge.loading.pack_folder import ELIGIBILITY
from knowledge.loading.text_file import read_text
from knowledge.loading.yaml_edits import YamlEdits
from knowledge.loading.yaml_file import compose, parse_yaml
from knowledge.problems import PackError

NOTICE, FORM = "notice.md", "form.yaml"
ASKED = ("prompt", "example", "hint")  # what may be edited of a field
_AND = "、"  # between the values of a fact that has several
_FRONT = 4  # characters of the first line of a notice: ---⏎


class Stated(NamedTuple):
    """A text in a YAML file of the pack: where it stands, and the way to it."""

    file: str
    line: int
    place: tuple[int | str, ...]
    text: str


def stated_texts(folder: Path) -> Iterator[Stated]:
    """Give every text in the pack's YAML files."""
    names = [FORM, ELIGIBILITY, *(path.relative_to(folder).as_posix() for path in sorted(folder.glob("faq/**/*.yaml")))]
    for name in names:
        if (folder / name).is_file():
            yield from _texts(name, compose(folder / name), ())


def _texts(file: str, node: Any, place: tuple[int | str, ...]) -> Iterator[Stated]:
    if isinstance(node.value, str):
        yield Stated(file, node.start_mark.line + 1, place, node.value)
        return
    for number, item in enumerate(node.value):
        if isinstance(item, tuple):
            yield from _texts(file, item[1], (*place, item[0].value))
        else:
            yield from _texts(file, item, (*place, number))


def fact_texts(folder: Path, name: str, value: str) -> dict[str, str]:
    """Give the notice with a fact changed.

    Raises:
        PackError: the notice has no such fact, or cannot be read.
    """
    text = read_text(folder / NOTICE)
    head = read_head(NOTICE, text)
    pairs = next(node.value for key, node in head.root.value if key.value == "facts")
    node = next((value for key, value in pairs if key.value == name), None)
    if node is None:
        raise PackError([])
    front = text[_FRONT : head.ends_at]
    start, end = node.start_mark.index, node.end_mark.index
    old = front[start:end]
    several = isinstance(node, yaml.SequenceNode)
    said = f"[{', '.join(_scalar(part) for part in value.split(_AND))}]" if several else _scalar(value)
    new = said + old[len(old.rstrip()) :]
    return {NOTICE: "".join([text[:_FRONT], front[:start], new, front[end:], text[head.ends_at :]])}


def _scalar(value: str) -> str:
    """Write a value bare where that reads back as one value, else in quotes."""
    words = " ".join(value.split())
    try:
        plain = not isinstance(parse_yaml("", f"a: {words}")["a"], dict | list | bool | None)
    except (PackError, KeyError, TypeError):
        plain = False
    bare = plain and "#" not in words
    return words if bare else '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def field_texts(folder: Path, key: str, parts: Mapping[str, str]) -> dict[str, str]:
    """Give the form with what is asked for a field changed.

    Raises:
        PackError: the file cannot be read.
    """
    text = read_text(folder / FORM)
    edits = YamlEdits(text)
    fields = next(node.value for key_, node in compose(folder / FORM).value if key_.value == "fields")
    keys = [next((value.value for name, value in field.value if name.value == "key"), "") for field in fields]
    held = {name.value: value.value for name, value in fields[keys.index(key)].value}
    for name in ASKED:
        if parts.get(name, "") != str(held.get(name, "")).strip():
            edits.put(("fields", keys.index(key)), name, parts.get(name, ""))
    return {FORM: edits.result()}


def row_of(folder: Path, id_: str) -> FaqRow | None:
    """Give an entry as staff wrote it; None when there is none."""
    return next((row for row in faq_table(folder, official=True).rows if row.id == id_), None)


def row_texts(folder: Path, before: FaqRow, after: FaqRow) -> dict[str, str]:
    """Give the files of the FAQ with an entry changed.

    Raises:
        PackError: a file cannot be read.
    """
    table = faq_table(folder, official=True)
    rows = tuple(after if row == before else row for row in table.rows)
    return new_texts(folder, table, FaqTable(rows=rows, open_topics=table.open_topics))
