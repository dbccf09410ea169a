"""Pasted blocks: every way clerks copy a form, cut into the fields it names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding.paste_block import labelled_field, split_block
from dialogs.understanding.paste_segments import ticked
from knowledge.form import Form
from knowledge.loading.pack_folder import PACKS
from knowledge.loading.yaml_file import load_yaml

FORM = load_yaml(PACKS / "anhui-2024" / "form.yaml", Form)
LABELS = {field.key: field.label for field in FORM.fields}


def fields(text: str) -> dict[str, str]:
    block = split_block(text, FORM)
    assert block
    return dict(block.fields)


def test_plain_lines():
    """One `栏目：内容` a line, either colon, in the order pasted."""
    block = split_block("项目名称：星火助学\n申报单位全称:桐城市星火公益社", FORM)
    assert block
    assert block.fields == (("project_name", "星火助学"), ("unit_name", "桐城市星火公益社"))


@pytest.mark.parametrize("mark", ["1、", "2. ", "（3）", "①", "一、", "- ", "• ", "【", "**"])
def test_numbers_and_marks_before_a_label(mark: str):
    """Numbering, bullets and bold marks are no part of a label."""
    assert fields(f"{mark}项目名称：星火\n{mark}起止时间：2020年至今") == {
        "project_name": "星火",
        "period": "2020年至今",
    }


def test_aliases_remarks_and_other_spellings_of_labels():
    """Labels are known by alias, with a remark in brackets, in traditional characters, and misspelt by sound."""
    pasted = "单位名称（盖章）：星火社\n項目名稱：星火\n起止时见：2020年至今\n受益人数 ：三百人"
    assert list(fields(pasted)) == ["unit_name", "project_name", "period", "beneficiaries"]


def test_cells_of_a_word_table():
    """Cells come separated by tabs: pairs side by side, ticked boxes, people in the rows below their label."""
    pasted = (
        "项目名称\t星火\n项目类别\t互联网+共同富裕 □\t项目参与人数：120人\n\t互联网+社会帮扶 ☑\t\n"
        "\t互联网+教育发展 □\t网络传播量：3万次\n投入资金\t8万元\t资金来源\t自筹\n"
        "是否在民政部门备案\t是 ☑ 否 □\t备案号\t皖民1号\n"
        "联系人及联系方式\t申报单位：周敏 0551-65551234\n\t推荐单位：市委网信办 何平 0552-5550000"
    )
    assert fields(pasted) == {
        "project_name": "星火",
        "category": "互联网+社会帮扶",
        "participants": "120人",
        "reach": "3万次",
        "funds": "8万元",
        "funds_source": "自筹",
        "registered": "是",
        "registration_no": "皖民1号",
        "contact_applicant": "申报单位：周敏 0551-65551234",
        "contact_recommender": "市委网信办 何平 0552-5550000",
    }


def test_bars_and_lines_as_separators():
    """A Markdown table, and a table copied as one cell a line, are understood as well."""
    assert fields("| 项目名称 | 星火 |\n| 投入资金 | 3万元 |") == {"project_name": "星火", "funds": "3万元"}
    assert fields("项目名称\n星火\n起止时间\n2020年至今") == {"project_name": "星火", "period": "2020年至今"}


def test_several_pairs_in_one_line():
    """Pairs may stand side by side, separated by marks."""
    assert fields("申报单位：星火社；项目名称：星火；起止时间：2020年至今") == {
        "unit_name": "星火社",
        "project_name": "星火",
        "period": "2020年至今",
    }


def test_description_keeps_its_inner_headings():
    """Headings and `案例：` inside the long text are its own; only a later label of the form ends it."""
    inner = "本项目面向山区。\n一、主要内容\n案例：老王学会了挂号\n受益人数：三万\n\n二、成效\n反响：很好"
    assert fields(f"项目名称：星火\n项目简介及实施效果：{inner}\n所获荣誉：一等奖\n二等奖") == {
        "project_name": "星火",
        "description": inner,
        "honors": "一等奖\n二等奖",
    }


def test_people_are_not_torn_apart():
    """联系人 and 电话 after a unit say more about that contact; 申报单位 with a phone is a contact, not the unit."""
    pasted = (
        "申报单位全称：星火社\n申报单位：周敏 0551-65551234\n"
        "推荐单位：市委网信办\n联系人：何平\n联系电话：0552-5550000\n投入资金：3万元"
    )
    assert fields(pasted) == {
        "unit_name": "星火社",
        "contact_applicant": "周敏 0551-65551234",
        "contact_recommender": "市委网信办\n联系人：何平\n联系电话：0552-5550000",
        "funds": "3万元",
    }


def test_what_fits_nowhere_is_told():
    """A line with a label the form does not have is left over, not glued to the field before."""
    block = split_block("项目名称：星火\n申报编号：123\n起止时间：2020年至今", FORM)
    assert block
    assert block.leftover == ("申报编号：123",)
    assert dict(block.fields)["project_name"] == "星火"


def test_empty_labels_are_left_out():
    """A label with nothing behind it gives no value, and a blank form is no block."""
    assert fields("项目名称：星火\n备案号：\n起止时间：2020年至今") == {"project_name": "星火", "period": "2020年至今"}
    assert split_block("项目名称：\n起止时间：\n备案号：", FORM) is None


@pytest.mark.parametrize(
    "text",
    [
        "项目名称：星火",
        "星火助学\n公益行动",
        "推荐单位：市委网信办　联系人：何平　联系方式：0552-5550000",
        "我们从2018年起在山区开展网络支教，志愿者每周上两次课，孩子们第一次见到了大海的样子，" * 2
        + "课程全部免费。\n项目名称：星火\n起止时间：2020年至今",
        "",
        "：\n：：\n\t\t",
    ],
)
def test_ordinary_messages_are_no_blocks(text: str):
    """One label is an answer, and prose that comes to speak of a label is prose."""
    assert split_block(text, FORM) is None


@pytest.mark.parametrize(
    ("text", "boxes"),
    [("是 ☑ 否 □", "是"), ("□是 ☑否", "否"), ("教育 √\n文化 □", "教育"), ("是 □ 否 □", ""), ("文化传承", "文化传承")],
)
def test_ticked_boxes_choose(text: str, boxes: str):
    """Of printed options the ticked one counts, its box behind it as in the official form, or before it."""
    assert ticked(text) == boxes


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("项目名称：星火", "project_name"),
        ("3、资金来源: 自筹", "funds_source"),
        ("申报单位：周敏 0551-65551234", "contact_applicant"),
        ("项目简介：\n第一段\n第二段", "description"),
        ("项目名称：可以后面再改吗", None),
        ("联系人：何平 0552-5550000", None),
        ("推荐理由：很好", None),
        ("https://news.example.com/a", None),
        ("项目名称是星火", None),
        ("起止时间：" + "很长的一段话" * 30, None),
    ],
)
def test_single_labelled_line(text: str, key: str | None):
    """A lone labelled line says which field it is for; a question, a part of a contact, a long text do not."""
    assert labelled_field(text, FORM) == key


def test_a_label_that_fits_the_field_asked_for_means_it():
    """申报单位 names the unit, but where its contact is asked for it introduces the contact."""
    assert labelled_field("申报单位：周敏", FORM) == "unit_name"
    assert labelled_field("申报单位：周敏", FORM, asked="contact_applicant") == "contact_applicant"


VALUE = st.text(alphabet="星火助学公益社三百人", min_size=1, max_size=12)
SINGLE = [field.key for field in FORM.fields if field.kind in {"name", "count", "money", "period", "date"}]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(SINGLE), VALUE, min_size=2))
def test_every_labelled_value_arrives_unchanged(values: dict[str, str]):
    """Whatever fields are pasted in whatever order, each text arrives in its own field."""
    assert fields("\n".join(f"{LABELS[key]}：{text}" for key, text in values.items())) == values


NOISE = st.lists(
    st.sampled_from([*LABELS.values(), "：", ":", "\t", "\n", "；", "□", "☑", "联系人", "0551-65551234", "吗"])
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), NOISE.map("".join)))
def test_any_text_is_cut_without_complaint(text: str):
    """Nothing raises, fields are the form's, none comes twice, and none is empty."""
    block = split_block(text, FORM)
    labelled = labelled_field(text, FORM)
    assert labelled is None or labelled in LABELS
    keys = [key for key, _ in block.fields] if block else []
    assert len(keys) == len(set(keys))
    assert set(keys) <= LABELS.keys()
    assert all(value.strip() for _, value in (block.fields if block else ()))
