"""Slips that leave a pack which loads, but not what was meant: files under a wrong name, words that vanish.

Each was made by somebody new to YAML: a file saved as `faq.yaml.txt`, a # that turns the rest of a sentence into a
comment, several wordings without `|` that become one, a heading of the notice whose anchor was typed over.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from knowledge.loading.faq_files import WORDINGS, faq_files
from knowledge.loading.text_file import read_text
from knowledge.loading.yaml_file import compose_text
from knowledge.pack import NoticePack
from knowledge.problems import Problem, told

NOTICE = "notice.md"
_TEXTS = ("question", "answer", "about", "note")
_LISTS = ("variants", "keywords", "topics")
_STRANGE = re.compile(r"(?P<right>.+\.(?:yaml|md|docx))\.txt|(?P<stem>.+)\.yml", re.IGNORECASE)
_NO_ANCHOR = re.compile(r"^#{2,3}(?!#)(?!.*\{#[^}]+\} *$)")
_SHOWN = 30  # characters of a line that are shown


def slip_problems(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List the slips in a pack that loads."""
    yield from misnamed_files(folder)
    yield from _lost_anchors(folder, pack)
    for file in faq_files(folder):
        text = read_text(folder / file, file)
        lines = text.split("\n")
        for name, node in _named(compose_text(text)):
            yield from _in_node(file, lines, _LISTS[0] if file.startswith(WORDINGS) else name, node)


def misnamed_files(folder: Path) -> Iterator[Problem]:
    """List files that are not read because of their ending, where the file they are meant for is missing."""
    for path in sorted(folder.rglob("[!.~]*")):
        found = _STRANGE.fullmatch(path.name)
        if found is None:
            continue
        right = found["right"] or f"{found['stem']}.yaml"
        if not path.with_name(right).is_file():
            yield Problem(path.relative_to(folder).as_posix(), 0, *told("file.misnamed", right=right))


def _named(root: Any) -> Iterator[tuple[str, Any]]:
    """Give every name of a tree with what stands under it."""
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        yield str(key.value), value
        yield from _named(value)
    for item in root.value if isinstance(root, yaml.SequenceNode) else ():
        yield from _named(item)


def _in_node(file: str, lines: list[str], name: str, node: Any) -> Iterator[Problem]:
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        return
    line, rest = node.start_mark.line, ""
    if node.end_mark.line == line:
        rest = lines[line][node.end_mark.column :].strip()
    if name in _TEXTS and rest.startswith("#"):
        yield Problem(file, line + 1, *told("slip.comment", shown=rest[:_SHOWN]), grave=False)
    if name in _LISTS and node.end_mark.line > line and lines[node.end_mark.line][: node.end_mark.column].strip():
        yield Problem(file, line + 1, *told("slip.no_bar", name=name))
    if name == "question" and node.style not in ("'", '"') and re.fullmatch(r"[“”＂].*[“”＂]", node.value):
        yield Problem(file, line + 1, *told("slip.smart_quotes", shown=node.value[:_SHOWN]), grave=False)


def _lost_anchors(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List headings of the notice that carry no anchor: what stands under them belongs to the clause before."""
    for number, line in enumerate(read_text(folder / NOTICE).split("\n"), 1):
        if _NO_ANCHOR.match(line) and pack.notice.clauses:
            yield Problem(NOTICE, number, *told("notice.anchor_lost", shown=line.strip()[:_SHOWN]))
