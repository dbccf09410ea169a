"""Rules between the fields of a form, and what goes with it: conditions staff write, or the common ones by name."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, model_validator

from knowledge.expressions.formula import Formula, read_formula
from knowledge.model import MisplacedError, Model
from knowledge.problems import told

_AS_TEXT = PlainSerializer(lambda formula: formula and formula.text)
Condition = Annotated[Formula | None, PlainValidator(read_formula), _AS_TEXT]
"""An expression of `form.yaml`, or nothing."""


def _in_braces(given: Any) -> str:
    """Take a name with its braces or without; YAML reads {items.amount} as a mapping."""
    if isinstance(given, dict) and len(given) == 1:
        given = next(iter(given))
    name = str(given).strip()
    return name if "{" in name else f"{{{name}}}"


def _sum_of(rule: Mapping[str, Any]) -> str:
    return f"sum({_in_braces(rule['sum_of'])}) = {_in_braces(rule['equals'])}"


def _among(rule: Mapping[str, Any]) -> str:
    return f"{_in_braces(rule['at'])} 属于 {_in_braces(rule['among'])}"


def _same_as(rule: Mapping[str, Any]) -> str:
    other = rule["same_as"]
    return f"{_in_braces(rule['at'])} = {other if '(' in str(other) else _in_braces(other)}"


def _months_between(rule: Mapping[str, Any]) -> str:
    start, end = map(_in_braces, rule["months_between"])
    least, most = rule.get("least", 0), rule.get("most", 9999)
    return f"{least} ≤ months({start}, {end}) ≤ {most}"


def _distinct(rule: Mapping[str, Any]) -> str:
    return f"distinct({_in_braces(rule['distinct'])})"


def _chained(rule: Mapping[str, Any]) -> str:
    parts = rule["chained"] if isinstance(rule["chained"], list | tuple) else [rule["chained"]] * 2
    start, end = (_in_braces(parts[0]), _in_braces(parts[-1]))
    gap = rule.get("gap", "")
    return f"chained({start}, {end}{f', {gap}' if gap != '' else ''})"


SHORTCUTS = {
    "sum_of": (_sum_of, ("equals",)),
    "among": (_among, ("at",)),
    "same_as": (_same_as, ("at",)),
    "months_between": (_months_between, ()),
    "distinct": (_distinct, ()),
    "chained": (_chained, ()),
}
"""The common rules by name: how each is written as an expression, and what it must come with."""
_OPTIONS = ("equals", "least", "most", "gap")


class FormRule(Model):
    """A rule between fields: `check` must hold once all fields it names are held.

    `at` is the field to mend when it does not (its key or label; default: the last one named). `strength` follows the
    notice: 应/需 → reject, 原则上/鼓励 → warn. In `message`, `{name}` is what a field holds, or a fact. `when`
    limits the rule to some applications. The common rules may be written by name (`SHORTCUTS`) in the place of `check`.
    """

    check: Annotated[Formula, PlainValidator(read_formula), _AS_TEXT]
    at: str = ""
    when: Condition = None
    strength: Literal["reject", "warn"] = "reject"
    clause: str | None = None
    quote: str | None = None
    message: str = ""

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        names = [name for name in SHORTCUTS if name in given]
        if not names:
            return given
        written, needed = SHORTCUTS[names[0]]
        missing = next((name for name in needed if name not in given), None)
        if missing or len(names) > 1 or "check" in given:
            fault = "shortcut_part" if missing else "shortcut_twice"
            raise MisplacedError(*told(f"expression.{fault}", name=names[0], part=missing))
        rest = {key: value for key, value in given.items() if key not in (*names, *_OPTIONS)}
        try:
            return {**rest, "check": written(given)}
        except (ValueError, TypeError, AttributeError):
            raise MisplacedError(*told("expression.shortcut_shape", name=names[0])) from None


def _copies(given: Any) -> Any:
    return given if isinstance(given, bool) else str(given)


class FormAttachment(Model):
    """A document that goes with the form, for the applicants `when` holds for.

    `copies` is their number: a number or an expression. `tick` and `copies_at` name the places of the form (written as
    `Field.at`) where its box is ticked and its number printed; `key` names it there.
    """

    label: str
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    when: Condition = None
    copies: Annotated[Condition, BeforeValidator(_copies)] = None
    tick: bool = False
    optional: bool = False
    note: str = ""
    clause: str | None = None
    quote: str | None = None
