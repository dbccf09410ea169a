"""Tables of rows: as people type them, as programs give them; what cannot be reckoned out harms no applicant."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.packs import lint
from dialogs.breaches import breaches
from dialogs.engine import new_session, turn
from dialogs.fields.outcome import Accepted, Rejected
from dialogs.fields.typed_answers import typed
from dialogs.fields.typed_rows import typed_rows
from dialogs.fields.validate import validate
from dialogs.protocol import ExistingSubmissions, Moment, Preset
from dialogs.session import Draft, FieldValue
from knowledge.expressions.formula import read_formula
from knowledge.form import Field, Form
from knowledge.loading.pack_folder import load_pack
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.terminal import run

FOLDER = Path(__file__).parent / "packs" / "reading-2026"
PACK = load_pack(FOLDER)
TODAY = date(2026, 4, 10)
CREW, COSTS = PACK.fields["crew"], PACK.fields["costs"]
PEOPLE = "周向晴，女，34，读书分享\n李一帆 男 27岁 摄影、剪辑\n王小雨\t女\t41\t场地联络"
ANSWERS: dict[str, Any] = {
    "circle": "梧桐树下读书会",
    "phone_of": "13800000777",
    "venue": "自有",
    "begins": "2026年6月",
    "lasting": "10个月",
    "crew": [
        {"姓名": "周向晴", "性别": "女", "年龄": "34", "分工": "读书分享"},
        ["李一帆", "男", "27", "摄影"],
        "王小雨，女，41，场地联络",
    ],
    "costs": {"购书费": ["4000元", "6000元"], "场地费": {"aid": "2000元", "own": "3000元"}, "其他费用": "0元 0元"},
    "story_of": "每月共读一本书。",
}


def cells(text: str) -> list[dict[str, Any]]:
    outcome = validate(CREW, text, PACK, TODAY)
    assert not isinstance(outcome, Rejected), outcome.message
    assert isinstance(outcome.value, list)
    return [{key: cell["value"] for key, cell in row.items()} for row in outcome.value]


def test_rows_are_read_however_their_cells_are_parted() -> None:
    """By commas, by blanks, by tabs; 、 within a cell stays in it."""
    assert cells(PEOPLE) == [
        {"who": "周向晴", "gender": "女", "years": 34, "task": "读书分享"},
        {"who": "李一帆", "gender": "男", "years": 27, "task": "摄影、剪辑"},
        {"who": "王小雨", "gender": "女", "years": 41, "task": "场地联络"},
    ]


def test_one_mark_parts_the_cells_and_another_stands_within_them() -> None:
    """Blanks between the cells, a comma within the last."""
    assert cells("周向晴 女 34 读书，分享\n李一帆 男 27 摄影，剪辑\n王小雨 女 41 联络")[1]["task"] == "摄影，剪辑"


def test_a_comma_between_amounts_is_no_thousands_separator() -> None:
    """1，6000 are two cells, 1,600 may be one; a bare number under a head with 元 is in yuan without a doubt."""
    spent = [
        {"key": "price", "label": "单价", "kind": "money", "print": {"unit": "元", "bare": True}},
        {"key": "number", "label": "数量", "kind": "count"},
        {"key": "own", "label": "自筹", "kind": "money", "print": {"unit": "元", "bare": True}},
    ]
    field = Field.model_validate(
        {"key": "x", "label": "费用", "kind": "rows", "columns": spent, "prompt": "", "example": ""}
    )
    assert [row.cells for row in typed_rows(field, "24000，1，6000\n200，80，8000\n2,400元，2，1,600元", TODAY)] == [
        {"price": "24000", "number": "1", "own": "6000"},
        {"price": "200", "number": "80", "own": "8000"},
        {"price": "2,400元", "number": "2", "own": "1,600元"},
    ]
    assert isinstance(validate(field, "200，80，8000", PACK, TODAY), Accepted)


def test_a_head_says_the_order_of_the_columns() -> None:
    """A table from elsewhere has columns in its own order, and numbers before its rows."""
    table = "序号\t年龄\t姓名\t分工\t性别\n1\t34\t周向晴\t分享\t女\n2\t27\t李一帆\t摄影\t男\n3\t41\t王小雨\t联络\t女"
    assert [(row["who"], row["years"]) for row in cells(table)] == [("周向晴", 34), ("李一帆", 27), ("王小雨", 41)]


def test_several_rows_may_stand_on_one_line() -> None:
    """Parted by ；, or by the words the form prints; sums may stand behind a word for their column."""
    assert [row["who"] for row in cells(PEOPLE.replace("\n", "；").replace("\t", "，"))] == [
        "周向晴",
        "李一帆",
        "王小雨",
    ]
    outcome = validate(COSTS, "购书费资助4千自筹1万，场地费自筹3000元资助2000元，其他费用0元0元", PACK, TODAY)
    assert not isinstance(outcome, Rejected), outcome.message
    assert [row["aid"]["value"] for row in outcome.value] == [4000, 2000, 0]  # type: ignore[union-attr, index, call-overload]


def test_printed_rows_may_be_years() -> None:
    """As printed, as people say them, and asked for one by one."""
    grade = {"key": "grade", "label": "评级", "kind": "choice", "choices": [{"label": "甲等"}, {"label": "乙等"}]}
    table = {"key": "yearly", "label": "历年评级", "kind": "rows", "prompt": "", "example": "", "columns": [grade]}
    yearly = Field.model_validate(table | {"fixed": ["2024", "2025"]})
    for text in ("2024 甲等\n2025 乙等", "24年甲等，25年乙等", "1. 2024年度：甲等；2. 2025年度：乙等", "甲等\n乙等"):
        outcome = validate(yearly, text, PACK, TODAY)
        assert not isinstance(outcome, Rejected), (text, outcome.message)
        assert [row["grade"]["value"] for row in outcome.value] == ["甲等", "乙等"]  # type: ignore[union-attr, index, call-overload]
    cut = {"fields": (yearly,), "form_rules": (), "final_rules": (), "attachments": (), "identity": {}}
    applicant = Applicant(replace(PACK, form=PACK.form.model_copy(update=cut)), today=TODAY)
    applicant.type("/start")
    applicant.press("开始填表")
    applicant.type("2025年：乙等")
    assert "请写2024" in applicant.said or "2024还缺" in applicant.said
    assert "历年评级" in applicant.type("甲等")
    assert applicant.at == "review"


def test_the_mark_between_cells_is_the_one_that_parts_the_first_two() -> None:
    """Other marks stay within a cell."""
    assert [
        row["task"] for row in cells("周向晴 女 34 主持，分享、记录\n李一帆，男，27，摄影 剪辑\n王小雨 女 41 联络")
    ] == [
        "主持，分享、记录",
        "摄影 剪辑",
        "联络",
    ]


def test_what_our_own_form_prints_is_read_back() -> None:
    """Bare amounts with two decimals, a row that begins with its printed words."""
    printed = "购书费\t6000.00\t3000.00\n场地费\t2000.00\t2012.05\n其他费用\t500.00元\t0.00"
    outcome = validate(COSTS, printed, PACK, TODAY)
    assert not isinstance(outcome, Rejected), outcome.message
    assert [row["own"]["value"] for row in outcome.value] == [3000, 2012.05, 0]  # type: ignore[union-attr, index, call-overload]


def test_a_refusal_names_the_row_and_the_column() -> None:
    """What is missing is found without counting."""
    outcome = validate(CREW, PEOPLE.replace("，34，", "，"), PACK, TODAY)
    assert isinstance(outcome, Rejected)
    assert "第1行" in outcome.message
    assert "年龄" in outcome.message


def test_too_few_rows_are_refused_with_the_clause() -> None:
    """Three at least, as the notice has it."""
    outcome = validate(CREW, PEOPLE.split("\n", maxsplit=1)[0], PACK, TODAY)
    assert isinstance(outcome, Rejected)
    assert outcome.clause == "三"


@settings(max_examples=60)
@given(some.text(alphabet="周向晴女男34岁，、 \t\n|：:姓名年龄购书费0元x", max_size=120))
def test_any_text_is_rows_or_is_refused(text: str) -> None:
    """Nothing raises; every word is in a cell or left over."""
    for field in (CREW, COSTS):
        typed_rows(field, text, TODAY)
        validate(field, text, PACK, TODAY)


def test_a_program_gives_rows_as_lists_objects_or_text() -> None:
    """All three in one table, and a fixed table by its printed rows."""
    applicant = Applicant(PACK, today=TODAY)
    applicant.put(Preset(values=ANSWERS))
    assert applicant.at == "review", applicant.said
    entries = applicant.session.draft.submission(PACK).entries
    assert [row["who"]["value"] for row in entries["crew"].value] == ["周向晴", "李一帆", "王小雨"]  # type: ignore[union-attr, index, call-overload]
    assert entries["cost_total"].on_form == "15000.00"
    assert entries["aid_share"].on_form == "40.0%"
    assert typed(COSTS, ANSWERS["costs"]).startswith("购书费\t4000元\t6000元")


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"lasting": "14个月"}, "lasting", "不在3至12个月之内"),
        ({"costs": {"购书费": "9000元 1000元", "场地费": "0元 0元", "其他费用": "0元 0元"}}, "costs", "60%"),
        ({"crew": PEOPLE.replace("李一帆", "王小雨")}, "crew", "重名"),
    ],
)
def test_render_refuses_what_does_not_go_together(
    tmp_path: Path, change: dict[str, Any], field: str, said: str
) -> None:
    """One JSON line for the rule, at the field to mend, with its clause; nothing is written."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS | change), encoding="utf-8")
    done = run("render", str(answers), "--out", str(tmp_path / "out"), "--pack", f"{FOLDER}/", "--today", "2026-04-10")
    assert done.returncode == 2, done.stdout + done.stderr
    problem = json.loads(done.stdout.splitlines()[0])
    assert problem["field"] == field
    assert said in problem["message"]
    assert problem["clause"]


