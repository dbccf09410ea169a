"""Numbers in a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.comparison import amount


@pytest.mark.parametrize(
    ("text", "units", "value", "said"),
    [
        ("我们想报6个", ("个",), 6, "6个"),
        ("推荐十二个项目可以吗", ("个",), 12, "12个"),
        ("写两千五百字", ("字",), 2500, "2500字"),
        ("2千5百字行吗", ("字",), 2500, "2500字"),
        ("超过5个行不行", ("个",), 6, "超过5个"),
        ("一个市报八个", ("个",), 8, "8个"),
    ],
)
def test_reads_digits_and_numerals(text, units, value, said):
    """The last number before a unit counts, however it is written."""
    assert amount(text, units) == (value, said)


@pytest.mark.parametrize("text", ["可以报几个", "不超过5个对吧", "个", "好几个", "第6名", ""])
def test_no_number_is_no_number(text):
    """Question words, bounds and other units are no number of ours."""
    assert amount(text, ("个",)) is None


@given(st.integers(1, 99_999))
def test_any_digits_before_the_unit_are_read_back(number):
    """Whatever whole number stands before the unit is what is read."""
    found = amount(f"我们写了{number}字行吗", ("字",))
    assert found is not None
    assert found[0] == number


@given(st.text())
def test_no_text_breaks_it(text):
    """Any text gives a number or none."""
    found = amount(text + "个", ("个",))
    assert found is None or found[0] >= 0
