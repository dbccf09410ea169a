"""Looking again at what is filled in, asking how one deals with the bot, and jumps with a reason or a wish around."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.protocol import Preset
from knowledge.loading.pack_folder import PACKS, load_pack
from tests.applicant import Applicant
from tests.second_call import ANSWERS, IN_TIME
from tests.second_call import PACK as SECOND

PACK = load_pack(PACKS / "anhui-2024")
HELD = {
    "unit_name": "皖北乡村公益促进中心",
    "fill_date": "2024年2月1日",
    "project_name": "田间云课堂",
    "period": "2021年5月至今",
    "category": "互联网+教育发展",
    "participants": "320人",
    "beneficiaries": "12600人",
    "reach": "1200万次",
    "funds": "15.5万元",
    "funds_source": "社会捐赠",
    "manpower": "专职3人，志愿者60人",
    "registered": "否",
    "contact_applicant": "查大勇 13855512345",
    "contact_recommender": "某县委网信办 余晓芸 0564-7300158",
    "description": "组织志愿者在线上给留守儿童上课，三年来累计开课200场。",
}


def at(field: str) -> Applicant:
    """Somebody who has filled in all before a field of the first call and is asked for it."""
    applicant, keys = Applicant(PACK), list(PACK.fields)
    applicant.put(Preset(values={key: HELD[key] for key in keys[: keys.index(field)] if key in HELD}, at=field))
    return applicant


def at_second(field: str) -> Applicant:
    """The same under the second call."""
    applicant, keys = Applicant(SECOND, today=IN_TIME), list(SECOND.fields)
    applicant.put(Preset(values={key: ANSWERS[key] for key in keys[: keys.index(field)] if key in ANSWERS}, at=field))
    return applicant


@pytest.mark.parametrize(
    ("field", "said", "shown"),
    [
        ("honors", "把申报单位联系人的手机号念给我对一下", "13855512345"),
        ("honors", "帮我念一下推荐单位的电话，我核对核对", "0564-7300158"),
        ("honors", "我填的联系人手机号多少来着，念给我听听", "13855512345"),
        ("manpower", "前面投入资金填的是15万还是25万？", "15.5万元"),
        ("manpower", "刚才资金来源我写的是捐赠还是自筹来着", "社会捐赠"),
        ("category", "把第三项给我看看，名称填的啥", "田间云课堂"),
        ("category", "第四项给我瞧一眼，填的是不是五月", "2021年5月至今"),
        ("honors", "麻烦把项目名称再给我看一眼", "田间云课堂"),
        ("honors", "受益人数和网络传播量给我看看", "1200万次"),
    ],
)
def test_what_a_field_holds_is_shown_in_whatever_words_it_is_asked_for(field: str, said: str, shown: str) -> None:
    """Verb, field and what is wanted of it come in any order; nothing is stored, and the same field is asked again."""
    applicant = at(field)
    before = applicant.session.draft.values
    assert shown in applicant.type(said)
    assert applicant.at == field
    assert applicant.session.draft.values == before


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("把联络人的手机号念给我对对", "19800000002"),
        ("前面受益人次填的是3600还是6300？", "3600"),
        ("启动时间我报的哪一天，给我瞅一眼", "2022年6月18日"),
    ],
)
def test_looking_needs_no_word_of_the_first_call(said: str, shown: str) -> None:
    """The second call shares no field with the first."""
    applicant = at_second("story")
    assert shown in applicant.type(said)
    assert applicant.at == "story"


@pytest.mark.parametrize(
    "said",
    [
        "给我看看整张表现在什么样",
        "把已填的内容列出来瞧瞧",
        "已经填了哪些，拿给我瞅一眼",
        "整张表给我过一遍",
        "目前填好的都亮出来我瞧瞧",
        "填到现在的东西汇总给我看看",
        "前面填过的能不能都给我看一下",
        "看看我填的这张表",
    ],
)
def test_the_whole_is_shown_where_a_verb_of_looking_meets_the_whole_form(said: str) -> None:
    """Under either call, where a figure or a text is asked for."""
    for applicant, field, value in (
        (at("manpower"), "manpower", "田间云课堂"),
        (at_second("story"), "story", "卢静怡"),
    ):
        assert value in applicant.type(said)
        assert applicant.at == field


@given(st.text(alphabet="看念瞧填的了什么啥表这项把给我人数", max_size=24))
@settings(max_examples=60, deadline=None)
def test_words_of_looking_never_land_in_a_field_of_figures(said: str) -> None:
    """However they are strung together."""
    applicant = at("reach")
    applicant.type(said or "看")
    assert "reach" not in applicant.session.draft.values


@pytest.mark.parametrize("said", ["怎么用你这个机器人", "你这小助手要怎么用呀", "你能干嘛", "这机器人咋操作"])
def test_who_asks_how_one_deals_with_the_bot_is_told_what_it_understands(said: str) -> None:
    """Also where any words would fit the field."""
    applicant = at("project_name")
    assert "随时可以说" in applicant.type(said)
    assert applicant.at == "project_name"
    assert "project_name" not in applicant.session.draft.values


@pytest.mark.parametrize(
    ("field", "said", "goal"),
    [
        ("beneficiaries", "倒回去，我要看项目类别那一题", "category"),
        ("manpower", "先不管这个，跳去荣誉那一项", "honors"),
        ("manpower", "人力我还没问到，先去填联系人", "contact_applicant"),
        ("honors", "退回去，起止时间我要重新填", "period"),
        ("honors", "等一下，回到参与人数那栏，我想改改", "participants"),
        ("funds", "我想起来了，项目名称得重新填一下，带我回去", "project_name"),
        ("category", "这个待会再弄，咱们先填简介吧", "description"),
    ],
)
def test_a_jump_may_have_a_reason_or_a_wish_around_it(field: str, said: str, goal: str) -> None:
    """The clause that names the field says where; the others say why, and land nowhere."""
    applicant = at(field)
    applicant.type(said)
    assert applicant.at == goal
    assert field not in applicant.session.draft.values