def test_what_cannot_be_reckoned_out_is_told_to_staff_and_stops_nobody() -> None:
    """Nothing divided by nothing: the share stays open, the conversation goes on."""
    nothing = {name: ["0元", "0元"] for name in COSTS.fixed}
    session = new_session(PACK)
    done = turn(session, Preset(values=ANSWERS | {"costs": nothing}), PACK, Moment(today=TODAY))
    assert [name for _, name in done.faults] == ["InvalidOperation"]
    assert "aid_share" not in done.session.draft.submission(PACK).entries
    assert done.session.state.endswith("review")


@pytest.mark.parametrize(("venue", "more", "said"), [("自有", {}, False), ("借用", {"lent_by": "棠溪区文化馆"}, True)])
def test_a_rule_about_the_whole_may_hold_for_some_only(venue: str, more: dict[str, Any], said: bool) -> None:
    """Asked twice by the same circle; what is said depends on where it meets."""
    applicant = Applicant(PACK, today=TODAY, held=ExistingSubmissions(same=1))
    applicant.put(Preset(values=ANSWERS | {"venue": venue} | more))
    assert "已经申请过" in applicant.said
    assert ("请先与上次的申请核对" in applicant.said) is said


def test_the_first_row_is_proposed_from_other_fields() -> None:
    """Only what the other fields do not say is asked for."""
    crew = CREW.model_copy(update={"first": {"who": read_formula("甲乙丙"), "task": read_formula("{circle}")}})
    fields = tuple(crew if field.key == "crew" else field for field in PACK.form.fields)
    pack = replace(PACK, form=PACK.form.model_copy(update={"fields": fields}))
    applicant = Applicant(pack, today=TODAY)
    applicant.put(Preset(values={key: text for key, text in ANSWERS.items() if key not in {"crew", "costs"}}))
    assert "第1行：甲乙丙，梧桐树下读书会" in applicant.said
    assert "第1行还缺：性别（男/女）、年龄" in applicant.said
    assert "第2行" in applicant.type("女 34")


