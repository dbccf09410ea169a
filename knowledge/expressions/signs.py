"""The signs of an expression: what staff typed, cut into names in braces, numbers, days, texts, signs and words.

Full-width and half-width signs mean the same (≤ <= ；× *；， ,); the unit right behind a number (30人) is left out.
Linear in the length of the text.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from knowledge.expressions.plain_values import YearMonth

LONGEST = 400  # characters of an expression
SignRole = Literal["name", "value", "sign", "call", "word"]


class ExpressionError(ValueError):
    """A text that is no expression.

    `fault` names what is wrong (`expression.…` in `problems.yaml`), `parts` what its words name.
    """

    def __init__(self, fault: str, **parts: object) -> None:
        """Keep both."""
        super().__init__(fault)
        self.fault, self.parts = fault, parts


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: `text` as typed; `value` of a number, a day or a text; the Python sign that a `sign` stands for."""

    role: SignRole
    text: str
    value: Any = None


_SIGNS = {
    "≤": "<=", "<=": "<=", "=<": "<=", "≦": "<=",
    "≥": ">=", ">=": ">=", "=>": ">=", "≧": ">=",
    "≠": "!=", "!=": "!=", "<>": "!=",
    "=": "==", "==": "==", "＝": "==",
    "<": "<", "＜": "<", ">": ">", "＞": ">",
    "×": "*", "*": "*", "＊": "*", "÷": "/", "/": "/", "／": "/",
    "+": "+", "＋": "+", "-": "-", "－": "-", "−": "-",
    "(": "(", "（": "(", ")": ")", "）": ")",
    "、": ",", ",": ",", "，": ",",
}  # fmt: skip
_WORDS = {
    "且": "and", "并且": "and", "或": "or", "或者": "or", "非": "not",
    "属于": "in", "不属于": "not in", "包含": "is", "不包含": "is not",
}  # fmt: skip
_BEFORE = ("不属于", "属于", "不包含", "包含")  # may be written right before a word: 属于党员
_BEHIND = ("并且", "或者", "且", "或")  # may be written right behind a word: 党员或
_TIMES = {"万": 10_000, "亿": 100_000_000}
_PARTS = {"%": Decimal("0.01"), "％": Decimal("0.01"), "‰": Decimal("0.001")}
_TOKEN = re.compile(
    r"\s*(?:"
    r"\{(?P<name>[^{}]{1,80})\}"
    r"|(?P<quote>“[^”]*”|\"[^\"]*\"|「[^」]*」)"
    r"|(?P<day>\d{4}(?:-\d{1,2}(?:-\d{1,2})?(?![\d.])|年\d{1,2}月(?:\d{1,2}日)?))"
    r"|(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿%％‰])?(?P<yuan>元)?"
    r"|(?P<sign><=|=<|>=|=>|!=|<>|==|[≤≦≥≧≠=＝<＜>＞×*＊÷/／+＋\-－−()（）、,，])"
    r"|(?P<word>[^\s\d{}“”\"「」≤≦≥≧≠=＝<＜>＞×*＊÷/／+＋\-－−()（）、,，!?%％‰;；:：.。][^\s{}“”\"「」≤≦≥≧≠=＝<＜>＞×*＊÷/／+＋\-－−()（）、,，!?%％‰;；:：.。]*)"
    r")"
)


def signs(text: str) -> list[Sign]:
    """Cut an expression into its signs.

    Raises:
        ExpressionError: it is empty or too long, or holds a sign that means nothing.
    """
    if len(text) > LONGEST:
        raise ExpressionError("too_long", count=len(text), most=LONGEST)
    found: list[Sign] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError("strange_sign", sign=text[at:].lstrip()[:1])
        touches = at == match.start(match.lastgroup or 0)
        at = match.end()
        cut = _signs_of(match, text[at : at + 1])
        if touches and cut and cut[0].role == "word" and found and isinstance(found[-1].value, Decimal):
            cut = cut[1:]  # the unit of the number before: 30人
        found += cut
    if not found:
        raise ExpressionError("empty")
    return found


def _signs_of(match: re.Match[str], following: str) -> list[Sign]:  # noqa: PLR0911 - a return a sort of sign
    text = match[0].strip()
    if match["name"]:
        return [Sign("name", text, match["name"].strip())]
    if match["quote"]:
        return [Sign("value", text, text[1:-1])]
    if match["day"]:
        return [Sign("value", text, _day(text))]
    if match["number"]:
        return [Sign("value", text, _number(match))]
    if match["sign"]:
        return [Sign("sign", text, _SIGNS[text])]
    if following in ("(", "（") and text.isascii():
        return [Sign("call", text, text.lower())]
    return _words(text)


def _number(match: re.Match[str]) -> Decimal:
    number, scale = Decimal(match["number"]), match["scale"] or ""
    return number * _TIMES.get(scale, 1) * _PARTS.get(scale, Decimal(1))


def _day(text: str) -> date | YearMonth:
    """Read 2025-08, 2025年8月 as a month, and with a day as a day."""
    figures = [int(part) for part in re.findall(r"\d+", text)]
    try:
        return date(*figures) if len(figures) == 3 else YearMonth(*figures)  # noqa: PLR2004 - year, month, day
    except ValueError:
        raise ExpressionError("no_day", given=text) from None


def _words(text: str) -> list[Sign]:
    """Tell a sign written as a word (且, 属于) from a text; both may be written without a blank between them."""
    if text in _WORDS:
        return [Sign("sign", text, _WORDS[text])]
    found: list[Sign] = []
    for word in _BEFORE:
        if text.startswith(word):
            found.append(Sign("sign", word, _WORDS[word]))
            text = text.removeprefix(word)
            break
    behind = next((word for word in _BEHIND if text.endswith(word) and text != word), "")
    bare = text.removesuffix(behind)
    if bare:
        found.append(Sign("word", bare, bare))
    return [*found, Sign("sign", behind, _WORDS[behind])] if behind else found
