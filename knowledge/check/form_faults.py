"""Is the form sound as far as it can be told without filling it in? Names in its texts, doubled names of fields."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from knowledge.check.text_names import name_faults
from knowledge.expressions.formula import Formula, find_path
from knowledge.form import Form
from knowledge.loading.pack_folder import ELIGIBILITY
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose
from knowledge.model import Model
from knowledge.pack import NoticePack
from knowledge.problems import Problem, told

FORM = "form.yaml"
Place = tuple[int | str, ...]
Fault = tuple[Place, str, str]

_READ = frozenset(  # what of a form people read; the rest is read by programs
    ("title", "label", "prompt", "example", "hint", "invalid", "absent", "statement", "message", "text")
)
_FIELD_RULE = ("found", "count", "over")  # names of the moment in the message of a rule of a field
_OF_EVIDENCE = ("width", "height", "link", "count")
_COUNTED = ("missed", "open")  # in the conclusions of the eligibility check


def form_faults(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List names in the texts of form and eligibility check that stand for nothing, and names two fields share."""
    found: list[tuple[str, Fault]] = [(FORM, fault) for fault in _in_texts(pack.form, (), pack)]
    found += [(FORM, fault) for fault in (*_shared_names(pack.form), *_nothing_compared(pack.form))]
    found += [(FORM, fault) for fault in (*_no_facts(pack.form, (), pack), *_misplaced_rules(pack.form))]
    if pack.eligibility is not None:
        found += [(ELIGIBILITY, fault) for fault in _in_texts(pack.eligibility, (), pack)]
    roots = {file: compose(folder / file) for file, _ in found}
    for file, (place, reason, mend) in found:
        yield Problem(file, line_of(roots[file], place), reason, mend)


def _in_texts(value: Any, place: Place, pack: NoticePack) -> Iterator[Fault]:
    if isinstance(value, str) and place[0] == "form_rules":
        yield from _in_message(value, place, pack)
    elif isinstance(value, str):
        known = (*pack.facts, *_of_the_moment(place, pack.form))
        yield from ((place, fault.reason, fault.mend) for fault in name_faults(value, known))
    elif isinstance(value, Model):
        for name, part in value:
            if not isinstance(part, str) or name in _READ or not _is_form(place):
                yield from _in_texts(part, (*place, name), pack)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            if not isinstance(part, str):
                yield from _in_texts(part, (*place, number), pack)


def _is_form(place: Place) -> bool:
    return not place or place[0] not in ("wording", "checks")


def _of_the_moment(place: Place, form: Form) -> tuple[str, ...]:
    """Give the names a text may use beside the facts, by where it stands."""
    if place[0] == "final_rules":
        return (*form.identity, "count")
    if place[0] == "evidence":
        return _OF_EVIDENCE
    if place[0] == "fields" and place[-1] == "message":
        return _FIELD_RULE
    return _COUNTED if place[0] == "wording" and place[-1] in ("all_met", "some_open", "some_missed") else ()


def _in_message(text: str, place: Place, pack: NoticePack) -> Iterator[Fault]:
    """Find names in the message of a rule between fields that are neither fields, nor parts of one, nor facts."""
    for name in re.findall(r"\{([^{}]{1,80})\}", text):
        if find_path(name, pack.form.fields) is None and name not in pack.facts:
            yield place, *told("expression.no_fact", name=name, names="、".join(pack.facts))


def _no_facts(value: Any, place: Place, pack: NoticePack) -> Iterator[Fault]:
    """Find names in expressions that are neither fields nor facts."""
    if isinstance(value, Formula):
        for name in value.unknown:
            yield place, *told("expression.no_fact", name=name, names="、".join(pack.facts))
        return
    parts: Iterable[tuple[int | str, Any]] = ()
    if isinstance(value, Model):
        parts = value
    elif isinstance(value, tuple):
        parts = enumerate(value)
    elif isinstance(value, dict):
        parts = value.items()
    for step, part in parts:
        yield from _no_facts(part, (*place, step), pack)


def _misplaced_rules(form: Form) -> Iterator[Fault]:
    """Find rules between fields that are to be mended at a field there is not."""
    for number, rule in enumerate(form.form_rules):
        if rule.at and find_path(rule.at.strip("{}"), form.fields) is None:
            names = "、".join(field.key for field in form.fields)
            yield ("form_rules", number, "at"), *told("expression.no_at", name=rule.at, names=names)


def _shared_names(form: Form) -> Iterator[Fault]:
    """Find names by which pasted words could belong to either of two fields; equal labels are the form's own."""
    owners = {_plain(field.label): field for field in reversed(form.fields)}
    for number, field in enumerate(form.fields):
        for place, name in enumerate(field.aliases):
            owner = owners.setdefault(_plain(name), field)
            if owner is not field:
                said = told("form.two_owners", name=name, first=owner.label, second=field.label)
                yield ("fields", number, "aliases", place), *said


def _plain(name: str) -> str:
    return re.sub(r"[\s（）()]", "", name)


def _nothing_compared(form: Form) -> Iterator[Fault]:
    for number, rule in enumerate(form.final_rules):
        if rule.rule in ("once_only", "quota") and not rule.of:
            yield ("final_rules", number, "rule"), *told("form.of_nothing", rule=rule.rule)
