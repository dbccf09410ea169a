"""Expressions of a form over what an application holds: which fields are asked for, what derived ones come to.

A field that is not asked for holds nothing, whatever was typed before; one that may yet be asked for is open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from pydantic import JsonValue

from dialogs.fields.json_values import plain_value
from dialogs.fields.kind import Kind
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.registry import kind_of
from knowledge.expressions.evaluation import EvaluationFault, evaluate, holds
from knowledge.expressions.formula import Formula, Path
from knowledge.expressions.plain_values import EMPTY, UNKNOWN, Missing, Plain
from knowledge.form import Field

_ANY_DAY = date(2000, 1, 1)  # derived values are written out in full: no day is counted from today
Row = Mapping[str, Any]
"""A row of a table: column → its cell, `{"value", "display", "printed"}`."""


class HeldValue(Protocol):
    """What one field holds."""

    @property
    def value(self) -> JsonValue: ...  # noqa: D102


class HeldValues(Protocol):
    """What an application holds."""

    @property
    def values(self) -> Mapping[str, HeldValue]: ...  # noqa: D102
    @property
    def skipped(self) -> frozenset[str]: ...  # noqa: D102


@dataclass
class Reckoning:
    """Lives as long as what is held stays the same: every field is looked at once."""

    held: HeldValues
    faults: dict[str, str] = field(default_factory=dict)  # expression → why it could not be reckoned out
    _plain: dict[str, Plain] = field(default_factory=dict)
    _needed: dict[str, bool | None] = field(default_factory=dict)

    def needed(self, one: Field) -> bool | None:
        """Tell whether a field is asked for; None while that is open."""
        if one.when is None:
            return True
        if one.key not in self._needed:
            self._needed[one.key] = holds(self.outcome(one.when))
        return self._needed[one.key]

    def outcome(self, formula: Formula, row: Row | None = None, columns: tuple[Field, ...] = ()) -> Plain:
        """Reckon an expression out; `row` is the one it stands in, whose cells `columns` describe.

        What cannot be reckoned out is open, and noted in `faults`.
        """
        cells = {column.key: column for column in columns}
        found = evaluate(formula.expression, lambda name: self._named(name, formula, row or {}, cells))
        if isinstance(found, EvaluationFault):
            self.faults[formula.text] = found.reason
            return UNKNOWN
        return found

    def derived(self, one: Field, row: Row | None = None, columns: tuple[Field, ...] = ()) -> ReadValue | None:
        """Give the value of a derived field, or of a derived cell of a row; None while it is open or nothing."""
        found = self.outcome(one.derive, row, columns) if one.derive is not None else UNKNOWN
        if isinstance(found, Missing):
            return None
        kind = kind_of(one)
        try:
            return kind.read(one, kind.written(one, found), _ANY_DAY)
        except Misread as misread:
            self.faults[one.derive.text if one.derive else one.key] = misread.reason
            return None

    def plain(self, one: Field) -> Plain:
        """Give what a field holds as expressions reckon with it."""
        if one.key not in self._plain:
            self._plain[one.key] = self._plain_of(one)
        return self._plain[one.key]

    def _plain_of(self, one: Field) -> Plain:
        needed = self.needed(one)
        if needed is not True:
            return UNKNOWN if needed is None else EMPTY
        if one.derive is not None:
            return self.outcome(one.derive)
        if one.key in self.held.values:
            return kind_of(one).plain(self.held.values[one.key].value)
        return EMPTY if one.key in self.held.skipped else UNKNOWN

    def named(self, name: str, formula: Formula) -> Plain:
        """Give what a name in a formula stands for: a value, a part of one, a column."""
        return self._named(name, formula, {}, {})

    def _named(self, name: str, formula: Formula, row: Row, columns: Mapping[str, Field]) -> Plain:
        path = formula.paths.get(name)
        if path is None:
            if name not in formula.facts:
                self.faults[formula.text] = name
            return formula.facts.get(name, UNKNOWN)
        if not path.key:
            return self._cell(columns[path.part], row, path, columns) if path.part in columns else UNKNOWN
        one = formula.fields.get(path.key)
        if one is None:
            return UNKNOWN
        return self._part(one, path) if path.part or one.columns else self.plain(one)

    def _part(self, one: Field, path: Path) -> Plain:
        """Give a column of a table, one cell of a fixed row, or a part of a value."""
        held = self.held.values.get(one.key)
        if self.needed(one) is not True or held is None:
            whole = self.plain(one)
            return whole if isinstance(whole, Missing) else EMPTY
        if not one.columns:
            return _part_of(kind_of(one), held.value, path.part)
        rows = [row for row in held.value if isinstance(row, dict)] if isinstance(held.value, list) else []
        columns = {column.key: column for column in one.columns}
        column = columns[path.part] if path.part else one.columns[0]
        if path.row is not None:
            return self._cell(column, rows[path.row], path, columns) if path.row < len(rows) else EMPTY
        return tuple(self._cell(column, row, path, columns) for row in rows)

    def _cell(self, column: Field, row: Row, path: Path, columns: Mapping[str, Field]) -> Plain:
        if column.derive is not None:
            return self.outcome(column.derive, row, tuple(columns.values()))
        cell = row.get(column.key)
        value = cell.get("value") if isinstance(cell, dict) else None
        kind = kind_of(column)
        return _part_of(kind, value, path.of_cell) if path.of_cell else kind.plain(value)


def _part_of(kind: Kind, value: JsonValue, part: str) -> Plain:
    """Give a part of a value such as the start of a period."""
    of = kind.part_types.get(part)
    held = value.get(part) if isinstance(value, dict) else None
    return plain_value(held, of) if of is not None else EMPTY


def completed_rows(one: Field, value: JsonValue, reckoning: Reckoning) -> JsonValue:
    """Give the rows of a table with the cells that are reckoned out."""
    if not any(column.derive for column in one.columns) or not isinstance(value, list):
        return value
    return [_completed(one, row, reckoning) if isinstance(row, dict) else row for row in value]


def _completed(one: Field, row: dict[str, JsonValue], reckoning: Reckoning) -> JsonValue:
    return {**row, **dict(_derived_cells(one, row, reckoning))}


def _derived_cells(one: Field, row: Row, reckoning: Reckoning) -> Iterator[tuple[str, JsonValue]]:
    for column in one.columns:
        found = reckoning.derived(column, row, one.columns) if column.derive else None
        if found is not None:
            yield column.key, cell_of(found)


def cell_of(found: ReadValue) -> JsonValue:
    """Give what a row keeps of a value read for one of its columns."""
    printed = found.display if found.printed is None else found.printed
    return {"value": found.value, "display": found.display, "printed": printed}
