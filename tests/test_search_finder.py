"""The finder on the shipped pack: what an applicant is told."""

import gc
import weakref
from datetime import date

import pytest

from knowledge.search.answer import Abstention, Answer
from knowledge.search.finder import Finder
from knowledge.search.follow_up import LastAnswer

TODAY = date(2024, 2, 1)


@pytest.fixture(scope="module")
def finder(pack) -> Finder:
    return Finder.of(pack)


def told(finder, question: str, *, during: str | None = None, today: date = TODAY) -> Answer | Abstention:
    return finder.find(question, today=today, during=during)


def test_an_answer_proves_itself(finder, pack):
    """The answer holds the fact, and its citation is verbatim in its clause."""
    said = told(finder, "邮箱是多少")
    assert isinstance(said, Answer)
    assert "ahwxb2020@126.com" in said.text
    assert all(pack.notice.cite(cite.clause, cite.quote) for cite in said.citations)


@pytest.mark.parametrize("question", ["邮厢是多少", "電子郵箱是多少", "email", "麻烦问一下，邮箱地址是什么呀"])
def test_typos_traditional_english_and_politeness_do_not_matter(finder, question):
    """The same question in other clothes gets the same answer."""
    assert told(finder, question).entries == ("email",)


def test_a_date_is_compared_before_anything_else(finder):
    """A question with a date starts with the verdict."""
    assert told(finder, "2月20号交还行吗").text.startswith("不行：2024年2月20日")


@pytest.mark.parametrize(
    ("today", "words"),
    [(date(2024, 2, 1), "距截止还有18天"), (date(2024, 2, 19), "今天就是最后一天"), (date(2024, 3, 1), "征集已于")],
)
def test_the_deadline_knows_what_day_it_is(finder, today, words):
    """Days left, the last day, or closed: as of the day asked."""
    assert words in told(finder, "什么时候截止", today=today).text


def test_two_questions_get_two_answers(finder):
    """Both answers and both clauses, in the order asked."""
    said = told(finder, "材料发到哪个邮箱？文件怎么命名？")
    assert said.entries == ("email", "naming")
    assert said.text.index("ahwxb2020") < said.text.index("项目+推荐单位")


def test_two_topics_joined_by_and_get_two_answers(finder):
    """「邮箱和电话」 is two questions, though there is no mark between them."""
    assert told(finder, "邮箱和电话是多少").entries == ("email", "phone")


def test_a_topic_the_notice_leaves_open_is_said_to_be_open(finder):
    """No answer, no guess: what is open is named, with whom to ask."""
    said = told(finder, "有没有奖金")
    assert isinstance(said, Abstention)
    assert said.reason == "not_in_notice"
    assert "通知未说明" in said.text
    assert "0551-62606335" in said.text


def test_what_is_strange_to_the_notice_is_not_answered(finder):
    """A question of another world gets no answer from this one."""
    assert isinstance(told(finder, "怎么给仙人掌浇水"), Abstention)


def test_a_doubtful_question_gets_suggestions(finder):
    """At most three near questions, each with its complete answer."""
    said = told(finder, "哪些要求要写")
    assert isinstance(said, Abstention)
    assert said.reason == "unsure"
    assert 1 <= len(said.nearest) <= 3
    assert all(near.answer and "{" not in near.answer for near in said.nearest)


def test_the_field_asked_for_gives_short_questions_their_meaning(finder):
    """「写不下怎么办」 while the description is asked for; 「没有怎么填」 at the registration number."""
    assert told(finder, "没有怎么填", during="registration_no").entries == ("not_registered",)
    assert told(finder, "最多写多少", during="description").entries == ("word_limit",)


@pytest.mark.parametrize("field", ["project_name", "honors", "funds_source"])
def test_a_limit_of_one_field_is_not_told_at_another(finder, field):
    """2,000 characters are the description's (四.2); 「最多几个字」 elsewhere is left open by the notice."""
    said = told(finder, "最多几个字", during=field)
    assert isinstance(said, Abstention)
    assert "通知未说明" in said.text
    assert told(finder, "最多几个字", during="description").entries == ("word_limit",)


