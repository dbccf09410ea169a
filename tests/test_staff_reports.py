"""What staff read: open topics, entries to paste, figures, what an edit changed."""

import dataclasses
import shutil
from datetime import date

import pytest
import yaml

from bot.live_pack import PackEdit
from bot.office.edit_notice import as_message as news
from bot.office.edit_notice import changes
from bot.office.open_topics import survey
from bot.office.question_grouping import QuestionIndex
from bot.office.statistics import Stage, stage, stats
from bot.office.unanswered_report import as_message, as_yaml
from bot.packs import proven_pack
from bot.store.progress_counts import FiledCount
from bot.store.questions import OpenQuestion
from dialogs.session import Draft
from knowledge.faq import FaqEntry
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.problems import PackError, Problem
from tests.applicant import Applicant

DAY = date(2024, 2, 1)


def _asked(*texts, field=None):
    return [OpenQuestion(text, "abstained", field, at) for at, text in enumerate(texts)]


@pytest.fixture(scope="module")
def bare(pack):
    """The pack with three entries only, so that much is left to ask."""
    known = ("deadline", "address", "u_hour")
    entries = tuple(entry for entry in pack.faq.entries if entry.id in known)
    assert len(entries) == len(known)
    return dataclasses.replace(pack, faq=pack.faq.model_copy(update={"entries": entries}))


@pytest.mark.parametrize(
    "alike",
    [
        ("奖牌什么时候寄", "什么时候寄奖牌", "奖牌寄不寄"),
        ("能不能住宿", "有没有住宿", "住宿安排在哪"),
        ("培训班在哪里办", "培训班哪天开始"),
    ],
)
def test_wordings_of_one_topic_come_together(pack, alike):
    """Questions that share their telling words are one group, whatever the order of words."""
    usual = [text for entry in pack.faq.entries for text in entry.variants]
    groups = QuestionIndex(usual).groups([*alike, "打印用什么纸", "系统登录不上去"])
    assert [set(group.wordings) for group in groups if group.head in alike] == [set(alike)]
    assert len(groups) == 3


def test_topic_asked_most_comes_first():
    """Groups are ordered by how often they were asked, wordings within them likewise."""
    groups = QuestionIndex(()).groups(["住宿吗", "能停车吗", "好停车吗", "好停车吗"])
    assert [(group.head, group.times) for group in groups] == [("好停车吗", 3), ("住宿吗", 1)]


def test_what_the_faq_answers_by_now_is_no_longer_listed(bare):
    """A question that had no answer when it was asked, but has one today, is settled."""
    found = survey(_asked("几号截止", "培训班在哪里办"), bare, DAY)
    assert [topic.group.head for topic in found.topics] == ["培训班在哪里办"]
    assert found.settled == 1


def test_what_the_notice_leaves_open_is_counted_apart(bare):
    """Questions an entry answers with 通知未说明 need no new entry; staff see how often they come."""
    found = survey(_asked("截止当天具体到几点？", "截止当天具体到几点？"), bare, DAY)
    assert found.topics == ()
    assert found.left_open == {"截止当天具体到几点？": 2}
    assert "截止当天具体到几点？（2次）" in as_message(found, bare)


def test_message_names_topic_times_and_field(bare):
    """Staff read what was asked how often, in which wordings, and at which field."""
    found = survey(_asked("培训班在哪里办", "培训班哪天开始", "培训班在哪里办", field="period"), bare, DAY)
    text = as_message(found, bare)
    assert "3次，归为1个话题" in text
    assert "1. 培训班在哪里办（3次）" in text
    assert "培训班哪天开始" in text
    assert f"“{bare.fields['period'].label}”" in text


def test_long_list_says_how_much_is_left(bare):
    """A message shows the first topics and says how many there are beyond."""
    found = survey(_asked("培训班在哪里办", "宿舍有几间", "猫能带来吗"), bare, DAY)
    assert "还有2个话题" in as_message(found, bare, shown=1)


def test_no_questions_is_said(bare):
    """With nothing open the message says so."""
    assert as_message(survey([], bare, DAY), bare) == "没有答不上来的问题。"


