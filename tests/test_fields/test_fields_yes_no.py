"""Yes or no, and agreement."""

import pytest

from knowledge.form import Field
from tests.test_fields.asking import field_of, judged, value_of
from tests.test_fields.conftest import Answer

YES = [
    "是（2018年）",
    "是",
    "是的",
    "有",
    "有的",
    "已备案",
    "备案了",
    "备过了",
    "办了",
    "办好了",
    "已在县民政局备案",
    "对",
    "嗯",
    "yes",
    "Y",
    "√",
    "1",
    "A",
    "没错",
    "当然有",
    "是滴",
    "已經備案",
    "是否备案：是",
    "是否备案是",
    "是☑否□",
    "☑是 □否",
    "选是",
    "第一个",
    "已经备案，编号见下",
    "2021年备的案",
    "备案通过了",
]
NO = [
    "否",
    "不是",
    "没有",
    "没",
    "无",
    "未备案",
    "尚未",
    "暂未备案",
    "还没办",
    "没有備案",
    "不需要备案",
    "我们是学校，没有备案",
    "是机关，无需备案",
    "no",
    "N",
    "×",
    "2",
    "B",
    "是□否☑",
    "□是 ☑否",
    "是否在民政部门备案 否",
    "在网信部门备案，没在民政备案",
    "选否",
]
UNSURE = [
    "记不清了",
    "不晓得",
    "差不多吧",
    "搞不清楚",
    "没印象",
    "应该有吧",
    "可能没有",
    "不清楚",
    "不知道",
    "正在办理",
    "审批中",
    "准备备案",
    "问一下",
    "要备案吗？",
    "没备案怎么办",
    "是或否",
    "是 □ 否 □",
    "随便",
    "跳过",
    "",
    "😀",
    "？",
    "我们是协会",
    "备案",
    "0",
]


@pytest.mark.parametrize("text", YES)
def test_every_yes_is_a_yes(answer: Answer, text: str) -> None:
    """Words, ticks, numbers, letters, labels along."""
    outcome = answer("registered", text)
    assert (outcome.kind, outcome.value, outcome.display) == ("accept", True, "是")


@pytest.mark.parametrize("text", NO)
def test_a_no_anywhere_wins(answer: Answer, text: str) -> None:
    """Though 是 and 备案 stand beside it."""
    outcome = answer("registered", text)
    assert (outcome.kind, outcome.value, outcome.display) == ("accept", False, "否")


@pytest.mark.parametrize("text", UNSURE)
def test_doubt_is_no_answer(answer: Answer, text: str) -> None:
    """Nobody's record is guessed."""
    assert answer("registered", text).kind == "reject"


AGREED = [
    "同意",
    "我同意",
    "确认",
    "同意！",
    "没问题，同意",
    "已阅读并同意",
    "是的",
    "好的",
    "可以",
    "OK",
    "agree",
    "无异议",
    "內容屬實，同意",
]
NOT_AGREED = [
    "同意啥",
    "不同意",
    "再想想",
    "先不同意",
    "基本同意",
    "同意，但是有个问题",
    "同意吗？",
    "必须同意吗",
    "如果不同意呢",
    "跳过",
    "不清楚",
    "确认一下",
    "知道了",
    "嗯",
    "😀",
    "",
    "1",
    "稍后同意",
    "我反对",
]


@pytest.mark.parametrize("text", AGREED)
def test_a_clear_agreement_counts(answer: Answer, text: str) -> None:
    """The document shows the statement agreed to."""
    outcome = answer("declaration", text)
    assert (outcome.kind, outcome.value) == ("accept", True)
    assert "合法合规" in outcome.display


def test_the_statement_typed_out_is_agreement(answer: Answer) -> None:
    """Who copies the words means them."""
    text = "本项目合法合规，上述关于项目的全部内容真实有效，自愿参与2024年网络公益行动优秀网络公益项目征集"
    assert answer("declaration", text).kind == "accept"


@pytest.mark.parametrize("text", NOT_AGREED)
def test_anything_less_is_not_agreement(answer: Answer, text: str) -> None:
    """Conditions, questions and hesitation do not sign."""
    outcome = answer("declaration", text)
    assert outcome.kind == "reject"
    assert "同意" in outcome.message


def yes_or_no(label: str, yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> Field:
    """Give a field that asks a question of its own."""
    return field_of("boolean", label=label, choices=[{"label": "是", "aliases": yes}, {"label": "否", "aliases": no}])


@pytest.mark.parametrize(
    ("label", "text", "value"),
    [
        ("是否已在本单位公示", "公示过了，没人提意见", True),
        ("是否已在本单位公示", "公示还没开始", False),
        ("是否签订合作协议", "签了", True),
        ("是否签订合作协议", "签过协议", True),
        ("是否签订合作协议", "没签", False),
        ("是否享受过补助", "享受过", True),
        ("是否享受过补助", "从来没有", False),
        ("目前是否仍在运营", "一直在做", True),
        ("目前是否仍在运营", "停了", False),
        ("项目是否尚未结项", "已经结项了", False),
        ("项目是否尚未结项", "还没结项", True),
        ("项目是否尚未结项", "否", False),
        ("项目是否尚未结项", "是", True),
    ],
)
def test_a_yes_to_any_question_is_heard_from_its_own_words(label: str, text: str, value: bool) -> None:
    """What is asked stands in the label; a denying label turns done and not done round."""
    assert value_of(text, yes_or_no(label)) is value


def test_a_bare_no_to_a_denying_question_is_asked_back() -> None:
    """没有 may mean either."""
    assert "请直接回复“是”或“否”" in (judged("没有", yes_or_no("项目是否尚未结项")).message or "")


def test_what_the_form_takes_for_an_option_counts() -> None:
    """Its aliases win over the words in them."""
    field = yes_or_no("上年度款项状态", yes=("没有欠款", "结清"), no=("欠着",))
    assert value_of("没有欠款", field) is True
    assert value_of("都结清了", field) is True
    assert value_of("还欠着一笔", field) is False