def changed(tmp_path: Path, old: str, new: str) -> NoticePack | list[str]:
    folder = tmp_path / "reading-2026"
    copytree(FOLDER, folder)
    form = folder / "form.yaml"
    text = form.read_text(encoding="utf-8")
    assert old in text
    form.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(problem) for problem in lint(folder)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{场地来源} = 租用", "{场地来原} = 租用", "form.yaml:16: “rented_till”这一条：没有“场地来原”这个栏目"),
        ("{场地来源} = 租用", "{场地来源} = 租赁", "form.yaml:16: “租赁”不是“场地来源”的选项"),
        (
            "{venue} 属于 借用",
            "{ends} ≤ 2026-12",
            "form.yaml:17: “lent_by”这一条：栏目 lent_by 的 when 指向了",
        ),
        ("sum({活动费用.小计})", "sum({活动费用.小计}", "表达式写得不完整"),
        ("sum({活动费用.小计})", "total({活动费用.小计})", "没有函数 total"),
        ("sum({活动费用.小计})", "{费用合计} + 1", "要由它自己算出来"),
        ("count({发起人})", "sum({发起人.姓名})", "“发起人.姓名”不是数"),
        ("{资助合计} ≤ {most_aid}", "{资助合计} ≤ {most_money}", "没有“most_money”这个栏目，也没有这个事实"),
        ("{资助合计} ≤ {most_aid}", "{资助合计} + {most_aid}", "不能作条件"),
        ("distinct: crew.who, strength", "sum_of: costs.aid, strength", "规则 sum_of 还要写 equals"),
    ],
)
def test_a_mistake_in_an_expression_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    """Before the form goes live, in words staff can act on."""
    problems = changed(tmp_path, old, new)
    assert isinstance(problems, list)
    assert any(told in problem for problem in problems), problems


