"""What people say to the bot about the application as a whole, and about values that wait for their confirmation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.protocol import Preset, Upload
from dialogs.understanding.clauses import clauses
from dialogs.understanding.speech_acts import clause_acts, speech_act, speech_act_words
from knowledge.loading.pack_folder import PACKS, load_pack
from tests.applicant import Applicant

PACK = load_pack(PACKS / "anhui-2024")
PROSE = "我们是皖北乡村公益促进中心，项目叫银龄e课堂，2021年5月开始做的，参与320人，受益12600人，花了35万，都是社会捐赠"
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
    "funds_source": "社会捐赠",
    "manpower": "12人",
    "registered": "否",
    "contact_applicant": "王小明 13855512345",
    "contact_recommender": "安徽省某厅 李四 0551-62606335",
    "description": "我们从2021年起在皖北的乡村开展公益课堂，组织志愿者为留守儿童上课。" * 8,
    "honors": "无",
    "media_links": "无",
}


def pasted() -> Applicant:
    """Somebody whose prose was sorted into fields and waits for confirmation."""
    applicant = Applicant(PACK)
    applicant.type("开始填表")
    applicant.type(PROSE)
    assert applicant.at == "import_review"
    return applicant


def at(field: str | None) -> Applicant:
    """Somebody who has filled in what stands before a field, or all of it."""
    applicant, keys = Applicant(PACK), list(PACK.fields)
    before = keys[: keys.index(field)] if field else keys
    applicant.put(Preset(values={key: HELD[key] for key in before if key in HELD}, at=field))
    return applicant


def value(applicant: Applicant, key: str) -> object:
    held = applicant.session.draft.values.get(key)
    return held.value if held else None


@pytest.mark.parametrize("said", ["都可以用", "刚才说的都用上", "对的都对", "没毛病，收下", "照单全收"])
def test_agreement_takes_all_that_was_proposed(said: str) -> None:
    """However it is put together."""
    applicant = pasted()
    applicant.type(said)
    assert value(applicant, "participants") == 320
    assert value(applicant, "funds") == 350_000


@pytest.mark.parametrize(
    ("said", "field", "wanted"),
    [
        ("受益人数不对，应该是13600", "beneficiaries", 13_600),
        ("项目名称改成银龄云课堂", "project_name", "银龄云课堂"),
        ("投入资金38万才对", "funds", 380_000),
        ("受益人数：14000", "beneficiaries", 14_000),
        ("不是320人，是340人", "participants", 340),
    ],
)
def test_a_correction_changes_the_proposal_and_keeps_the_rest(said: str, field: str, wanted: object) -> None:
    """The proposal is shown again; only the word of the applicant puts it into the form."""
    applicant = pasted()
    assert "改好了" in applicant.type(said)
    assert not applicant.session.draft.values
    applicant.type("都对")
    assert value(applicant, field) == wanted
    assert len(applicant.session.draft.values) == 7


def test_a_field_said_to_be_wrong_is_asked_for_and_its_value_put_into_the_proposal() -> None:
    """The other values wait meanwhile."""
    applicant = pasted()
    assert "应该是什么" in applicant.type("修改项目名称")
    applicant.type("银龄网课")
    applicant.type("全部采用")
    assert value(applicant, "project_name") == "银龄网课"
    assert value(applicant, "participants") == 320


def test_what_is_left_behind_by_a_jump_is_shown_when_its_field_is_asked_for() -> None:
    """Nothing typed is lost: the words stand beside the question."""
    applicant = pasted()
    applicant.type("不填了")
    assert "皖北乡村公益促进中心" in applicant.type("继续填报")


def test_words_that_fit_no_field_are_told() -> None:
    """An unlabelled paste says what it left out."""
    applicant = Applicant(PACK)
    applicant.type("开始填表")
    assert "我们还有自己的小程序" in applicant.type(PROSE + "，我们还有自己的小程序")


@pytest.mark.parametrize("said", ["都对 下一步", "就这样用吧", "核对过了，都没错", "没有要改的了", "生成word"])
def test_agreement_at_the_review_goes_on_to_the_consent(said: str) -> None:
    """So does the wish for the document: the consent comes before it."""
    applicant = at(None)
    assert applicant.at == "review"
    applicant.type(said)
    assert applicant.at == "declaration"


@pytest.mark.parametrize("said", ["导出来给我", "把表发我", "生成word", "我想要word版", "材料打包"])
def test_who_asks_for_the_document_too_early_gets_a_copy_of_what_there_is(said: str) -> None:
    """And the same field is asked again."""
    applicant = at("funds")
    applicant.type(said)
    assert applicant.files
    assert applicant.at == "funds"


def test_the_document_is_handed_over_again_when_it_is_asked_for() -> None:
    """It is the same one, and nothing is filed twice."""
    applicant = at(None)
    applicant.type("确认无误")
    applicant.type("同意")
    assert applicant.at == "done"
    assert "和之前那份一样" in applicant.type("把表再发我一份")
    assert applicant.files
    assert applicant.last.filed is None


@pytest.mark.parametrize("said", ["没有荣誉", "荣誉我们没有", "没拿过荣誉", "奖项暂时没有"])
def test_none_of_an_optional_field_is_heard_wherever_it_is_said(said: str) -> None:
    """The field asked for stays asked."""
    applicant = at("reach")
    applicant.type(said)
    assert applicant.session.draft.values["honors"].display == ""
    assert applicant.at == "reach"


@pytest.mark.parametrize("said", ["可以帮我填表吗", "我们是做老人服务的社团 想报你们这个怎么弄", "教教我怎么填"])
def test_who_wants_to_be_led_is_led(said: str) -> None:
    """After a word about oneself, too."""
    applicant = Applicant(PACK)
    applicant.type(said)
    assert applicant.at == "unit_name"


@pytest.mark.parametrize("said", ["天气真冷啊 我们单位叫皖北乡村公益促进中心", "今天堵车堵死了。皖北乡村公益促进中心"])
def test_a_remark_beside_the_answer_stays_out_of_the_form(said: str) -> None:
    """The form holds the name alone."""
    applicant = at("unit_name")
    applicant.type(said)
    assert value(applicant, "unit_name") == "皖北乡村公益促进中心"


def test_the_same_refusal_is_never_said_twice_in_a_row() -> None:
    """It is put in other words, and the field may be left open."""
    applicant = at("fill_date")
    said = [applicant.type("13月45日") for _ in range(5)]
    assert all(one != other for one, other in pairwise(said))
    assert "先空着" in said[1]


def test_an_edited_message_is_read_like_a_new_one() -> None:
    """What it tells of another field is held as well, and a word of correction stays out of the form."""
    applicant = at("participants")
    applicant.type("320人")
    applicant.edit(applicant.sent, "不对，是330人，受益1200人")
    assert value(applicant, "participants") == 330
    assert value(applicant, "beneficiaries") == 1200


def test_a_correction_under_a_file_is_carried_out() -> None:
    """The words under it are read like any others; what only says what the file shows is not."""
    applicant = at("funds")
    caption = "受益人数写错了，应该是4500人"
    applicant.put(Upload(name="a.doc", content=b"x", caption=caption))
    assert value(applicant, "beneficiaries") == 4500
    assert applicant.at == "funds"
    applicant.put(Upload(name="a.doc", content=b"x", caption="活动现场"))
    assert value(applicant, "funds") is None


@given(st.text(max_size=60))
def test_any_words_are_looked_at_without_harm(text: str) -> None:
    """A strange character makes them no act."""
    assert speech_act(clauses(text), PACK.form) in {None, *speech_act_words().acts}


def test_one_strange_word_makes_a_clause_no_act() -> None:
    """Names and figures are never agreement."""
    assert not clause_acts("都对李明")
    assert not clause_acts("320人")
    assert not clause_acts("不发我表")