def test_entries_go_live_once_answered(bare, tmp_path):
    """Pasted as printed the entries are refused for want of an answer; answered, they are live."""
    folder = shutil.copytree(PACKS / "anhui-2024", tmp_path / "pack")
    question = '值班室的"猫": 能带来吗'
    printed = as_yaml(survey(_asked(question, question, "猫能带去值班室吗", field="period"), bare, DAY), bare)
    faq = folder / "faq" / "answers.yaml"
    before = faq.read_text(encoding="utf-8")
    faq.write_text(before.replace("\nentries:\n", f"\nentries:\n{printed}\n", 1), encoding="utf-8")
    with pytest.raises(PackError, match="answer 后面没有内容"):
        load_pack(folder)
    faq.write_text(before, encoding="utf-8")
    faq = folder / "faq" / "open.yaml"
    before = faq.read_text(encoding="utf-8")
    filled = printed.replace("  answer:", "  about: 能否带猫")
    faq.write_text(before.replace("\nentries:\n", f"\nentries:\n{filled}\n", 1), encoding="utf-8")
    entry = next(entry for entry in proven_pack(folder)[0].faq.entries if entry.question == question)
    assert entry.answer.startswith("通知未说明能否带猫。")
    assert (entry.question, entry.variants, entry.fields) == (question, ("猫能带去值班室吗",), ("period",))


def test_printed_ids_are_free(bare):
    """New entries never take the id of an entry that exists."""
    taken = FaqEntry(id="new_1", question="甲", answer="乙")
    pack = dataclasses.replace(bare, faq=bare.faq.model_copy(update={"entries": (*bare.faq.entries, taken)}))
    printed = as_yaml(survey(_asked("培训班在哪里办", "猫能带来吗"), pack, DAY), pack)
    assert [entry["id"] for entry in yaml.safe_load(printed)] == ["new_2", "new_3"]


def _stored(applicant):
    return applicant.session.state, applicant.session.model_dump(mode="json", exclude={"state"}, exclude_defaults=True)


def test_figures_count_drafts_by_stage(pack):
    """Drafts are counted where they stand, and the fields where most are stopped are named."""
    visitor, beginner, filler = Applicant(pack), Applicant(pack), Applicant(pack)
    visitor.type("你好")
    beginner.type("开始填表")
    for text in ("开始填表", "淮畔读书会", "2024年2月1日"):
        filler.type(text)
    counts = {"answered": 5, "abstained": 2, "clarified": 1}
    text = stats(pack, counts, map(_stored, (visitor, beginner, filler)), FiledCount(0, 0, 0))
    assert "提问 8 次：答上 5" in text
    assert "申报 2 份：刚开始 1，填写中 1" in text
    assert f"{pack.fields['project_name'].label}（1）" in text


def test_figures_leave_other_packs_out(pack):
    """Sessions of another call do not count in this one."""
    filler = Applicant(pack)
    filler.type("开始填表")
    state, data = _stored(filler)
    text = stats(pack, {}, [(state, {**data, "pack_id": "another"})], FiledCount(2, 2, 1))
    assert "申报 0 份" in text
    assert "已生成推荐表的项目 2 个，来自 1 个单位" in text


def test_delivered_draft_is_counted_as_that(pack):
    """A draft whose document was handed over has reached the last stage, whatever is changed afterwards."""
    assert stage(pack, Draft(id=1, delivered=1)) is Stage.DELIVERED


def test_news_of_an_edit_says_what_changed(pack, tmp_path):
    """Staff read which fact, entry or field is different, in the words of the pack."""
    folder = shutil.copytree(PACKS / "anhui-2024", tmp_path / "pack")
    notice, faq = folder / "notice.md", folder / "faq" / "open.yaml"
    text = notice.read_text(encoding="utf-8")
    notice.write_text(text.replace("deadline: 2024-02-19", "deadline: 2024-02-26"), encoding="utf-8")
    entry = "- id: cat\n  question: 猫能带来吗？\n  about: 能否带猫\n"
    text = faq.read_text(encoding="utf-8").replace("\nentries:\n", f"\nentries:\n{entry}", 1)
    faq.write_text(text, encoding="utf-8")
    after = load_pack(folder)
    assert changes(pack, after) == [
        "基本事实 deadline：2024年2月19日 → 2024年2月26日",
        "新增问答：猫能带来吗？",
    ]
    assert "已经生效" in news(PackEdit(pack, after))
    assert changes(after, pack)[1] == "删去问答：猫能带来吗？"


def test_news_of_a_refusal_names_place_and_mend(pack):
    """Staff read that the old content stands, then file, line, reason and mend, and how many more there are."""
    problems = tuple(Problem("faq/open.yaml", line, "少了冒号", "加上冒号") for line in range(1, 12))
    text = news(PackEdit(pack, None, problems))
    assert "没有生效" in text
    assert "faq/open.yaml 第1行：少了冒号。\n怎么改：加上冒号。" in text
    assert "还有3处" in text
