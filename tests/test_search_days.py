"""Days in a question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.dates import day_span

TODAY, NEAR = date(2024, 2, 1), date(2024, 2, 19)


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("2月20号交还行吗", date(2024, 2, 20), date(2024, 2, 20), "2024年2月20日"),
        ("二月二十号", date(2024, 2, 20), date(2024, 2, 20), "2024年2月20日"),
        ("20号来得及吗", date(2024, 2, 20), date(2024, 2, 20), "2024年2月20日"),
        ("2023年3月开始的能报吗", date(2023, 3, 1), date(2023, 3, 31), "2023年3月"),
        ("23年6月", date(2023, 6, 1), date(2023, 6, 30), "2023年6月"),
        ("去年6月启动的", date(2023, 6, 1), date(2023, 6, 30), "2023年6月"),
        ("前年做的", date(2022, 1, 1), date(2022, 12, 31), "2022年"),
        ("2021年开始", date(2021, 1, 1), date(2021, 12, 31), "2021年"),
        ("明天交", date(2024, 2, 2), date(2024, 2, 2), "2024年2月2日"),
        ("下个月交", date(2024, 3, 1), date(2024, 3, 31), "2024年3月"),
        ("2023年1月1日以后启动", date(2023, 1, 1), date.max, "2023年1月1日"),
    ],
)
def test_reads_days_months_and_years(text, first, last, said):
    """A day, month or year is read as the days it can mean."""
    found = day_span(text, TODAY, NEAR)
    assert found is not None
    assert (found.first, found.last, found.said) == (first, last, said)


@pytest.mark.parametrize("text", ["什么时候截止", "2023年1月1日以前吗", "2月30日交", "13月1日", "0月", ""])
def test_bounds_and_impossible_days_are_no_days(text):
    """以前 names a bound, and 2月30日 does not exist."""
    assert day_span(text, TODAY, NEAR) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_date_written_out_is_read_back(day):
    """A full date is exactly that day."""
    found = day_span(f"{day.year}年{day.month}月{day.day}日交", TODAY, NEAR)
    assert found is not None
    assert found.first == found.last == day


@given(st.text(alphabet="0123456789零一二三十廿年月日号去前今明天个以后之"))
def test_no_mixture_of_digits_and_units_breaks_it(text):
    """Whatever is typed, the answer is a span or none."""
    found = day_span(text, TODAY, NEAR)
    assert found is None or found.first <= found.last
