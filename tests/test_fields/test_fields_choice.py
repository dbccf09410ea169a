"""Exactly one category."""

import pytest

from tests.test_fields.asking import field_of, judged
from tests.test_fields.conftest import Answer

SIX = ["互联网+共同富裕", "互联网+社会帮扶", "互联网+应急救援", "互联网+教育发展", "互联网+文化传承", "其他类别"]
TAKEN = {
    "互联网+社会帮扶": 2,
    "互联网＋社会帮扶": 2,
    "互联网 + 社会帮扶": 2,
    "社会帮扶": 2,
    "帮扶类": 2,
    "“社会帮扶”。": 2,
    "互联网+帮扶": 2,
    "2": 2,
    "②": 2,
    "(2)": 2,
    "二": 2,
    "第二个": 2,
    "选第二类": 2,
    "2、社会帮扶": 2,
    "B": 2,
    "b": 2,
    "二.2": 2,
    "选项2": 2,
    "社会帮服": 2,
    "社會幫扶": 2,
    "项目类别：社会帮扶": 2,
    "应该是社会帮扶吧": 2,
    "不是教育，是应急": 3,
    "救援": 3,
    "共富": 1,
    "最后一个": 6,
    "其它": 6,
    "其他类别（生态环保）": 6,
    "传承": 5,
    "互联网+共同富裕 □ 互联网+社会帮扶 ☑ 互联网+应急救援 □": 2,
    "我们给留守儿童和独居老人开展结对陪伴，申报的是社会帮扶这一类": 2,
}


@pytest.mark.parametrize(("text", "number"), TAKEN.items())
def test_a_category_is_chosen_by_name_number_letter_or_part(answer: Answer, text: str, number: int) -> None:
    """Value and document show the official name."""
    outcome = answer("category", text)
    assert outcome.kind == "accept"
    assert outcome.value == outcome.display == SIX[number - 1]


@pytest.mark.parametrize("text", ["教育和文化", "社会帮扶/应急救援", "教育发展、共同富裕都沾边", "1、2", "3和4", "A,C"])
def test_two_categories_are_refused_by_name(answer: Answer, text: str) -> None:
    """The message names those found and says that one is wanted."""
    outcome = answer("category", text)
    assert outcome.kind == "reject"
    assert "只能选一项" in outcome.message


@pytest.mark.parametrize(
    "text", ["0", "7", "-1", "1、9", "全部", "都选", "互联网", "互联网+医疗", "G", "？", "", "我们做垃圾分类"]
)
def test_what_is_none_of_them_is_refused_with_the_list(answer: Answer, text: str) -> None:
    """All six stand in the refusal, except where nothing was typed."""
    outcome = answer("category", text)
    assert outcome.kind == "reject"
    assert not text or all(name.split("+")[-1] in outcome.message for name in SIX)


def test_a_question_about_the_category_is_no_choice(answer: Answer) -> None:
    """是…吗 asks."""
    assert answer("category", "是教育发展吗").kind == "reject"


def test_an_option_behind_a_denial_is_not_meant() -> None:
    """民办非企业单位 is no 企业."""
    field = field_of("choice", choices=[{"label": label} for label in ("学校", "企业", "非营利组织")])
    assert judged("民办非企业单位", field).kind == "reject"
    assert judged("非营利组织", field).kind == "accept"
    assert judged("企业", field).kind == "accept"
