"""Facts told without the form's labels: cut into pieces, each figure, name and person given to its own field."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.fields.outcome import Rejected
from dialogs.pack_cache import finder_of
from dialogs.understanding.bare_answers import is_bare_answer
from dialogs.understanding.clauses import clauses
from dialogs.understanding.prose import Prose
from dialogs.understanding.prose_names import source_said, title_in, unit_in
from dialogs.understanding.situation import Situation
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack
from tests.second_call import PACK as SECOND

PACK = load_pack(PACKS / "anhui-2024")
TODAY = date(2024, 2, 1)
FACTS = {
    "unit_name": {
        "枞阳县白柳镇山丫志愿者协会": [
            "我们是枞阳县白柳镇山丫志愿者协会",
            "单位的话是枞阳县白柳镇山丫志愿者协会",
            "咱单位全名叫枞阳县白柳镇山丫志愿者协会",
        ]
    },
    "project_name": {"板凳课堂": ["项目呢叫板凳课堂", "报的是“板凳课堂”", "【项目】板凳课堂", "板凳课堂这个项目"]},
    "period": {"2021年5月至今": ["2021.5至今", "自2021年5月起实施至今", "二零二一年五月开始，目前还在做"]},
    "category": {"互联网+教育发展": ["教育发展类的", "属于互联网+教育发展", "归教育发展那类"]},
    "participants": {"320": ["320人参与", "参与人数有320人", "动员了320人参加"]},
    "beneficiaries": {"4500": ["惠及4500人", "受益4500人", "服务了4500名老人"]},
    "reach": {"58万次": ["全网播放58万次", "传播量：58万次"]},
    "funds": {"8.2万元": ["花了八万二", "经费82000元", "投入资金8.2万元"]},
    "registered": {"否": ["没在民政备案", "民政那边没备案"]},
}
BETWEEN = ["，", "；", "。", "\n", "\n• ", " / ", "、", "｜", "，然后"]


def read(text: str, pack: NoticePack = PACK) -> Prose:
    """Read a message at the first field of a form."""
    at = Situation(pack, finder_of(pack), TODAY, asked=pack.form.fields[0])
    return Prose(clauses(text), text, at).read()


def values(found: dict[str, str], pack: NoticePack = PACK) -> dict[str, object]:
    """Give what the fields make of the words found for them."""
    at = Situation(pack, finder_of(pack), TODAY)
    judged = {key: at.judge(pack.fields[key], words) for key, words in found.items()}
    return {key: None if isinstance(one, Rejected) else one.value for key, one in judged.items()}


@st.composite
def told(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Give a message of several facts, in any order and any way of saying and parting them, and what it tells."""
    keys = draw(st.lists(st.sampled_from(sorted(FACTS)), min_size=3, unique=True))
    meant = {key: draw(st.sampled_from(sorted(FACTS[key]))) for key in keys}
    said = [draw(st.sampled_from(FACTS[key][meant[key]])) for key in keys]
    opening = draw(st.sampled_from(["", "您好，", "我说一下啊，", "情况如下："]))
    return opening + draw(st.sampled_from(BETWEEN)).join(said), meant


@settings(max_examples=60)
@given(told())
def test_facts_reach_their_fields_in_any_order(message: tuple[str, dict[str, str]]) -> None:
    """However facts are ordered, said and parted, each field gets its own value, and no other field gets any."""
    text, meant = message
    assert values(read(text).found) == values(meant)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*"我们项目单位参与受益花了的是，、：。（）“”\n 123万人名", "2021年", "联系人", "备案"]),
        max_size=40,
    )
)
def test_whatever_is_found_is_taken_by_its_field(words: list[str]) -> None:
    """No heap of words makes the reading fail, and nothing is proposed that a field would refuse."""
    found = read("".join(words)).found
    assert None not in values(found).values()


