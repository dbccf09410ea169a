"""How answers stand in forms as offices draw them: blanks in sentences, units, boxes, hints, several places."""

import io

import docx
import pytest
from docx.shared import RGBColor

from dialogs.document.template_check import faults, survey
from knowledge.form_rules import FormAttachment
from tests.blank_forms import Filled, blank, form_of, read_by_hand, saved

YES_NO = {"kind": "boolean"}
NAME = {"key": "name", "label": "姓名"}


def test_a_printed_unit_is_kept_and_never_doubled():
    """96场 before a printed 场 is 96, and 约5200人次 before 人次 is 约5200."""
    form = form_of({"key": "shows", "label": "场次"}, {"key": "people", "label": "受益人次"})
    made = Filled(form, blank([["场次", "      场", "受益人次", "      人次"]]), shows="96场", people="约5200人次")
    assert made.rows() == [["场次", "96场", "受益人次", "约5200人次"]]


def test_another_word_for_the_unit_gives_way_to_the_printed_one():
    """86名 before a printed 人, where 名 is a unit of the field."""
    form = form_of({"key": "people", "label": "人数", "units": ["人", "名"]})
    assert Filled(form, blank([["人数", "    人"]]), people="86名").rows() == [["人数", "86人"]]


def test_blanks_within_a_sentence_are_each_filled():
    """补助__元，由__发放; what is between them stays."""
    form = form_of(
        {"key": "money", "label": "补助", "at": "补助__元"}, {"key": "payer", "label": "发放单位", "at": "由__发放"}
    )
    made = Filled(form, blank([["经费", "补助______元，由__________发放"]]), money="2000", payer="县财政局")
    assert made.rows() == [["经费", "补助2000元，由县财政局发放"]]
    assert made.read == {"money": "2000元", "payer": "县财政局"}


@pytest.mark.parametrize(
    "printed", ["    年   月   日", "2025年    月    日", "20__年__月__日", "______年____月____日"]
)
def test_a_printed_date_is_replaced_whole(printed: str):
    """年 月 日 are not doubled, nor is the printed century."""
    made = Filled(form_of({"key": "day", "label": "日期"}), blank([["日期", printed]]), day="2025年6月9日")
    assert made.rows() == [["日期", "2025年6月9日"]]


def test_from_and_to_may_share_a_cell_and_until_now_is_not_doubled():
    """至今 behind a printed 至; read back, it is 至今 again."""
    form = form_of(
        {"key": "begin", "label": "起", "at": "起止年月 __年__月至"},
        {"key": "end", "label": "止", "at": "起止年月 至__年__月"},
    )
    made = Filled(form, blank([["起止年月", "      年    月至      年    月"]]), begin="2020年2月", end="至今")
    assert made.rows() == [["起止年月", "2020年2月至今"]]
    assert made.read == {"begin": "2020年2月", "end": "至今"}


@pytest.mark.parametrize("printed", ["□是    □否", "是□  否□", "是（ □ ）否（ □ ）"])
def test_boxes_stand_left_or_right_of_their_words(printed: str):
    """The box that touches the word is its box."""
    form = form_of({"key": "registered", "label": "是否登记", **YES_NO})
    made = Filled(form, blank([["是否登记", printed]]), registered=True)
    assert made.rows() == [["是否登记", printed.replace("□", "√", 1)]]


def test_two_pairs_of_yes_and_no_in_one_row_are_told_apart():
    """Each belongs to the label beside it."""
    form = form_of({"key": "listed", "label": "是否列入名录", **YES_NO}, {"key": "open", "label": "是否结项", **YES_NO})
    made = Filled(form, blank([["是否列入名录", "□是 □否", "是否结项", "□是 □否"]]), listed=True, open=False)
    assert made.rows() == [["是否列入名录", "√是 □否", "是否结项", "□是 √否"]]
    assert made.read == {"listed": "是", "open": "否"}


