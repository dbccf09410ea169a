"""Self-corrections and corrections in whatever shape: slips of the tongue, arrows, recalled words, typos in a part."""

import pytest

from tests.applicant import Applicant
from tests.test_looking import HELD, at, at_second
from tests.test_speech_acts import at as at_review
from tests.test_speech_acts import pasted

CONTACT, DESK = "查达勇 13855512345", HELD["contact_recommender"]


def value(applicant: Applicant, key: str) -> object:
    held = applicant.session.draft.values.get(key)
    return held.value if held else None


@pytest.mark.parametrize(
    ("field", "said", "meant"),
    [
        ("project_name", "田间云教室 打错 是云课堂 田间云课堂", "田间云课堂"),
        ("project_name", "童心港弯……字错了，是港湾，童心港湾", "童心港湾"),
        ("project_name", "银龄e讲堂 打错了 是e课堂", "银龄e课堂"),
        ("unit_name", "城东茶农合作社……说顺嘴了，城西茶农合作社才是", "城西茶农合作社"),
        ("unit_name", "东湖社区服务站……哎呀嘴快了，西湖社区服务站", "西湖社区服务站"),
        ("participants", "三百二……说顺嘴了，二百三才是", 230),
        ("funds", "15万→13.5万", 135_000),
        ("funds", "十五万——嘴瓢，十三万五", 135_000),
        ("funds_source", "企业赞助 打错 是企业捐赠", "企业捐赠"),
        ("funds_source", "财政拨款……记岔了，会费才是", "会费"),
        ("period", "2021年5月起……说顺嘴了，2019年5月起才是", {"start": "2019-05", "end": None}),
        ("contact_applicant", "查大勇13855512345，尾号写反了，是54", {"name": "查大勇", "phone": "13855512354"}),
        ("manpower", "专职3人，志愿者60人……不对，志愿者66人", "专职3人，志愿者66人"),
        ("category", "社会帮扶 点错 是教育发展", "互联网+教育发展"),
    ],
)
def test_an_answer_put_right_in_the_same_breath_is_what_was_meant(field: str, said: str, meant: object) -> None:
    """A piece goes to the place it looks like; what is said anew counts as a whole; the slip lands nowhere."""
    applicant = at(field)
    applicant.type(said)
    assert value(applicant, field) == meant


@pytest.mark.parametrize(
    ("field", "said", "key", "meant"),
    [
        (
            "honors",
            "联系人姓名有个别字，查大勇得写成查达勇，手机号没错",
            "contact_applicant",
            CONTACT,
        ),
        ("description", "推荐单位那个座机尾巴反了 0564-7300158→0564-7300185", "contact_recommender", DESK[:-2] + "85"),
        ("honors", "推荐单位电话末两位反了，58→85", "contact_recommender", DESK[:-2] + "85"),
        ("honors", "座机号颠倒了 0564-7300158 → 0564-7300185", "contact_recommender", DESK[:-2] + "85"),
        ("honors", "参与人数 320→230", "participants", "230人"),
        ("funds_source", "前面说12600人受益，主任说不对，是16200人", "beneficiaries", "16200人"),
        ("reach", "刚才说二一年五月开始，会计说不对，是二零年五月份就开始了，到现在", "period", "2020年5月至今"),
        ("reach", "320人打错了，是230人", "participants", "230人"),
        ("reach", "五月不对，是三月开始的", "period", "2021年3月至今"),
        ("reach", "田间打错了，是田野", "project_name", "田野云课堂"),
        ("reach", "名字最后两个字错了，是讲堂", "project_name", "田间云讲堂"),
        ("manpower", "单位全称前面要加某某省", "unit_name", "某某省皖北乡村公益促进中心"),
        ("registered", "资金来源里头社会捐赠没到账，不写了，就写会员自筹", "funds_source", "会员自筹"),
        ("honors", "填报日期改成2月5号，前面写成1号了", "fill_date", "2024年2月5日"),
    ],
)
def test_what_is_held_is_put_right_from_anywhere(field: str, said: str, key: str, meant: str) -> None:
    """Only the wrong part goes; the field asked for stays open and is asked again."""
    applicant = at(field)
    applicant.type(said)
    assert applicant.session.draft.values[key].display == meant
    assert value(applicant, field) is None
    assert applicant.at == field


@pytest.mark.parametrize(
    ("field", "said", "key", "meant"),
    [
        ("title", "夕阳伴渎 打错 是伴读 夕阳伴读", "title", "夕阳伴读"),
        ("leader", "卢静仪→卢静怡", "leader", "卢静怡"),
        ("served", "3600 打错 是6300", "served", 6300),
        ("story", "联系人姓名有个别字，金小满得写成金晓满", "liaison", "金晓满"),
        ("story", "负责人手机尾巴反了 19800000001→19800000010", "leader_mobile", "19800000010"),
        ("story", "刚才说四十五个志愿者，队长说不对，是五十四个", "volunteers", 54),
        ("story", "启动时间18号不对，是8号", "launched", "2022-06-08"),
        ("story", "邮箱拼错了，rongshu得写成rongsu", "liaison_mail", "rongsu@example.com"),
    ],
)
def test_corrections_need_no_word_of_the_first_call(field: str, said: str, key: str, meant: object) -> None:
    """The second call shares no field with the first."""
    applicant = at_second(field)
    applicant.type(said)
    assert value(applicant, key) == meant


@pytest.mark.parametrize(
    ("said", "key", "meant"),
    [
        ("名字不是田间课堂，是田野课堂", "project_name", "田野课堂"),
        ("受益人数打错 是1260", "beneficiaries", 1260),
        ("320人说顺嘴了，230人才是", "participants", 230),
        ("参与人数 320→230", "participants", 230),
        ("12600 应该是 16200", "beneficiaries", 16_200),
        ("起止时间五月改成三月", "period", {"start": "2021-03", "end": None}),
        ("王小明→王晓明", "contact_applicant", {"name": "王晓明", "phone": "13855512345"}),
    ],
)
def test_corrections_at_the_review_need_no_name_of_a_field(said: str, key: str, meant: object) -> None:
    """The old words show which value is meant."""
    applicant = at_review(None)
    applicant.type(said)
    assert value(applicant, key) == meant
    assert applicant.at == "review"


@pytest.mark.parametrize(
    ("said", "key", "meant"),
    [
        ("名字不是银龄e课堂，是银龄云课堂", "project_name", "银龄云课堂"),
        ("名字最后两个字错了，是e讲堂", "project_name", "银龄e讲堂"),
        ("银龄打错了，是银铃", "project_name", "银铃e课堂"),
        ("五月不对，是三月开始的", "period", {"start": "2021-03", "end": None}),
        ("320→340", "participants", 340),
    ],
)
def test_corrections_of_a_paste_need_no_name_of_a_field(said: str, key: str, meant: object) -> None:
    """They change the proposal, which the applicant then confirms."""
    applicant = pasted()
    applicant.type(said)
    applicant.type("都对")
    assert value(applicant, key) == meant