def test_a_rule_may_be_about_a_part_of_a_value() -> None:
    """The beginning of a span of time; one that goes on has no end to judge."""
    span = {"key": "span", "label": "起止", "kind": "period", "prompt": "何时？", "example": "2026年7月至2028年6月"}
    rules = [
        {"check": "{span.start} ≥ 2026年7月", "at": "span", "strength": "reject", "message": "太早"},
        {"check": "months({span.start}, {span.end}) ≤ 36", "at": "span", "strength": "reject", "message": "太长"},
    ]
    form = Form.model_validate(
        {"title": "表", "filename": "{span}", "fields": [span], "form_rules": rules, "recognised_by": 1}
    )

    def said(start: str, end: str | None) -> list[str]:
        value = FieldValue(text="", value={"start": start, "end": end}, display="")
        return [breach.rule.message for breach in breaches(form, Draft(id=1, values={"span": value}))]

    assert said("2026-03", "2028-06") == ["太早"]
    assert said("2026-07", "2029-07") == ["太长"]
    assert said("2026-07", None) == []


CREDENTIALS = Field.model_validate(
    {
        "key": "papers",
        "label": "证件",
        "kind": "rows",
        "prompt": "有哪些？",
        "example": "",
        "columns": [
            {"key": "who", "label": "姓名", "kind": "person"},
            {"key": "sort", "label": "证件类别", "kind": "choice", "choices": [{"label": "职称"}, {"label": "其他"}]},
            {"key": "name", "label": "证件名称", "kind": "text", "when": '{证件类别} = "其他"'},
        ],
    }
)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("周向晴，职称", [{"who": "周向晴", "sort": "职称"}]),
        ("周向晴\t其他\t导游证书", [{"who": "周向晴", "sort": "其他", "name": "导游证书"}]),
        ("周向晴，其他", "证件名称"),
    ],
)
def test_a_column_may_be_asked_for_in_some_rows_only(text: str, held: object) -> None:
    """Where the row's own cells fulfil its condition; it is then needed like any other."""
    pack = replace(PACK, form=form_with(CREDENTIALS))
    outcome = validate(pack.fields["papers"], text, pack, TODAY)
    if isinstance(held, str):
        assert isinstance(outcome, Rejected)
        assert held in outcome.message
        return
    assert not isinstance(outcome, Rejected), outcome.message
    assert isinstance(outcome.value, list)
    assert [{key: cell["value"] for key, cell in row.items()} for row in outcome.value] == held


def test_a_row_that_needs_no_more_is_taken_in_conversation() -> None:
    """The cell that hangs on another is asked for where it must be there."""
    applicant = Applicant(replace(PACK, form=form_with(CREDENTIALS)), today=TODAY)
    applicant.type("/start")
    applicant.put(Preset(values={}, at="papers"))
    assert "第2行" in applicant.type("周向晴，职称")
    assert "证件名称" in applicant.type("李一帆，其他")
    assert "第3行" in applicant.type("导游证书")


def form_with(field: Field) -> Form:
    """Make a form of one field."""
    whole = {"title": "表", "filename": f"{{{field.key}}}", "recognised_by": 1}
    data = field.model_dump(exclude_defaults=True)
    data["columns"] = [
        column.model_dump(exclude_defaults=True) | ({"when": column.when.text} if column.when else {})
        for column in field.columns
    ]
    return Form.model_validate({**whole, "fields": [data]})
