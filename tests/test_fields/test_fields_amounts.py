"""Months, shares and numbers with decimals: how they are typed, written and bounded."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.fields.official_dates import point_like
from tests.test_fields.asking import field_of, judged, printed_of, value_of

MONTH, PERCENT = field_of("month"), field_of("percent")
AREA = field_of("decimal", label="面积", units=["平方米", "平", "㎡"], least=60)
HOURS = field_of("decimal", label="时长", units=["小时"])


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("85年3月", "1985-03"),
        ("65年3月", "1965-03"),
        ("1985.03", "1985-03"),
        ("１９８５０３", "1985-03"),
        ("一九八六年三月生", "1986-03"),
        ("今年3月", "2025-03"),
        ("上个月", "2025-03"),
        ("去年底", "2024-12"),
        ("2008年9月1日", "2008-09"),
    ],
)
def test_a_month_is_read_in_figures_words_and_from_today(text: str, month: str) -> None:
    """Two figures of a year are never far ahead."""
    assert judged(text, MONTH).kind == "accept"
    assert value_of(text, MONTH) == month


def test_a_month_without_its_year_is_asked_about() -> None:
    """It is most likely this year's."""
    outcome = judged("8月", MONTH)
    assert outcome.kind == "warn"
    assert "2025年8月" in (outcome.message or "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2015年", "没有写到月份"),
        ("1985年13月", "日历上没有"),
        ("2008年9月和2009年9月", "只填一个"),
        ("很久以前", "年份和月份"),
    ],
)
def test_what_is_no_month_is_refused_with_its_reason(text: str, says: str) -> None:
    """A year alone, a month there is not, two of them."""
    outcome = judged(text, MONTH)
    assert outcome.kind == "reject"
    assert says in (outcome.message or "")


@given(
    st.dates(min_value=date(1930, 1, 1), max_value=date(2040, 12, 31)),
    st.sampled_from(["1985年3月", "1985.03", "1985-03", "1985/3", "一九八五年三月"]),
)
def test_a_printed_month_is_read_back(day: date, example: str) -> None:
    """Whatever example the form gives."""
    month = f"{day:%Y-%m}"
    field = field_of("month", print=example)
    printed = printed_of(point_like("1985年3月", month), field) or ""
    assert printed == point_like(example, month)
    assert value_of(printed, field) == month


def test_a_month_is_held_against_days() -> None:
    """Of rules with a day, the month counts as a whole."""
    late = {"rule": "not_after", "strength": "reject", "limit": "2025年4月7日", "message": "{found} 太晚"}
    early = {"rule": "not_before", "strength": "reject", "limit": "2025年4月7日", "message": "{found} 太早"}
    field = field_of("month", rules=[late, early])
    assert judged("2025年4月", field).kind == "accept"
    assert "2025年5月 太晚" in (judged("2025年5月", field).message or "")
    assert "2025年3月 太早" in (judged("2025年3月", field).message or "")


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("七成五", 75, "75%"),
        ("百分之五十七点三", 57.3, "57.3%"),
        ("大概三成吧", 30, "约30%"),
        ("四分之三", 75, "75%"),
        ("一半", 50, "50%"),
        ("57.3个百分点", 57.3, "57.3%"),
        ("75", 75, "75%"),
        ("７５％", 75, "75％"),
        ("七八成", {"min": 70, "max": 80}, "70至80%"),
        ("70%-75%", {"min": 70, "max": 75}, "70至75%"),
    ],
)
def test_a_share_is_read_in_every_wording(text: str, value: object, shown: str) -> None:
    """Hundredths, tenths and fractions."""
    outcome = judged(text, PERCENT)
    assert outcome.kind == "accept"
    assert value_of(text, PERCENT) == value
    assert printed_of(text, PERCENT) in (shown, shown.replace("％", "%"))


@pytest.mark.parametrize(("text", "says"), [("0.75", "75%"), ("120%", "超过了 100%")])
def test_a_doubtful_share_is_asked_about(text: str, says: str) -> None:
    """A decimal without its sign; more than the whole."""
    outcome = judged(text, PERCENT)
    assert outcome.kind == "warn"
    assert says in (outcome.message or "")


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_printed_share_is_read_back(share: object) -> None:
    """With and without the sign."""
    assert value_of(f"{share}%", PERCENT) == float(str(share))
    bare = field_of("percent", print={"decimals": 1, "bare": True})
    assert value_of(f"{printed_of(f'{share}%', bare)}%", bare) == float(str(printed_of(f"{share}%", bare)))


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("约260.5㎡", 260.5, "约260.5平方米"),
        ("一百二十平", 120, "120平方米"),
        ("260", 260, "260平方米"),
        ("三百多平", 300, "约300平方米"),
    ],
)
def test_a_number_wears_the_first_unit_of_its_field(text: str, value: float, shown: str) -> None:
    """However the unit was written."""
    assert value_of(text, AREA) == value
    assert printed_of(text, AREA) == shown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二个半小时", 12.5),
        ("三小时半", 3.5),
        ("半小时", 0.5),
        ("6,830小时", 6830),
        ("2021.5小时", 2021.5),
        ("1934.81 小时", 1934.81),
        ("从2021.5到现在一共120小时", 120),
    ],
)
def test_halves_are_halves(text: str, value: float) -> None:
    """As they are spoken; a number that looks like a month of a year is one, when the unit stands behind it."""
    assert value_of(text, HOURS) == value


