"""Phones, mailboxes, identity numbers, credit codes, accounts: what they are, how they are typed, why not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from tests.test_fields.asking import field_of, judged, printed_of, value_of

PHONE, MOBILE, EMAIL = field_of("phone"), field_of("mobile"), field_of("email")
ID_CARD, CREDIT_CODE, ACCOUNT = field_of("id_card"), field_of("credit_code"), field_of("bank_account")
BANKED = field_of("bank_account", parts=["bank", "number"])
_DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2024, 12, 31))
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0551 6260 0000", "0551-62600000"),
        ("办公电话是０５５１－６２６０００００转801", "0551-62600000转801"),
        ("一三八零零零零零五五五", "13800000555"),
        ("+86 138-0000-0555（微信同号）", "13800000555"),
        ("400 800 1234", "400-800-1234"),
        ("传真0551-62600001，电话0551-62600000", "0551-62600000"),
        ("+852 9123 4567", "+852 9123 4567"),
    ],
)
def test_a_phone_is_read_as_it_is_typed_and_written_one_way(text: str, number: str) -> None:
    """Full width, spaces, dictation, +86, extensions; a fax is not called."""
    assert value_of(text, PHONE) == number


@pytest.mark.parametrize(
    "text", ["175-0000-3364", "手机 17500003364", "幺七五，零零零零，三三六四", "１７５ ００００ ３３６４"]
)
def test_a_mobile_is_its_eleven_digits(text: str) -> None:
    """However they are grouped."""
    assert value_of(text, MOBILE) == "17500003364"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0551-62600000", "不是手机号"),
        ("1750000336", "10 位"),
        ("175****3364", "打了码"),
        ("17500003364 13800000555", "2 个号码"),
        ("麦晓棠", "没有看到手机号"),
        ("待定", "必填"),
    ],
)
def test_what_is_no_mobile_is_refused_with_its_reason_and_an_example(text: str, says: str) -> None:
    """The reason, and how to write it."""
    outcome = judged(text, MOBILE)
    assert outcome.kind == "reject"
    assert says in (outcome.message or "")
    assert "可以这样写：13800000555" in (outcome.message or "")


def test_a_landline_without_area_code_is_asked_about() -> None:
    """It may be all a small office has."""
    assert judged("62600000", PHONE).kind == "warn"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("我的邮箱是 QingheSW@Example.com。", "QingheSW@example.com"),
        ("lihua＠163。com", "lihua@163.com"),
        ("lihua艾特qq点com", "lihua@qq.com"),
        ("邮箱:li.hua+bm@example.org 谢谢", "li.hua+bm@example.org"),
    ],
)
def test_an_address_is_found_in_what_is_said_around_it(text: str, address: str) -> None:
    """Full width marks and spoken ones are made right; the local part keeps its letters."""
    assert value_of(text, EMAIL) == address


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lihua.qq.com", "不是完整"),
        ("lihua@qq", "不是完整"),
        ("a@b.com、c@d.com", "2 个邮箱"),
        ("发微信吧", "没有看到电子邮箱"),
    ],
)
def test_what_is_no_address_is_refused(text: str, says: str) -> None:
    """With what is missing."""
    outcome = judged(text, EMAIL)
    assert outcome.kind == "reject"
    assert says in (outcome.message or "")


def test_a_slip_in_a_common_domain_is_asked_about() -> None:
    """It may be right, so the applicant decides."""
    outcome = judged("lihua@qq.con", EMAIL)
    assert outcome.kind == "warn"
    assert "qq.com" in (outcome.message or "")


@given(st.integers(min_value=100000, max_value=999999), _DAYS, st.integers(min_value=0, max_value=999))
def test_an_identity_number_is_read_however_it_is_spaced(region: int, birth: date, order: int) -> None:
    """Any region (they come and go), with a small x."""
    body = f"{region}{birth:%Y%m%d}{order:03d}"
    number = body + ric.calc_check_digit(body + "0")
    assert value_of(f"身份证号：{number[:6]} {number[6:14]} {number[14:].lower()}", ID_CARD) == number


@given(st.integers(min_value=0, max_value=17), st.integers(min_value=1, max_value=9))
def test_one_wrong_figure_in_an_identity_number_is_noticed(place: int, by: int) -> None:
    """That is what its last character is for."""
    number = "369988198603090420"
    number = number[:-1] + ric.calc_check_digit(number)
    figure = "X" if place == 17 and by == 9 else str((int(number[place].replace("X", "9")) + by) % 10)
    wrong = number[:place] + figure + number[place + 1 :]
    assert wrong == number or judged(wrong, ID_CARD).kind == "reject"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("110101900307803", "15 位的旧身份证号"),
        ("36998819860309042", "17 位"),
        ("36998819860399042X", "出生日期"),
        ("36998820290309042X", "出生日期"),
        ("369988********042X", "打了码"),
        ("在户口本上", "18 位"),
    ],
)
def test_what_is_no_identity_number_is_refused_with_its_reason(text: str, says: str) -> None:
    """Old ones of 15 digits are explained, birthdays yet to come are none."""
    outcome = judged(text, ID_CARD)
    assert outcome.kind == "reject"
    assert says in (outcome.message or "")


@pytest.mark.parametrize("kind", ["id_card", "credit_code", "bank_account", "code", "phone", "mobile", "email"])
def test_nothing_yet_is_told_from_something_wrong(kind: str) -> None:
    """待定 is answered with what is asked for, 跳过 leaves an optional field open."""
    assert "必填" in (judged("还不知道", field_of(kind)).message or "")
    assert judged("无", field_of(kind, optional=True, empty="无")).kind == "accept"
    assert printed_of("无", field_of(kind, optional=True, empty="无")) == "无"


@given(st.text("0123456789", min_size=8, max_size=8), st.text(_ALPHABET, min_size=9, max_size=9))
def test_a_credit_code_is_read_however_it_is_spaced(head: str, body: str) -> None:
    """Small letters become capitals."""
    code = head + body
    code += uscc.calc_check_digit(code)
    assert value_of(f"代码 {code[:4].lower()} {code[4:8]} {code[8:12].lower()} {code[12:]}", CREDIT_CODE) == code
    wrong = code[:-1] + _ALPHABET[(_ALPHABET.index(code[-1]) + 1) % len(_ALPHABET)]
    assert judged(wrong, CREDIT_CODE).kind == "reject"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("340100000123456", "原来的 15 位"),
        ("52539908MJ3W8T058", "17 位"),
        ("52539908MJ3W8TO58A", "没有 O 这样的字母"),
        ("52539908MJ3W8T058B", "校验码"),
    ],
)
def test_what_is_no_credit_code_is_refused_with_its_reason(text: str, says: str) -> None:
    """Numbers of before, letters taken for figures, a wrong check character."""
    outcome = judged(text, CREDIT_CODE)
    assert outcome.kind == "reject"
    assert says in (outcome.message or "")


@given(st.integers(min_value=10**15, max_value=10**16 - 1))
def test_the_check_of_cards_is_only_for_cards(stem: int) -> None:
    """A wrong card number is asked about; what is no card has no such check."""
    card = "62" + str(stem)
    card += luhn.calc_check_digit(card)
    assert judged(card, ACCOUNT).kind == "accept"
    assert judged(card[:-1] + str((int(card[-1]) + 1) % 10), ACCOUNT).kind == "warn"
    assert judged("1302" + str(stem), ACCOUNT).kind == "accept"


@pytest.mark.parametrize(
    ("text", "bank", "number"),
    [
        (
            "开户行：中国工商银行合肥分行营业部，账号：1302 0101 1920 0012 345",
            "中国工商银行合肥分行营业部",
            "1302010119200012345",
        ),
        ("户名：青禾协会\n开户银行：徽商银行\n账号：1789001234567", "徽商银行", "1789001234567"),
        ("我们的开户行是农业银行城南支行账号是1789001234567", "农业银行城南支行", "1789001234567"),
        ("1789001234567 中国银行蜀山支行", "中国银行蜀山支行", "1789001234567"),
    ],
)
def test_an_account_is_told_from_its_bank_and_its_holder(text: str, bank: str, number: str) -> None:
    """In any order, on one line or on several."""
    assert value_of(text, BANKED) == {"bank": bank, "number": number}


def test_a_missing_bank_is_asked_for_by_name() -> None:
    """With an account as it may be written."""
    assert "还缺开户银行" in (judged("1789001234567", BANKED).message or "")


def test_a_code_has_as_many_characters_as_the_form_says() -> None:
    """One length, or from … to …; boxes take one character each."""
    certificate = field_of("code", least=17, most=17)
    assert value_of("2008 3699 8220 04187", certificate) == "20083699822004187"
    assert "应为 17 位" in (judged("2008369982200418", certificate).message or "")
    assert value_of("yz-bs 2023-0086", field_of("code")) == "YZBS20230086"
    assert "6 个方格" in (judged("2300012", field_of("code", print={"cells": 6})).message or "")
    assert printed_of("0551-62600000", field_of("phone", print={"cells": 12})) == "055162600000"
