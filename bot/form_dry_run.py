"""A changed form is tried before it goes live: whatever would fail in an applicant's hands is told to staff instead."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

from rapidfuzz import process

from dialogs.fields.formula_faults import formula_faults
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kinds_by_name
from dialogs.fields.rule_shapes import FINAL_SHAPES, RULE_SHAPES, RuleShape
from dialogs.fields.validate import validate
from knowledge.facts import Facts, UnknownFactError
from knowledge.form import Field, Rule
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose
from knowledge.pack import NoticePack
from knowledge.problems import Problem, told

FORM = "form.yaml"
SHORTEST = ("min_length", "min_words")
_SHOWN = 30  # characters of an example that are shown
_LIKE = 60  # per cent of likeness from which a kind is offered for a misspelt one
Place = tuple[int | str, ...]
_Found = Iterator[tuple[Place, str, str]]


def form_problems(folder: Path, pack: NoticePack) -> list[Problem]:
    """List what in `form.yaml` would fail once it is filled in: kinds, rules, limits, examples, conditions."""
    found = list(_in_form(pack))
    root = compose(folder / FORM) if found else None
    return [Problem(FORM, line_of(root, place), reason, mend) for place, reason, mend in found]


def unknown_kinds(folder: Path, pack: NoticePack) -> list[Problem]:
    """List the fields of a kind that does not exist; no answer to them could be read."""
    root = compose(folder / FORM)
    return [Problem(FORM, line_of(root, place), reason, mend) for place, reason, mend in _unknown_kinds(pack)]


def _in_form(pack: NoticePack) -> _Found:
    form = pack.form
    broken = list(_unknown_kinds(pack))
    for number, field in enumerate(form.fields):
        for place, rule in enumerate(field.rules):
            broken += _in_rule(("fields", number, "rules", place), rule, pack, RULE_SHAPES)
    for number, rule in enumerate(form.final_rules):
        broken += _in_rule(("final_rules", number), rule, pack, FINAL_SHAPES)
    yield from broken
    yield from _unknown_fields(pack)
    if not broken:  # else nothing can be filled in
        yield from _filled_in(pack)


def _unknown_kinds(pack: NoticePack) -> _Found:
    names = tuple(kinds_by_name())
    for number, field in enumerate(pack.form.fields):
        if field.kind not in names:
            near = process.extractOne(field.kind, names, score_cutoff=_LIKE)
            fault, nearest = ("form.no_kind_near", near[0]) if near else ("form.no_kind", "")
            yield ("fields", number, "kind"), *told(fault, name=field.kind, nearest=nearest, names="、".join(names))


def _unknown_fields(pack: NoticePack) -> _Found:
    for path in _paths(pack.form.filename):
        if path.partition(".")[0] not in pack.fields:
            yield ("filename",), *told("form.no_field", name=path, names="、".join(pack.fields))


def _paths(pattern: str) -> list[str]:
    """Give the paths in a file name's pattern, e.g. `contact.unit`."""
    return [path for _, path, _, _ in Formatter().parse(pattern) if path]


def _in_rule(place: Place, rule: Rule, pack: NoticePack, known: dict[str, RuleShape]) -> _Found:
    shape = known.get(rule.rule)
    if shape is None:
        yield (*place, "rule"), *told("form.no_rule", name=rule.rule, names="、".join(known))
        return
    yield from _in_limit(place, rule, shape, pack.facts)
    allowed = (*shape.gives, *(pack.form.identity if known is FINAL_SHAPES else ()))
    for name in Facts.names_in(rule.message):
        if name not in pack.facts and name not in allowed:
            names = "、".join((*allowed, *pack.facts))
            yield (*place, "message"), *told("form.not_given", rule=rule.rule, written=f"{{{name}}}", names=names)
    if rule.rule == "mentions" and not rule.words:
        yield (*place, "rule"), *told("form.no_words")


def _in_limit(place: Place, rule: Rule, shape: RuleShape, facts: Facts) -> _Found:
    if shape.limit is None:
        return
    if rule.limit is None:
        yield (*place, "rule"), *told(f"form.limit_missing_{shape.limit}", rule=rule.rule)
        return
    if isinstance(rule.limit, str) and rule.limit not in facts:
        yield (*place, "limit"), *told("form.no_fact", name=rule.limit, names="、".join(facts))
        return
    if not isinstance(_value(rule.limit, facts), date if shape.limit == "day" else int | Decimal):
        yield (*place, "limit"), *told(f"form.limit_no_{shape.limit}", rule=rule.rule, given=rule.limit)


def _value(limit: Any, facts: Facts) -> Any:
    try:
        return facts.limit(limit) if isinstance(limit, str) else limit
    except UnknownFactError:
        return None


def _filled_in(pack: NoticePack) -> _Found:
    """Fill every field in with its own example, and look at what refers to the values."""
    values: dict[str, Any] = {}
    for number, field in enumerate(pack.form.fields):
        shown: dict[Place, str] = {("fields", number, "example"): field.example}
        shown.update((("fields", number, "offers", nth), offer) for nth, offer in enumerate(field.offers))
        for place, words in shown.items():
            if not words:
                continue
            example = pack.facts.fill(words)
            try:
                outcome = validate(_without_least(field, example), example, pack, pack.sample_day)
            except Exception as error:  # noqa: BLE001 - whatever it is, an applicant would run into it
                yield ("fields", number, "kind"), *told("form.broken", error=type(error).__name__)
                break
            if isinstance(outcome, Rejected):
                message = outcome.message.partition("\n")[0].rstrip("。")
                yield place, *told("form.bad_example", example=_glance(example), message=message)
            else:
                values.setdefault(field.key, outcome.value)
    for name, path in pack.form.identity.items():
        yield from _parts(("identity", name), f"identity.{name}", path, values)
    for path in _paths(pack.form.filename):
        yield from _parts(("filename",), "filename", path, values)
    yield from formula_faults(pack)


def _without_least(field: Field, example: str) -> Field:
    """Give a field that takes short texts: the example of a long one may be short, that of a table one row of it."""
    rules = tuple(rule for rule in field.rules if rule.rule not in SHORTEST)
    if not field.columns:
        return field.model_copy(update={"rules": rules})
    shown = tuple(name for name in field.fixed if name in example)
    return field.model_copy(update={"rules": rules, "least": None, "fixed": shown})


def _glance(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _parts(place: Place, name: str, path: str, values: dict[str, Any]) -> _Found:
    """Look at a path such as `contact.unit`: the field must have values with such a part."""
    key, _, part = path.partition(".")
    value = values.get(key)
    if not part or value is None or (isinstance(value, dict) and part in value):
        return
    if isinstance(value, dict):
        parts = "、".join(f"{key}.{one}" for one in value)
        yield place, *told("form.no_part", name=name, path=path, part=part, parts=parts)
    else:
        yield place, *told("form.no_parts", name=name, path=path, key=key)
