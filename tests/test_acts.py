"""What people say beside a plain value: corrections, two things at once, putting off, jumps, parts, small talk."""

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
