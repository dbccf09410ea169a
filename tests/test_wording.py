"""What a clerk reads: short, what presses first, what changed and nothing else, no for an answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from dialogs.protocol import Moment
from knowledge.loading.pack_folder import load_pack
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.application import BLOCK, STORY
from tests.document_samples import PACK
from tests.second_call import PACK as SECOND

CALLS = [load_pack(PACK), SECOND]
every_call = pytest.mark.parametrize("pack", CALLS, ids=lambda pack: pack.id)


@pytest.fixture
def reviewing() -> Applicant:
    """Somebody who has just been shown the whole application."""
    applicant = Applicant(CALLS[0])
    for words in ("/start", "开始填表", BLOCK, STORY, "跳过", "跳过"):
        applicant.type(words)
    assert applicant.at == "review"
    return applicant


@every_call
def test_who_starts_is_told_what_is_kept_and_for_how_long(pack: NoticePack):
    """The number of days is the office's own, not one written in a sentence."""
    applicant = Applicant(pack, pack.facts.date("deadline") - timedelta(days=3))
    said = applicant.type("开始填表")
    assert f"{Moment(today=applicant.today).kept_days}天" in said
    assert "删除我的资料" in said


@every_call
@pytest.mark.parametrize("way", ["开始填表", "/start"])
@pytest.mark.parametrize(("later", "told"), [(0, "今天"), (1, "已于")])
def test_on_the_last_day_and_after_it_that_is_said_first(pack: NoticePack, way: str, later: int, told: str):
    """Nobody fills in eighteen fields to read at the end that the call has closed."""
    applicant = Applicant(pack, pack.facts.date("deadline") + timedelta(days=later))
    said = applicant.type(way)
    assert told in said
    assert "截止" in said
    applicant.type("开始填表")
    applicant.type("取消")
    assert told in applicant.type("继续填报").partition("\n")[0]


@every_call
def test_days_before_the_last_nobody_is_pressed(pack: NoticePack):
    """Going on with the form says nothing of the deadline while there is time."""
    applicant = Applicant(pack, pack.facts.date("deadline") - timedelta(days=3))
    assert "截止" not in applicant.type("开始填表")


@pytest.mark.parametrize(
    "change",
    [
        lambda applicant: applicant.type("受益人数改成5000人"),
        lambda applicant: (applicant.type("修改受益人数"), applicant.type("5000人")),
    ],
    ids=["in one sentence", "by going to the field"],
)
def test_after_a_change_at_the_review_only_the_change_is_shown(
    reviewing: Applicant, change: Callable[[Applicant], object]
):
    """Eighteen lines are read once, not again after every word that is changed."""
    change(reviewing)
    assert reviewing.at == "review"
    assert "5000人" in reviewing.said
    assert "网络传播量" not in reviewing.said
    assert "确认无误" in reviewing.said
    assert "网络传播量" in reviewing.type("预览")


@pytest.mark.parametrize("no", ["不同意", "我不同意", "先不同意吧", "拒绝", "暂不同意"])
def test_a_no_to_the_statement_is_taken_as_a_no(reviewing: Applicant, no: str):
    """Nothing is made, nothing is lost, and the ways on are offered; no lecture on what must be declared."""
    reviewing.press("确认无误")
    said = reviewing.type(no)
    assert "先不生成" in said
    assert "没有得到" not in said
    assert not reviewing.files
    reviewing.press("先保存")
    assert reviewing.at == "menu"
    reviewing.type("继续填报")
    assert reviewing.at == "declaration"
    reviewing.type("不同意")
    reviewing.press("修改某一项")
    reviewing.press("投入资金")
    reviewing.type("15万元")
    assert reviewing.at == "review"


@every_call
def test_an_answer_is_read_back_with_a_tick_before_the_next_question(pack: NoticePack):
    """One message a turn, the tick first: no 记下了 eighteen times."""
    applicant = Applicant(pack, pack.facts.date("deadline") - timedelta(days=3))
    applicant.type("开始填表")
    said = applicant.type("石桥镇榕树社会工作站")
    assert len(applicant.replies) == 1
    assert said.startswith("✓ ")
    assert "记下了" not in said


@every_call
def test_a_short_answer_the_form_offers_is_given_with_one_tap(pack: NoticePack):
    """今天 is what nearly everybody writes as the date; nobody types it."""
    applicant = Applicant(pack, pack.facts.date("deadline") - timedelta(days=3))
    applicant.type("开始填表")
    applicant.type("石桥镇榕树社会工作站")
    key = applicant.at
    applicant.press("今天")
    assert applicant.session.draft.values[key].value == applicant.today.isoformat()


def test_the_number_of_a_button_agrees_to_the_statement(reviewing: Applicant):
    """A console and WeChat show numbered buttons; 1 is then a clear yes."""
    reviewing.press("确认无误")
    reviewing.type("1")
    assert reviewing.at == "done"


@pytest.mark.parametrize("words", ["简介前面少了第一段 我重新发一遍", "简介写错了，重发一下"])
def test_few_words_never_take_the_place_of_a_long_text(reviewing: Applicant, words: str):
    """Who says that the text will be sent again is asked for it, and the text held stays till then."""
    reviewing.type(words)
    assert reviewing.at == "description"
    assert reviewing.session.draft.values["description"].text == STORY
