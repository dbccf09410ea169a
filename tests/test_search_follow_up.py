"""A question that leans on the one before is completed from it; one that stands by itself takes nothing over."""

from datetime import date

import pytest

from knowledge.search.answer import Answer
from knowledge.search.finder import Finder
from knowledge.search.follow_up import LAST, LastAnswer, Leans, asks_why, completions, content, leans, nth

TODAY = date(2024, 2, 1)


@pytest.fixture(scope="module")
def finder(pack) -> Finder:
    return Finder.of(pack)


def after(finder: Finder, *questions: str):
    """Ask one question after the other; give what is said to the last."""
    before: list[LastAnswer] = []
    for question in questions:
        found = finder.after(before).find(question, today=TODAY)
        before.append(LastAnswer(question=found.question, entries=found.entries))
    return found


@pytest.mark.parametrize(
    "question", ["那网站呢", "纸质的也要吗", "最后一类呢", "为什么", "有什么要求", "还有别的要求吗"]
)
def test_a_question_without_a_topic_of_its_own_leans(question: str) -> None:
    """A word that ties, or nothing but words any question holds."""
    assert leans(question) is Leans.YES


@pytest.mark.parametrize(
    "question", ["请问纸质版材料需要一式几份，要不要胶装", "我们是做养老服务的社会组织，能不能报两个项目"]
)
def test_a_long_question_stands_by_itself(question: str) -> None:
    """It names what it asks about."""
    assert leans(question) is Leans.NO


def test_another_thing_takes_the_predicate_of_the_question_before() -> None:
    """「那网站呢」 asks of the site what was asked of the city; 「几份」 asks about what was talked of."""
    assert completions("那网站呢", "每个市能推几个？")[0] == "网站能推几个"
    assert completions("电子的也要吗", "纸质的要交吗")[0] == "电子的要交吗"
    assert "纸质版交要几份" in completions("要几份", "纸质版要交吗")
    assert content("要提交视频吗") == "提交视频"


def test_reasons_and_numbers_are_read() -> None:
    """为什么 asks for the ground; the third and the last are counted."""
    assert asks_why("为什么不行？")
    assert not asks_why("为什么要脱敏")
    assert (nth("第三个具体指啥"), nth("最后一类呢"), nth("有几类")) == (3, LAST, None)


@pytest.mark.parametrize(
    ("questions", "entry"),
    [
        (("每个市能推几个", "那网站呢"), "quota_website"),
        (("网站能推几个", "那市里呢"), "quota_unit"),
        (("共同富裕是什么意思", "社会帮扶呢"), "cat_help"),
        (("项目有哪些类别", "最后一类呢"), "cat_other"),
        (("项目有哪些类别", "第三个具体指啥"), "cat_rescue"),
        (("推荐标准有哪些", "第一条详细说说"), "std_norm"),
        (("同一个项目能报两次吗", "为什么不行"), "once_only"),
        (("要提交视频吗", "有什么要求"), "picture_quality"),
    ],
)
def test_it_is_answered_from_the_question_before(finder: Finder, questions: tuple[str, ...], entry: str) -> None:
    """The entry is the one the completed question means."""
    found = after(finder, *questions)
    assert isinstance(found, Answer)
    assert entry in found.entries


@pytest.mark.parametrize("before", ["每个市能推几个", "项目有哪些类别", "要盖章吗"])
@pytest.mark.parametrize("question", ["邮箱是多少", "联系电话", "字数限制是多少", "地址在哪里"])
def test_nothing_carries_over_to_a_question_that_stands_alone(finder: Finder, before: str, question: str) -> None:
    """The same answer as without anything before."""
    assert after(finder, before, question).entries == finder.find(question, today=TODAY).entries


def test_what_the_notice_leaves_open_stays_open_in_a_follow_up(finder: Finder) -> None:
    """No context makes an answer of it."""
    assert not isinstance(after(finder, "纸质版要交吗", "要几份"), Answer)
    assert not isinstance(after(finder, "联系人是谁", "他手机号呢"), Answer)
