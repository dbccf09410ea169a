"""A second call, sharing no field, place or word with the first: everything an applicant can do works there too."""

import email
import io
import zipfile
from email.policy import default

import docx
import pytest

from bot.packs import lint
from dialogs.document.fill import fill
from dialogs.message_texts import say
from dialogs.pack_cache import template_of
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.pack_words import words_of
from tests.second_call import ANSWERS, BLOCK, FOLDER, PACK, STORY, TOO_LATE, answering, finished, rows, stranger

CHECKLIST, DRAFT = say("package.checklist_name"), say("package.draft_name")

NAMED = "“夕阳伴读”乡村老人识字班+石桥镇榕树社会工作站+19800000002"


@pytest.fixture
def applicant() -> Applicant:
    """Somebody who has begun to fill in the form."""
    applicant = stranger()
    applicant.press("开始填表")
    return applicant


def test_the_pack_passes_every_check() -> None:
    """As an office would leave it: nothing to complain of."""
    assert [str(problem) for problem in lint(FOLDER)] == []


def test_it_shares_nothing_with_the_first(pack: NoticePack) -> None:
    """No key and no fact in common, so that whatever code knows of the first call shows here."""
    assert not set(pack.fields) & set(PACK.fields)
    shown = {str(pack.facts.shown(name)) for name in pack.facts} & {str(PACK.facts.shown(name)) for name in PACK.facts}
    assert shown <= {"3"}  # two quotas happen to be equal


def test_a_whole_form_becomes_a_document_that_shows_every_answer() -> None:
    """Each answer stands in the cell beside its label, each box is ticked, what nobody fills stays as printed."""
    document = finished().files[0]
    assert document.name == f"{NAMED}.docx"
    shown = rows(document.content)
    line = next(row[0] for row in shown if row[0].startswith("申报单位（盖章）"))
    assert "石桥镇榕树社会工作站" in line
    assert "2025年5月6日" in line
    assert ["项目名称", ANSWERS["title"]] in shown
    assert ["项目类别", "□理论宣讲", "√助老助残", "□关爱未成年人"] in shown
    assert ["启动时间", "2022年6月18日", "目前是否仍在实施", "√是    □否"] in shown
    place = next(row for row in shown if row[0].startswith("主要实施"))
    assert (place[1], place[2], place[3]) == ("石桥镇8个行政村", "受益人次", "3600人次")
    counted = next(row for row in shown if row[0].startswith("累计开展"))
    assert [counted[1], counted[3]] == ["96次", "4280小时"]
    assert ["项目负责人", "姓名", "卢静怡", "所在单位及职务", "石桥镇榕树社会工作站 站长"] in shown
    assert ["", "手机", "19800000001"] in shown
    assert ["联 系 人", "姓名", "金小满", "手机", "19800000002"] in shown
    assert ["", "电子邮箱", "rongshu@example.com"] in shown
    assert ["项目简介及成效", STORY] in shown
    assert any(row[-1].startswith("（本单位承诺以上内容真实") for row in shown)


def test_what_another_answer_makes_needless_is_not_asked() -> None:
    """其他 asks for its words."""
    applicant = stranger()
    applicant.press("开始填表")
    answering(applicant, upto="sphere").type("其他")
    assert applicant.at == "sphere_other"
    applicant.type("文物保护宣讲")
    answering(applicant).press("确认无误")
    assert any("√其他（请注明：文物保护宣讲）" in row[-1] for row in rows(applicant.files[0].content))


def test_who_is_not_registered_is_told_so_and_asked_for_no_number() -> None:
    """三（三） demands it: the answer is kept, the form is kept back."""
    applicant = stranger()
    applicant.press("开始填表")
    said = answering(applicant, upto="on_system").type("还没注册")
    assert "三（三）" in said
    assert applicant.at == "on_system"
    applicant.press("先保留")
    assert applicant.at == "leader"


@pytest.mark.parametrize(
    ("key", "typed", "clause"),
    [
        ("title", "“夕阳伴读”山区留守老人识字和智能手机使用能力提升班", "五（一）"),
        ("launched", "2024年3月6日", "三（一）"),
        ("volunteers", "29", "三（三）"),
        ("activities", "十一次", "三（二）"),
        ("hours", "999小时", "三（二）"),
        ("story", "每周三开班，老人都说好。", "五（一）"),
    ],
)
def test_what_the_notice_forbids_is_refused_with_its_clause(
    applicant: Applicant, key: str, typed: str, clause: str
) -> None:
    """The same question is asked again; the clause is the notice's own number."""
    answering(applicant, upto=key).type(typed)
    assert applicant.at == key
    assert clause in applicant.said


def test_everything_for_the_envelope_comes_in_one_file() -> None:
    """Form, checklist, and a draft to the notice's own address, named as this notice demands."""
    applicant = finished()
    applicant.press("打包全部材料")
    assert applicant.files[0].name == f"{NAMED}.zip"
    with zipfile.ZipFile(io.BytesIO(applicant.files[0].content)) as kit:
        assert kit.namelist() == [f"{NAMED}.docx", CHECKLIST, DRAFT]
        listed = kit.read(CHECKLIST).decode("utf-8-sig")
        message = email.message_from_bytes(kit.read(DRAFT), policy=default)
    assert (message["To"], message["Subject"]) == ("zyfw@yunze.gov.cn", NAMED)
    assert listed.count("[  ]") == len(PACK.form.afterwards)
    assert "“项目名称+推荐单位+联系人手机”" in listed


