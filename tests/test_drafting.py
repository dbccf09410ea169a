"""`shenbao new`: from a notice and a blank form to a pack that passes the checks and leads to a document at once.

The calls of `tests/calls` were written as offices write them before the code was tried on them.
"""

import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import docx
import pytest
import yaml
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from PIL import Image

from bot.blank_form import printed_form
from bot.commands.new import new
from bot.errors import StartupError
from bot.list_numbers import numbered
from bot.packs import lint
from dialogs.document.upload_text import read_text
from dialogs.fields.registry import kind_of, kinds_by_name
from knowledge.drafting.demands import bounds_in
from knowledge.drafting.field_key import key_of
from knowledge.drafting.field_kind import kind_of_field, lexicon
from knowledge.drafting.form_reading import read_form
from knowledge.drafting.notice_text import clauses_of
from knowledge.drafting.pack_draft import PackDraft, pack_draft
from knowledge.drafting.photo_demands import photo_demands
from knowledge.drafting.printed_options import PrintedOption, options_in
from knowledge.drafting.printed_room import room_of
from knowledge.drafting.statements import statements_of
from knowledge.form import Field
from knowledge.loading.pack_folder import load_pack
from knowledge.text.word_count import count_words
from tests.applicant import Applicant
from tests.calls import contest, honour, industry, relief, research
from tests.calls.word_form import WordForm

CALLS = [research, industry, honour, contest, relief]
SHARE = 0.85  # of fields that must have the right kind


Drafts = Callable[[ModuleType], Path]


@cache
def draft_of(call: ModuleType) -> PackDraft:
    """Draft a call as if every kind existed; tests only look at it."""
    return pack_draft("draft", call.NOTICE, printed_form(call.form()), frozenset(lexicon().kinds))


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Drafts:
    """Give a call's pack, drafted into a folder by the command the first time it is wanted."""

    @cache
    def drafted(call: ModuleType) -> Path:
        home = tmp_path_factory.mktemp(call.__name__.split(".")[-1])
        (home / "notice.txt").write_text(call.NOTICE, encoding="utf-8")
        (home / "form.docx").write_bytes(call.form())
        new(home / "notice.txt", home / "form.docx", home / "pack", lambda _line: None)
        return home / "pack"

    return drafted


@pytest.mark.parametrize("call", CALLS)
def test_nearly_every_field_is_found_with_its_kind(call: ModuleType) -> None:
    """Of the fields a person would list, at least 85 in a hundred have the kind they would give."""
    read = read_form(printed_form(call.form())).fields
    kinds = {found.name: kind_of_field(found) for found in read} | {found.label: kind_of_field(found) for found in read}
    wrong = [(label, kind, _kind(kinds, label)) for label, kind in call.EXPECTED if _kind(kinds, label) != kind]
    assert len(wrong) <= (1 - SHARE) * len(call.EXPECTED), wrong


def _kind(kinds: dict[str, str], label: str) -> str | None:
    return kinds.get(label) or next((kind for name, kind in kinds.items() if label in name or name in label), None)


@pytest.mark.parametrize("call", CALLS)
def test_bounds_on_fields_become_rules_with_clause_and_strength(call: ModuleType) -> None:
    """Least, most and days are taken from the notice: 应/须/不超过 refuse, 原则上/一般 ask."""
    entries = {each.found.name: each.entry for each in draft_of(call).form.fields}
    for label, name, limit, clause, strength in call.RULES:
        entry = next(entry for found, entry in entries.items() if label in found)
        if name in ("least", "most"):
            assert entry[name] == limit, label
            continue
        rule = next(rule for rule in entry["rules"] if rule["rule"] == name)
        assert (str(rule["limit"]), rule.get("clause"), rule["strength"]) == (str(limit), clause, strength), label


@pytest.mark.parametrize("call", CALLS)
def test_facts_are_found_and_named(call: ModuleType) -> None:
    """Deadlines with their hour, addresses, phones and people stand under the names the program knows."""
    facts = {fact.name: str(fact.value) for fact in draft_of(call).facts}
    assert {name: facts.get(name) for name in call.FACTS} == call.FACTS


