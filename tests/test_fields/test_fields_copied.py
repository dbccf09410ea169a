"""What comes along when an answer is copied: rows of tables, list numbers, boxes, slips of a scanner, instructions."""

import pytest

from knowledge.text.checkboxes import boxes_as_signs
from tests.test_fields.conftest import Answer

COPIED = [
    ("unit_name", "| 申报单位 | 白鹭市档案馆 |", "白鹭市档案馆"),
    ("unit_name", "申报单位全称为：白鹭市档案馆", "白鹭市档案馆"),
    ("unit_name", "单位全称\t白鹭市档案馆", "白鹭市档案馆"),
    ("project_name", "②项目名称：灯塔计划", "灯塔计划"),
    ("project_name", "3、灯塔计划", "灯塔计划"),
    ("project_name", "（三）灯塔计划", "灯塔计划"),
    ("project_name", "项目：灯塔计划", "灯塔计划"),
    ("project_name", "我们项目叫做灯塔计划", "灯塔计划"),
    ("registered", "民政备案 | 否", False),
    ("registration_no", "登记证号是：皖民社登〔2019〕7号", "皖民社登〔2019〕7号"),
    ("fill_date", "2024。1。30", "2024-01-30"),
    ("fill_date", "二0二四年一月三0日", "2024-01-30"),
    ("participants", "3,O00人", 3000),
    ("participants", "48O人", 480),
    ("funds", "62（万元）", 620000),
    ("funds", "62（单位：万元）", 620000),
    ("funds", "62个w", 620000),
    ("funds", "62万元，其中设备折价8万元", 620000),
    ("beneficiaries", "霍邱、金寨", "霍邱、金寨"),
]


@pytest.mark.parametrize(("field", "text", "value"), COPIED)
def test_what_was_copied_along_goes_the_answer_stays(
    answer: Answer, field: str, text: str, value: str | int | bool
) -> None:
    """Edges of table cells, list numbers, 为：, a scanner's O for 0, a unit in brackets."""
    outcome = answer(field, text)
    assert (outcome.kind, outcome.value) == ("accept", value)


@pytest.mark.parametrize("text", ["3.15网上维权日", "1加1助学", "五一劳动者之歌", "一、二、三，齐步走", "3D打印义肢"])
def test_a_number_that_belongs_to_the_name_stays(answer: Answer, text: str) -> None:
    """Only a number followed by a list mark and words numbers a list."""
    assert answer("project_name", text).value == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[x]是 [ ]否", True),
        ("[ ]是 [x]否", False),
        ("是（√）否（ ）", True),
        ("是（  ） 否（√）", False),
        ("【√】是【】否", True),
    ],
)
def test_typed_boxes_count_as_printed_ones(answer: Answer, text: str, value: bool) -> None:
    """Many clerks fill （√） into （ ）."""
    outcome = answer("registered", text)
    assert (outcome.kind, outcome.value) == ("accept", value)


def test_two_ticked_boxes_are_no_answer(answer: Answer) -> None:
    """是 and 否 cannot both hold."""
    assert answer("registered", "是（√）否（√）").kind == "reject"


@pytest.mark.parametrize("text", ["☑互联网+应急救援 □其他类别", "互联网+教育发展（ ） 互联网+应急救援（√）"])
def test_a_box_may_stand_on_either_side_of_a_category(answer: Answer, text: str) -> None:
    """A text that begins with a box has its boxes in front."""
    assert answer("category", text).value == "互联网+应急救援"


def test_brackets_with_words_in_them_are_no_boxes() -> None:
    """Only a tick, or nothing, fills a box."""
    assert boxes_as_signs("其他（生态）[1]") == "其他（生态）[1]"


@pytest.mark.parametrize("field", ["unit_name", "project_name", "funds_source", "description", "honors"])
def test_a_piece_of_the_label_is_no_answer(answer: Answer, field: str) -> None:
    """Who copies an empty cell sends the words printed beside it."""
    words = {
        "unit_name": "（公章）",
        "project_name": "名称",
        "funds_source": "资金",
        "description": "简介",
        "honors": "荣誉",
    }
    assert answer(field, words[field]).kind == "reject"


def test_the_label_of_the_cell_above_a_description_goes(answer: Answer) -> None:
    """Copied from Word, the label stands in a line or a cell of its own."""
    body = "本项目搭建线上平台，帮助山区老人足不出户看名医。"
    for mark in ("\n", "\t", "：", "为："):
        assert answer("description", f"项目简介及实施效果{mark}{body}").value == body


def test_printed_instructions_are_no_description(answer: Answer) -> None:
    """The refusal says that they are instructions; a text that goes on after them is taken."""
    parts = "网络公益项目目标及主要内容，实施成效及网络影响力，项目开展过程中的具体案例、事迹等内容"
    printed = f"（2000字以内，需包括{parts}。可另附页。）"
    outcome = answer("description", printed)
    assert outcome.kind == "reject"
    assert "填写说明" in outcome.message
    assert answer("description", printed + "本项目帮助山区老人看名医，累计问诊。" * 20).kind == "accept"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("unit_name", "填全称还是简称？"),
        ("beneficiaries", "写人数还是写地区？"),
        ("funds_source", "会费算不算？"),
        ("honors", "写几个合适？"),
    ],
)
def test_a_question_between_two_ways_is_no_answer(answer: Answer, field: str, text: str) -> None:
    """甲还是乙, 算不算, 合适吗 ask."""
    outcome = answer(field, text)
    assert outcome.kind == "reject"
    assert "问题" in outcome.message


@pytest.mark.parametrize("text", ["到时候再说", "下次再填", "等会儿发你", "想不出来", "问一下会计"])
def test_putting_off_is_told_from_an_answer(answer: Answer, text: str) -> None:
    """The refusal is the one for an empty field."""
    outcome = answer("funds_source", text)
    assert outcome.kind == "reject"
    assert "必填" in outcome.message


@pytest.mark.parametrize("mark", [",", ";", "|", "②"])
def test_addresses_are_parted_by_any_mark(answer: Answer, mark: str) -> None:
    """Even where no blank follows."""
    first, second = "https://news.example.org/1", "https://news.example.org/2"
    assert answer("media_links", first + mark + second).value == [first, second]


def test_a_union_card_is_known_without_its_check_digit(answer: Answer) -> None:
    """62… of 16 to 19 digits is a bank card, unless it is called a number of something else."""
    text = "项目公开透明，接受监督。善款请打到{}，谢谢大家支持乡村孩子。"
    assert answer("description", text.format("6217000011112222333")).kind == "warn"
    assert answer("description", text.format("许可证编号6217000011112222333")).kind == "accept"
