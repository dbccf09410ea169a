"""Texts, lists and links that come in several messages, and how people say that no more comes."""

import pytest

from tests.applicant import Applicant
from tests.test_looking import at, at_second

STORY = (
    "我县濒临江边，每逢汛期险情多发，项目依托微信群建立求助平台，队员就近出动。",
    "三年来累计开课96次，45名志愿者参与，3600人次受益，相关视频播放12万次。",
    "2023年冬天的一个夜里，队员冒雪把药送到三位老人家中。",
)


def text_of(applicant: Applicant, key: str) -> str:
    return applicant.session.draft.values[key].text


@pytest.mark.parametrize(
    "end",
    [
        "没了，就这些内容",
        "完毕",
        "就这些了，没有要补充的了",
        "简介就这么多",
        "好了发完了",
        "全部发完，没别的了",
        "以上就是全部内容",
        "到此结束",
    ],
)
def test_a_text_of_several_messages_is_one_text_until_no_more_comes(end: str) -> None:
    """A paragraph lands in no other field; the words of ending land nowhere."""
    applicant = at("description")
    for each in (*STORY, end):
        applicant.type(each)
    assert text_of(applicant, "description") == "\n".join(STORY)
    assert applicant.at == "honors"


@pytest.mark.parametrize("announced", ["我分三段发", "简介比较长，我一段一段来"])
def test_announced_parts_are_waited_for(announced: str) -> None:
    """The field stays asked until they are said to be sent."""
    applicant = at("description")
    for each in (announced, *STORY):
        applicant.type(each)
        assert applicant.at == "description"
    applicant.type("好，齐了")
    assert text_of(applicant, "description") == "\n".join(STORY)
    assert applicant.at == "honors"


@pytest.mark.parametrize("end", ["没有其他链接了", "就这两条", "没别的报道了", "链接就这些"])
def test_links_sent_one_by_one_stay_when_no_more_come(end: str) -> None:
    """没有 is no answer that there are none."""
    applicant = at("media_links")
    links = ["https://example.com/1", "https://example.org/2"]
    for each in (*links, end):
        applicant.type(each)
    assert applicant.session.draft.values["media_links"].value == links


@pytest.mark.parametrize("end", ["没有其他荣誉了", "就这两个奖", "没有其它的了", "荣誉就这些"])
def test_items_sent_one_by_one_stay_when_no_more_come(end: str) -> None:
    """An item behind the first is known by its likeness, though the next field is asked for already."""
    applicant = at("honors")
    items = ("2022年获评市级优秀志愿服务项目", "2023年获省级网络公益优秀案例")
    for each in (*items, end):
        applicant.type(each)
    assert text_of(applicant, "honors") == "\n".join(items)
    assert applicant.at == "media_links"


def test_a_text_that_is_too_short_grows_with_every_message() -> None:
    """The second call wants 500 characters: what came before is not lost, and the count is of all of it."""
    applicant = at_second("story")
    counts = (37, 71, 96)
    for said, count in zip(STORY, counts, strict=True):
        assert f"只有 {count} 字" in applicant.type(said)
    assert "只有 96 字" in applicant.type("就这些内容了")
    assert applicant.at == "story"


def test_a_text_sent_anew_from_its_beginning_takes_the_place_of_the_short_one() -> None:
    """Nothing is doubled."""
    applicant = at_second("story")
    applicant.type(STORY[0])
    assert "只有 71 字" in applicant.type(STORY[0] + STORY[1])


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("description", "推荐单位联系人电话没错，不用动"),
        ("honors", "前面的参与人数是对的，别改"),
        ("manpower", "资金没填错，不用改"),
        ("funds", "项目名称没问题，保持不变"),
    ],
)
def test_who_says_that_something_is_right_changes_nothing(field: str, said: str) -> None:
    """And is asked the same again."""
    applicant = at(field)
    before = applicant.session.draft.values
    applicant.type(said)
    assert applicant.session.draft.values == before
    assert applicant.at == field


@pytest.mark.parametrize(
    ("field", "said", "meant"),
    [
        ("funds", "资金嘛，五万五", 55_000),
        ("participants", "参与人数呢，三百二", 320),
        ("period", "时间嘛，2021年5月到现在", {"start": "2021-05", "end": None}),
    ],
)
def test_a_value_may_stand_behind_its_field_named_as_a_topic(field: str, said: str, meant: object) -> None:
    """The topic asks nothing."""
    applicant = at(field)
    applicant.type(said)
    assert applicant.session.draft.values[field].value == meant