@pytest.mark.parametrize("call", CALLS)
def test_the_draft_passes_every_check(call: ModuleType, drafts: Drafts) -> None:
    """Nothing to complain of, not even a clause no answer cites."""
    assert [str(problem) for problem in lint(drafts(call))] == []


@pytest.mark.parametrize("call", CALLS)
def test_the_draft_leads_to_a_document_at_once(call: ModuleType, drafts: Drafts) -> None:
    """Every field asked takes its own example, and the review hands over the document."""
    pack = load_pack(drafts(call))
    issued = pack.facts.date("issued_on")
    assert issued is not None
    applicant = Applicant(pack, today=issued)
    applicant.type("/start")
    applicant.press("开始填表")
    for _ in range(3 * len(pack.form.fields)):
        field = pack.fields.get(applicant.at)
        if field is None:
            break
        shown = {word for word in ("确认", "没有了") for button in applicant.buttons if word in button}
        if shown:
            applicant.press(min(shown, key=("确认", "没有了").index))
        elif kind_of(field).pictured:
            applicant.upload("photo.jpg", _picture((413, 579)))
        else:
            applicant.type(_answer(field))
    applicant.press("确认无误")
    if applicant.at in pack.fields:
        applicant.type("同意")
    assert any(file.name.endswith(".docx") for file in applicant.files), applicant.said