def test_a_lone_box_says_yes_and_stays_empty_for_no():
    """□ 已签承诺书 has no box for no."""
    form = form_of({"key": "signed", "label": "已签承诺书", **YES_NO}, NAME)
    template = blank([["姓名", ""], ["□已签承诺书", "<"]])
    assert Filled(form, template, signed=True, name="白露").rows()[1] == ["√已签承诺书"]
    assert Filled(form, template, signed=False, name="白露").rows()[1] == ["□已签承诺书"]


def test_options_may_be_spread_over_cells_and_rows_with_a_blank_in_the_last():
    """其他（请注明：__） is filled within its brackets; what was not chosen stays as printed."""
    choices = [{"label": each} for each in ("宣讲", "助老", "环保", "其他")]
    form = form_of(
        {"key": "sort", "label": "类别", "kind": "choice", "choices": choices},
        {"key": "other", "label": "其他内容", "at": "请注明：__"},
    )
    template = blank([["类别", "□宣讲", "□助老"], ["^", "□环保", "□其他（请注明：          ）"]])
    made = Filled(form, template, sort="其他", other="文物保护")
    assert made.rows() == [["类别", "□宣讲", "□助老"], ["类别", "□环保", "√其他（请注明：文物保护）"]]
    assert made.read == {"sort": "其他", "other": "文物保护"}
    assert Filled(form, template, sort="助老").rows()[1] == ["类别", "□环保", "□其他（请注明：          ）"]


def test_options_may_have_a_cell_each_with_their_box_beside_them():
    """Two in a row, under a heading that is their label; one has a blank behind its name."""
    choices = [{"label": each} for each in ("水文", "大坝安全", "节水", "其他")]
    form = form_of(
        {"key": "way", "label": "研修方向", "kind": "choice", "choices": choices},
        {"key": "other", "label": "其他方向", "at": "研修方向 请注明：__"},
    )
    template = blank(
        "一、研修方向（限选一项）", [["水文", "□", "大坝安全", "□"], ["节水", "□", "其他（请注明：        ）", "□"]]
    )
    assert faults(template, form) == []
    assert Filled(form, template, way="大坝安全").rows() == [
        ["水文", "□", "大坝安全", "√"],
        ["节水", "□", "其他（请注明：        ）", "□"],
    ]
    assert Filled(form, template, way="其他", other="堤防").rows()[1] == ["节水", "□", "其他（请注明：堤防）", "√"]


def test_a_span_of_time_takes_both_days_a_sentence_prints():
    """From __年__月__日 to __年__月__日 is one blank for it, two for fields of a day each."""
    line = "研修单位：________，研修时间：____年__月__日至____年__月__日，共____天。"
    form = form_of(
        {"key": "where", "label": "研修单位", "at": "研修单位：__"},
        {"key": "when", "label": "研修时间", "kind": "period", "at": "研修时间：__"},
        {"key": "days", "label": "天数", "at": "共__天"},
    )
    made = Filled(form, blank(line), where="某大学", when="2026年6月1日至2026年8月20日", days="81")
    assert made.lines == ["研修单位：某大学，研修时间：2026年6月1日至2026年8月20日，共81天。"]
    assert made.read["when"] == "2026年6月1日至2026年8月20日"


def test_a_promise_may_hold_a_blank():
    """The words agreed to are locked up to it; what was written is proven like any answer."""
    promise = "本人承诺：以上内容属实；结束后服务不少于______年。\n签字：        年   月   日"
    form = form_of(
        {"key": "years", "label": "服务年限", "at": "本人承诺 服务不少于__年"},
        {"key": "agreed", "label": "本人承诺", "kind": "consent", "statement": "本人承诺：以上内容属实"},
    )
    made = Filled(form, blank([["本人承诺", promise]]), years="5")
    assert made.rows()[0][1].startswith("本人承诺：以上内容属实；结束后服务不少于5年。")


