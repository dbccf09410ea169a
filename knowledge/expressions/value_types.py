"""Whether an expression makes sense before anything is filled in: numbers are reckoned with, like compared with like.

`type_of` goes through the tree with the type of every name; what the types of fields are, the kinds say.
"""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from knowledge.expressions.expression import IF, LIST, Expression
from knowledge.expressions.functions import OF_COLUMNS
from knowledge.expressions.plain_values import Plain, YearMonth
from knowledge.expressions.signs import ExpressionError

Scalar = Literal["number", "text", "day", "flag"]


@dataclass(frozen=True)
class ValueType:
    """What a value is; `listed`: there are several of them, one a row or one a choice."""

    scalar: Scalar
    listed: bool = False


NUMBER, TEXT, DAY, FLAG = ValueType("number"), ValueType("text"), ValueType("day"), ValueType("flag")
_NOT: dict[Scalar, str] = {"number": "no_number", "text": "no_text_value", "day": "no_day_value", "flag": "no_flag"}
_FLAG_WORDS = ("是", "否")
_TAKES: dict[str, tuple[Scalar | None, ...]] = {  # None: anything
    "sum": ("number",),
    "round": ("number", "number"),
    "floor": ("number",),
    "capital": ("number",),
    "months": ("day", "day"),
    "end_month": ("day", "number"),
    "days": ("day", "day"),
    "age_on": ("day", "day"),
    "year": ("day",),
    "item": (None, "number"),
    "length": ("text",),
    "born": ("text",),
    "sex": ("text",),
    "chained": ("day", "day", "number"),
}
_GIVES: dict[str, ValueType] = {
    **dict.fromkeys(("sum", "count", "round", "floor", "months", "days", "age_on", "year", "length"), NUMBER),
    **dict.fromkeys(("capital", "sex"), TEXT),
    **dict.fromkeys(("end_month", "born"), DAY),
    **dict.fromkeys(("distinct", "chained"), FLAG),
}


def plain_type(value: Plain) -> ValueType:
    """Give the type of a plain value."""
    if isinstance(value, tuple):
        return replace(plain_type(value[0]) if value else TEXT, listed=True)
    if isinstance(value, bool):
        return FLAG
    if isinstance(value, Decimal):
        return NUMBER
    return DAY if isinstance(value, date | YearMonth) else TEXT


def type_of(expression: Expression, types: Callable[[str], ValueType | None]) -> ValueType | None:
    """Give what an expression comes to; None where that cannot be told. `types` gives the type of a name.

    Raises:
        ExpressionError: it reckons with what is no number, or compares what is not alike.
    """
    names = {f"n{number}": (name, types(name)) for number, name in enumerate(expression.names)}
    names |= {f"v{number}": (str(value), plain_type(value)) for number, value in enumerate(expression.values)}
    return _Types(names).of(expression.tree)


class _Types:
    def __init__(self, names: dict[str, tuple[str, ValueType | None]]) -> None:
        self._names = names

    def of(self, node: ast.AST) -> ValueType | None:  # noqa: PLR0911 - a return a sort of node
        """Give the type of a part."""
        match node:
            case ast.Name(id=name):
                return self._names[name][1]
            case ast.BinOp(left=left, right=right):
                return self._listed("number", [left, right])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._listed("flag", [operand])
            case ast.UnaryOp(operand=operand):
                return self._listed("number", [operand])
            case ast.BoolOp(values=values):
                self._listed("flag", values)
                return FLAG
            case ast.Compare():
                return self._compared(node)
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._called(name, args)
        return None

    def _listed(self, wanted: Scalar, parts: Iterable[ast.AST]) -> ValueType:
        found = [self._must(wanted, part) for part in parts]
        return ValueType(wanted, listed=any(each is not None and each.listed for each in found))

    def _must(self, wanted: Scalar | None, node: ast.AST) -> ValueType | None:
        found = self.of(node)
        if wanted is not None and found is not None and found.scalar != wanted:
            raise ExpressionError(_NOT[wanted], shown=self._shown(node))
        return found

    def _shown(self, node: ast.AST) -> str:
        names = [self._names[part.id][0] for part in ast.walk(node) if isinstance(part, ast.Name) and self._is(part)]
        return "、".join(dict.fromkeys(names))

    def _is(self, node: ast.Name) -> bool:
        return node.id in self._names

    def _compared(self, node: ast.Compare) -> ValueType:
        listed = False
        for left, op, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            one, other = self.of(left), self.of(right)
            if isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
                for side, found in ((left, one), (right, other)):
                    if found is not None and found.scalar in ("text", "flag"):
                        raise ExpressionError("not_ordered", shown=self._shown(side))
            if one is not None and other is not None and not self._alike(one, other, node):
                raise ExpressionError("not_alike", left=self._shown(left), right=self._shown(right))
            members = isinstance(op, ast.In | ast.NotIn | ast.Is | ast.IsNot)
            listed |= not members and any(each is not None and each.listed for each in (one, other))
        return ValueType("flag", listed=listed)

    def _alike(self, one: ValueType, other: ValueType, node: ast.AST) -> bool:
        if one.scalar == other.scalar:
            return True
        words = {self._names[each.id][0] for each in ast.walk(node) if isinstance(each, ast.Name) and each.id[0] == "v"}
        return {one.scalar, other.scalar} == {"flag", "text"} and words <= {*_FLAG_WORDS}

    def _called(self, name: str, args: list[ast.expr]) -> ValueType | None:
        found = [self._must(wanted, arg) for wanted, arg in zip(_TAKES.get(name, (None,) * 12), args, strict=False)]
        if name == IF:
            self._must("flag", args[0])
            return found[1]
        if name == LIST:
            first = next((each for each in found if each is not None), None)
            return replace(first, listed=True) if first else None
        if name in ("min", "max", "first", "last", "item"):
            return replace(found[0], listed=False) if found and found[0] else None
        listed = name not in OF_COLUMNS and any(each is not None and each.listed for each in found)
        return replace(_GIVES[name], listed=listed) if name in _GIVES else None
