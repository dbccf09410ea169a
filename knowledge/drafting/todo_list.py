"""`TODO.md`: what a person must still decide, each with file and line, in the words of a clerk."""

from collections.abc import Mapping
from typing import Any

from knowledge.check.topic_faults import coverage
from knowledge.drafting.draft_texts import fill, texts, todo_text
from knowledge.drafting.pack_draft import ANSWERS, ELIGIBILITY, FORM, NOTICE, OPEN, PackDraft, Place
from knowledge.faq import Faq
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose_text

FILE = "TODO.md"
_SECTIONS = {NOTICE: "facts", FORM: "fields", ELIGIBILITY: "rules", ANSWERS: "faq", OPEN: "left"}
_FRONT = "---\n"
_SHOWN = 60  # topics that are named


def todo_md(draft: PackDraft, files: Mapping[str, str], faq: Faq) -> str:
    """Write the list; `files` are the texts as written, so that lines are theirs."""
    said = texts().todo
    titles = said["sections"] if isinstance(said["sections"], dict) else {}
    roots: dict[str, Any] = {}
    found: dict[str, list[str]] = {}
    for file, place, text in draft.todo():
        line = _line(file, place, files, roots)
        section = "papers" if place[:1] in (("afterwards",), ("filename",), ("attachments",)) else _SECTIONS[file]
        section = "rules" if place[-1:] == ("rules",) else section
        found.setdefault(section, []).append(fill(str(said["line"]), where=f"{file}:{line}", text=text))
    left = coverage(faq).undecided
    named = "、".join(f"{topic.question}（{topic.id}）" for topic in left[:_SHOWN])
    line = _line(OPEN, ("topics",), files, roots)
    text = todo_text("topics", number=len(left), topics=named)
    found.setdefault("left", []).append(fill(str(said["line"]), where=f"{OPEN}:{line}", text=text))
    parts = [f"# {said['title']}", str(said["intro"])]
    for name, title in titles.items():
        if found.get(name):
            parts += [f"## {title}", "\n".join(dict.fromkeys(found[name]))]
    return "\n\n".join(parts) + "\n"


def _line(file: str, place: Place, files: Mapping[str, str], roots: dict[str, Any]) -> int:
    text, first = files[file], 0
    if text.startswith(_FRONT):
        text, first = text[len(_FRONT) :].partition("\n---")[0], 1
    if file not in roots:
        roots[file] = compose_text(text)
    return line_of(roots[file], place) + first
