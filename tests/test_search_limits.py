"""A number or day in a question is held against the limit the answer itself names."""

from datetime import date

import pytest

from knowledge.search.limits import agreement, correction

TODAY = date(2025, 5, 1)


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        (
            "一周上6节课，能报吗",
            "全县不超过6人，且本人每周任课不少于8节。",
            "不行：6节不符合“且本人每周任课不少于8节”的规定。",
        ),
        ("企业有4名员工可以吗", "在职人数不得少于5人", "不行：4名不符合“在职人数不得少于5人”的规定。"),
        ("照片交6张行不行", "照片3至5张，单张不小于1MB", "不行：6张不符合“照片3至5张”的规定。"),
        ("两千字超不超", "总体字数控制在2000字以内", "符合：两千字符合“总体字数控制在2000字以内”的规定。"),
        ("场地55平米够不够", "面积60平方米以上", "不行：55平米不符合“面积60平方米以上”的规定。"),
        (
            "想12月再启动，行不行",
            "在2025年7月至10月之间起始",
            "不行：2025年12月不符合“在2025年7月至10月之间起始”的规定。",
        ),
        (
            "2023年3月成立的可以吗",
            "成立日期不晚于2022年12月31日",
            "不行：2023年3月不符合“成立日期不晚于2022年12月31日”的规定。",
        ),
    ],
)
def test_what_is_named_agrees_or_not(question: str, answer: str, said: str) -> None:
    """At least, at most, ranges, days, Chinese numerals; units that mean the same."""
    assert agreement(question, answer, TODAY) == said


@pytest.mark.parametrize(
    ("question", "limit"),
    [("在教学点干了7年够不够", "现在教学点任教的满6年即可"), ("在乡村学校干了7年够不够", "在乡村学校任教满10年")],
)
def test_of_two_limits_the_one_that_is_spoken_of_counts(question: str, limit: str) -> None:
    """A limit may differ by kind of place or unit."""
    said = agreement(question, "在乡村学校任教满10年；现在教学点任教的满6年即可。", TODAY)
    assert said is not None
    assert limit in said


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("最少几张照片", "照片3至5张"),
        ("照片可以拼图吗", "照片3至5张"),
        ("我们有3个人能报吗", "照片3至5张"),
        ("今天可以报吗", "2025年3月5日以前启动"),
        ("3月1号拍的照片行吗", "2025年3月5日以前启动"),
    ],
)
def test_nothing_is_said_where_nothing_is_compared(question: str, answer: str) -> None:
    """No number asked about, none of this unit, or the day of something else."""
    assert agreement(question, answer, TODAY) is None


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("不是2月28号才截止吗", "即日起至2024年2月19日", "不是2025年2月28日："),
        ("听说字数是3000字以内", "控制在2000字以内", "不是3000字："),
        ("我记得每个网站能推3个", "每个网站可推荐3个项目", "是的。"),
        ("字数是3000字以内吗", "控制在2000字以内", None),
        ("不是每家只能报一个？", "市可推荐5个，网站可推荐3个", None),
    ],
)
def test_what_is_taken_for_granted_is_put_right_first(question: str, answer: str, said: str | None) -> None:
    """Only what somebody presumes, and only where the answer names one such number or day."""
    assert correction(question, answer, TODAY) == said
