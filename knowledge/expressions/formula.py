"""An expression in its form: the names in its braces found among fields, parts of fields, and facts of the notice.

A name is a field's key, label or another name of it; behind a full stop a part of it: `{items.amount}` is what the
column holds in every row, `{经费预算.材料费.金额}` in a row the form prints, `{period.start}` part of a value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from knowledge.expressions.expression import Expression, read_expression
from knowledge.expressions.plain_values import Plain
from knowledge.expressions.signs import ExpressionError
from knowledge.model import MisplacedError
from knowledge.problems import told


class Path(NamedTuple):
    """Where a name leads: a field, perhaps a column or part of it, a fixed row (from 0), a part of the cell.

    An empty `key` is the row of the table that the expression itself stands in.
    """

    key: str
    part: str = ""
    row: int | None = None
    of_cell: str = ""


class Nameable(Protocol):
    """What a name may lead to: a field, or a column of one."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def names(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def fixed(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def columns(self) -> Sequence["Nameable"]: ...  # noqa: D102


@dataclass(frozen=True)
class Formula:
    """An expression and what its names stand for.

    `paths`: name → where it leads; `fields`: key → that field; `facts`: name → a fact of the notice. Two formulas are
    equal when their texts are.
    """

    expression: Expression
    paths: Mapping[str, Path] = field(default_factory=dict, compare=False, repr=False)
    fields: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    facts: Mapping[str, Plain] = field(default_factory=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The expression as staff wrote it."""
        return self.expression.text

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fields it names, in its order."""
        return tuple(dict.fromkeys(path.key for path in self.paths.values() if path.key))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names that are neither fields nor facts."""
        return tuple(name for name in self.expression.names if name not in self.paths and name not in self.facts)

    def bound(self, paths: Mapping[str, Path], fields: Mapping[str, Any], facts: Mapping[str, Plain]) -> "Formula":
        """Give it with its names found."""
        return replace(self, paths=paths, fields=fields, facts=facts)


def read_formula(given: Any) -> Any:
    """Read what stands in `form.yaml`: the text of an expression, or `{field: KEY, equals: VALUE}` of older packs.

    Raises:
        MisplacedError: it is no expression.
    """
    if given is None or isinstance(given, Formula):
        return given
    if isinstance(given, dict) and given.keys() == {"field", "equals"}:
        given = f"{{{given['field']}}} = {_written(given['equals'])}"
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise MisplacedError(*told("expression.no_text", given=given))
    try:
        return Formula(read_expression(str(given)))
    except ExpressionError as error:
        raise MisplacedError(*told(f"expression.{error.fault}", **error.parts)) from None


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f'"{value}"'


def find_path(name: str, fields: Sequence[Nameable], row: Sequence[Nameable] = ()) -> Path | None:
    """Find what a name in braces leads to; `row` are the columns beside an expression that stands in a table."""
    if column := _named(name, row):
        return Path("", column.key)
    if found := _named(name, fields):
        return Path(found.key)
    for at in (at for at, sign in enumerate(name) if sign == "."):
        found, rest = _named(name[:at], fields), name[at + 1 :]
        if found is None:
            continue
        return _part(found, rest)
    return None


def _part(found: Nameable, rest: str) -> Path | None:
    if not found.columns:
        return Path(found.key, rest)
    number = next((at for at, label in enumerate(found.fixed) if rest.startswith(f"{label}.")), None)
    if number is not None:
        rest = rest.removeprefix(f"{found.fixed[number]}.")
    if column := _named(rest, found.columns):
        return Path(found.key, column.key, number)
    before, _, of_cell = rest.rpartition(".")
    column = _named(before, found.columns)
    return Path(found.key, column.key, number, of_cell) if column else None


def _named(name: str, among: Sequence[Nameable]) -> Nameable | None:
    """Find by key, then by label, then by any other name."""
    by_key = (each for each in among if each.key == name)
    by_label = (each for each in among if each.names[0] == name)
    by_name = (each for each in among if name in each.names)
    return next(by_key, None) or next(by_label, None) or next(by_name, None)
