"""Reckoning an expression out: every name has a plain value, and the outcome is one, or a fault; nothing is raised.

What is not answered yet (`UNKNOWN`) leaves open whatever depends on it; 且 and 或 are decided as soon as they can be
(Kleene's logic). What holds nothing (`EMPTY`) counts as 0 beside a number in a sum, equals nothing, and is neither more
nor less. Signs go through lists item by item: `{items.amount} ≤ 5000` is a list of conditions, met when all are.
"""

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, DecimalException, Overflow
from functools import lru_cache
from typing import Any

from simpleeval import InvalidExpression, SimpleEval

from knowledge.expressions.expression import IF, LIST, Expression
from knowledge.expressions.functions import FUNCTIONS, OF_COLUMNS, OF_NOTHING, items, list_of
from knowledge.expressions.plain_values import EMPTY, UNKNOWN, Missing, Plain, YearMonth, month_of

_YES = ("是", "true")
_LARGEST = 30  # digits of a number; more is no amount


@dataclass(frozen=True)
class EvaluationFault:
    """Why an expression could not be reckoned out: `reason` names the error, for staff."""

    reason: str


def evaluate(expression: Expression, values: Callable[[str], Plain]) -> Plain | EvaluationFault:
    """Reckon an expression out; `values` gives what a name in braces holds. Never raises for any values.

    Returns:
        A plain value (a list where the expression is one), `UNKNOWN`, `EMPTY`, or an `EvaluationFault`.
    """
    named = tuple(map(values, expression.names))
    if any(isinstance(value, tuple) for value in named):
        return _worked_out(expression, named)
    return _remembered(expression, named, tuple(map(type, named)))


@lru_cache(4096)
def _remembered(expression: Expression, named: tuple[Plain, ...], _types: tuple[type, ...]) -> Plain | EvaluationFault:
    """Reckon out what every turn asks again; the types are part of the key, for 是 and 1 are equal to Python."""
    return _worked_out(expression, named)


def _worked_out(expression: Expression, named: tuple[Plain, ...]) -> Plain | EvaluationFault:
    names = {f"n{number}": value for number, value in enumerate(named)}
    names |= {f"v{number}": value for number, value in enumerate(expression.values)}
    evaluator = _Evaluator(operators=_OPERATORS, functions=_FUNCTIONS, names=names)
    try:
        return evaluator.eval(expression.text, previously_parsed=expression.tree)
    except (InvalidExpression, ArithmeticError, DecimalException, TypeError, ValueError, LookupError) as error:
        return EvaluationFault(type(error).__name__)


def holds(value: Plain | EvaluationFault) -> bool | None:
    """Tell whether a condition holds: None where that is open; a list of conditions holds when all do."""
    found = value if isinstance(value, tuple) else (value,)
    if any(each is False for each in found):
        return False
    if any(isinstance(each, EvaluationFault) or each is UNKNOWN for each in found):
        return None
    return all(each is True for each in found)


