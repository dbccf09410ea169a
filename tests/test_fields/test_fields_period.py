"""From when until when."""

import pytest

from tests.test_fields.conftest import Answer

RUNNING = {
    "2020年4月至今": "2020-04",
    "2020.4-至今": "2020-04",
    "2020/04~现在": "2020-04",
    "2020年4月—至今": "2020-04",
    "２０２０年４月－至今": "2020-04",
    "二〇二〇年四月起": "2020-04",
    "贰零贰零年肆月至今": "2020-04",
    "自2020年4月起至今": "2020-04",
    "20年4月开始做的，一直到现在": "2020-04",
    "20.4至今": "2020-04",
    "202004-至今": "2020-04",
    "20200401-至今": "2020-04-01",
    "2020年4月1日到目前": "2020-04-01",
    "2020-04~now": "2020-04",
    "项目于2020年4月启动，目前仍在进行": "2020-04",
    "2020年4月启动，2021年5月推广至今": "2020-04",
    "2020年4月以来": "2020-04",
    "实施时间：2020年4月至今": "2020-04",
    "2020年至今": "2020-01",
    "2020年下半年至今": "2020-07",
    "前年3月到现在": "2022-03",
    "19/09-今": "2019-09",
    "2020年4月至2023年12月（目前仍在进行）": "2020-04",
}
ENDED = {
    "2020年4月-2022年6月": ("2020-04", "2022-06"),
    "2020.4.1-2022.6.30": ("2020-04-01", "2022-06-30"),
    "2020-04-01-2022-06-30": ("2020-04-01", "2022-06-30"),
    "2021年3月-6月": ("2021-03", "2021-06"),
    "2021年3-6月": ("2021-03", "2021-06"),
    "2018-2020": ("2018-01", "2020-12"),
    "2020年9月至次年6月": ("2020-09", "2021-06"),
    "202103-202209": ("2021-03", "2022-09"),
    "2018年6月至2022年12月，目前已结束": ("2018-06", "2022-12"),
}


@pytest.mark.parametrize(("text", "start"), RUNNING.items())
def test_a_running_project_has_a_start_and_no_end(answer: Answer, text: str, start: str) -> None:
    """至今, 起, 到现在, 目前仍在进行: all leave the end open."""
    outcome = answer("period", text)
    assert outcome.kind == "accept"
    assert outcome.value == {"start": start, "end": None}


@pytest.mark.parametrize(("text", "ends"), ENDED.items())
def test_a_project_that_has_ended_is_doubted(answer: Answer, text: str, ends: tuple[str, str]) -> None:
    """The notice wants running projects in principle (三): warn, not refuse."""
    outcome = answer("period", text)
    assert outcome.kind == "warn"
    assert outcome.value == {"start": ends[0], "end": ends[1]}
    assert outcome.clause == "三"


@pytest.mark.parametrize("text", ["2020年4月至2026年12月", "2020.4-2024.2", "2020年4月至2026年12月（长期项目）"])
def test_an_end_to_come_raises_no_doubt(answer: Answer, text: str) -> None:
    """A planned end, or this very month, means the project runs."""
    assert answer("period", text).kind == "accept"


@pytest.mark.parametrize(
    "text", ["2023年1月1日至今", "2023年1月至今", "今年1月起", "去年9月至今", "2024年3月-2025年3月"]
)
def test_a_start_from_2023_on_is_doubted_with_the_clause(answer: Answer, text: str) -> None:
    """原则上应为2023年1月1日以前开始实施 (三)."""
    outcome = answer("period", text)
    assert outcome.kind == "warn"
    assert "2023年1月1日以前" in outcome.message


def test_the_last_day_before_2023_is_early_enough(answer: Answer) -> None:
    """2022-12-31 is before 2023-01-01."""
    assert answer("period", "2022年12月31日至今").kind == "accept"


def test_a_lone_start_is_read_as_running_and_asked_back(answer: Answer) -> None:
    """The document shows what was understood once the applicant has confirmed it."""
    outcome = answer("period", "始于2019年5月")
    assert outcome.kind == "warn"
    assert outcome.value == {"start": "2019-05", "end": None}
    assert outcome.display == "2019年5月至今"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021.6-2019.1", "早于"),
        ("2022年2月30日至今", "2022年2月30日"),
        ("2021年13月至今", "2021年13月"),
        ("2021年0月至今", "2021年0月"),
        ("2030年1月至今", "还没到"),
        ("至今", "开始时间"),
        ("长期", "开始时间"),
        ("截至2023年12月", "开始时间"),
        ("3月至今", "没有写年份"),
        ("1821年3月至今", "1821"),
        ("年 月至 年 月", "空的"),
        ("不清楚", "必填"),
        ("十年前", "没有认出"),
        ("2021年3月至今可以吗", "问题"),
    ],
)
def test_what_is_no_period_is_refused_with_the_reason(answer: Answer, text: str, said: str) -> None:
    """Impossible, contradictory, unfinished or empty."""
    outcome = answer("period", text)
    assert outcome.kind == "reject"
    assert said in outcome.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("起止时间：2020年4月起至今。", "2020年4月至今"),
        ("去年9月开始的，现在还在做", "2023年9月至今"),
        ("2020年下半年至今", "2020年7月至今"),
        ("2020.4.1-2022.6.30", "2020年4月1日至2022年6月30日"),
        ("2021年3-6月", "2021年3月至2021年6月"),
        ("2018-2020", "2018年至2020年"),
    ],
)
def test_a_period_is_written_as_documents_write_it(answer: Answer, text: str, shown: str) -> None:
    """Seasonal and relative words become months; nothing is written more exactly than it was said."""
    assert answer("period", text).display == shown