def _answer(field: Field) -> str:
    """Give the example, long texts at the length that is asked for."""
    least = max((rule.limit for rule in field.rules if rule.rule == "min_words"), default=0)
    return field.example * max(1, -(-int(least) // max(1, count_words(field.example))))


def _picture(size: tuple[int, int]) -> bytes:
    stream = io.BytesIO()
    noise = Image.effect_noise(size, 60).convert("RGB")
    noise.paste((60, 120, 220), (0, 0, size[0], size[1] // 3))
    noise.save(stream, "JPEG")
    return stream.getvalue()


@pytest.mark.parametrize("call", CALLS)
def test_what_is_left_to_people_names_file_and_line(call: ModuleType, drafts: Drafts) -> None:
    """Each line of TODO.md leads to a line that exists."""
    folder = drafts(call)
    items = [line for line in (folder / "TODO.md").read_text(encoding="utf-8").splitlines() if line.startswith("- [ ]")]
    assert items
    for item in items:
        found = re.match(r"- \[ \] ([a-z/.]+):(\d+)：", item)
        assert found, item
        lines = (folder / found[1]).read_text(encoding="utf-8").splitlines()
        assert 1 <= int(found[2]) <= len(lines), item


def test_rules_between_fields_name_both() -> None:
    """A share of another sum, a bound for some applicants, a yes the notice demands, a field asked for only of some."""
    notice = """关于申报补助的通知

一、申报条件

1. 企业的职工人数不得少于5人。

2. 申请补助不得超过项目总投资的40%。

3. “是否已通过验收”一栏必须为“是”。

4. 单位性质为企业的，注册资本写到万元。
"""
    made = WordForm()
    made.line("补助申请表")
    made.table(
        4,
        [
            ["单位性质", "□企业 □学校", "注册资本", "      万元"],
            ["职工人数", "     人", "是否已通过验收", "□是 □否"],
            ["项目总投资", "     万元", "申请补助", "     万元"],
        ],
    )
    draft = pack_draft("x", notice, printed_form(made.content()), frozenset(lexicon().kinds))
    data = draft.form.data()
    key = {field["label"]: field["key"] for field in data["fields"]}
    rules = {rule["check"]: rule for rule in data["form_rules"]}
    assert f"{{{key['职工人数']}}} ≥ 5" in rules
    assert rules[f"{{{key['职工人数']}}} ≥ 5"]["when"] == f'{{{key["单位性质"]}}} = "企业"'
    assert f"{{{key['申请补助']}}} ≤ {{{key['项目总投资']}}} × 40%" in rules
    assert f"{{{key['是否已通过验收']}}} = 是" in rules
    capital = next(field for field in data["fields"] if field["label"] == "注册资本")
    assert capital["when"] == f'{{{key["单位性质"]}}} = "企业"'


def test_what_goes_with_the_form_is_listed_with_copies_and_for_whom() -> None:
    """Items under a heading about materials: several in one sentence, those of some applicants, those one may add."""
    entries = {each["label"]: each for each in draft_of(relief).form.data()["attachments"]}
    assert {"身份证复印件", "户口簿复印件"} <= entries.keys() or "身份证、户口簿复印件" in entries
    assert "家庭成员收入证明" in entries


@pytest.mark.parametrize("call", CALLS)
def test_everything_the_clauses_say_can_be_asked_for(call: ModuleType) -> None:
    """Every sentence under a number of the notice is quoted by an answer; no two answers share a wording."""
    draft = draft_of(call)
    quoted = {quote for entry in draft.entries for quote in entry.quotes}
    said = [
        statement
        for clause in draft.clauses
        if clause.anchor[0] in "一二三四五六七"
        for statement in statements_of([clause])
    ]
    assert [each.text for each in said if not quoted.issuperset(each.quotes)] == []
    wordings = [text for entry in draft.entries for text in (entry.question, *entry.variants)]
    assert len(wordings) == len(set(wordings))


def test_a_statement_keeps_what_leans_on_it_and_the_items_below() -> None:
    """例如 and 没有的 stay with the sentence before; a sentence that ends in a colon takes its items along."""
    clauses = clauses_of(
        "一、材料\n1．周期为9个月。例如7月起的，次年3月止。封面写全称。\n2．随附：\n（1）证书1份；\n（2）合同2份。"
    )
    assert [[quote for _, quote in each.quotes] for each in statements_of(clauses)][:3] == [
        ["周期为9个月", "例如7月起的，次年3月止"],
        ["封面写全称"],
        ["随附：", "证书1份", "合同2份"],
    ]


def test_a_statement_is_asked_for_in_the_form_of_its_parts() -> None:
    """An amount by how much, a prohibition by whether, an agent by who."""
    asked = statements_of(clauses_of("一、要求\n1．在职人数不得少于5人，工资不得列入预算，申请表由所在单位填写。"))[
        0
    ].questions
    assert {"在职人数是多少？", "工资可以吗？", "申请表由谁负责？"} <= set(asked)


def test_photos_are_wanted_as_notice_and_form_say() -> None:
    """Pixels, size of the file, format and background, from words in any order."""
    assert photo_demands("照片用JPG格式，白色背景，宽480像素、高640像素，文件不小于40KB、不大于400KB") == {
        "pixels": [480, 640],
        "least_kb": 40,
        "most_kb": 400,
        "formats": ["jpg"],
        "background": "白",
    }


def test_a_notice_may_be_a_word_file(tmp_path: Path) -> None:
    """Its paragraphs are read like lines of text."""
    made = WordForm()
    for line in research.NOTICE.splitlines():
        made.line(line)
    (tmp_path / "notice.docx").write_bytes(made.content())
    (tmp_path / "form.docx").write_bytes(research.form())
    new(tmp_path / "notice.docx", tmp_path / "form.docx", tmp_path / "pack", lambda _line: None)
    assert load_pack(tmp_path / "pack").facts.shown("email") == research.FACTS["email"]


def test_numbers_word_sets_by_itself_are_read(tmp_path: Path) -> None:
    """一、 （一） and 1. set by Word's automatic numbering count and begin anew as on the page."""
    document = docx.Document()
    lists = document.part.numbering_part.element
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    lists.insert(0, parse_xml(_list(90, levels)))
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in zip(
        (0, 1, 2, 2, 1, 2, 0), ("条件", "登记", "人数", "面积", "信用", "年限", "材料"), strict=True
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, 90
    document.add_paragraph("没有编号的一段")
    document.save(str(tmp_path / "notice.docx"))
    content = numbered((tmp_path / "notice.docx").read_bytes())
    said = "一、条件 （一）登记 1.人数 2.面积 （二）信用 1.年限 二、材料 没有编号的一段"
    assert read_text("notice.docx", content).splitlines() == said.split()


def _list(number: int, levels: list[tuple[str, str]]) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{made}</w:abstractNum>'


def test_a_notice_keeps_every_word_under_its_own_numbers() -> None:
    """一、（一）1. and （1） become anchors; head and tail have names; not one word is lost."""
    for call in CALLS:
        clauses = clauses_of(call.NOTICE)
        text = "".join(clause.title + clause.text for clause in clauses)
        assert _bare(text) == _bare(re.sub(r"^#+ ", "", call.NOTICE, flags=re.MULTILINE))
    anchors = [clause.anchor for clause in clauses_of("一、甲\n（一）乙\n1. 丙\n（1）丁\n二、戊\n1、己")]
    assert anchors == ["一", "一（一）", "一（一）1", "一（一）1（1）", "二", "二.1"]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_what_stands_in_a_cell_tells_what_it_wants() -> None:
    """Blanks, days, months, spans, units, boxes and hints are told from printed words."""
    shapes = {
        "  ": "blank",
        "     年   月   日": "day",
        "2025年   月": "month",
        "   年  月至   年  月": "period",
        "       万元": "unit",
        "□是 □否": "boxes",
        "（500字以内）": "blank",
        "项目名称": "words",
        "共     人，其中    人": "sentence",
        "（盖章）": "words",
    }
    assert {text: room_of(text).shape for text in shapes} == shapes


def test_options_are_read_whichever_side_their_box_is_on() -> None:
    """Boxes before or behind, options in brackets, a blank to specify."""
    assert [option.name for option in options_in("□是 □否")] == ["是", "否"]
    assert [option.name for option in options_in("优秀□  合格□")] == ["优秀", "合格"]
    inner, other = options_in("□已列入（□国家级 □省级） □其他（请注明：      ）")
    assert [option.name for option in inner.inner] == ["国家级", "省级"]
    assert other == PrintedOption("其他", (), (("请注明：__", "      "),))


def test_bounds_are_read_out_of_hints() -> None:
    """A range gives both ends, 以内 the most, 以上 the least."""
    assert bounds_in("500—1500字") == [("least", 500, "字"), ("most", 1500, "字")]
    assert bounds_in("25字以内") == [("most", 25, "字")]
    assert bounds_in("不少于3人") == [("least", 3, "人")]


def test_keys_are_words_a_person_can_read() -> None:
    """Usual words are English, the rest is spelled; no key is given twice."""
    assert key_of("项目名称", ()) == "project_name"
    assert key_of("项目名称", ("project_name",)) == "project_name_2"
    assert re.fullmatch(r"[a-z][a-z0-9_]*", key_of("2024年是否立项", ()))


def test_kinds_that_do_not_exist_are_served_by_others() -> None:
    """Every kind the word list names exists, or says which other one serves for it, or is left out and told."""
    known = kinds_by_name()
    for name, words in lexicon().kinds.items():
        assert name in known or words.instead in lexicon().kinds or not words.instead


def test_the_word_lists_hold_no_kind_nobody_described() -> None:
    """Shapes, units and labels lead to kinds that have an example and a prompt."""
    words = lexicon()
    named = {*words.shapes.values(), *words.units.values(), *(rule.kind for rule in words.labels), *words.in_boxes}
    assert named <= words.kinds.keys()


def test_nothing_is_overwritten(drafts: Drafts, tmp_path: Path) -> None:
    """A folder that holds a pack already is left alone."""
    folder = drafts(research)
    (tmp_path / "form.docx").write_bytes(research.form())
    (tmp_path / "notice.txt").write_text(research.NOTICE, encoding="utf-8")
    with pytest.raises(StartupError, match="已经有一个资料包"):
        new(tmp_path / "notice.txt", tmp_path / "form.docx", folder, print)


def test_what_is_no_form_is_refused(tmp_path: Path) -> None:
    """A file that is no Word document is told, and nothing is written."""
    (tmp_path / "form.docx").write_bytes(b"not a form")
    (tmp_path / "notice.txt").write_text(research.NOTICE, encoding="utf-8")
    with pytest.raises(StartupError):
        new(tmp_path / "notice.txt", tmp_path / "form.docx", tmp_path / "pack", print)
    assert not (tmp_path / "pack").exists()


def test_what_is_written_is_plain_yaml(drafts: Drafts) -> None:
    """Every file is read by any YAML reader, and fields are told apart by a blank line."""
    text = (drafts(research) / "form.yaml").read_text(encoding="utf-8")
    assert len(yaml.safe_load(text)["fields"]) == text.count("\n  - key: ")
