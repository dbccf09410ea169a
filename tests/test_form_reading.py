"""How `shenbao new` reads a blank form: what is printed tells what is asked, of which kind, and what is reckoned."""

import pytest

from bot.blank_form import printed_form
from knowledge.drafting.demands import demands_on
from knowledge.drafting.field_kind import kind_of_field, lexicon
from knowledge.drafting.form_reading import ReadForm, read_form
from knowledge.drafting.notice_facts import facts_of
from knowledge.drafting.notice_text import clauses_of
from knowledge.drafting.pack_draft import PackDraft, pack_draft
from tests.blank_forms import blank

WAGES = [
    ["序号", "姓名", "年龄", "支出", "<"],
    ["^", "^", "^", "材料费", "签名"],
    ["1", "", "", "", ""],
    ["2", "", "", "", ""],
    ["合计：    人", "<", "<", "", ""],
]


def read(*blocks: object) -> ReadForm:
    return read_form(printed_form(blank(*blocks)))  # type: ignore[arg-type]


def kinds(*blocks: object) -> dict[str, str]:
    return {found.name: kind_of_field(found) for found in read(*blocks).fields}


def drafted(notice: str, *blocks: object) -> PackDraft:
    return pack_draft("draft", notice, printed_form(blank(*blocks)), frozenset(lexicon().kinds))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("    年  月  日", "date"),
        ("    年    月", "month"),
        ("    年  月至    年  月", "period"),
        ("        万元", "money"),
        ("      %", "percent"),
        ("人", "count"),
        ("累计      小时", "count"),
        ("（小写）¥            元", "money"),
        ("      分", "decimal"),
        ("□是  □否", "boolean"),
        ("□有   □无", "boolean"),
        ("口是    口否", "boolean"),
        ("□甲类  □乙类  □丙类", "choice"),
        ("□甲类  □乙类  □丙类（可多选）", "choices"),
        ("", "text"),
    ],
)
def test_what_is_printed_in_a_cell_tells_its_kind(cell: str, kind: str):
    """Before its label is looked at."""
    assert kinds([["某项", cell], ["姓名", ""]])["某项"] == kind


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("出生年月", "month"),
        ("统一社会信用代码", "credit_code"),
        ("身份证号码", "id_card"),
        ("开户银行", "name"),
        ("银行账号", "bank_account"),
        ("电子邮箱", "email"),
        ("联系人及电话", "contact"),
        ("平均成绩", "decimal"),
        ("获奖年度", "year"),
        ("经办人", "person"),
        ("家庭住址", "address"),
        ("起止年月", "period"),
        ("是否受过处分", "boolean"),
        ("学校意见", "office"),
    ],
)
def test_a_label_tells_the_kind_of_an_empty_cell(label: str, kind: str):
    """By its end, or by a word in it."""
    assert kinds([[label, ""], ["姓名", ""]])[label] == kind


def test_a_remark_behind_the_last_option_is_no_part_of_it():
    """可多选 is about all of them."""
    (found, _) = read([["所属领域", "☐制造  ☐医药  ☐材料（可多选）"], ["姓名", ""]]).fields
    assert [option.name for option in found.options] == ["制造", "医药", "材料"]


def test_options_over_several_rows_own_the_blanks_behind_them():
    """Each is asked for with its option; where others say the same, it is called by the option."""
    rows = [
        ["申领项目", "□一次性补贴（5000元）"],
        ["^", "□就业补助：吸纳____人，申请补助______元"],
        ["^", "□租金补贴：租期____年____月至____年____月，申请补助______元"],
    ]
    assert kinds(rows) == {
        "申领项目": "choice",
        "就业补助（吸纳）": "count",
        "就业补助（申请补助）": "money",
        "租金补贴（租期）": "period",
        "租金补贴（申请补助）": "money",
    }


def test_each_blank_of_a_sentence_is_a_field_called_by_the_words_before_it():
    """自__年至__年 are calendar years, and the unit behind one blank is no name of the next."""
    found = kinds([["已享受补助", "自    年至    年共补助      万元，由            发放。"]])
    assert found == {
        "已享受补助": "year",
        "已享受补助（至）": "year",
        "已享受补助（共补助）": "money",
        "已享受补助（由）": "text",
    }


def test_the_blanks_of_a_line_outside_tables_are_fields_called_by_their_words():
    """A unit behind one tells its kind; what is short is called by the heading; 共__天 is reckoned from the span."""
    line = "拟研修单位：________，研修时间：____年__月__日至____年__月__日，共____天，费用______元（大写：______）。"
    form = drafted("关于申报的通知\n\n一、申报", "二、研修安排", line, [["姓名", ""]]).form
    told = {each.found.name: (each.entry["kind"], each.entry.get("at"), "derive" in each.entry) for each in form.fields}
    assert told == {
        "拟研修单位": ("name", "拟研修单位：__", False),
        "研修时间": ("period", "研修时间：__", False),
        "研修安排（天数）": ("count", "共__天", True),
        "研修安排（费用）": ("money", "费用__元", False),
        "研修安排（大写）": ("text", "大写：__", True),
        "姓名": ("person", None, False),
    }