@pytest.mark.parametrize("field", ["honors", "media_links", "funds", "unit_name"])
def test_the_label_of_a_field_alone_proves_nothing(finder, field):
    """A question about the call stays one, whatever field is asked; and a strange one does not become the field's."""
    assert told(finder, "几号截止交材料", during=field).entries == ("deadline",)
    assert isinstance(told(finder, "楼下有咖啡卖不", during=field), Abstention)


def test_the_field_at_hand_is_heard_before_a_doubtful_entry_of_another(finder):
    """「最晚」 alone points to the deadline; while the period is asked, beginning late means the project."""
    assert told(finder, "最晚哪天开头的算数", during="period").entries == ("started_before",)


def test_what_is_handed_over_is_two_things(finder):
    """「发我一下」 behind two topics is no part of the second."""
    assert told(finder, "邮箱和电话发我一下").entries == ("email", "phone")
    assert told(finder, "截止时间、邮箱麻烦告诉我").entries == ("deadline", "email")


def test_characters_are_not_projects(finder):
    """A count of 字 is held against 2,000, a count of 个 against the quota."""
    assert told(finder, "1700字可以不").text.startswith("可以：1700字")
    assert told(finder, "我们报7个可以不").text.startswith("不行：7个")


def test_a_verbatim_wording_is_one_question(finder, pack):
    """Marks inside a question staff wrote down do not cut it up."""
    entry = next(entry for entry in pack.faq.entries if entry.id == "u_extra_count")
    assert "、" in entry.question
    assert told(finder, entry.question).entries == ("u_extra_count",)


def test_a_category_is_proposed_with_the_words_that_fit(finder):
    """The proposal names the category, the words it goes by, and quotes the clause."""
    said = told(finder, "我们直播帮农民卖茶叶，属于哪一类")
    assert "互联网+共同富裕" in said.text
    assert "农民" in said.text
    assert said.citations[0].clause == "二.1"


def test_a_tapped_suggestion_gives_the_entry(finder):
    """A suggestion's id leads to its answer; an unknown id to nothing."""
    assert "张啸" in finder.entry("contact", today=TODAY).text
    assert isinstance(finder.entry("u_prize", today=TODAY), Abstention)
    assert finder.entry("no such", today=TODAY) is None


@pytest.mark.parametrize("question", ["", " ", "？", "😀", "a" * 5000, "。。。，，", "\ud800", "请问"])
def test_any_text_gets_a_reply(finder, question):
    """Nothing typed can break the finder; what says nothing is not answered."""
    assert isinstance(told(finder, question), Abstention)


def test_every_entry_can_be_said(finder, pack):
    """No entry names a fact that does not exist: all can be filled in."""
    for entry in pack.faq.entries:
        assert "{" not in finder.entry(entry.id, today=TODAY).text


@pytest.mark.parametrize("question", ["猫能带进值班室吗", "可以养鱼吗", "月亮上能种菜吗"])
@pytest.mark.parametrize("before", ["什么时候截止？", "材料发到哪个邮箱"])
def test_a_question_about_something_else_is_not_answered_by_the_one_before(finder, question: str, before: str):
    """Short is not elliptic: what the entry has no words for is not what was asked before."""
    assert isinstance(told(finder.after((LastAnswer(question=before),)), question), Abstention)


def test_a_finder_nobody_uses_any_more_is_gone_at_once(pack):
    """Its index takes megabytes, and an edit of the pack makes a new one: nothing waits for the garbage collector."""
    finder = Finder.of(pack)
    finder.find("截止日期是哪天？", today=pack.sample_day)
    gone = weakref.ref(finder._bank)
    gc.disable()
    try:
        del finder
        assert gone() is None
    finally:
        gc.enable()
