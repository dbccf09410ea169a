"""What is searched: a pack's own entries with the shared wordings, and the topics nobody has decided."""

from datetime import date

import pytest

from knowledge.check.topic_faults import coverage, coverage_lines
from knowledge.facts import Facts
from knowledge.faq import Faq, FaqEntry, Wording
from knowledge.notice import Citation
from knowledge.search.answer import Abstention, Answer
from knowledge.search.bank import bank, topic_owners
from knowledge.search.finder import Finder
from knowledge.topics.library import library

TODAY = date(2025, 3, 1)
FACTS = Facts({"deadline": date(2025, 5, 20), "who": "沈岚"})
WORDING = Wording(
    days_left="还有{days}天",
    last_day="最后一天",
    closed="已截止",
    unsure="您想问的是？",
    unknown="不敢乱答，请问{who}。",
    undecided="“{question}”还没有整理，请问{who}。",
)


def entry(name: str, question: str, *, topic: tuple[str, ...] = (), **more: object) -> FaqEntry:
    cites = (Citation(clause="一", quote="至2025年5月20日"),)
    return FaqEntry.model_validate(
        {"id": name, "question": question, "topic": topic, "answer": f"{name}的答复", "cites": cites, **more}
    )


def faq(*entries: FaqEntry, **more: object) -> Faq:
    return Faq.model_validate({"entries": entries, "wording": WORDING, **more})


DEADLINE = entry("until", "什么时候截止？", topic=("deadline",))
MAIL = entry("mail", "发到哪个邮箱？", topic=("email",))
BARE = faq(DEADLINE, MAIL)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(BARE, FACTS)


@pytest.mark.parametrize("question", ["拖到哪天算是最后一天", "这个表要赶在几号之前送出去"])
def test_an_entry_answers_in_the_words_of_its_topic(finder: Finder, question: str) -> None:
    """Staff write the answer, the library knows how it is asked."""
    said = finder.find(question, today=TODAY)
    assert isinstance(said, Answer)
    assert said.entries == ("until",)


def test_a_topic_nobody_decided_is_not_answered_by_its_neighbour(finder: Finder) -> None:
    """Whether the deadline is prolonged is another question than when it is: said honestly, with whom to ask."""
    said = finder.find("期限能不能往后拖几天再截", today=TODAY)
    assert isinstance(said, Abstention)
    assert said.reason == "undecided"
    assert said.entries == ("topic.extension",)
    assert said.text == "“截止时间会延期吗”还没有整理，请问沈岚。"


def test_without_a_sentence_for_it_an_undecided_topic_is_as_an_unknown_question() -> None:
    """A pack that has only the common sentences says the one that names whom to ask."""
    plain = faq(DEADLINE, wording=WORDING.model_copy(update={"undecided": ""}))
    said = Finder(plain, FACTS).find("期限能不能往后拖几天再截", today=TODAY)
    assert said.text == "不敢乱答，请问沈岚。"


def test_a_topic_listed_as_open_is_said_in_the_common_sentence() -> None:
    """No entry is needed to say that the notice leaves it open."""
    left = faq(DEADLINE, open_topics=("extension",), open_answer="通知未说明{about}。请问{who}。")
    said = Finder(left, FACTS).find("期限能不能往后拖几天再截", today=TODAY)
    assert isinstance(said, Abstention)
    assert said.reason == "not_in_notice"
    assert said.text == "通知未说明“截止时间会延期吗”。请问沈岚。"


@pytest.mark.parametrize(("question", "topic"), [("明天能晒被子不", "weather"), ("你是人还是机器啊", "bot_identity")])
def test_what_is_not_about_the_call_is_answered_by_the_library(finder: Finder, question: str, topic: str) -> None:
    """Every call says the same about the weather and about the assistant."""
    said = finder.find(question, today=TODAY)
    assert isinstance(said, Abstention)
    assert said.text == library().topics[topic].answer


def test_a_wording_the_pack_wrote_down_is_nobody_elses() -> None:
    """Staff know their call: what they wrote under an entry is not the library's topic any more."""
    own = entry("day", "几号截止", topic=())
    entries = bank(faq(own), library(), {})
    holders = [one.id for one in entries if any("几号截止" in text for text in (one.question, *one.variants))]
    assert holders == ["day"]


def test_the_packs_own_words_fill_the_slots() -> None:
    """Where the form has a name, it is asked for by that name."""
    entries = bank(faq(entry("form", "表在哪？", topic=("form_location",))), library(), {"form_name": "报名登记表"})
    assert any("报名登记表" in text for text in entries[0].variants)


def test_coverage_sorts_the_topics_about_the_call() -> None:
    """Every topic about a call is answered, open or undecided, and only these are counted."""
    half = faq(DEADLINE, entry("fee", "要钱吗？", topic=("fee",), covered=False, cites=()), open_topics=("vote",))
    found = coverage(half)
    assert [topic.id for topic in found.answered] == ["deadline"]
    assert {topic.id for topic in found.open} == {"fee", "vote"}
    every = {topic.id for topic in library().topics.values() if topic.kind == "call"}
    assert {topic.id for topic in found.undecided} == every - {"deadline", "fee", "vote"}


def test_the_coverage_names_what_is_undecided() -> None:
    """Staff read which questions wait for them, and what to do."""
    summary, head, *groups, how = coverage_lines(BARE)
    assert "通知已答 2 个，通知未说明 0 个" in summary
    assert head == "还没有决定的："
    assert groups[-1].startswith("  时间：deadline_hour（")
    assert any("extension（截止时间会延期吗？）" in line for line in groups)
    assert "faq/open.yaml" in how


def test_an_entry_whose_question_is_a_topics_speaks_to_it() -> None:
    """Staff need not know the library: who writes down its question is served by its wordings."""
    own = faq(entry("lone", "个人可以申报吗？"))
    assert topic_owners(own, library()) == {"individuals": "lone"}
    assert isinstance(Finder(own, FACTS).find("单枪匹马可不可以来", today=TODAY), Answer)


def test_an_entry_like_an_undecided_topic_is_told() -> None:
    """Staff are shown which topic an entry of theirs may be meant for; nothing is taken for granted."""
    lines = coverage_lines(faq(entry("call", "咨询电话号码是多少呀")))
    assert any("“call”这一条像是在答 phone（" in line for line in lines)


def test_beside_an_undecided_topic_what_is_answered_is_offered() -> None:
    """An entry that names no topic, yet is nearly what was asked, is one tap away."""
    said = Finder(faq(entry("pics", "照片要几张什么格式？")), FACTS).find("照片要几张", today=TODAY)
    assert isinstance(said, Answer) or "pics" in {one.entry for one in said.nearest}
