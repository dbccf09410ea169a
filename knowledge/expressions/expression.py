"""An expression, read once: the names it asks for and the tree that is reckoned out.

Staff's signs become Python's, whose precedence they share; every name and every value becomes a name of ours, so that
nothing staff typed is ever Python source.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

from knowledge.expressions.functions import ARGUMENTS
from knowledge.expressions.plain_values import Plain
from knowledge.expressions.signs import ExpressionError, Sign, signs

DEEPEST = 60  # levels of the tree; a sum of that many parts
_LISTS = ("in", "not in", "is", "is not")  # signs whose right side may be a list: 属于 甲、乙
_NODES = (
    ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Name, ast.Call, ast.operator, ast.boolop, ast.unaryop,
    ast.cmpop, ast.Load,
)  # fmt: skip
LIST, IF = "list_of", "if_"  # our own names of what Python has no name for


@dataclass(frozen=True)
class Expression:
    """An expression: its `text`, the `names` in braces, the `values` written in it, and the `tree` of all.

    Names and values stand in the tree as `n0`, `n1` … and `v0`, `v1` ….
    """

    text: str
    names: tuple[str, ...] = field(compare=False)
    values: tuple[Plain, ...] = field(compare=False)
    tree: ast.expr = field(compare=False, repr=False)


@lru_cache(1024)
def read_expression(text: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: it is none; the fault says why.
    """
    writer = _Writer(signs(text))
    source = writer.source()
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError("syntax", text=text) from None
    if _depth(tree) > DEEPEST or not all(isinstance(node, _NODES) for node in ast.walk(tree)):
        raise ExpressionError("too_deep" if _depth(tree) > DEEPEST else "syntax", text=text)
    return Expression(text, tuple(writer.names), tuple(writer.values), tree)


def _depth(tree: ast.AST) -> int:
    """Count the levels of operations, without recursion."""
    level, depth = [tree], 0
    while level:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


class _Writer:
    """Writes the signs as Python source, and keeps the names and values it holds."""

    def __init__(self, found: Sequence[Sign]) -> None:
        self._signs = found
        self.names: dict[str, None] = {}
        self.values: list[Plain] = []

    def source(self) -> str:
        """Give the source.

        Raises:
            ExpressionError: a function that does not exist, or with too many or too few arguments.
        """
        self._check_calls()
        parts: list[str] = []
        at = 0
        while at < len(self._signs):
            sign = self._signs[at]
            parts.append(self._written(sign))
            at += 1
            if sign.role == "sign" and sign.value in _LISTS:
                end = self._end_of_list(at)
                items = "".join(self._written(each) for each in self._signs[at:end])
                parts.append(f"{LIST}({items})" if end > at else "")
                at = end
        return " ".join(parts)

    def _end_of_list(self, at: int) -> int:
        """Find where the list that begins at a sign ends: names and values with 、 between them."""
        while at < len(self._signs) and self._signs[at].role in ("name", "value", "word"):
            more = at + 1 < len(self._signs) and self._signs[at + 1].text == "、"
            following = self._signs[at + 2].role if more and at + 2 < len(self._signs) else ""
            if following not in ("name", "value", "word"):
                return at + 1
            at += 2
        return at

    def _written(self, sign: Sign) -> str:
        if sign.role == "sign":
            return str(sign.value)
        if sign.role == "call":
            return IF if sign.value == "if" else str(sign.value)
        if sign.role == "name":
            self.names.setdefault(sign.value)
            return f"n{list(self.names).index(sign.value)}"
        self.values.append(sign.value)
        return f"v{len(self.values) - 1}"

    def _check_calls(self) -> None:
        for at, sign in zip(count(), self._signs, strict=False):
            if sign.role == "call":
                if sign.value not in ARGUMENTS:
                    raise ExpressionError("no_function", name=sign.text, names="、".join(ARGUMENTS))
                self._check_arguments(sign, at + 1)

    def _check_arguments(self, sign: Sign, at: int) -> None:
        given, level = 0, 0
        for here in self._signs[at:]:
            value = here.value if here.role == "sign" else None
            level += {"(": 1, ")": -1}.get(value, 0) if isinstance(value, str) else 0
            if level == 0:
                break
            given = max(given, 1) if value not in ("(", ")") or level > 1 else given
            given += level == 1 and here.text in (",", "，")
        least, most = ARGUMENTS[str(sign.value)]
        if not least <= given <= most:
            wanted = str(least) if least == most else f"{least}—{most}"
            raise ExpressionError("arguments", name=sign.text, wanted=wanted, given=given)
