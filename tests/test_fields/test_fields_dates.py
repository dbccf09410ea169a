"""Days: the fill date."""

from datetime import date

import pytest
from borax.calendars.lunardate import LunarDate
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.dates import date_figures
from tests.test_fields.conftest import Answer

TAKEN = {
    "2024年2月6日": "2024-02-06",
    "2024-2-6": "2024-02-06",
    "2024/02/06": "2024-02-06",
    "2024.2.6。": "2024-02-06",
    "2024、2、6": "2024-02-06",
    "2024 2 6": "2024-02-06",
    "24年2月6号": "2024-02-06",
    "24.2.6": "2024-02-06",
    "20240206": "2024-02-06",
    "240206": "2024-02-06",
    "2月6日": "2024-02-06",
    "2/6": "2024-02-06",
    "6号": "2024-02-06",
    "本月6号": "2024-02-06",
    "上个月26号": "2024-01-26",
    "２０２４年２月６日": "2024-02-06",
    "二〇二四年二月六日": "2024-02-06",
    "二零二四年二月十六号": "2024-02-16",
    "贰零贰肆年贰月拾陆日": "2024-02-16",
    "两千零二十四年二月六日": "2024-02-06",
    "二四年二月六日": "2024-02-06",
    "2024年2月6日星期二": "2024-02-06",
    "2024-02-06 09:30": "2024-02-06",
    "02/06/2024": "2024-02-06",
    "31/1/2024": "2024-01-31",
    "填报日期是2月6号": "2024-02-06",
    "日期：2024年2月6日": "2024-02-06",
    "就写今天吧": "2024-02-19",
    "今日": "2024-02-19",
    "昨天": "2024-02-18",
    "上周五": "2024-02-16",
    "正月初八": "2024-02-17",
    "2024年2月六日": "2024-02-06",
}


@pytest.mark.parametrize(("text", "value"), TAKEN.items())
def test_a_day_is_understood_in_every_shape(answer: Answer, text: str, value: str) -> None:
    """Figures, Chinese and capital numerals, short years, relative days."""
    outcome = answer("fill_date", text)
    assert outcome.kind == "accept"
    assert outcome.value == value


def test_the_document_shows_the_day_as_offices_write_it(answer: Answer) -> None:
    """No leading zeros, full-width year, month and day signs."""
    assert answer("fill_date", "2024-02-06").display == "2024年2月6日"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024年2月30日", "2024年2月30日"),
        ("2023-2-29", "2023年2月29日"),
        ("2024-13-1", "2024年13月1日"),
        ("2024年2月", "哪一天"),
        ("202402", "哪一天"),
        ("2022年5月开始的，现在还在做", "哪一天"),
        ("  年  月  日", "空的"),
        ("____年__月__日", "空的"),
        ("2月5日至2月8日", "两个日期"),
        ("2024年2月5日或6日", "两个日期"),
        ("3024年2月5日", "3024"),
        ("2月6日可以吗？", "问题"),
        ("领导签字那天", "没有认出"),
        ("待定", "必填"),
        ("", "空着"),
        ("😀", "没有认出"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(answer: Answer, text: str, said: str) -> None:
    """The refusal names what is wrong and gives an example."""
    outcome = answer("fill_date", text)
    assert outcome.kind == "reject"
    assert said in outcome.message
    assert "2024年2月5日" in outcome.message


@pytest.mark.parametrize("text", ["2024年2月20日", "明天", "2025-02-06", "去年12月1日", "2014-02-06"])
def test_a_day_outside_the_call_is_doubted_not_refused(answer: Answer, text: str) -> None:
    """After the deadline, or before the notice was issued: the applicant decides, the clause is quoted."""
    outcome = answer("fill_date", text)
    assert outcome.kind == "warn"
    assert outcome.clause == "一"
    assert "2024年2月19日" in outcome.message


def test_the_last_day_of_the_call_is_still_in_time(answer: Answer) -> None:
    """The deadline itself raises no doubt."""
    assert answer("fill_date", "2024年2月19日").kind == "accept"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("元月8日", "2024-01-08"),
        ("初八", "2024-02-17"),
        ("腊月二十", "2024-01-30"),
        ("去年腊月二十", "2024-01-30"),
        ("农历二月初二", "2024-03-11"),
        ("二月廿三", "2024-04-01"),
        ("除夕", "2024-02-09"),
        ("大年初一", "2024-02-10"),
        ("元宵节", "2024-02-24"),
        ("2024年元旦", "2024-01-01"),
        ("三天前", "2024-02-16"),
        ("下周一", "2024-02-26"),
        ("今天，2月19号", "2024-02-19"),
        ("23年12月3号", "2023-12-03"),
    ],
)
def test_a_day_in_words_is_the_one_nearest_to_today(answer: Answer, text: str, value: str) -> None:
    """Lunar days, festivals, days counted from today; a year that is named is kept."""
    outcome = answer("fill_date", text)
    assert outcome.kind != "reject"
    assert outcome.value == value


@given(st.dates(date(2000, 3, 1), date(2090, 1, 1)))
def test_a_lunar_day_written_out_is_read_back(day: date) -> None:
    """As the calendar of the library writes it, leap months too."""
    lunar = LunarDate.from_solar(day)
    words = (
        f"农历{lunar.year}年{'闰' if lunar.leap else ''}{'正' if lunar.month == 1 else lunar.cn_month}月{lunar.cn_day}"
    )
    assert date_figures(words.replace("農", "农"), day) == f"{day.year}年{day.month}月{day.day}日"
