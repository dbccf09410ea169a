"""How many people, views, hands."""

import pytest

from tests.test_fields.conftest import Answer

EXACT = {
    "860": 860,
    "860人": 860,
    "860 人次": 860,
    "8,600人": 8600,
    "8，600 人": 8600,
    "８６０人": 860,
    "12 000人": 12000,
    "八百六十人": 860,
    "一万零六百": 10600,
    "两万五": 25000,
    "3万5": 35000,
    "1.6万人": 16000,
    "1万2千人": 12000,
    "2百人": 200,
    "1.2亿": 120000000,
    "1亿2000万": 120000000,
    "四点五万人": 45000,
    "1.2个亿": 120000000,
    "5w": 50000,
    "3k": 3000,
    "壹万贰仟人": 12000,
    "二百五十人": 250,
    "参与人数：860": 860,
    "项目参与人数860人": 860,
    "参与人数860": 860,
    "860名师生": 860,
    "我们有860人参与": 860,
    "截至2023年12月底，累计860人": 860,
    "2023年共860人参加": 860,
    "3场活动共860人": 860,
    "860人（其中志愿者60人）": 860,
    "860人，其中志愿者60人": 860,
    "共860人：线上800人，线下60人": 860,
    "①": 1,
    "860个志愿者": 860,
    "第一批860人": 860,
}
ABOUT = {
    "约860人": (860, "约860人"),
    "大约 860": (860, "约860人"),
    "860余人": (860, "860余人"),
    "近千人": (1000, "近1000人"),
    "上万人": (10000, "约1万人"),
    "2万多": (20000, "约2万人"),
    "超过860人": (860, "超过860人"),
    "860+": (860, "860余人"),
    "10万+": (100000, "10余万人"),
    "860人左右": (860, "约860人"),
    "三十来人": (30, "约30人"),
    "十几万": (100000, "10余万人"),
    "百余人": (100, "100余人"),
    "不少于860人": (860, "不少于860人"),
    "一万八千余人": (18000, "1.8万余人"),
    "860人以上": (860, "860人以上"),
    "千把人": (1000, "约1000人"),
    "突破10万人": (100000, "突破10万人"),
    "300多万人": (3000000, "约300万人"),
    "估计860": (860, "约860人"),
    "五百来人呗": (500, "约500人"),
    "大概有一百来号人吧": (100, "约100人"),
    "嗯，差不多有2000人左右吧": (2000, "约2000人"),
    "也就500多人": (500, "约500人"),
    "大概1200人吧，其中志愿者300来人": (1200, "约1200人，其中志愿者约300人"),
}
SPANS = {
    "300-500人": (300, 500),
    "300至500": (300, 500),
    "3~5万人": (30000, 50000),
    "三万到五万人": (30000, 50000),
    "三四百人": (300, 400),
    "5000-1万人": (5000, 10000),
    "四五个人": (4, 5),
}


@pytest.mark.parametrize(("text", "value"), EXACT.items())
def test_a_number_of_people_is_understood(answer: Answer, text: str, value: int) -> None:
    """Separators, 万/亿, Chinese and capital numerals, numbers of other things around it."""
    outcome = answer("participants", text)
    assert outcome.kind == "accept"
    assert outcome.value == value
    assert not outcome.approx


@pytest.mark.parametrize(("text", "value", "shown"), [(text, *told) for text, told in ABOUT.items()])
def test_words_like_about_make_it_approximate(answer: Answer, text: str, value: int, shown: str) -> None:
    """约, 余, 近, 超, 多, 左右, +: the number is kept, the doubt is marked and written in the official word."""
    outcome = answer("participants", text)
    assert outcome.kind == "accept"
    assert (outcome.value, outcome.approx) == (value, True)
    assert outcome.display == shown


@pytest.mark.parametrize(("text", "span"), SPANS.items())
def test_a_span_keeps_both_ends(answer: Answer, text: str, span: tuple[int, int]) -> None:
    """A unit at the end (3~5万) counts for both."""
    outcome = answer("participants", text)
    assert outcome.kind == "accept"
    assert outcome.value == {"min": span[0], "max": span[1]}


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("participants", "若干", "没有具体数字"),
        ("participants", "数百人", "没有具体数字"),
        ("participants", "成千上万", "没有具体数字"),
        ("participants", "待统计", "必填"),
        ("participants", "2.5人", "2.5"),
        ("participants", "-20", "负数"),
        ("participants", "0", "是 0"),
        ("participants", "500-300人", "请核对"),
        ("reach", "8-5万次", "请核对"),
        ("participants", "300/500", "几个数"),
        ("participants", "20万元", "没有认出"),
        ("participants", "12个乡镇", "没有认出"),
        ("participants", "统一组织", "没有认出"),
        ("participants", "写500人可以吗", "问题"),
        ("participants", "9" * 400, "没有认出"),
        ("reach", "刷屏", "没有认出"),
        ("reach", "99%", "没有认出"),
        ("reach", "1.5次", "1.5"),
        ("reach", "50家媒体报道", "没有认出"),
        ("manpower", "人", "没有认出"),
        ("manpower", "3个部门", "没有认出"),
        ("beneficiaries", "很多人", "没有具体数字"),
        ("beneficiaries", "", "空着"),
    ],
)
def test_what_holds_no_count_is_refused_with_the_reason(answer: Answer, field: str, text: str, said: str) -> None:
    """No number, half a person, less than nothing, money, places, questions."""
    outcome = answer(field, text)
    assert outcome.kind == "reject"
    assert said in outcome.message


@pytest.mark.parametrize(
    "text",
    [
        "金寨县、岳西县等6个乡镇",
        "全省16个地市",
        "合肥、芜湖",
        "皖北地区",
        "受益地区名单：金寨县",
        "覆盖3省12县",
        "新疆和田",
        "全市",
    ],
)
def test_areas_are_taken_as_words_never_as_a_number(answer: Answer, text: str) -> None:
    """6个乡镇 are not 6 people."""
    outcome = answer("beneficiaries", text)
    assert outcome.kind == "accept"
    assert isinstance(outcome.value, str)


def test_people_win_over_the_places_they_live_in(answer: Answer) -> None:
    """Where a sentence has both, the people are the value and the words stay."""
    outcome = answer("beneficiaries", "6个乡镇3.5万人（金寨县）")
    assert outcome.value == 35000
    assert outcome.display == "6个乡镇3.5万人（金寨县）"


@pytest.mark.parametrize("text", ["专职8人，志愿者90人", "教师12名和300名学生志愿者", "专职6人\n志愿者80人"])
def test_several_kinds_of_people_stay_words(answer: Answer, text: str) -> None:
    """The form asks for all of them."""
    assert answer("manpower", text).value == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("发布640条短视频，播放量1.7亿次", 170000000),
        ("全网曝光 7600 万。", 76000000),
        ("千万级", 10000000),
        ("转评赞共30万", 300000),
    ],
)
def test_views_are_told_from_posts(answer: Answer, text: str, value: int) -> None:
    """640条 is not the reach."""
    assert answer("reach", text).value == value


def test_more_people_than_the_country_has_is_doubted(answer: Answer) -> None:
    """Probably one 万 too many."""
    assert answer("participants", "120亿人").kind == "warn"
