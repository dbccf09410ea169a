"""Expressions staff write: what they mean, and that no text and no value ever raises more than a told fault."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from knowledge.expressions.evaluation import EvaluationFault, evaluate, holds
from knowledge.expressions.expression import read_expression
from knowledge.expressions.functions import ARGUMENTS
from knowledge.expressions.plain_values import EMPTY, UNKNOWN, Missing, YearMonth
from knowledge.expressions.signs import LONGEST, ExpressionError
from knowledge.expressions.value_types import plain_type, type_of

HELD = {
    "拨款": Decimal(200000),
    "total": Decimal(300000),
    "门类": "戏曲",
    "门类们": ("戏曲", "曲艺"),
    "rows.sum": (Decimal(1), Decimal("2.5"), EMPTY),
    "ages": (Decimal(30), Decimal(40), Decimal(35)),
    "from": (YearMonth(2008, 9), YearMonth(2012, 9)),
    "to": (YearMonth(2012, 6), EMPTY),
    "start": YearMonth(2025, 8),
    "born": YearMonth(1985, 3),
    "day": date(2025, 4, 1),
    "on": True,
    "open": UNKNOWN,
    "none": EMPTY,
    "id": "100000199001010011",
}


def outcome(text: str, **more: Any) -> Any:
    held = HELD | more
    return evaluate(read_expression(text), lambda name: held.get(name, UNKNOWN))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{拨款} ≤ {total}×60%", False),
        ("{拨款}≤20万元", True),
        ("{拨款} <= {total} * 0.7", True),
        ("{门类}属于戏曲、曲艺", True),
        ("{门类} 不属于 “曲艺”、“杂技” 且 {on} = 是", True),
        ("{门类们} 包含 戏曲、杂技", False),
        ("{门类们} 包含 曲艺", True),
        ("sum({rows.sum})", Decimal("3.5")),
        ("count({ages} ≤ 35) ≥ count({ages}) × 1/4", True),
        ("max({ages}) − min({ages})", Decimal(10)),
        ("end_month({start}, 13)", YearMonth(2026, 8)),
        ("months(2008-09, 2025年8月)", Decimal(204)),
        ("age_on({born}, {day})", Decimal(40)),
        ("9 ≤ months({start}, 2026-08) ≤ 18", True),
        ("chained({from}, {to}, 2)", True),
        ("chained({from}, {to}, 1)", False),
        ("round({拨款} ÷ {total} × 100, 1)", Decimal("66.7")),
        ("capital({total} + 0.5)", "叁拾万元伍角"),
        ("if({on}, 甲, 乙)", "甲"),
        ("sum(months({from}, 2012-12))", Decimal(56)),
        ("item({ages}, 2) = 40 且 first({门类们}) = 戏曲", True),
        ("{门类们} = 戏曲 或 {on}", True),
        ("born({id}) = 1990-01-01 且 sex({id}) = 男", True),
        ("{day} ≤ 2025年4月", True),
        ("{total}≥30人且{on}=是", True),
        ("非 {on}", False),
        ("{none} + {拨款}", Decimal(200000)),
        ("{none} = 甲", False),
        ("{none} ≠ 甲", True),
    ],
)
def test_an_expression_means_what_it_says(text: str, wanted: Any) -> None:
    """Staff's signs, their lists, their units; money stays exact."""
    assert outcome(text) == wanted


def test_money_is_never_rounded_by_the_machine() -> None:
    """Three times ten fen are thirty fen."""
    assert outcome("{a} + {a} + {a} = 0.3", a=Decimal("0.1")) is True


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{open} = 1 或 {on}", True),
        ("{open} = 1 且 非 {on}", False),
        ("{open} = 1 且 {on}", None),
        ("{open} > 3", None),
    ],
)
def test_what_is_not_answered_yet_leaves_only_open_what_hangs_on_it(text: str, wanted: bool | None) -> None:
    """One side of 或 may already decide."""
    assert holds(outcome(text)) is wanted


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("{拨款} ≤", "syntax"),
        ("sum({ages}", "syntax"),
        ("power(2, 3)", "no_function"),
        ("round()", "arguments"),
        ("{拨款} ≤ 3; 4", "strange_sign"),
        ("2025-13 ≤ {start}", "no_day"),
        ("(" * 70 + "1" + ")" * 70, None),
        ("-" * 70 + "1", "too_deep"),
        ("1+" * LONGEST + "1", "too_long"),
    ],
)
def test_what_is_no_expression_is_told(text: str, fault: str | None) -> None:
    """By a fault that `problems.yaml` has words for."""
    if fault is None:
        assert outcome(text) == 1
        return
    with pytest.raises(ExpressionError) as raised:
        read_expression(text)
    assert raised.value.fault == fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{门类} + 1", "no_number"),
        ("{门类} ≤ 3", "not_ordered"),
        ("{拨款} = 甲", "not_alike"),
        ("{拨款} 且 {on}", "no_flag"),
        ("months({拨款}, {start})", "no_day_value"),
        ("{on} = 也许", "not_alike"),
    ],
)
def test_values_that_do_not_go_together_are_told_before_anything_is_filled_in(text: str, fault: str) -> None:
    """By their types alone."""
    with pytest.raises(ExpressionError) as raised:
        type_of(read_expression(text), lambda name: plain_type(HELD[name]))
    assert raised.value.fault == fault


PIECES = [
    *"≤≥≠=＜>×÷＋-（）()、，,{}%万元是否甲。", "{拨款}", "{门类}", "{ages}", "{day}", "{open}", "{none}", "且", "或",
    "非", "属于", "不包含", " ", "1", "2.5", "2025-08", "“文”", "元", *(f"{name}(" for name in ARGUMENTS),
]  # fmt: skip
VALUES = some.one_of(
    some.none().map(lambda _: EMPTY),
    some.decimals(allow_nan=False, allow_infinity=False),
    some.booleans(),
    some.text(max_size=5),
    some.dates(),
    some.lists(some.decimals(allow_nan=False, allow_infinity=False), max_size=3).map(tuple),
)


@given(some.one_of(some.text(max_size=60), some.lists(some.sampled_from(PIECES), max_size=20).map("".join)), VALUES)
@example("end_month({拨款},1)", date(9999, 12, 1))
@example("round({拨款},{拨款})", Decimal("1E+3000"))
@example("capital({拨款})", Decimal(10) ** 14)
def test_any_text_is_an_expression_or_a_fault(text: str, value: Any) -> None:
    """Nothing is ever raised but `ExpressionError`; what cannot be reckoned out is a fault."""
    try:
        read_expression(text)
    except ExpressionError:
        return
    found = outcome(text, 拨款=value)
    assert isinstance(found, EvaluationFault | Decimal | str | date | YearMonth | bool | Missing | tuple)
    assert holds(found) in {True, False, None}