def test_a_line_of_names_and_colons_is_no_sentence():
    """However wide its blanks are."""
    assert list(kinds("单位：____________  日期：____年__月__日", [["姓名", ""]])) == ["单位", "日期", "姓名"]


def test_options_with_a_cell_each_are_one_choice_named_by_the_heading_or_the_side():
    """Several in a row, over several rows; one may have a blank of its own."""
    rows = [["甲类项目", "□", "乙类项目", "□"], ["丙类项目", "□", "其他（请注明：        ）", "□"]]
    found = read("一、申报方向（限选一项）", rows).fields
    assert [(each.name, kind_of_field(each), [one.name for one in each.options]) for each in found] == [
        ("申报方向", "choice", ["甲类项目", "乙类项目", "丙类项目", "其他"]),
        ("申报方向（请注明）", "text", []),
    ]
    assert list(kinds([["是否在编", "是", "□", "否", "□"]])) == ["是否在编"]


def test_what_an_applicant_promises_may_hold_a_blank():
    """It is a field of its own; the words agreed to are those without a blank."""
    promise = "本人承诺：以上内容属实；结束后在原单位服务不少于______年。\n签字：            年   月   日"
    blank_, agreed = read([["姓名", ""], ["本人承诺", promise]]).fields[1:][::-1]
    assert (agreed.statement, blank_.name, kind_of_field(blank_)) == (
        "本人承诺：以上内容属实",
        "结束后在原单位服务",
        "count",
    )


def test_yes_is_written_first_whichever_the_form_prints_first():
    """The kind takes the first of two for yes."""
    form = drafted("关于申报的通知\n\n一、申报", [["是否获得补助", "□否   □是，金额      元"], ["姓名", ""]]).form
    asked, amount = (each.entry for each in form.fields[:2])
    assert [each["label"] for each in asked["choices"]] == ["是", "否"]
    assert amount["when"] == f"{{{asked['key']}}} = 是"


def test_heads_of_two_rows_name_columns_and_signatures_are_left():
    """A head that is alone of its name is not called by the one over it."""
    (table, *_) = read(WAGES).fields
    assert [(column.label, kind_of_field(column)) for column in table.columns] == [
        ("姓名", "person"),
        ("年龄", "count"),
        ("材料费", "money"),
        ("签名", "office"),
    ]


def test_totals_below_rows_are_reckoned_and_never_asked():
    """Of columns of numbers, and how many rows there are."""
    form = drafted("关于申报的通知\n\n一、申报", "人员名单", WAGES).form
    derived = {each.found.name: each.entry["derive"] for each in form.fields if "derive" in each.entry}
    assert derived == {
        "人员名单（材料费合计）": "sum({renyuanmingdan.papers_fei})",
        "人员名单（合计人数）": "count({renyuanmingdan.name})",
    }


def test_an_amount_in_capitals_is_that_of_the_sum_before_it():
    """（大写） is not asked for."""
    rows = [["申请总额", "（小写）¥          元", "（大写）：              "]]
    fields = {each.found.name: each.entry for each in drafted("关于申报的通知\n\n一、申报", rows).form.fields}
    assert fields["大写"]["derive"] == "capital({" + fields["申请总额"]["key"] + "})"


def test_what_the_cover_repeats_is_asked_once_without_a_page_break_too():
    """The parts of the form begin at 一、."""
    found = read("项目名称：        ", "申报单位：        ", "一、基本情况", [["单位名称", ""], ["地址", ""]]).fields
    assert [each.name for each in found] == ["项目名称", "单位名称", "地址"]
    assert found[1].also_at == ["申报单位"]


def test_a_cell_that_only_groups_others_is_no_part_of_their_names():
    """基本情况 says nobody's name."""
    assert list(kinds([["基本情况", "姓名", ""], ["^", "民族", ""]])) == ["姓名", "民族"]


def test_the_line_of_enclosures_and_opinions_with_names_in_them_ask_nothing():
    """附件： is no field, 经办人 in an opinion is the office's."""
    found = kinds("附件：", "某表", [["姓名", ""], ["窗口受理意见", "经办人：             年    月    日"]])
    assert found == {"姓名": "person", "窗口受理意见": "office"}


