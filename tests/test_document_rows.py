"""Tables with a row for each thing: cloned from the last printed, spare ones taken out or left, fixed ones found."""

from typing import Any

import pytest

from dialogs.document.template_check import faults
from tests.blank_forms import Filled, blank, form_of, read_by_hand

HEAD = ["序号", "姓名", "任务"]
PRINTED = [HEAD, ["1", "", ""], ["2", "", ""], ["3", "", ""]]
COLUMNS = [{"key": "name", "label": "姓名", "kind": "text"}, {"key": "task", "label": "任务", "kind": "text"}]
TEAM = {"key": "team", "label": "团队", "columns": COLUMNS}
UNIT = {"key": "unit", "label": "单位"}


def people(number: int) -> tuple[Any, str]:
    return [{"name": f"成员{each}", "task": f"任务{each}"} for each in range(1, number + 1)], ""


def as_rows(number: int) -> list[list[str]]:
    return [[str(each), f"成员{each}", f"任务{each}"] for each in range(1, number + 1)]


def test_as_many_rows_as_printed_are_filled_where_they_stand():
    """No row comes or goes."""
    assert Filled(form_of(TEAM), blank(PRINTED), team=people(3)).rows() == [HEAD, *as_rows(3)]


def test_more_rows_are_cloned_from_the_last_and_numbered_on():
    """Five members in three printed rows."""
    made = Filled(form_of(TEAM), blank(PRINTED), team=people(5))
    assert made.rows() == [HEAD, *as_rows(5)]
    assert made.read["team"].splitlines() == [f"成员{each}\t任务{each}" for each in range(1, 6)]


@pytest.mark.parametrize(("numbers", "fourth"), [("①②③", "④"), ("一二三", "四")])
def test_other_numerals_count_on_too(numbers: str, fourth: str):
    """① and 一."""
    printed = [HEAD, *([number, "", ""] for number in numbers)]
    assert Filled(form_of(TEAM), blank(printed), team=people(4)).rows()[4][0] == fourth


def test_spare_rows_stay_blank_where_the_form_says_so():
    """没有用到的行保留空白."""
    made = Filled(form_of({**TEAM, "spare": "keep"}), blank(PRINTED), team=people(2))
    assert made.rows() == [HEAD, *as_rows(2), ["3", "", ""]]
    assert len(made.read["team"].splitlines()) == 2


def test_spare_rows_go_where_the_form_says_so():
    """多出的行删去; what follows the rows stays."""
    printed = [*PRINTED, ["合计", "", "共____人"]]
    total = {"key": "total", "label": "人数", "at": "共__人"}
    made = Filled(form_of({**TEAM, "spare": "remove"}, total), blank(printed), team=people(2), total="2")
    assert made.rows() == [HEAD, *as_rows(2), ["合计", "", "共2人"]]


def test_rows_nobody_answered_stay_as_printed():
    """A table that is left out keeps its blank rows."""
    template = blank([["单位", "", ""]], PRINTED)
    assert Filled(form_of(UNIT, {**TEAM, "spare": "remove"}), template, unit="甲").rows(1) == PRINTED


def test_a_merged_label_beside_the_rows_goes_on_beside_the_clones():
    """简历 stands once, merged over its rows."""
    printed = [["简历", "姓名", "任务"], ["^", "", ""], ["^", "", ""]]
    made = Filled(form_of({**TEAM, "label": "简历"}), blank(printed), team=people(3))
    assert [row[1:] for row in made.rows()] == [["姓名", "任务"], *(row[1:] for row in as_rows(3))]
    assert len({row.cells[0]._tc for row in made.document.tables[0].rows}) == 1


def test_sub_heads_under_a_merged_head_are_columns():
    """奖励 over 名称 and 单位."""
    columns = [{"key": "what", "label": "奖励名称", "kind": "text"}, {"key": "by", "label": "奖励单位", "kind": "text"}]
    printed = [["年月", "奖励", "<"], ["^", "名称", "单位"], ["", "", ""]]
    prizes = {
        "key": "prizes",
        "label": "获奖",
        "columns": [{"key": "on", "label": "年月", "kind": "text"}, *columns],
    }
    value = [{"on": "2023年5月", "what": "一等奖", "by": "县教育局"}]
    made = Filled(form_of(prizes), blank(printed), prizes=(value, ""))
    assert made.rows()[2] == ["2023年5月", "一等奖", "县教育局"]


def test_fixed_rows_are_found_by_their_names():
    """A budget of printed subjects; what is not spent stays blank."""
    budget = {
        "key": "budget",
        "label": "预算",
        "fixed": ["材料费", "培训费"],
        "columns": [{"key": "sum", "label": "金额", "kind": "text"}, {"key": "why", "label": "说明", "kind": "text"}],
    }
    printed = [["科目", "金额", "说明"], ["材料费", "    元", ""], ["培训费", "    元", ""]]
    made = Filled(form_of(budget), blank(printed), budget=([{}, {"sum": "300元", "why": "讲课"}], ""))
    assert made.rows()[1:] == [["材料费", "    元", ""], ["培训费", "300元", "讲课"]]
    assert made.read == {"budget": "培训费\t300元\t讲课"}


