"""Dates and numbers in a question are held against the facts of the shipped pack."""

from datetime import date

import pytest

from knowledge.facts import Facts
from knowledge.search.comparison import verdict

TODAY = date(2024, 2, 1)


def said_first(pack, entry_id: str, question: str) -> str | None:
    compare = next(entry.compare for entry in pack.faq.entries if entry.id == entry_id)
    return verdict(question, compare, pack.facts, TODAY)


@pytest.mark.parametrize(
    ("entry", "question", "begins"),
    [
        ("deadline", "2月20号交还行吗", "不行：2024年2月20日"),
        ("deadline", "2月19日交可以吗", "来得及：2024年2月19日"),
        ("deadline", "下个月再交", "不行：2024年3月"),
        ("deadline", "明天交", "来得及：2024年2月2日"),
        ("started_before", "2023年3月开始的能报吗", "原则上不行：2023年3月"),
        ("started_before", "2022年底做的", "可以：2022年"),
        ("started_before", "2023年1月1日开始的", "原则上不行"),
        ("started_before", "2022年12月31日开始的", "可以"),
        ("quota_unit", "我们想报6个", "不行：6个"),
        ("quota_unit", "推荐五个行吗", "可以：5个"),
        ("quota_website", "网站推四个项目", "不行：4个"),
        ("word_limit", "写两千五百字", "超了：2500字"),
        ("word_limit", "写2000字", "可以：2000字"),
    ],
)
def test_yes_or_no_comes_first(pack, entry, question, begins):
    """The value asked about is compared with the fact, at the border exactly."""
    line = said_first(pack, entry, question)
    assert line is not None
    assert line.startswith(begins)


@pytest.mark.parametrize(
    ("entry", "question"),
    [
        ("deadline", "什么时候截止"),
        ("deadline", "2月交行吗"),
        ("started_before", "必须2023年1月1日以前开始吗"),
        ("quota_unit", "可以报几个"),
        ("quota_unit", "我们网站能推五个吗"),
        ("word_limit", "最多多少字"),
    ],
)
def test_nothing_is_said_where_nothing_can_be_compared(pack, entry, question):
    """No value, a bound, or a month that lies on both sides of the deadline: no verdict."""
    assert said_first(pack, entry, question) is None


def test_a_changed_deadline_changes_the_verdict(pack):
    """The fact decides, not the entry: with a later deadline the same question is answered with yes."""
    compare = next(entry.compare for entry in pack.faq.entries if entry.id == "deadline")
    later = Facts({**pack.facts, "deadline": date(2024, 3, 31)})
    assert verdict("2月20号交还行吗", compare, later, TODAY).startswith("来得及")