class _Evaluator(SimpleEval):  # type: ignore[misc]
    """Decides 且, 或, 非 and chains of comparisons (9 ≤ x ≤ 18) where a part may be open."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.nodes[ast.BoolOp] = self._bool_op
        self.nodes[ast.Compare] = self._compare
        self.nodes[ast.Call] = self._call

    def _bool_op(self, node: ast.BoolOp) -> Plain:
        decisive = isinstance(node.op, ast.Or)
        judged = [_judged(self._eval(value)) for value in node.values]
        if decisive in judged:
            return decisive
        return UNKNOWN if None in judged else not decisive

    def _compare(self, node: ast.Compare) -> Plain:
        sides = [self._eval(side) for side in (node.left, *node.comparators)]
        found = [_OPERATORS[type(op)](*sides[at : at + 2]) for at, op in enumerate(node.ops)]
        if len(found) == 1:
            return found[0]
        judged = [_judged(each) for each in found]
        return False if False in judged else UNKNOWN if None in judged else True

    def _call(self, node: ast.Call) -> Plain:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        return self.functions[name](*(self._eval(each) for each in node.args))


def _judged(value: Plain) -> bool | None:
    """Take a part of a condition as yes, no or open.

    Raises:
        TypeError: it is no condition.
    """
    if value is UNKNOWN:
        return None
    if value is EMPTY:
        return False
    found = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(each, bool | Missing) for each in found):
        raise TypeError(value)
    return holds(value)


def _each(sign: Callable[[Plain, Plain], Plain]) -> Callable[[Plain, Plain], Plain]:
    """Make a sign go through lists item by item; two lists must be equally long."""

    def applied(left: Plain, right: Plain) -> Plain:
        lists = [side for side in (left, right) if isinstance(side, tuple)]
        if not lists:
            return sign(left, right)
        if len({len(each) for each in lists}) > 1:
            raise TypeError(left, right)
        sides = zip(*(_spread(side, len(lists[0])) for side in (left, right)), strict=True)
        return tuple(sign(*pair) for pair in sides)

    return applied


def _spread(value: Plain, length: int) -> tuple[Plain, ...]:
    return value if isinstance(value, tuple) else (value,) * length


def _reckoned(sign: Callable[[Decimal, Decimal], Decimal], *, empty: Decimal | None) -> Callable[[Plain, Plain], Plain]:
    """Make a sign of numbers: what is open stays open; nothing counts as `empty`, or makes nothing of it all."""

    def applied(left: Plain, right: Plain) -> Plain:
        if UNKNOWN in (left, right):
            return UNKNOWN
        if (left is EMPTY and right is EMPTY) or (empty is None and EMPTY in (left, right)):
            return EMPTY
        left, right = (empty if side is EMPTY else side for side in (left, right))
        if not (isinstance(left, Decimal) and isinstance(right, Decimal)):
            raise TypeError(left, right)
        outcome = sign(left, right)
        if outcome.is_finite() and outcome.adjusted() > _LARGEST:
            raise Overflow
        return outcome

    return applied


def _ordered(sign: Callable[[Plain, Plain], bool]) -> Callable[[Plain, Plain], Plain]:
    """Make a sign that orders numbers, days or months; a day and a month are compared as months."""

    def applied(left: Plain, right: Plain) -> Plain:
        if UNKNOWN in (left, right):
            return UNKNOWN
        if EMPTY in (left, right):
            return EMPTY
        if not (isinstance(left, Decimal) and isinstance(right, Decimal)):
            left, right = _as_days(left, right)
        return sign(left, right)

    return applied


def _as_days(left: Plain, right: Plain) -> tuple[Plain, Plain]:
    """Bring days and months to one measure.

    Raises:
        TypeError: one of them is neither.
    """
    if isinstance(left, date) and isinstance(right, date):
        return left, right
    return month_of(left), month_of(right)


def _equal(left: Plain, right: Plain) -> Plain:
    if UNKNOWN in (left, right):
        return UNKNOWN
    if EMPTY in (left, right):
        return False
    if isinstance(left, bool) != isinstance(right, bool):
        flag, other = (left, right) if isinstance(left, bool) else (right, left)
        if not isinstance(other, str):
            raise TypeError(left, right)
        return flag == (other in _YES)
    if isinstance(left, date | YearMonth) and isinstance(right, date | YearMonth):
        left, right = _as_days(left, right)
    elif type(left) is not type(right):
        raise TypeError(left, right)
    return bool(left == right)


def _unequal(left: Plain, right: Plain) -> Plain:
    equal = _equal(left, right)
    return equal if equal is UNKNOWN else not equal


def _among(left: Plain, right: Plain) -> Plain:
    """Tell whether something, or all of a list, is in a list."""
    if UNKNOWN in (left, right) or UNKNOWN in _spread(right, 1):
        return UNKNOWN
    if left is EMPTY:
        return False
    return all(any(_equal(each, one) is True for one in items(right)) for each in items(left))


def _contains(left: Plain, right: Plain) -> Plain:
    """Tell whether a text holds a text, or a list all items of another; lists with a 、 ask for each."""
    if UNKNOWN in (left, right) or UNKNOWN in _spread(right, 1):
        return UNKNOWN
    if isinstance(left, str):
        return all(str(each) in left for each in items(right))
    return left is not EMPTY and _among(right, left)


def _not(sign: Callable[[Plain, Plain], Plain]) -> Callable[[Plain, Plain], Plain]:
    def applied(left: Plain, right: Plain) -> Plain:
        outcome = sign(left, right)
        return outcome if outcome is UNKNOWN else not outcome

    return applied


def _negated(value: Plain) -> Plain:
    judged = _judged(value)
    return UNKNOWN if judged is None else not judged


def _minus(value: Plain) -> Plain:
    return _reckoned(operator.sub, empty=None)(Decimal(0), value)


_OPERATORS: dict[type[ast.AST], Callable[..., Plain]] = {
    ast.Add: _each(_reckoned(operator.add, empty=Decimal(0))),
    ast.Sub: _each(_reckoned(operator.sub, empty=Decimal(0))),
    ast.Mult: _each(_reckoned(operator.mul, empty=None)),
    ast.Div: _each(_reckoned(operator.truediv, empty=None)),
    ast.USub: _minus,
    ast.UAdd: lambda value: value,
    ast.Not: _negated,
    ast.LtE: _each(_ordered(operator.le)),
    ast.Lt: _each(_ordered(operator.lt)),
    ast.GtE: _each(_ordered(operator.ge)),
    ast.Gt: _each(_ordered(operator.gt)),
    ast.Eq: _each(_equal),
    ast.NotEq: _each(_unequal),
    ast.In: _among,
    ast.NotIn: _not(_among),
    ast.Is: _contains,
    ast.IsNot: _not(_contains),
}


def _tolerant(name: str, function: Callable[..., Plain]) -> Callable[..., Plain]:
    """Let a function go through columns row by row, give what is open where an argument is, and nothing for nothing."""

    def applied(*arguments: Plain) -> Plain:
        lists = [argument for argument in arguments if isinstance(argument, tuple)]
        if UNKNOWN in arguments or any(UNKNOWN in each for each in lists):
            return UNKNOWN
        if name not in OF_COLUMNS and lists:
            if len({len(each) for each in lists}) > 1:
                raise TypeError(arguments)
            rows = zip(*(_spread(argument, len(lists[0])) for argument in arguments), strict=True)
            return tuple(applied(*row) for row in rows)
        if name not in OF_NOTHING and EMPTY in arguments:
            return EMPTY
        return function(*arguments)

    return applied


_FUNCTIONS = {
    **{name: _tolerant(name, function) for name, function in FUNCTIONS.items()},
    IF: FUNCTIONS["if"],
    LIST: list_of,
}
