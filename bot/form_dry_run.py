"""A changed form is tried before it goes live: whatever would fail in an applicant's hands is told to staff instead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import process

from dialogs.fields.registry import kinds_by_name
from dialogs.fields.rules import TESTS
from knowledge.facts import Facts
from knowledge.form import Rule
from knowledge.loading.pack_folder import ELIGIBILITY
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose
from knowledge.model import Model
from knowledge.pack import NoticePack
from knowledge.problems import Problem

FORM = "form.yaml"
FINAL = ("once_only", "quota")  # tests of the application as a whole
_LIKE = 60  # per cent of likeness from which a kind is offered for a misspelt one
_COUNTED = ("missed", "open")
OF_THE_MOMENT = {  # names that a text may use beside the facts, by what the text is
    "message": ("found", "count", "over", "project", "recommender", "width", "height", "link"),
    "all_met": _COUNTED,
    "some_open": _COUNTED,
    "some_missed": _COUNTED,
}
Place = tuple[int | str, ...]
_Found = Iterator[tuple[Place, str, str]]

UNKNOWN_RULE = "没有 {name} 这种规则"
UNKNOWN_KIND = "没有 {name} 这种栏目（kind）"
NEAREST = "是不是 {nearest}？{others}"
UNKNOWN_NAME = "文字里用了没有的名字 {{{name}}}"
UNKNOWN_LIMIT = "limit 指向了没有的基本事实 {name}"
UNKNOWN_FIELD = "filename 用了没有的栏目 {name}"
ONE_OF = "改成这些之一：{names}"


def form_problems(folder: Path, pack: NoticePack) -> list[Problem]:
    """List what in `form.yaml` and `eligibility.yaml` names a rule, a fact or a field that does not exist."""
    found = [(FORM, place, reason, mend) for place, reason, mend in _in_form(pack)]
    if pack.eligibility is not None:
        found += [(ELIGIBILITY, *one) for one in _unknown_names(pack.eligibility, (), tuple(pack.facts))]
    roots = {file: compose(folder / file) for file in {one[0] for one in found}}
    return [Problem(file, line_of(roots[file], place), reason, mend) for file, place, reason, mend in found]


def _in_form(pack: NoticePack) -> _Found:
    form = pack.form
    yield from _unknown_kinds(pack)
    for number, field in enumerate(form.fields):
        for place, rule in enumerate(field.rules):
            yield from _in_rule(("fields", number, "rules", place), rule, pack, tuple(TESTS))
    for number, rule in enumerate(form.final_rules):
        yield from _in_rule(("final_rules", number), rule, pack, FINAL)
    yield from _unknown_names(form.model_copy(update={"filename": ""}), (), tuple(pack.facts))
    for name in Facts.names_in(form.filename):
        if name not in pack.fields:
            yield ("filename",), UNKNOWN_FIELD.format(name=name), ONE_OF.format(names="、".join(pack.fields))


def unknown_kinds(folder: Path, pack: NoticePack) -> list[Problem]:
    """List the fields of a kind that does not exist; no answer to them could be read."""
    root = compose(folder / FORM)
    return [Problem(FORM, line_of(root, place), reason, mend) for place, reason, mend in _unknown_kinds(pack)]


def _unknown_kinds(pack: NoticePack) -> _Found:
    names = tuple(kinds_by_name())
    for number, field in enumerate(pack.form.fields):
        if field.kind not in names:
            others = ONE_OF.format(names="、".join(names))
            near = process.extractOne(field.kind, names, score_cutoff=_LIKE)
            mend = NEAREST.format(nearest=near[0], others=others) if near else others
            yield ("fields", number, "kind"), UNKNOWN_KIND.format(name=field.kind), mend


def _in_rule(place: Place, rule: Rule, pack: NoticePack, known: tuple[str, ...]) -> _Found:
    if rule.rule not in known:
        yield (*place, "rule"), UNKNOWN_RULE.format(name=rule.rule), ONE_OF.format(names="、".join(known))
    if isinstance(rule.limit, str) and rule.limit not in pack.facts:
        yield (*place, "limit"), UNKNOWN_LIMIT.format(name=rule.limit), ONE_OF.format(names="、".join(pack.facts))


def _unknown_names(value: Any, place: Place, known: tuple[str, ...]) -> _Found:
    """Go through all texts of a model for `{name}`s that stand for nothing."""
    if isinstance(value, str):
        kind = next((part for part in reversed(place) if isinstance(part, str)), "")
        allowed = (*known, *OF_THE_MOMENT.get(kind, ()))
        for name in Facts.names_in(value):
            if name not in allowed:
                mend = ONE_OF.format(names="、".join(allowed))
                yield place, UNKNOWN_NAME.format(name=name), f"去掉花括号，或{mend}"
    elif isinstance(value, Model):
        for name, part in value:
            yield from _unknown_names(part, (*place, name), known)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _unknown_names(part, (*place, number), known)