@given(st.decimals(min_value=0, max_value=10**9, places=3))
@example(given_number=Decimal("1934.810"))
def test_a_printed_number_is_read_back(given_number: object) -> None:
    """Up to three decimals."""
    printed = printed_of(f"{given_number}小时", HOURS) or ""
    assert value_of(printed, HOURS) == float(str(given_number))


@pytest.mark.parametrize(
    ("text", "field", "says"),
    [
        ("59.99平方米", AREA, "“面积”不能少于 60平方米，您写的是59.99平方米"),
        ("9次", field_of("count", label="次数", units=["次"], least=12), "不能少于 12次"),
        ("9-15次", field_of("count", label="次数", units=["次"], least=12), "不能少于 12次"),
        ("61%", field_of("percent", label="占比", most=60), "不能超过 60%"),
        ("21万", field_of("money", label="申请资助", most="20万"), "不能超过 20万元"),
        ("甲奖\n乙奖\n丙奖", field_of("list", label="荣誉", most=2), "最多 2 项"),
    ],
)
def test_least_and_most_bound_a_number_or_how_many_there_are(text: str, field: object, says: str) -> None:
    """Both ends included; the refusal names the field, the bound and what was written."""
    outcome = judged(text, field)  # type: ignore[arg-type]
    assert outcome.kind == "reject"
    assert says in (outcome.message or "")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("60平", AREA),
        ("十二次", field_of("count", units=["次"], least=12)),
        ("百分之六十", field_of("percent", most=60)),
        ("二十万", field_of("money", most="20万")),
    ],
)
def test_a_bound_itself_is_within(text: str, field: object) -> None:
    """不少于 and 不超过 hold their own number."""
    assert judged(text, field).kind == "accept"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025年8月起，共13个月", "2025-08", "2026-08"),
        ("2025年10月开始，为期一年半", "2025-10", "2027-03"),
        ("2025年8月，半年", "2025-08", "2026-01"),
        ("2025年8月1日起一年", "2025-08-01", "2026-07-31"),
        ("2024年6月到现在已经8个月了", "2024-06", None),
        ("2021年9月至2022年3月，共7个月", "2021-09", "2022-03"),
    ],
)
def test_a_period_may_say_how_long_it_takes(text: str, start: str, end: str | None) -> None:
    """The month it starts in counts; an end that is said wins."""
    assert judged(text, field_of("period")).kind == "accept"
    assert value_of(text, field_of("period")) == {"start": start, "end": end}


def test_a_period_without_its_year_is_asked_about_where_its_length_is_said() -> None:
    """A plan is this year's."""
    outcome = judged("8月开始，一共13个月", field_of("period"))
    assert outcome.kind == "warn"
    assert value_of("8月开始，一共13个月", field_of("period")) == {"start": "2025-08", "end": "2026-08"}


GRANT = field_of("money", label="申请资助", print={"unit": "万元", "decimals": 2, "bare": True}, most="20万")


@pytest.mark.parametrize(
    ("text", "yuan", "printed"),
    [
        ("16万5", 165000, "16.50"),
        ("165000", 165000, "16.50"),
        ("86500元", 86500, "8.65"),
        ("16.5", 165000, "16.50"),
        ("0", 0, "0.00"),
        ("二十万", 200000, "20.00"),
    ],
)
def test_a_sum_is_printed_in_the_unit_of_its_cell(text: str, yuan: float, printed: str) -> None:
    """The value stays in yuan; a small bare number is in the unit that is printed beside it."""
    assert judged(text, GRANT).kind == "accept"
    assert value_of(text, GRANT) == yuan
    assert printed_of(text, GRANT) == printed


def test_a_number_taken_in_the_unit_of_its_cell_is_said_so() -> None:
    """Ten thousand times too much is a costly mistake."""
    assert "理解为16.5万元" in (judged("16.5", GRANT).message or "")
    assert judged("21", GRANT).kind == "reject"


@given(st.integers(min_value=1, max_value=2000))
def test_a_printed_sum_is_read_back(hundreds: int) -> None:
    """From the cell of a form filled by hand, too."""
    printed = printed_of(f"{hundreds * 100}元", GRANT) or ""
    assert value_of(printed, GRANT) == hundreds * 100


@pytest.mark.parametrize(("text", "years"), [("15年", 15), ("满十五年", 15), ("6年", 6), ("从2008年起，有17年", 17)])
def test_years_that_are_counted_are_no_date(text: str, years: int) -> None:
    """Where the field counts years; 2008年 is still a year."""
    assert value_of(text, field_of("count", label="年限", units=["年"])) == years
