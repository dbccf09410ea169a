"""A person's name, an address, and what the office fills in."""

import pytest

from tests.test_fields.asking import field_of, judged, printed_of, value_of

PERSON, ADDRESS = field_of("person", label="姓名"), field_of("address", label="通讯地址")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("费立川", "费立川"),
        ("我叫王小雅", "王小雅"),
        ("姓名：王  强", "王强"),
        ("就写王小雅吧", "王小雅"),
        ("王小雅女士", "王小雅"),
        ("欧阳修远", "欧阳修远"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("古丽 · 艾山", "古丽·艾山"),
        ("额尔德尼", "额尔德尼"),
        ("Ann Lee", "Ann Lee"),
        ("张和平", "张和平"),
    ],
)
def test_a_name_is_read_out_of_what_is_said_around_it(text: str, name: str) -> None:
    """Names of every people, with the dot in its official form."""
    assert judged(text, PERSON).kind == "accept"
    assert value_of(text, PERSON) == name
    assert value_of(printed_of(text, PERSON) or "", PERSON) == name


@pytest.mark.parametrize("text", ["谭锦云教授", "谭锦云 教授", "谭锦云（教授）"])
def test_a_title_stays_beside_the_name(text: str) -> None:
    """It is printed, and no part of the name other fields are compared with."""
    assert value_of(text, PERSON) == "谭锦云"
    assert printed_of(text, PERSON) == "谭锦云教授"


def test_a_phone_does_not_belong_beside_a_name() -> None:
    """The applicant is told that it was left out."""
    outcome = judged("李敏 13800000555", PERSON)
    assert outcome.kind == "accept"
    assert value_of("李敏 13800000555", PERSON) == "李敏"
    assert "13800000555没有填进去" in (outcome.message or "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("张三、李四", "2 个人"),
        ("张三和李四", "2 个人"),
        ("青禾协会", "单位名称"),
        ("12345", "没有看到姓名"),
        ("待定", "必填"),
        ("谁签字？", "问题"),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(text: str, says: str) -> None:
    """Several people, a unit, figures, nothing yet, a question."""
    outcome = judged(text, PERSON)
    assert outcome.kind == "reject"
    assert says in (outcome.message or "")


def test_what_hardly_is_a_name_is_asked_about() -> None:
    """A nickname may be all there is."""
    assert judged("小王", PERSON).kind == "warn"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("霁川市槐坊区水碓巷3号", "霁川市槐坊区水碓巷3号"),
        ("我们单位的地址是霁川市槐坊区 水碓巷3号", "霁川市槐坊区水碓巷3号"),
        ("地址：某省某县某镇某村二组", "某省某县某镇某村二组"),
        ("230001 霁川市中山路1号", "230001 霁川市中山路1号"),
    ],
)
def test_an_address_is_kept_without_what_introduces_it(text: str, address: str) -> None:
    """Any place, also one no list knows."""
    assert judged(text, ADDRESS).kind == "accept"
    assert value_of(text, ADDRESS) == address


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("水碓巷3号", "warn", "省、市、县"),
        ("霁川市", "reject", "不够具体"),
        ("13800000555", "reject", "没有看到地址"),
        ("https://example.com/a", "reject", "没有看到地址"),
        ("待定", "reject", "必填"),
        ("可以写单位地址吗", "reject", "问题"),
    ],
)
def test_half_an_address_is_not_taken_for_one(text: str, kind: str, says: str) -> None:
    """What is missing is said."""
    outcome = judged(text, ADDRESS)
    assert outcome.kind == kind
    assert says in (outcome.message or "")


def test_the_office_fills_in_its_own_cells() -> None:
    """Nothing typed is taken for them."""
    assert "由办理单位填写" in (judged("同意推荐", field_of("office", label="推荐意见")).message or "")


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("汉", "汉族"),
        ("我是畲族的", "畲族"),
        ("维族", "维吾尔族"),
        ("土家", "土家族"),
        ("民族：回族", "回族"),
        ("白族人", "白族"),
    ],
)
def test_an_ethnic_group_gets_its_official_name(text: str, group: str) -> None:
    """One character is enough."""
    assert judged(text, field_of("ethnic_group", label="民族")).kind == "accept"
    assert value_of(text, field_of("ethnic_group", label="民族")) == group


@pytest.mark.parametrize("text", ["火星族", "汉族和回族", "不知道", "好的"])
def test_what_is_no_ethnic_group_is_refused(text: str) -> None:
    """Or is more than one."""
    assert judged(text, field_of("ethnic_group", label="民族")).kind == "reject"
