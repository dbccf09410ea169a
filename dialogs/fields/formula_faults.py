"""Do the expressions of a form make sense with the kinds of its fields? Told with their place, before anybody fills it.

A number is compared with a number, a condition comes to yes or no, 属于 names choices there are.
"""

import ast
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of, kinds_by_name
from dialogs.fields.validate import validate
from knowledge.expressions.formula import Formula, Path
from knowledge.expressions.plain_values import plain_text
from knowledge.expressions.signs import ExpressionError
from knowledge.expressions.value_types import ValueType, plain_type, type_of
from knowledge.form import Field, Place
from knowledge.pack import NoticePack
from knowledge.problems import told


class FormulaPlace(NamedTuple):
    """An expression of the form: where it stands, the columns beside it in its table, whether it is a condition."""

    place: Place
    formula: Formula
    row: tuple[Field, ...]
    condition: bool


class FormulaFault(NamedTuple):
    """What is wrong with an expression at `place`, for staff."""

    place: Place
    reason: str
    mend: str


def formulas(pack: NoticePack) -> Iterator[FormulaPlace]:
    """List every expression of a form."""
    for number, field in enumerate(pack.form.fields):
        yield from _of_field(field, ("fields", number), ())
        for at, column in enumerate(field.columns):
            yield from _of_field(column, ("fields", number, "columns", at), field.columns)
        for key, formula in field.first.items():
            if formula is not None:
                yield FormulaPlace(("fields", number, "first", key), formula, (), condition=False)
    for number, final in enumerate(pack.form.final_rules):
        yield from _condition(final.when, ("final_rules", number, "when"), ())
    for number, rule in enumerate(pack.form.form_rules):
        yield FormulaPlace(("form_rules", number, "check"), rule.check, (), condition=True)
        yield from _condition(rule.when, ("form_rules", number, "when"), ())
    for number, paper in enumerate(pack.form.attachments):
        yield from _condition(paper.when, ("attachments", number, "when"), ())
        if paper.copies is not None:
            yield FormulaPlace(("attachments", number, "copies"), paper.copies, (), condition=False)


def _of_field(field: Field, place: Place, row: tuple[Field, ...]) -> Iterator[FormulaPlace]:
    yield from _condition(field.when, (*place, "when"), row)
    if field.derive is not None:
        yield FormulaPlace((*place, "derive"), field.derive, row, condition=False)


def _condition(formula: Formula | None, place: Place, row: tuple[Field, ...]) -> Iterator[FormulaPlace]:
    if formula is not None:
        yield FormulaPlace(place, formula, row, condition=True)


def formula_faults(pack: NoticePack) -> Iterator[FormulaFault]:
    """List what makes no sense in the expressions of a form whose kinds all exist."""
    for one in formulas(pack):
        try:
            found = type_of(one.formula.expression, lambda name, at=one: _type(name, at))  # type: ignore[misc]
        except ExpressionError as error:
            yield FormulaFault(one.place, *told(f"expression.{error.fault}", **error.parts))
            continue
        if one.condition and found is not None and found.scalar != "flag":
            yield FormulaFault(one.place, *told("expression.no_condition", text=one.formula.text))
        yield from _impossible(one, pack)


def _type(name: str, at: FormulaPlace) -> ValueType | None:
    path = at.formula.paths.get(name)
    if path is None:
        return plain_type(at.formula.facts[name]) if name in at.formula.facts else None
    if not path.key:
        return _of_part(next(each for each in at.row if each.key == path.part), path.of_cell)
    one = at.formula.fields.get(path.key)
    if one is None:
        return None
    if not one.columns:
        return _of_part(one, path.part)
    column = next((each for each in one.columns if each.key == path.part), one.columns[0])
    found = _of_part(column, path.of_cell)
    return found if path.row is not None or found is None else ValueType(found.scalar, listed=True)


def _of_part(one: Field, part: str) -> ValueType | None:
    if one.kind not in kinds_by_name():
        return None
    kind = kind_of(one)
    if part and part not in kind.part_types:
        names = "、".join(f"{one.key}.{name}" for name in kind.part_types) or one.key
        raise ExpressionError("no_part", name=f"{one.label}.{part}", names=names)
    return kind.part_types[part] if part else kind.value_type


def _impossible(at: FormulaPlace, pack: NoticePack) -> Iterator[FormulaFault]:
    """Find texts a field with choices is compared with but never holds."""
    expression = at.formula.expression
    for node in ast.walk(expression.tree):
        if not isinstance(node, ast.Compare):
            continue
        parts = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
        named = [at.formula.paths.get(expression.names[int(part[1:])]) for part in parts if part[0] == "n"]
        texts = [expression.values[int(part[1:])] for part in parts if part[0] == "v" and part[1:].isdigit()]
        owner = _owner(at, named[0]) if len(named) == 1 else None
        values = _possible(owner, pack) if owner is not None else []
        for given in (each for each in texts if isinstance(each, str) and values and each not in values):
            parts_ = {"given": plain_text(given), "label": owner.label if owner else "", "values": "、".join(values)}
            yield FormulaFault(at.place, *told("expression.no_choice", **parts_))


def _owner(at: FormulaPlace, path: Path | None) -> Field | None:
    if path is None:
        return None
    one = at.formula.fields.get(path.key) if path.key else None
    columns = one.columns if one is not None else at.row
    return next((each for each in columns if each.key == path.part), None) if columns else one


def _possible(field: Field, pack: NoticePack) -> list[str]:
    """Give the texts a field with choices can be equal to; nothing where anything may be typed."""
    day: date = pack.sample_day
    outcomes = [validate(field, choice.label, pack, day) for choice in field.choices]
    values = [outcome.value for outcome in outcomes if not isinstance(outcome, Rejected)]
    flags = any(isinstance(value, bool) for value in values)
    listed = [each for value in values for each in (value if isinstance(value, list) else [value])]
    return ["是", "否"] if flags else [str(value) for value in listed]
