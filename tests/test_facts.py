"""Facts as staff write them: days, moments, times, numbers, lists; what is unambiguous is taken, the rest is told."""

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fact_uses import code_facts
from knowledge.fact_values import FactError, read_fact
from knowledge.facts import Facts, UnknownFactError
from knowledge.loading.yaml_file import parse_yaml

DAY = date(2024, 2, 19)


def _read(written: str):
    """Read what stands behind a name in the front matter."""
    return read_fact(parse_yaml("notice.md", f"x: {written}\n")["x"])


@pytest.mark.parametrize(
    "written",
    ["2024-02-19", "2024-2-19", "2024年2月19日", "2024 年 2 月 19 日", "2024年02月19号", "2024/2/19", "2024.2.19",
     "二〇二四年二月十九日", "２０２４年２月１９日", '"2024-02-19"', "2024年2月19日（星期一）"],
)  # fmt: skip
def test_a_day_is_taken_as_clerks_write_it(written):
    """Every unambiguous way to write a day is that day, and is shown in one way."""
    assert _read(written) == DAY
    assert Facts({"x": _read(written)}).shown("x") == "2024年2月19日"


@pytest.mark.parametrize(
    ("written", "moment", "shown"),
    [
        ("2024-02-19 17:00", "2024-02-19T17:00:00", "2024年2月19日17:00"),
        ("2024-02-19 17:00:00", "2024-02-19T17:00:00", "2024年2月19日17:00"),
        ("2024年2月19日17时30分", "2024-02-19T17:30:00", "2024年2月19日17:30"),
        ("2024年2月19日下午5点", "2024-02-19T17:00:00", "2024年2月19日17:00"),
        ("2024年2月19日 24:00", "2024-02-19T23:59:59", "2024年2月19日24:00"),
    ],
)
def test_a_deadline_may_have_an_hour(written, moment, shown):
    """A moment keeps its hour, and its day is the day it names, at 24:00 as well."""
    facts = Facts({"x": _read(written)})
    assert facts["x"] == datetime.fromisoformat(moment)
    assert facts.date("x") == DAY
    assert facts.shown("x") == shown


@pytest.mark.parametrize(
    ("written", "value", "shown"),
    [
        ("17:00", time(17), "17:00"),
        ("12.5", Decimal("12.5"), "12.5"),
        ("2000", 2000, "2000"),
        ("055162606335", "055162606335", "055162606335"),
        ("0551", "0551", "0551"),
        ("两千", "两千", "两千"),
        ("2月19日", "2月19日", "2月19日"),
        ("[上午, 17:00, 3]", ("上午", time(17), 3), "上午、17:00、3"),
    ],
)
def test_other_facts_keep_what_was_written(written, value, shown):
    """Times, decimals and lists are facts too; a number with a leading zero is nobody's octal number."""
    assert _read(written) == value
    assert Facts({"x": _read(written)}).shown("x") == shown


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("2024年2月30日", "no_day"),
        ("2024/13/5", "no_day"),
        ("25:00", "no_time"),
        ("2024-02-19 8:75", "no_time"),
        ("yes", "yes_or_no"),
        ("", "empty"),
        ("{a: 1}", "mapping"),
    ],
)
def test_what_cannot_be_is_refused(written, fault):
    """A day no calendar has, yes for a word, nothing at all: each is told as what it is."""
    with pytest.raises(FactError) as caught:
        _read(written)
    assert caught.value.fault == fault


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]))
def test_every_day_is_read_back(day, way):
    """Whatever the day and the way it is written, it is that day."""
    assert read_fact(day.strftime(way)) == day


@given(st.text() | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none() | st.lists(st.text()))
def test_reading_never_fails_otherwise(value):
    """Anything YAML can hold is a fact or is refused in words."""
    with suppress(FactError):
        Facts({"x": read_fact(value)}).shown("x")


def test_numbers_may_be_hanzi():
    """A limit written in Chinese numerals is that number; words that are none are not."""
    facts = Facts({"limit": "两千", "name": "张三"})
    assert facts.number("limit") == facts.limit("limit") == 2000
    with pytest.raises(UnknownFactError):
        facts.number("name")


def test_names_may_hold_digits():
    """`{phone2}` is a fact like any other; other braces are left alone."""
    assert Facts({"phone2": "8"}).fill("拨{phone2}，{Phone}") == "拨8，{Phone}"


def test_each_need_of_the_code_has_an_example_that_serves():
    """What staff are told to write would be taken."""
    for use in code_facts():
        value = read_fact(yaml.safe_load(use.example))
        assert use.kind != "day" or Facts({"x": value}).day("x")