def test_the_sum_of_a_column_stands_where_its_row_and_its_two_heads_cross():
    """A head is known together with the one over it, where two columns are called alike."""
    form = form_of({"key": "own", "label": "预算自筹合计", "at": "合计 预算自筹"})
    table = [["项目", "决算", "<", "预算", "<"], ["^", "自筹", "补助", "自筹", "补助"], ["合计", "", "", "", ""]]
    assert Filled(form, blank(table), own="300").rows()[2] == ["合计", "", "", "300", ""]


def test_an_option_within_another_is_told_apart():
    """农民 and 农民工."""
    choices = [{"label": each} for each in ("农民", "农民工", "学生")]
    form = form_of({"key": "job", "label": "身份", "kind": "choice", "choices": choices})
    made = Filled(form, blank([["身份", "□农民  □农民工  □学生"]]), job="农民")
    assert made.rows() == [["身份", "√农民  □农民工  □学生"]]


def test_several_ticks_are_set_and_read():
    """A list of options ticks each of them."""
    choices = [{"label": each} for each in ("培训", "展示", "研究")]
    form = form_of({"key": "ways", "label": "方向", "kind": "choice", "choices": choices})
    made = Filled(form, blank([["方向", "培训□ 展示□ 研究□"]]), ways=(["培训", "研究"], "培训、研究"))
    assert made.rows() == [["方向", "培训√ 展示□ 研究√"]]
    assert made.read == {"ways": "培训、研究"}


def test_one_value_may_stand_in_several_places():
    """封面 is what comes before the first page break; the heading tells the other place."""
    form = form_of({"key": "title", "label": "项目名称", "at": "表一 项目名称", "also_at": ["项目："]})
    made = Filled(form, blank("项目：          ", "表一 基本情况", [["项目名称", ""]]), title="银龄课堂")
    assert made.lines[0].startswith("项目：银龄课堂")
    assert made.rows() == [["项目名称", "银龄课堂"]]
    assert made.read == {"title": "银龄课堂"}


def test_one_character_stands_in_each_cell():
    """18 boxes for an identity number; what is missing at the end stays empty."""
    form = form_of({"key": "code", "label": "编号", "print": {"cells": 6}}, NAME)
    template = blank([["编号", *[""] * 6], ["姓名", "", *["<"] * 5]])
    made = Filled(form, template, code="12345X", name="白露")
    assert made.rows()[0] == ["编号", "1", "2", "3", "4", "5", "X"]
    assert made.read["code"] == "12345X"


def test_opinion_cells_stay_as_printed():
    """No field is for them; stamp and hand fill them in."""
    template = blank([["姓名", ""], ["单位意见", "\n（盖章）\n年    月    日"]])
    made = Filled(form_of(NAME), template, name="白露")
    assert made.rows()[1] == ["单位意见", "\n（盖章）\n年    月    日"]


@pytest.mark.parametrize("hint", ["〔与登记证书一致〕", "（500字以内，写明做法和成效）"])
def test_a_hint_goes_when_answered_and_stays_when_not(hint: str):
    """In grey, or in brackets."""
    form = form_of(NAME, {"key": "deeds", "label": "事迹", "kind": "long_text"})
    template = blank([["姓名", ""], ["事迹", hint]])
    assert Filled(form, template, name="白露", deeds="第一段\n第二段").rows()[1] == ["事迹", "第一段\n第二段"]
    made = Filled(form, template, name="白露")
    assert made.rows()[1] == ["事迹", hint.strip("〔〕")]
    assert "deeds" not in made.read


def test_an_answer_wears_the_look_of_the_body():
    """Neither the grey of the hint it replaces nor the bold of the head beside it."""
    document = docx.Document(io.BytesIO(blank([["姓名", "〔请写全名〕"], ["说明", "按实填写"]])))
    document.tables[0].cell(0, 0).paragraphs[0].runs[0].bold = True
    made = Filled(form_of(NAME), saved(document), name="白露")
    run = made.document.tables[0].cell(0, 1).paragraphs[0].runs[0]
    assert run.text == "白露"
    assert run.font.color.rgb in (None, RGBColor(0, 0, 0))
    assert not run.bold


