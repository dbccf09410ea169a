"""What people say beside a plain value: corrections, two things at once, putting off, jumps, parts, small talk."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.pack_cache import finder_of
from dialogs.protocol import Preset
from dialogs.understanding.acts import Give
from dialogs.understanding.reader import read
from dialogs.understanding.situation import Situation
from knowledge.loading.pack_folder import PACKS, load_pack
from tests.applicant import Applicant
from tests.second_call import answering, stranger

PACK = load_pack(PACKS / "anhui-2024")
HELD = {
    "unit_name": "皖北乡村公益促进中心",
    "fill_date": "2024年2月1日",
    "project_name": "田间课堂",
    "period": "2021年5月至今",
    "category": "教育发展",
    "participants": "320人",
    "beneficiaries": "12600人",
    "reach": "1200万次",
    "funds": "35万元",
}


def asked_for(field: str) -> Applicant:
    """Somebody who has filled in all that stands before a field and is asked for it."""
    applicant = Applicant(PACK)
    before = list(PACK.fields)[: list(PACK.fields).index(field)]
    applicant.put(Preset(values={key: HELD[key] for key in before if key in HELD}, at=field))
    assert applicant.at == field
    return applicant


def held(applicant: Applicant, key: str) -> object:
    value = applicant.session.draft.values.get(key)
    return value.value if value else None


def test_an_earlier_answer_is_corrected_and_the_same_field_asked_again() -> None:
    """With or without the old value, in one clause or two; the words of the correction land in no field."""
    for said in (
        "受益人数写错了，应该是4500人",
        "受益人数不是12600，是4500",
        "把受益人数改成4500人",
        "受益人数从12600改成4500",
    ):
        applicant = asked_for("funds_source")
        applicant.type(said)
        assert held(applicant, "beneficiaries") == 4500, said
        assert held(applicant, "funds_source") is None, said
        assert applicant.at == "funds_source", said


def test_a_numeral_that_begins_with_one_keeps_it() -> None:
    """一万八 is no 万八: small words behind a field's name never take the first figure of a number."""
    for said, value in (
        ("受益人数一万八千人", 18000),
        ("受益人数那里改成一万二", 12000),
        ("受益人数应该是一百五十人", 150),
    ):
        applicant = asked_for("reach")
        applicant.type(said)
        assert held(applicant, "beneficiaries") == value, said


def test_an_answer_takes_itself_back() -> None:
    """What comes after the taking back counts."""
    for said in ("13万，不对，是31万", "13万，说错了，31万元", "不是13万是31万"):
        applicant = asked_for("funds")
        applicant.type(said)
        assert held(applicant, "funds") == 310000, said


def test_a_mention_in_a_text_changes_no_other_field() -> None:
    """财政资金20万元 tells where the money comes from; it does not change how much there was."""
    applicant = asked_for("funds_source")
    applicant.type("财政资金20万元，社会捐赠15万元")
    assert held(applicant, "funds") == 350000
    assert held(applicant, "funds_source") == "财政资金20万元，社会捐赠15万元"


def test_a_long_text_that_speaks_of_all_fields_is_only_a_text() -> None:
    """A description names participants, money and reach; none of them changes."""
    applicant = asked_for("description")
    applicant.type(
        "项目的受益人数改成了新口径。参与人数900人，受益群众一万八千余人，投入资金86万元，传播量3600万次，覆盖23所学校，孩子们都喜欢。"
        * 2
    )
    assert (held(applicant, "participants"), held(applicant, "beneficiaries"), held(applicant, "funds")) == (
        320,
        12600,
        350000,
    )


def test_an_answer_and_a_question_are_both_heard() -> None:
    """The answer is held, the question answered, the next field asked for."""
    applicant = asked_for("unit_name")
    applicant.type("我们是皖北乡村志愿者协会，对了截止到几号？")
    assert held(applicant, "unit_name") == "皖北乡村志愿者协会"
    assert "2月19日" in applicant.said
    assert applicant.at == "fill_date"


def test_a_required_field_may_wait_and_is_named_at_the_review_and_asked_before_the_document() -> None:
    """Left open, it blocks only the document."""
    applicant = Applicant(PACK)
    rest = {"funds_source": "自筹", "registered": "否", "contact_applicant": "方静 13800000777"}
    rest |= {"contact_recommender": "某市委宣传部 周平 0551-65551234", "description": "项目简介" * 30, "honors": "无"}
    rest |= {"media_links": "无"}
    applicant.put(Preset(values=HELD | rest, at="manpower"))
    applicant.type("我得问问会计，先空着")
    assert applicant.at == "review"
    assert "都填好了" not in applicant.said
    assert PACK.fields["manpower"].label in applicant.said
    applicant.press("确认")
    assert applicant.at == "manpower"
    applicant.type("63人")
    assert applicant.at == "review"