def test_boxes_in_rows_are_ticked_row_by_row():
    """Three years, four grades each."""
    grades = {
        "key": "grades",
        "label": "考核",
        "fixed": ["2022", "2023"],
        "columns": [
            {"key": "grade", "label": "等次", "kind": "choice", "choices": [{"label": "优秀"}, {"label": "合格"}]}
        ],
    }
    printed = [["年度", "等次"], ["2022", "□优秀 □合格"], ["2023", "□优秀 □合格"]]
    made = Filled(form_of(grades), blank(printed), grades=([{"grade": "合格"}, {"grade": "优秀"}], ""))
    assert made.rows()[1:] == [["2022", "□优秀 √合格"], ["2023", "√优秀 □合格"]]


def test_a_box_alone_in_its_cell_says_yes():
    """A list of papers: handed in or not, and how many copies."""
    papers = {
        "key": "papers",
        "label": "材料",
        "fixed": ["登记证书", "承诺书"],
        "columns": [
            {"key": "given", "label": "勾选", "kind": "boolean"},
            {"key": "copies", "label": "份数", "kind": "text"},
        ],
    }
    printed = [["勾选", "材料名称", "份数"], ["□", "登记证书", "   份"], ["□", "承诺书", "   份"]]
    value = [{"given": True, "copies": "2"}, {"given": False, "copies": None}]
    template = blank(printed)
    made = Filled(form_of(papers), template, papers=(value, ""))
    assert made.rows()[1:] == [["√", "登记证书", "2份"], ["□", "承诺书", "   份"]]
    assert [fault for fault in faults(template, form_of(papers)) if "填过" in fault.reason] == []


def test_two_blanks_in_one_cell_of_a_row_are_two_columns():
    """From and to of a line of a career."""
    career = {
        "key": "career",
        "label": "简历",
        "columns": [
            {"key": "begin", "label": "起", "kind": "text", "at": "起止年月 __年__月至"},
            {"key": "end", "label": "止", "kind": "text", "at": "起止年月 至__年__月"},
            {"key": "where", "label": "单位", "kind": "text"},
        ],
    }
    printed = [["起止年月", "单位"], ["    年  月至    年  月", ""]]
    value = [
        {"begin": "2009年9月", "end": "2012年6月", "where": "一中"},
        {"begin": "2012年9月", "end": "至今", "where": "二中"},
    ]
    made = Filled(form_of(career), blank(printed), career=(value, ""))
    assert made.rows()[1:] == [["2009年9月至2012年6月", "一中"], ["2012年9月至今", "二中"]]
    assert made.read["career"].splitlines() == ["2009年9月\t2012年6月\t一中", "2012年9月\t至今\t二中"]


def test_rows_filled_by_hand_are_read():
    """Whoever typed them; the row left blank is no row."""
    form = form_of(UNIT, TEAM)
    template = blank([["单位", "", ""]], PRINTED)
    typed = {(0, 0, 1): "甲", (1, 1, 1): "白露", (1, 1, 2): "教学", (1, 2, 1): "高远", (1, 2, 2): "记录"}
    assert read_by_hand(form, template, typed)["team"] == "白露\t教学\n高远\t记录"


def test_two_tables_of_like_columns_are_told_apart_by_their_headings():
    """负责人 above one, 成员 above the other."""
    leaders = {**TEAM, "key": "leaders", "label": "负责人名单"}
    members = {**TEAM, "key": "members", "label": "成员名单"}
    template = blank("一、负责人名单", PRINTED, "二、成员名单", PRINTED)
    made = Filled(
        form_of(leaders, members), template, members=people(1), leaders=([{"name": "白露", "task": "总"}], "")
    )
    assert made.rows(0)[1] == ["1", "白露", "总"]
    assert made.rows(1)[1] == ["1", "成员1", "任务1"]


def test_where_there_is_no_row_the_first_says_so_in_the_column_that_has_words_for_it():
    """没有的，在第一行“姓名”处写“无”; the other rows stay blank."""
    columns = [{**COLUMNS[0], "empty": "无"}, COLUMNS[1]]
    made = Filled(form_of({**TEAM, "columns": columns, "spare": "keep"}), blank(PRINTED), team=([], "无"))
    assert made.rows() == [HEAD, ["1", "无", ""], ["2", "", ""], ["3", "", ""]]


def test_a_cell_that_was_understood_prints_its_official_wording():
    """Its value is a number, or a day; what stands in the cell is what is printed."""
    name = {"value": {"start": "2023-05"}, "display": "2023年5月至今", "printed": "2023.5—"}
    made = Filled(form_of(TEAM), blank(PRINTED), team=([{"name": name, "task": {"value": 3, "display": "3项"}}], ""))
    assert made.rows()[1] == ["1", "2023.5—", "3项"]