@settings(max_examples=40)
@given(st.data())
def test_another_call_is_read_by_its_own_names(data: st.DataObject) -> None:
    """The same reading serves a form that shares no field with the first."""
    keys = ["applicant", "title", "served", "volunteers", "activities", "hours", "leader", "liaison_mail"]
    keys = data.draw(st.lists(st.sampled_from(keys), min_size=2, unique=True))
    copula = data.draw(st.sampled_from(["：", "是", "为", "，", " "]))
    between = data.draw(st.sampled_from(["；", "\n", "。"]))
    fields = [SECOND.fields[key] for key in keys]
    text = between.join(f"{one.label}{copula}{one.example}" for one in fields)
    assert values(read(text, SECOND).found, SECOND) == values({one.key: one.example for one in fields}, SECOND)


@pytest.mark.parametrize(
    ("text", "participants", "beneficiaries"),
    [
        ("60名志愿者服务900名儿童", 60, 900),
        ("900人参与60人受益", 900, 60),
        ("参与人数和受益人数分别为60人和900人", 60, 900),
        ("受益900人、参与60人", 60, 900),
    ],
)
def test_two_figures_of_one_clause_are_told_apart(text: str, participants: int, beneficiaries: int) -> None:
    """The word beside a figure says whose it is, before or behind it."""
    assert values(read(text).found) == {"participants": participants, "beneficiaries": beneficiaries}


def test_a_figure_nothing_speaks_of_is_left_alone() -> None:
    """A wrong value is worse than a missing one."""
    assert read("我们那里有260人，一共去了88号院").found == {}


def test_two_people_are_told_apart_by_their_units() -> None:
    """A unit told with a word of the recommender's name makes the person its own; a phone may come first."""
    found = read("方静 13800000777，推荐单位那边是安庆市民政局，电话0556-5551234，找周平").found
    assert values(found) == {
        "contact_applicant": {"name": "方静", "phone": "13800000777"},
        "contact_recommender": {"unit": "安庆市民政局", "name": "周平", "phone": "0556-5551234"},
    }


def test_what_is_copied_out_of_a_messenger_is_read_without_its_heads() -> None:
    """Who wrote when stands above each message and belongs to no field."""
    prose = read(
        "小周 2024/1/30 10:21\n单位是枞阳县山丫书社\n小周 2024/1/30 10:22\n320人参与\n[10:23] 小周：\n受益900人"
    )
    assert values(prose.found) == {"unit_name": "枞阳县山丫书社", "participants": 320, "beneficiaries": 900}
    assert prose.left() == ()


def test_names_stand_within_what_is_said_around_them() -> None:
    """Small words before and behind a name go, in any number; what belongs to the name stays."""
    assert unit_in("嗯那个，咱单位的全名呢就是枞阳县山丫书社") == "枞阳县山丫书社"
    assert unit_in("我在枞阳县山丫小学上班") == "枞阳县山丫小学"
    assert unit_in("我们的家园志愿者协会") == "我们的家园志愿者协会"
    assert title_in("项目名称那就写山丫图书馆", ()) == "山丫图书馆"
    assert title_in("我们想报板凳课堂这个项目", ()) == "板凳课堂"
    assert title_in("板凳课堂", ()) == ""
    assert source_said("这钱主要来自村民集资") == "村民集资"
    assert source_said("所用经费") == ""


@pytest.mark.parametrize(
    ("key", "words", "alone"),
    [
        ("participants", "约5200人", True),
        ("participants", "5200人，受益900人", False),
        ("participants", "260名学生", False),
        ("period", "2021年9月至今", True),
        ("period", "2021年9月至今天没停过", False),
        ("unit_name", "安庆市枞阳县山丫志愿者协会", True),
        ("unit_name", "我们是安庆市枞阳县山丫志愿者协会", False),
        ("funds_source", "村民集资、社会捐赠", True),
        ("funds_source", "村民集资2万，社会捐赠3万", False),
        ("registration_no", "皖社证字第2018045001号", True),
        ("registration_no", "13800000777", False),
        ("contact_recommender", "安庆市民政局 周平 0556-5551234", True),
        ("contact_recommender", "申报单位联系人方静 13800000777", False),
    ],
)
def test_a_bare_value_is_the_answer_to_what_is_asked(key: str, words: str, alone: bool) -> None:
    """Only what has nothing said around it is taken without looking for anything else in it."""
    assert is_bare_answer(words, Situation(PACK, finder_of(PACK), TODAY, asked=PACK.fields[key])) is alone