def test_a_field_is_put_off_with_a_condition_or_by_going_on() -> None:
    """A reason given along is no value; the next field is asked for."""
    for said in ("人数要等各村报上来再填", "统计好了补给你", "这个我得问问同事，下一个吧", "先弄后面的"):
        applicant = asked_for("beneficiaries")
        applicant.type(said)
        assert held(applicant, "beneficiaries") is None, said
        assert applicant.at == "reach", said


def test_words_that_are_no_value_are_asked_back() -> None:
    """Said of oneself, asked of the bot, said about the means: nothing is stored."""
    for said in ("我不会弄这个", "你替我起一个吧", "谁发给我的", "手机卡死了", "还没想好叫啥"):
        applicant = asked_for("project_name")
        applicant.type(said)
        assert held(applicant, "project_name") is None, said
        assert applicant.at == "project_name", said


def test_names_that_hold_such_words_are_names() -> None:
    """A name may sound like a wish, a leave-taking or an excuse."""
    for said in ("不会打字也能报名", "等你回家吃饭", "谢谢你，陌生人", "空着的书桌"):
        applicant = asked_for("project_name")
        applicant.type(said)
        if applicant.at == "project_name":  # asked whether it is meant
            applicant.press("填入")
        assert held(applicant, "project_name") == said, said


def test_a_figure_of_another_field_is_offered_there() -> None:
    """Views are no people, money is no manpower."""
    applicant = asked_for("manpower")
    applicant.type("去年一共花了七万五")
    assert held(applicant, "manpower") is None


def test_a_value_is_put_right_in_one_place() -> None:
    """The words denied are exchanged, a part of a contact is replaced; the rest stays as it was said."""
    applicant = asked_for("funds_source")
    applicant.type("项目名称少了个字，田间大课堂才对")
    assert held(applicant, "project_name") == "田间大课堂"
    applicant.type("资金35改成45万")
    assert held(applicant, "funds") == 450000
    applicant.type("起止时间的月份我记错了，2021年3月就开始了，不是5月，到现在还在做")
    assert held(applicant, "period") == {"start": "2021-03", "end": None}


def test_two_refusals_in_a_row_offer_to_leave_the_field_open() -> None:
    """The question is put in other words, and one tap leaves the field open."""
    applicant = asked_for("period")
    applicant.type("挺久了")
    applicant.type("好些年")
    applicant.press("先空着")
    assert applicant.at == "category"


def test_prose_is_shown_field_by_field_and_taken_after_one_confirmation() -> None:
    """Names, figures, people and the source of money are found without labels."""
    applicant = asked_for("unit_name")
    applicant.type(
        "我们是皖北乡村公益促进中心的，想报田间课堂这个项目，教育发展类，2021年5月做到现在，"
        "320人参与，花了35万，都是众筹来的，联系人方静13800000777"
    )
    assert held(applicant, "unit_name") is None
    applicant.press("全部采用")
    assert held(applicant, "unit_name") == "皖北乡村公益促进中心"
    assert held(applicant, "project_name") == "田间课堂"
    assert held(applicant, "participants") == 320
    assert held(applicant, "funds") == 350000
    assert held(applicant, "funds_source") == "众筹"
    assert held(applicant, "contact_applicant") == {"name": "方静", "phone": "13800000777"}


def test_jumping_and_looking() -> None:
    """By name or by number; a look moves nothing."""
    applicant = asked_for("funds")
    applicant.type("跳到简介")
    assert applicant.at == "description"
    applicant.type("回到第5项")
    assert applicant.at == "category"
    applicant.type("第三项填的啥")
    assert "田间课堂" in applicant.said
    assert applicant.at == "category"


def test_a_contact_may_come_in_parts() -> None:
    """Name first, phone later."""
    applicant = asked_for("contact_applicant")
    applicant.type("高翔")
    applicant.type("手机号是13300553302")
    assert held(applicant, "contact_applicant") == {"name": "高翔", "phone": "13300553302"}


