"""What is kept of a question for staff: what was asked, never by whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.scrubbing import LONGEST, personal_words, scrub
from dialogs.session import Draft, FieldValue
from tests.applicant import Applicant

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=8)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("我叫方明远，电话13955501234，能申报吗", "能申报吗"),
        ("13955501234能加您微信吗", "〔手机号〕能加您微信吗"),
        ("方明远，13955501234", "〔姓名〕，〔手机号〕"),
        ("联系人：沈佳 0553-5550101 这样写行吗", "联系人：〔姓名〕，这样写行吗"),
        ("身份证34020219880808123X要写进表里吗", "身份证〔身份证号〕要写进表里吗"),
        ("发到fang_my@example.com可以吗", "发到〔邮箱〕可以吗"),
        ("加微信fang-2024发材料行不行", "加微信〔账号〕发材料行不行"),
        ("请问找陶主任盖章吗", "请问找〔姓名〕主任盖章吗"),
        ("打0553 5550101转8002找谁", "打〔号码〕找谁"),
        ("联系人填欧阳青可以吗", "联系人填〔姓名〕可以吗"),
    ],
)
def test_personal_data_is_replaced_by_what_it_is(asked, kept):
    """Numbers, addresses, accounts and names give way to a word for each; the question stays readable."""
    assert scrub(asked) == kept


@pytest.mark.parametrize(
    "asked",
    [
        "联系人是谁",
        "负责人和联系人可以是同一个人吗",
        "我是安徽的社会组织，可以报几个",
        "20240219交还行吗",
        "2024-02-19前寄到可以吗",
        "投入1200000元写多少",
        "浏览量12345678次怎么填",
        "高校老师可以申报吗",
        "姓名要和身份证一致吗",
        "名字怎么写",
    ],
)
def test_question_without_personal_data_stays_as_it_is(asked):
    """Dates, amounts, offices and people in general are the question itself."""
    assert scrub(asked) == asked


@given(CHINESE, MOBILES, CHINESE)
def test_no_mobile_number_survives(before, mobile, after):
    """Whatever stands around it, a mobile number is not kept, unless the words after it count something."""
    assert mobile not in scrub(f"{before}，{mobile}，{after}")


@given(st.text(max_size=600))
def test_any_text_becomes_one_short_printable_line(text):
    """Nothing an applicant can type breaks a list or a YAML file."""
    kept = scrub(text)
    assert len(kept) <= LONGEST
    assert kept.isprintable()


def test_own_names_of_the_applicant_are_taken_out(pack):
    """What this applicant filled in, unit, project and people, is recognised in the question."""

    def held(value):
        return FieldValue(text="", value=value, display="")

    values = {
        "unit_name": held("淮畔读书会"),
        "contact_applicant": held({"name": "计春", "phone": "0554-5550101"}),
    }
    session = Applicant(pack).session.model_copy(update={"drafts": {1: Draft(id=1, values=values)}, "current": 1})
    kept = scrub("淮畔读书会的计春能当联系人吗", personal_words(session, pack))
    assert kept == f"〔{pack.fields['unit_name'].label}〕的〔{pack.fields['contact_applicant'].label}〕能当联系人吗"
