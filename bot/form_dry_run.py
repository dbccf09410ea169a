"""A changed form is tried before it goes live: whatever would fail in an applicant's hands is told to staff instead."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

from rapidfuzz import process

from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kinds_by_name
from dialogs.fields.rule_shapes import FINAL_SHAPES, RULE_SHAPES, RuleShape
from dialogs.fields.validate import validate
from knowledge.facts import Facts, UnknownFactError
from knowledge.form import Field, Rule, When
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose
from knowledge.pack import NoticePack
from knowledge.problems import Problem

FORM = "form.yaml"
_LIKE = 60  # per cent of likeness from which a kind is offered for a misspelt one
Place = tuple[int | str, ...]
_Found = Iterator[tuple[Place, str, str]]

UNKNOWN_RULE = "没有 {name} 这种规则"
UNKNOWN_KIND = "没有 {name} 这种栏目（kind）"
NEAREST = "是不是 {nearest}？{others}"
UNKNOWN_LIMIT = "limit 指向了没有的基本事实 {name}"
UNKNOWN_FIELD = "filename 用了没有的栏目 {name}"
ONE_OF = "改成这些之一：{names}"
NO_LIMIT = ("规则 {rule} 没有写 limit", "加上 limit: 和{what}，例如 limit: {example}；也可以写事实名")
WRONG_LIMIT = ("规则 {rule} 的 limit 应是{what}，{given}不是", "改成{what}，例如 limit: {example}，或这样的事实名")
NO_WORDS = ("规则 mentions 没有写 words，什么也不会检查", "加上 words:，每个要写到的方面一行：方面: [词, 词]")
NOT_GIVEN = ("规则 {rule} 的 message 用了它没有的名字 {{{name}}}", "去掉花括号，或改成这些之一：{names}")
BAD_EXAMPLE = ("示例“{example}”自己这一栏都不接受：{message}", "换一个填得进去的示例，或改这一栏的规则")
BROKEN_FIELD = ("用示例试填时出了错（{error}）", "核对这一栏的 kind 和 rules 是否配套")
NO_PART = ("{name} 用了 {path}，而这一栏没有 {part} 这一项", "改成 {parts}，或只写栏目名")
NO_PARTS = ("{name} 用了 {path}，而这一栏不分几项", "只写栏目名 {key}")
NO_SUCH_VALUE = ("when 的 equals 写的是“{given}”，“{label}”不会有这个值", "改成这些之一：{values}")
_WHAT = {"number": ("一个数", "100"), "day": ("一个日期", "2024-02-19")}


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
            others = ONE_OF.format(names="、".join(names))
            near = process.extractOne(field.kind, names, score_cutoff=_LIKE)
            mend = NEAREST.format(nearest=near[0], others=others) if near else others
            yield ("fields", number, "kind"), UNKNOWN_KIND.format(name=field.kind), mend


def _unknown_fields(pack: NoticePack) -> _Found:
    for path in _paths(pack.form.filename):
        if path.partition(".")[0] not in pack.fields:
            yield ("filename",), UNKNOWN_FIELD.format(name=path), ONE_OF.format(names="、".join(pack.fields))


def _paths(pattern: str) -> list[str]:
    """Give the paths in a file name's pattern, e.g. `contact.unit`."""
    return [path for _, path, _, _ in Formatter().parse(pattern) if path]


def _in_rule(place: Place, rule: Rule, pack: NoticePack, known: dict[str, RuleShape]) -> _Found:
    shape = known.get(rule.rule)
    if shape is None:
        yield (*place, "rule"), UNKNOWN_RULE.format(name=rule.rule), ONE_OF.format(names="、".join(known))
        return
    yield from _in_limit(place, rule, shape, pack.facts)
    allowed = (*shape.gives, *(pack.form.identity if known is FINAL_SHAPES else ()))
    for name in Facts.names_in(rule.message):
        if name not in pack.facts and name not in allowed:
            mend = NOT_GIVEN[1].format(names="、".join((*allowed, *pack.facts)))
            yield (*place, "message"), NOT_GIVEN[0].format(rule=rule.rule, name=name), mend
    if rule.rule == "mentions" and not rule.words:
        yield (*place, "rule"), *NO_WORDS