@pytest.mark.parametrize("said", ["嗯嗯", "等我一分钟", "👍", "拜拜", "转人工"])
def test_small_talk_is_stored_nowhere(said: str) -> None:
    """It never reaches the FAQ, and the same field stays asked for."""
    applicant = asked_for("funds_source")
    applicant.type(said)
    assert held(applicant, "funds_source") is None
    assert applicant.at == "funds_source"
    assert applicant.last.asked is None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "受益人数",
                "参与",
                "资金",
                "改成",
                "写错了",
                "应该是",
                "不是",
                "一万二",
                "35万",
                "1300人",
                "先空着",
                "，",
                "。",
                " ",
                "联系人",
                "电话",
                "13300553302",
                "不对",
                "？",
                "a",
            ]
        ),
        max_size=12,
    ),
    st.sampled_from(["unit_name", "funds", "funds_source", "contact_applicant", "description"]),
)
def test_whatever_is_said_a_value_comes_out_of_the_message(parts: list[str], field: str) -> None:
    """Nothing is raised, and every character given stands in the message or in what was held before."""
    text = "".join(parts)
    draft = asked_for(field).session.draft
    at = Situation(PACK, finder_of(PACK), Applicant(PACK).today, asked=PACK.fields[field], draft=draft)
    for act in read(text, at):
        if isinstance(act, Give):
            known = draft.values.get(act.field)
            assert set(act.text) <= set(text + (known.text if known else ""))


@pytest.mark.parametrize(
    ("asked", "said", "field", "value"),
    [
        ("fill_date", "项目叫“银龄云伴”", "project_name", "银龄云伴"),
        ("fill_date", "2022年5月开始的，现在还在做", "period", {"start": "2022-05", "end": None}),
        ("project_name", "花了3万2", "funds", 32000),
        ("category", "参与人数37", "participants", 37),
        (
            "participants",
            "我叫王小梅，电话13955609876",
            "contact_applicant",
            {"name": "王小梅", "phone": "13955609876"},
        ),
        ("registered", "联系人高洁，13955601234", "contact_applicant", {"name": "高洁", "phone": "13955601234"}),
        (
            "contact_applicant",
            "区民政局推荐我们的，联系人张科长，电话0556-2261234",
            "contact_recommender",
            {"unit": "区民政局", "name": "张科长", "phone": "0556-2261234"},
        ),
    ],
)
def test_a_fact_told_out_of_order_goes_to_its_own_field(asked: str, said: str, field: str, value: object) -> None:
    """It is told by its name, its unit, its verb or its shape; the field asked for is asked again."""
    applicant = asked_for(asked)
    applicant.type(said)
    assert held(applicant, field) == value
    assert held(applicant, asked) is None
    assert applicant.at in (asked, field)


@pytest.mark.parametrize(
    ("asked", "said", "value"),
    [
        ("project_name", "那个项目名称就叫“一盏灯”伴读计划", "“一盏灯”伴读计划"),
        ("project_name", "名字嘛，就叫它“云上花开”吧", "“云上花开”"),
        ("unit_name", "那就填吧，单位是青禾农技协会，项目是“田间直播课”", "青禾农技协会"),
        ("unit_name", "我们是雨山区乐龄助老服务中心，今天填的", "雨山区乐龄助老服务中心"),
    ],
)
def test_the_name_of_the_field_asked_for_is_no_part_of_its_value(asked: str, said: str, value: str) -> None:
    """Nor is what leads up to it, nor what is told beside it."""
    applicant = asked_for(asked)
    applicant.type(said)
    assert held(applicant, asked) == value


def test_items_of_a_list_are_no_more_of_the_text_before() -> None:
    """Years or numbers at their beginning show it; a paragraph ends with a full stop."""
    applicant = stranger()
    applicant.press("开始填表")
    answering(applicant, upto="awards")
    applicant.type("2024年2月优秀志愿服务项目（县文明办）；2024年12月新时代文明实践优秀案例")
    assert applicant.at == "review"
    applicant = stranger()
    applicant.press("开始填表")
    answering(applicant, upto="awards")
    applicant.type("2024年冬天，黄阿婆又来了，这次带着孙女一起听课，还在村里的喇叭上念了一段自己写的话。")
    assert applicant.at == "awards"


def test_no_at_the_beginning_answers_a_question_of_yes_or_no() -> None:
    """It takes back nothing that was said before."""
    pack = load_pack(Path(__file__).parent / "packs" / "teacher-2025")
    applicant = Applicant(pack, today=date(2025, 6, 10))
    applicant.type("/start")
    applicant.put(Preset(values={}, at="subject"))
    applicant.type("语文")
    applicant.put(Preset(values={}, at="leads"))
    applicant.type("不是，教导主任不算校领导")
    values = applicant.session.drafts[applicant.session.current].values
    assert (values["subject"].value, values["leads"].value) == ("语文", False)


