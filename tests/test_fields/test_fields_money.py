"""Money in yuan."""

import pytest

from tests.test_fields.conftest import Answer

TAKEN = {
    "63.5万元": 635000,
    "63.5万": 635000,
    "¥63,500": 63500,
    "￥63500元": 63500,
    "人民币63,500.00元": 63500,
    "1.3亿元": 130000000,
    "2个亿": 200000000,
    "人民币陆拾叁万伍仟元整": 635000,
    "叁拾万元整": 300000,
    "贰拾伍万": 250000,
    "伍仟元": 5000,
    "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分": 1234567.89,
    "1234.56元": 1234.56,
    "三万块": 30000,
    "三万块钱": 30000,
    "两万五": 25000,
    "63万人民币": 630000,
    "RMB 63000": 63000,
    "CNY63,000": 63000,
    "资金：63万元。": 630000,
    "投入资金（万元）：63.5": 635000,
    "投入资金63万元": 630000,
    "2022年投入63万元": 630000,
    "63W": 630000,
    "30万整": 300000,
    "共投入50万元（财政30万元，自筹20万元）": 500000,
    "1百万元": 1000000,
    "630000": 630000,
    "50元": 50,
}
ABOUT = {
    "约63万元": (630000, "约63万元"),
    "近千万元": (10000000, "近1000万元"),
    "三十来万": (300000, "约30万元"),
    "百余万元": (1000000, "100余万元"),
    "60多万": (600000, "约60万元"),
    "不足10万元": (100000, "不足10万元"),
    "大概花了三十来万吧": (300000, "约30万元"),
}


@pytest.mark.parametrize(("text", "value"), TAKEN.items())
def test_a_sum_is_understood_in_every_shape(answer: Answer, text: str, value: float) -> None:
    """Signs, separators, 万/亿, capital numerals, cents, units in the label."""
    outcome = answer("funds", text)
    assert outcome.kind == "accept"
    assert outcome.value == value
    assert not outcome.approx


@pytest.mark.parametrize(("text", "value", "shown"), [(text, *told) for text, told in ABOUT.items()])
def test_about_is_kept_with_the_sum(answer: Answer, text: str, value: int, shown: str) -> None:
    """The official word goes to the document, the mark to the value."""
    outcome = answer("funds", text)
    assert (outcome.kind, outcome.value, outcome.approx, outcome.display) == ("accept", value, True, shown)


@pytest.mark.parametrize("text", ["30-50万元", "30万到50万", "30～50万"])
def test_a_span_of_money_keeps_both_ends(answer: Answer, text: str) -> None:
    """The unit counts for both ends."""
    assert answer("funds", text).value == {"min": 300000, "max": 500000}


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("财政20万元，自筹10万元", 300000, "30万元"),
        ("63", 63, "没有写单位"),
        ("0元", 0, "0 元"),
    ],
)
def test_an_unlikely_reading_is_asked_back(answer: Answer, text: str, value: int, said: str) -> None:
    """Parts are added up, a small bare number may be meant in 万元, nothing spent may be a slip."""
    outcome = answer("funds", text)
    assert (outcome.kind, outcome.value) == ("warn", value)
    assert said in outcome.message


def test_a_unit_in_the_label_reaches_the_document(answer: Answer) -> None:
    """投入资金（万元）：63.5 is shown as 63.5万元."""
    assert answer("funds", "投入资金（万元）：63.5").display == "63.5万元"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("元", "没有认出"),
        ("万元", "没有认出"),
        ("几十万", "没有认出"),
        ("100人", "没有认出"),
        ("10%", "没有认出"),
        ("投入资金：", "没有认出"),
        ("-5万元", "负数"),
        ("$5000", "人民币"),
        ("5万美元", "人民币"),
        ("还没算", "0元"),
        ("无", "0元"),
    ],
)
def test_what_is_no_sum_is_refused_with_the_reason(answer: Answer, text: str, said: str) -> None:
    """Only a unit, people, per cent, foreign money, not yet known."""
    outcome = answer("funds", text)
    assert outcome.kind == "reject"
    assert said in outcome.message
