"""What is told of values: parts of contacts, figures inside a value, statements of other fields, names, lead-ins."""

import pytest

from dialogs.protocol import Preset
from tests.applicant import Applicant
from tests.test_acts import HELD, PACK, asked_for, held

CONTACTS = {
    "manpower": "4名社工，60名志愿者",
    "contact_applicant": "李敏 13855500001",
    "contact_recommender": "阜阳市委网信办 王强主任 0558-2260000",
}


def holding_contacts(at: str | None) -> Applicant:
    """Somebody whose contacts and staff are held; at the review where no field is named."""
    applicant = Applicant(PACK)
    applicant.put(Preset(values=HELD | CONTACTS, at=at))
    return applicant


@pytest.mark.parametrize(
    ("said", "key", "value"),
    [
        ("推荐单位改成界首市委宣传部", "contact_recommender", ("界首市委宣传部", "王强", "0558-2260000")),
        ("推荐单位写错了，应该是太和县文明办", "contact_recommender", ("太和县文明办", "王强", "0558-2260000")),
        ("推荐单位弄错了，是颍州区民政局不是网信办", "contact_recommender", ("颍州区民政局", "王强", "0558-2260000")),
        ("推荐单位改成临泉县团委，联系人是马兰", "contact_recommender", ("临泉县团委", "马兰", "0558-2260000")),
        ("推荐单位联系人换成刘洋 电话0558-2261111", "contact_recommender", ("阜阳市委网信办", "刘洋", "0558-2261111")),
        ("联系人换人了，现在是蒋雯，18055501234", "contact_applicant", ("蒋雯", "18055501234")),
    ],
)
def test_a_part_of_a_contact_is_exchanged_and_the_parts_not_named_stay(
    said: str, key: str, value: tuple[str, ...]
) -> None:
    """The unit, the name, the phone, or two of them; a title goes with its name; what stayed is told."""
    applicant = holding_contacts("honors")
    words = applicant.type(said)
    found = held(applicant, key)
    assert isinstance(found, dict)
    assert tuple(found.values()) == value
    assert held(applicant, "honors") is None
    assert ("没有变" in words) == (len(value) > 2 or value[0] == "李敏"), words


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("志愿者改成66个", "4名社工，66名志愿者"),
        ("社工减到3名", "3名社工，60名志愿者"),
        ("志愿者不是60，是62", "4名社工，62名志愿者"),
        ("再加2个司机", "4名社工，60名志愿者，2个司机"),
        ("还有3名摄影师也加上", "4名社工，60名志愿者，3名摄影师"),
    ],
)
def test_one_figure_of_a_value_that_lists_several_is_changed_by_its_noun(said: str, text: str) -> None:
    """Whichever field is asked for, a figure inside a value is known by its noun, and a further one is put behind."""
    for at in ("registered", "honors"):
        applicant = holding_contacts(at)
        applicant.type(said)
        value = applicant.session.draft.values["manpower"]
        assert value.text == text, said
        assert applicant.at == at


def test_a_phone_number_is_no_number_of_people_nor_a_sum() -> None:
    """A bare phone, or a line of a contact, is refused where a quantity is asked for; with its unit it is one."""
    for field in ("participants", "reach", "funds"):
        for said in ("13955512345", "159 5555 6666", "0558-2267788", "金小满13955512345"):
            applicant = asked_for(field)
            applicant.type(said)
            assert held(applicant, field) is None, (field, said)
    applicant = asked_for("reach")
    applicant.type("13800000000次")
    assert held(applicant, "reach") == 13_800_000_000


@pytest.mark.parametrize(
    ("at", "said", "key", "value"),
    [
        ("funds_source", "受益人数写12000", "beneficiaries", 12000),
        ("description", "受益人数就填 9800", "beneficiaries", 9800),
        ("project_name", "传播量按200万次算", "reach", 2_000_000),
        ("honors", "参与人数给我登记成450人", "participants", 450),
        ("unit_name", "我们属于社会帮扶类的", "category", "互联网+社会帮扶"),
        ("fill_date", "我们单位是阜阳市青禾公益服务中心", "unit_name", "阜阳市青禾公益服务中心"),
    ],
)
def test_a_verb_of_filling_in_or_belonging_states_the_field_it_names(
    at: str, said: str, key: str, value: object
) -> None:
    """写, 填, 登记成, 按…算 between a field's name and its value: it goes there, also where another value is held."""
    applicant = Applicant(PACK)
    values = {name: words for name, words in HELD.items() if name not in ("unit_name", at, "category")}
    applicant.put(Preset(values=values, at=at))
    applicant.type(said)
    assert held(applicant, key) == value
    assert held(applicant, at) is None
    assert applicant.at == at