NOTICE = """关于申报的通知

一、条件

（一）重点类。单个项目资助经费不超过50万元。

（二）申报人年龄不超过60周岁（1966年1月1日以后出生），申报项目不得超过三项，获得荣誉最多填5项。

（三）实施期为2至3年，起始时间不早于2026年7月1日。

二、程序

材料于2026年5月8日前寄送，电子版于5月6日24:00前发至a@b.cn。

2026年4月2日
"""
FORM = [
    ["类别", "□重点类  □一般类", "申报项目", "□甲  □乙  □丙  □丁（可多选）"],
    ["出生年月", "", "性别", "□男 □女"],
    ["身份证号", "", "申请经费", "    万元"],
    ["起止年月", "    年  月至    年  月", "民族", ""],
    ["获得荣誉", "", "<", "<"],
]


def test_numerals_bound_like_figures():
    """三项 is 3项, 最多填5项 is at most 5."""
    found = {each.name: demand.limit for each, demand in demands_on(read(FORM).fields, clauses_of(NOTICE))}
    assert (found["申报项目"], found["获得荣誉"]) == (3, 5)


def test_sentences_about_spans_options_and_persons_become_rules_between_fields():
    """How long, from when, for which option; sex and birth agree with the identity number."""
    checks = {each.check: each.when for each in drafted(NOTICE, FORM).form.relations}
    assert {check.replace(" ", "") for check in checks} >= {
        "months({period_month.start},{period_month.end})≥24",
        "months({period_month.start},{period_month.end})≤36",
        "{period_month.start}≥2026年7月",
        "sex({idcard_number})={sex}",
        "months(born({idcard_number}),{birth_month})=1",
    }
    assert [when for check, when in checks.items() if "500000" in check] == ['{category} = "重点类"']


STAFFED = """关于申报的通知

一、条件

（一）固定人员不少于3人，全部人员持证上岗，年龄不超过六十周岁。

（二）每份价格不得超过18元，其中自付部分不得高于每份价格的70%。

（三）研修时间为60日至90日，应在2026年5月1日至2026年10月31日之间完成，费用总额不得超过8万元，其中选派单位承担比例不低于30%。

（四）年龄不超过四十五周岁（截至2026年1月1日）；具有正高级职称的，年龄不超过五十周岁。

2026年4月2日
"""


def test_tables_are_bound_by_what_is_said_of_them():
    """How many rows, each cell of a column, a total, a share of it."""
    rows = [["序号", "姓名", "年龄"], ["1", "", ""], ["……", "", ""]]
    costs = [["科目", "金额（元）", "其中单位承担（元）"], ["学费", "", ""], ["住宿费", "", ""], ["合计", "", ""]]
    form = drafted(STAFFED, "一、人员情况", rows, "二、费用概算", costs).form
    staff, spent = (each for each in form.fields if each.entry["kind"] == "rows")
    assert staff.entry["least"] == 3
    assert [each.get("aliases") for each in spent.entry["columns"]] == [None, ["其中单位承担（元）"]]
    main, part = (each.key for each in form.fields if "derive" in each.entry)
    assert {each.check for each in form.relations} == {
        f"{{{staff.key}.age}} ≤ 60",
        f"{{{main}}} ≤ 80000",
        f"{{{part}}} ≥ {{{main}}} × 30%",
    }


def test_spans_are_bound_in_days_and_between_days():
    """Numerals count like figures."""
    form = drafted(
        STAFFED, "研修时间：____年__月__日至____年__月__日，共__天。", [["每份价格", "   元", "自付", "   元"]]
    ).form
    checks = {each.check.replace("{yanxiu_time.", "{") for each in form.relations}
    assert checks == {
        "days({start}, {end}) ≥ 60",
        "days({start}, {end}) ≤ 90",
        "{start} ≥ 2026年5月1日",
        "{end} ≤ 2026年10月31日",
        "{" + form.fields[3].key + "} ≤ {" + form.fields[2].key + "} × 70%",
    }


def test_an_age_that_some_may_exceed_only_asks():
    """Where no option of the form tells who."""
    notice = "关于申报的通知\n\n一、条件\n\n" + STAFFED.splitlines()[-3]
    (asked,) = drafted(notice, [["姓名", ""], ["出生年月", ""]]).form.relations
    assert (asked.check, asked.strength) == ("age_on({birth_month}, 2026年1月1日) ≤ 45", "warn")
    assert asked.quote.startswith("年龄不超过四十五周岁")


def test_the_day_work_begins_is_no_deadline():
    """And the electronic version has its own."""
    facts = {fact.name: str(fact.value) for fact in facts_of(clauses_of(NOTICE))}
    assert (facts["deadline"], facts["electronic_deadline"]) == ("2026-05-08", "2026-05-06 24:00")