@pytest.mark.parametrize(
    ("asked", "said", "field", "value"),
    [
        ("funds_source", "受益人数查到了，1580人", "beneficiaries", 1580),
        ("funds", "25万（划掉）23.5万", "funds", 235000),
        ("period", "2019年9月到现在，呃我想想，是2018年9月到现在", "period", {"start": "2018-09", "end": None}),
        ("fill_date", "单位名称前面把“皖北”两个字去掉", "unit_name", "乡村公益促进中心"),
        ("funds", "五万四，钱是会员捐赠的", "funds_source", "会员捐赠"),
        ("funds_source", "资金来源会员自筹", "funds_source", "会员自筹"),
        ("contact_applicant", "钱退之，13855108812", "contact_applicant", {"name": "钱退之", "phone": "13855108812"}),
        ("funds", "三十六七万的样子", "funds", {"min": 360000, "max": 370000}),
    ],
)
def test_what_was_found_out_or_put_right_is_taken(asked: str, said: str, field: str, value: object) -> None:
    """Told by what people do with it: find out, strike out, think again, take off; names are no fields."""
    applicant = asked_for(asked)
    applicant.type(said)
    assert held(applicant, field) == value


def test_a_field_is_put_off_by_its_name_and_told_later() -> None:
    """Whatever is asked for; a bare figure that the field asked for does not take is that of the field put off."""
    applicant = asked_for("participants")
    applicant.type("资金先空着")
    assert "funds" in applicant.session.draft.postponed
    assert applicant.at == "participants"
    applicant = asked_for("funds")
    applicant.type("先空着")
    assert applicant.at == "funds_source"
    applicant.type("18万")
    assert held(applicant, "funds") == 180000


def test_items_of_a_list_come_one_by_one() -> None:
    """A line like the item before joins it, though the next field is asked for already."""
    applicant = Applicant(PACK)
    rest = {
        "funds_source": "会员自筹",
        "manpower": "志愿者40人",
        "registered": "否",
        "contact_applicant": "高洁 13955601234",
        "contact_recommender": "淮北市委网信办 方正 0561-5500123",
        "description": "开设线上课堂，教留守儿童识字。",
    }
    applicant.put(Preset(values=HELD | rest, at="honors"))
    for said in ("2021年全省最佳志愿服务组织", "2022年好网民优秀案例", "没了"):
        applicant.type(said)
    assert held(applicant, "honors") == "2021年全省最佳志愿服务组织\n2022年好网民优秀案例"
    assert applicant.at == "media_links"


def test_a_reason_or_a_correction_behind_a_word_of_leaving_leaves_nothing() -> None:
    """算了，项目名称改回… does not end the conversation, and 回头再填 with its reason leaves the field open."""
    applicant = asked_for("funds_source")
    applicant.type("算了，项目名称改回田间地头课堂")
    assert held(applicant, "project_name") == "田间地头课堂"
    assert applicant.at == "funds_source"
    applicant = asked_for("reach")
    applicant.type("这数得找后台小李要，回头再填")
    assert "reach" in applicant.session.draft.postponed


def test_a_source_may_be_told_before_its_sum() -> None:
    """Both are taken, each in its own words; figures of people are no source."""
    applicant = asked_for("funds")
    applicant.type("队员自己凑的，差不多13万5")
    assert (held(applicant, "funds"), held(applicant, "funds_source")) == (135000, "队员自己凑")
    applicant = asked_for("funds_source")
    applicant.type("志愿者126 专职2个")
    assert held(applicant, "funds_source") is None


def test_who_tells_a_number_tells_that_there_is_one() -> None:
    """A registration number says 是 to the question it hangs on; that it comes later does not hold up the answer."""
    applicant = asked_for("funds_source")
    applicant.type("备案号查到了是皖亳民社备2020031")
    assert (held(applicant, "registered"), held(applicant, "registration_no")) == (True, "皖亳民社备2020031")
    applicant = asked_for("registered")
    applicant.type("在民政备案了 号码忘了回头补")
    assert held(applicant, "registered") is True
    assert held(applicant, "registration_no") is None


def test_no_prize_is_told_by_the_words_of_the_field() -> None:
    """没得过奖, whatever is asked for."""
    applicant = asked_for("funds_source")
    applicant.type("没得过奖")
    assert applicant.session.draft.values["honors"].value is None


def test_what_is_said_along_with_parts_and_phones_stays_out_of_the_form() -> None:
    """Words that join parts in speech, or go with a number read out."""
    applicant = asked_for("manpower")
    applicant.type("就俩专职的，再加十九个志愿者")
    assert held(applicant, "manpower") == "2名专职的，19名志愿者"
    applicant = asked_for("contact_applicant")
    applicant.type("戚芳")
    applicant.type("电话你记一下 135 1550 2276")
    assert applicant.session.draft.values["contact_applicant"].display == "戚芳 13515502276"