def test_after_the_deadline_one_can_begin_go_on_and_finish() -> None:
    """It is said at once that the call has closed and whom to ask; nothing else stops."""
    applicant = stranger(TOO_LATE)
    assert "2025年5月20日" in applicant.said
    assert "0568-2810316" in applicant.said
    applicant.press("开始填表")
    answering(applicant, upto="place").type("取消")
    assert applicant.at == "menu"
    applicant.type("/start")
    applicant.type("继续填报")
    assert applicant.at == "place"
    answering(applicant).press("确认无误")
    assert applicant.files[0].name == f"{NAMED}.docx"


def test_a_question_between_is_answered_and_the_field_asked_again(applicant: Applicant) -> None:
    """The answer cites this notice."""
    answering(applicant, upto="hours").type("时长以哪个系统为准？")
    assert applicant.at == "hours"
    assert "以全国志愿服务信息系统记录为准" in applicant.said
    assert [each.clause for reply in applicant.replies for each in reply.citations] == ["三（二）"]
    applicant.type(ANSWERS["hours"])
    assert applicant.at == "on_system"


def test_what_the_notice_leaves_open_is_not_invented(applicant: Applicant) -> None:
    """Whom to ask is this office's telephone."""
    applicant.type("答辩在什么地方？")
    assert applicant.at == "applicant"
    assert "0568-2810316" in applicant.said


def test_an_answer_can_be_changed_at_the_review(applicant: Applicant) -> None:
    """One change leads back to the review, and the document shows it."""
    answering(applicant)
    applicant.type("修改在册志愿者人数")
    applicant.type("52")
    assert applicant.at == "review"
    assert "在册志愿者人数：52" in applicant.said
    applicant.press("确认无误")
    assert any(row[-1] == "52人" for row in rows(applicant.files[0].content))


def test_a_pasted_block_fills_all_it_names(applicant: Applicant) -> None:
    """Labels of this form are known as those of the first are."""
    applicant.type(BLOCK)
    assert applicant.at == "story"
    draft = applicant.session.draft
    assert set(ANSWERS) - {"story", "awards"} <= set(draft.values)


def test_a_half_filled_form_is_taken_from_where_it_stopped(applicant: Applicant) -> None:
    """Filled by this bot or typed into the office's own blank, every answer in it is offered."""
    half = answering(applicant, upto="on_system").session.draft.submission(PACK)
    _takes(fill(half, template_of(PACK), PACK.form), set(half.entries))


def test_the_offices_blank_typed_in_by_hand_is_taken() -> None:
    """No control, no tag: labels and places are enough."""
    document = docx.Document(io.BytesIO(PACK.template))
    table = document.tables[0]
    for row, column, words in ((0, 1, ANSWERS["title"]), (5, 1, ANSWERS["place"]), (9, 2, ANSWERS["leader"])):
        table.cell(row, column).text = words
    saved = io.BytesIO()
    document.save(saved)
    _takes(saved.getvalue(), {"title", "place", "leader"})


def _takes(document: bytes, expected: set[str]) -> None:
    applicant = stranger()
    applicant.press("开始填表")
    applicant.upload("申报表.docx", document)
    assert applicant.at == "import_review"
    applicant.press("全部")
    held = applicant.session.draft.values
    assert expected <= set(held)
    assert held["title"].display == ANSWERS["title"]


def test_the_check_of_ones_eligibility_quotes_this_notice() -> None:
    """Its own buttons, its own verdicts."""
    applicant = stranger()
    applicant.press("先看看")
    for answer in ("符合", "符合", "不符合", "说不清"):
        applicant.press(answer)
    assert "有1项不满足" in applicant.said
    assert "三（二）" in applicant.said


def test_erased_means_erased() -> None:
    """The session holds nothing any more, and the shell is told to delete the rest."""
    applicant = finished()
    applicant.type("删除我的资料")
    applicant.press("全部删除")
    assert applicant.last.erase
    assert "榕树" not in applicant.session.model_dump_json()
    assert applicant.at == "menu"


def test_nobody_under_the_second_call_hears_of_the_first(pack: NoticePack) -> None:
    """From the greeting to the envelope, questions, commands and refusals between: no word of the other is said."""
    applicant = stranger()
    said = [applicant.said, applicant.press("开始填表")]
    between = (
        "帮助",
        "预览",
        "进度",
        "跳过",
        "上一步",
        "我的申报",
        "什么时候截止？",
        "今天天气怎么样",
        "呃",
        "/unknown",
    )
    said += [applicant.type(words) for words in between]
    while applicant.at in PACK.fields:
        said += [applicant.type(words) for words in ("？", "0", ANSWERS[applicant.at])]
    said += [applicant.type("帮助"), applicant.press("确认无误")]
    said += [applicant.type(words) for words in ("打包", "帮助", "谢谢", "修改", "取消")]
    own = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.[my]*"))
    heard = {word for word in words_of(pack) - words_of(PACK) for text in said if word in text and word not in own}
    assert heard <= HEARD_STILL


HEARD_STILL = {
    "推荐表",
    "申报理由",
    "起止时间",
    "媒体报道",
}  # words of the first call that are owed a place in its pack