def test_who_introduces_himself_is_no_unit_and_his_name_is_kept_for_the_contact() -> None:
    """我叫王小梅 at the name of the unit: the name is kept until the contact is asked for, the phone completes it."""
    for said in ("我叫王小梅", "您好，我是王小梅"):
        applicant = asked_for("unit_name")
        assert "王小梅" in applicant.type(said)
        assert held(applicant, "unit_name") is None
        applicant.put(Preset(values=HELD, at="contact_applicant"))
        applicant.type("13955609876")
        assert held(applicant, "contact_applicant") == {"name": "王小梅", "phone": "13955609876"}


def test_a_fact_told_at_the_menu_begins_the_form_with_it() -> None:
    """Before anything is asked, a unit or a project told in words is held, and the form goes on."""
    for said, key, value in (
        ("我们单位是阜阳市青禾公益服务中心", "unit_name", "阜阳市青禾公益服务中心"),
        ("类别我想是文化传承", "category", "互联网+文化传承"),
        ("联系人是何雨桐，电话18712345678", "contact_applicant", {"name": "何雨桐", "phone": "18712345678"}),
    ):
        applicant = Applicant(PACK)
        applicant.type("/start")
        applicant.type(said)
        assert held(applicant, key) == value, said
        assert applicant.at is not None, said


TEXT = "项目面向山区老人开展手机课堂，志愿者每周六进村教学，两年来从未间断。"


def answered_with(field: str, *messages: str) -> Applicant:
    """Somebody who is asked for a field and sends these messages."""
    applicant = asked_for(field)
    for message in messages:
        applicant.type(message)
    return applicant


@pytest.mark.parametrize("lead", ["简介这样写：", "老师您好，内容如下：", "下面是我们的简介：", "简介我直接粘过来："])
def test_what_leads_in_to_a_text_is_no_part_of_it(lead: str) -> None:
    """Words of address and words that say what follows are left off; a heading of the text's own stays."""
    assert held(answered_with("description", lead + TEXT), "description") == TEXT
    headed = f"项目目标：{TEXT}"
    assert held(answered_with("description", headed), "description") == headed


@pytest.mark.parametrize("lead", ["麻烦您，再加一句：", "补充一下，", "还有一点：", "对了，再加一段："])
def test_what_is_added_to_a_text_comes_without_the_words_that_add_it(lead: str) -> None:
    """However short, it is put behind the text just given."""
    applicant = answered_with("description", TEXT, f"{lead}课程都可以回放。")
    assert held(applicant, "description") == f"{TEXT}\n课程都可以回放。"


def test_a_title_comes_without_what_leads_in_to_it() -> None:
    """标题叫做…, 还有一篇：… before the address of a report."""
    for lead in ("标题叫做", "文章标题是", "麻烦加上这条："):
        applicant = answered_with("media_links", f"{lead}山里来了手机老师 https://example.com/c.html")
        value = applicant.session.draft.values["media_links"]
        assert value.display == "山里来了手机老师 https://example.com/c.html", lead


def test_parts_announced_are_collected_in_their_field_until_they_are_said_to_be_sent() -> None:
    """The conversation moves there and stays; questions and corrections in between are met."""
    applicant = answered_with("contact_applicant", "简介我分几条发哈", TEXT, "截止到几号？", "课程都可以回放。")
    assert held(applicant, "description") == f"{TEXT}\n课程都可以回放。"
    assert held(applicant, "contact_applicant") is None
    applicant.type("参与人数写错了，应该是4500人")
    assert held(applicant, "participants") == 4500
    applicant = answered_with(
        "contact_applicant", "荣誉我一条一条发", "2022年市级优秀项目", "2023年省级优秀项目", "发完了"
    )
    assert held(applicant, "honors") == "2022年市级优秀项目\n2023年省级优秀项目"
    assert applicant.at != "honors"