def _in_limit(place: Place, rule: Rule, shape: RuleShape, facts: Facts) -> _Found:
    if shape.limit is None:
        return
    what, example = _WHAT[shape.limit]
    told = {"rule": rule.rule, "what": what, "example": example}
    if rule.limit is None:
        yield (*place, "rule"), NO_LIMIT[0].format(**told), NO_LIMIT[1].format(**told)
        return
    if isinstance(rule.limit, str) and rule.limit not in facts:
        yield (*place, "limit"), UNKNOWN_LIMIT.format(name=rule.limit), ONE_OF.format(names="、".join(facts))
        return
    if not isinstance(_value(rule.limit, facts), date if shape.limit == "day" else int | Decimal):
        told["given"] = f"事实 {rule.limit}" if isinstance(rule.limit, str) else f"“{rule.limit}”"
        yield (*place, "limit"), WRONG_LIMIT[0].format(**told), WRONG_LIMIT[1].format(**told)


def _value(limit: Any, facts: Facts) -> Any:
    try:
        return facts.limit(limit) if isinstance(limit, str) else limit
    except UnknownFactError:
        return None


def _filled_in(pack: NoticePack) -> _Found:
    """Fill every field in with its own example, and look at what refers to the values."""
    values: dict[str, Any] = {}
    for number, field in enumerate(pack.form.fields):
        if not field.example:
            continue
        example = pack.facts.fill(field.example)
        try:
            outcome = validate(field, example, pack, pack.sample_day)
        except Exception as error:  # noqa: BLE001 - whatever it is, an applicant would run into it
            yield ("fields", number, "kind"), BROKEN_FIELD[0].format(error=type(error).__name__), BROKEN_FIELD[1]
            continue
        if isinstance(outcome, Rejected):
            message = outcome.message.partition("\n")[0]
            yield ("fields", number, "example"), BAD_EXAMPLE[0].format(example=example, message=message), BAD_EXAMPLE[1]
        else:
            values[field.key] = outcome.value
    for name, path in pack.form.identity.items():
        yield from _parts(("identity", name), f"identity 的 {name}", path, values)
    for path in _paths(pack.form.filename):
        yield from _parts(("filename",), "filename", path, values)
    yield from _conditions(pack)


def _parts(place: Place, name: str, path: str, values: dict[str, Any]) -> _Found:
    """Look at a path such as `contact.unit`: the field must have values with such a part."""
    key, _, part = path.partition(".")
    value = values.get(key)
    if not part or value is None or (isinstance(value, dict) and part in value):
        return
    told = {"name": name, "path": path, "part": part, "key": key}
    if isinstance(value, dict):
        parts = "、".join(f"{key}.{one}" for one in value)
        yield place, NO_PART[0].format(**told), NO_PART[1].format(parts=parts)
    else:
        yield place, NO_PARTS[0].format(**told), NO_PARTS[1].format(**told)


def _conditions(pack: NoticePack) -> _Found:
    """Look at `when`: what it waits for must be a value the other field can have."""
    for number, field in enumerate(pack.form.fields):
        if not isinstance(field.when, When) or field.when.field not in pack.fields:
            continue
        other = pack.fields[field.when.field]
        possible = _possible(other, pack)
        if possible and field.when.equals not in possible:
            shown = "、".join(str(value).lower() if isinstance(value, bool) else str(value) for value in possible)
            reason = NO_SUCH_VALUE[0].format(given=field.when.equals, label=other.label)
            yield ("fields", number, "when"), reason, NO_SUCH_VALUE[1].format(values=shown)


def _possible(field: Field, pack: NoticePack) -> list[Any]:
    """Give the values a field with choices can have; nothing where anything may be typed."""
    outcomes = [validate(field, choice.label, pack, pack.sample_day) for choice in field.choices]
    return [outcome.value for outcome in outcomes if not isinstance(outcome, Rejected)]
