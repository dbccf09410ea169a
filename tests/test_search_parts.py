"""Several questions in one message are each answered and cited."""

from datetime import date

import pytest

from knowledge.search.answer import Answer
from knowledge.search.finder import Finder
from knowledge.search.question_parts import pairs

TODAY = date(2024, 2, 1)


@pytest.fixture(scope="module")
def finder(pack) -> Finder:
    return Finder.of(pack)


def test_what_is_asked_of_each_is_put_behind_each() -> None:
    """分别 and 区别 ask one thing of several."""
    assert pairs("市里和网站分别能推几个") == ["市里能推几个", "网站能推几个"]
    assert pairs("实效性和影响力有什么区别") == ["实效性指什么", "影响力指什么"]
    assert pairs("邮箱和电话发我一下") == ["邮箱", "电话"]


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("教育发展和文化传承分别指什么", ("cat_education", "cat_culture")),
        ("实效性和影响力怎么区分", ("std_effect", "std_influence")),
        ("联系电话和地址各是什么", ("phone", "address")),
        ("截止哪天？还有一个市能报几个？", ("deadline", "quota_unit")),
    ],
)
def test_each_question_is_answered_and_cited(finder: Finder, question: str, entries: tuple[str, ...]) -> None:
    """One below the other, in the order asked."""
    found = finder.find(question, today=TODAY)
    assert isinstance(found, Answer)
    assert found.entries == entries
    assert len(found.citations) >= len(entries)


def test_a_number_nobody_asked_about_is_not_judged(finder: Finder) -> None:
    """「一个市能报几个」 names one and asks for the number; 「不是只能报一个」 is put right."""
    assert "可以：1个" not in finder.find("一个市能报几个", today=TODAY).text
    assert finder.find("不是每家只能报一个？", today=TODAY).text.startswith("不是一个：")