def test_a_copy_filled_by_hand_is_read():
    """Boxes inked over, units kept or written anew, dates typed over the printed one."""
    form = form_of(
        NAME,
        {"key": "day", "label": "日期"},
        {"key": "people", "label": "人数", "units": ["人"]},
        {"key": "registered", "label": "是否登记", **YES_NO},
    )
    template = blank([["姓名", "", "日期", "    年  月  日"], ["人数", "      人", "是否登记", "□是   □否"]])
    typed = {(0, 0, 1): "白露", (0, 0, 3): "2025年6月9日", (0, 1, 1): "86人", (0, 1, 3): "☑是   □否"}
    assert read_by_hand(form, template, typed) == {
        "name": "白露",
        "day": "2025年6月9日",
        "people": "86人",
        "registered": "是",
    }


def test_every_field_of_these_forms_is_found_and_nothing_is_doubtful():
    """What check says of a plain form: nothing."""
    form = form_of(NAME, {"key": "day", "label": "日期"})
    template = blank([["姓名", "", "日期", "    年  月  日"]])
    assert survey(template, form).missing == ()
    assert faults(template, form) == []


PAPERS = [{"label": "登记证书复印件", "tick": True, "copies": 1}, {"label": "租赁合同", "tick": True, "copies": 2}]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (
            [["勾选", "材料名称", "份数"], ["□", "登记证书复印件", "    份"], ["□", "租赁合同", "    份"]],
            [["√", "登记证书复印件", "1份"], ["□", "租赁合同", "    份"]],
        ),
        (
            [["材料名称", "份数", "提交"], ["登记证书复印件", "", "□"], ["租赁合同", "", "□"]],
            [["登记证书复印件", "1", "√"], ["租赁合同", "", "□"]],
        ),
        ([["材料", "□登记证书复印件__份\n□租赁合同__份"]], [["材料", "√登记证书复印件1份\n□租赁合同__份"]]),
    ],
)
def test_what_goes_with_the_form_is_ticked_and_counted(rows: list[list[str]], shown: list[list[str]]):
    """However the form lists it; what does not go with this application stays as printed."""
    form = form_of(NAME).model_copy(update={"attachments": tuple(map(FormAttachment.model_validate, PAPERS))})
    template = blank([["姓名", ""]], rows)
    made = Filled(form, template, attachments={"登记证书复印件": 1}, name="白露")
    assert made.rows(1)[-len(shown) :] == shown
    assert faults(template, form) == []


def test_a_line_whose_answer_follows_its_colon_is_filled_there():
    """Not in the line below, though that is open, too."""
    form = form_of({"key": "project", "label": "项目名称"}, {"key": "unit", "label": "申报单位"})
    filled = Filled(form, blank("项目名称：              ", "申报单位：              "), project="甲", unit="乙")
    assert filled.lines == ["项目名称：甲", "申报单位：乙"]


def test_a_unit_alone_in_a_cell_keeps_its_place_behind_the_number():
    """Whether or not the form leaves blanks before it."""
    form = form_of({"key": "staff", "label": "从业人数", "kind": "count", "units": ["人"], "print": {"bare": True}})
    assert Filled(form, blank([["从业人数", "人"]]), staff=(17, "17")).rows() == [["从业人数", "17人"]]


def test_the_character_kou_typed_for_a_box_is_one():
    """Only where it stands before options; 口径 is a word."""
    form = form_of({"key": "sort", "label": "类别", "kind": "choice", "choices": [{"label": "甲"}, {"label": "乙"}]})
    filled = Filled(form, blank([["类别", "口甲    口乙"], ["说明", "口径见下"]]), sort="乙")
    assert filled.rows() == [["类别", "□甲    √乙"], ["说明", "口径见下"]]
    assert read_by_hand(form, blank([["类别", "口甲    口乙"]]), {(0, 0, 1): "口甲    √乙"}) == {"sort": "乙"}
