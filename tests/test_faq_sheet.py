"""The questions and answers as an Excel sheet: out, edited as a clerk would, and back whole or not at all."""

import shutil
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.commands.faq_exchange import take_sheet, write_sheet
from bot.office.faq_changes import change_lines, new_texts
from bot.office.faq_rows import ANSWERED, LEFT_OPEN, FaqRow, FaqTable, faq_table
from bot.office.faq_sheet import faq_workbook
from bot.office.faq_sheet_reading import read_faq_sheet
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.loading.yaml_edits import YamlEdits
from knowledge.loading.yaml_file import parse_yaml
from knowledge.notice import Citation
from tests.house import ROOT

FOLDERS = [PACKS / "anhui-2024", *sorted((ROOT / "tests/packs").iterdir())]
SMALL = ROOT / "tests/packs/volunteer-2025"


@cache
def sheet_of(folder: Path) -> bytes:
    """Write the sheet of a pack; it is the same for every clerk."""
    with TemporaryDirectory() as place:
        write_sheet(folder, Path(place) / "a.xlsx", lambda _: None)
        return (Path(place) / "a.xlsx").read_bytes()


class Clerk:
    """Somebody with the sheet of a pack open."""

    def __init__(self, folder: Path, file: Path) -> None:
        self.folder, self.file = folder, file
        self.said: list[str] = []
        file.write_bytes(sheet_of(PACKS / folder.name if (PACKS / folder.name).exists() else folder))
        self.book = load_workbook(file)

    def cell(self, sheet: str, key: str, heading: str):
        """Give the cell of an entry under a heading."""
        page = self.book[sheet]
        column = next(cell.column for cell in page[1] if cell.value == heading)
        row = next(cells[0].row for cells in page.iter_rows() if cells[0].value == key)
        return page.cell(row, column)

    def comes_back(self, *, apply: bool = True) -> int:
        self.book.save(self.file)
        return take_sheet(self.folder, self.file, self.said.append, lambda _: None, apply=apply)

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def clerk(tmp_path) -> Clerk:
    folder = Path(shutil.copytree(PACKS / "anhui-2024", tmp_path / "anhui-2024"))
    return Clerk(folder, tmp_path / "问答.xlsx")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_out_and_back_is_no_difference(folder, tmp_path):
    """Nothing is printed, of whatever pack."""
    assert Clerk(folder, tmp_path / "a.xlsx").comes_back(apply=False) == 0
    table, pack = faq_table(folder), load_pack(folder)
    assert list(change_lines(table, read_faq_sheet(faq_workbook(table, pack), pack).table)) == []


def test_the_sheet_guards_what_must_not_change(clerk):
    """Ids are locked, clauses and fields are picked from lists, and no text is a formula."""
    page = clerk.book["通知已答"]
    assert page.protection.sheet
    assert clerk.cell("通知已答", "deadline", "编号").protection.locked
    assert not clerk.cell("通知已答", "deadline", "答复").protection.locked
    assert {rule.type for rule in page.data_validations.dataValidation} == {"list"}
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_an_edit_is_told_and_written(clerk):
    """A difference a line; with --apply it stands in the files, beside everything else as it was."""
    before = clerk.files()["answers.yaml"].decode()
    cell = clerk.cell("通知已答", "deadline", "答复")
    cell.value = cell.value.replace("请在{deadline}当天或之前把电子档发出", "请在{deadline}前把电子档发出")
    clerk.cell("通知已答", "deadline", "问法").value += "\n逾期还收吗\n最后一天是哪天啊"
    assert clerk.comes_back(apply=False) == 0
    assert [line.split("：")[0] for line in clerk.said] == ["deadline 答复", "deadline 问法"]
    assert clerk.files()["answers.yaml"].decode() == before
    assert clerk.comes_back() == 0
    after = clerk.files()["answers.yaml"].decode()
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert changed == ["    请在{deadline}前把电子档发出，同时提交加盖公章的纸质版表格。"]
    assert after.count("#") == before.count("#")
    assert "  逾期还收吗\n  最后一天是哪天啊\n" in clerk.files()["time.yaml"].decode()


def test_entries_come_and_go(clerk):
    """A row without an id becomes an entry, with the wordings under it; a deleted row takes its wordings along."""
    page = clerk.book["通知已答"]
    new, heads = page.max_row + 3, {cell.value: cell.column for cell in page[1]}
    parts = {
        "问题": "报名要不要交押金？",
        "答复": "=不用交，通知没有收费的要求。",
        "条款": "一",
        "原文": "即日起至 2024 年 2 月 19 日",
    }
    for head, text in parts.items():
        page.cell(new, heads[head]).value = text
        page.cell(new, heads[head]).data_type = "s"
    row = clerk.cell("通知未说明", "u_postmark", "编号").row
    clerk.book["通知未说明"].delete_rows(row)
    assert clerk.comes_back() == 0, clerk.said
    rows = {row.id: row for row in faq_table(clerk.folder).rows}
    assert rows["new_1"].answer.startswith("=不用交")
    assert "u_postmark" not in rows
    assert not any(b"u_postmark:" in content for content in clerk.files().values())


WRONG = [
    ("通知已答", "deadline", "原文", "即日起至 3 月 19 日", "这句话不是“一”的原文", "通知已答!G2"),
    ("通知已答", "deadline", "条款", "九", "通知里没有“九”这一条", "通知已答!F2"),
    ("通知已答", "deadline", "栏目", "联系地址", "没有“联系地址”这个栏目", None),
    ("通知已答", "deadline", "话题", "dead_line", "共享话题里没有“dead_line”", "通知已答!E2"),
    ("通知已答", "deadline", "答复", "截止到{deadlin}。", "deadlin", "通知已答!C2"),
    ("通知已答", "deadline", "答复", "", "缺少 answer", None),
    ("通知未说明", "u_extend", "没有说明的是", "", "about 和 answer 要写一个", None),
    ("通知已答", "opening", "编号", "deadline", "编号“deadline”用了两次", "通知已答!A3"),
    ("通知已答", "opening", "答复", "=A1", "这一格是公式", "通知已答!C3"),
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=[told for *_, told, _ in WRONG])
def test_a_fault_names_the_cell_and_nothing_is_written(clerk, wrong):
    """One wrong cell, and not a letter of the pack has changed."""
    sheet, key, heading, text, told, cell = wrong
    before = clerk.files()
    clerk.cell(sheet, key, heading).value = text
    clerk.cell("通知已答", "who", "问题").value = "谁可以申报呢？"
    assert clerk.comes_back() == 1
    line = next(line for line in clerk.said if told in line and "怎么改：" in line)
    assert line.startswith(f"{cell}: " if cell else f"{sheet}!")
    assert clerk.files() == before


def test_a_heading_that_is_gone_and_a_file_that_is_no_sheet_are_told(clerk, tmp_path):
    """In plain words, with no traceback."""
    clerk.book["通知已答"]["C1"].value = "回答"
    assert clerk.comes_back() == 1
    assert "第1行没有“答复”这一栏" in clerk.said[0]
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(Exception, match="不是 Excel"):
        take_sheet(clerk.folder, tmp_path / "b.xlsx", clerk.said.append, clerk.said.append, apply=True)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\u2028\u2029\xa0\u3000"), max_size=30
).map(str.strip)
LINE = TEXT.filter(bool).map(lambda text: " ".join(text.split()))
ROWS = st.builds(
    FaqRow,
    kind=st.sampled_from([ANSWERED, LEFT_OPEN]),
    id=st.just(""),
    question=LINE,
    answer=st.lists(LINE, min_size=1, max_size=3).map("\n".join),
    variants=st.lists(LINE, max_size=3, unique=True).map(tuple),
    topic=st.lists(st.sampled_from(["fee", "late", "quota"]), max_size=2, unique=True).map(tuple),
    cites=st.lists(st.builds(Citation, clause=st.just("一"), quote=LINE), max_size=2).map(tuple),
)  # fmt: skip
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_any_text_comes_back_from_the_cells(rows):
    """Signs of formulas, quotes, braces: what is written is what is read."""
    pack = load_pack(SMALL)
    table = FaqTable(rows=tuple(row.model_copy(update={"id": f"id_{n}"}) for n, row in enumerate(rows)))
    back = read_faq_sheet(faq_workbook(table, pack), pack)
    assert back.faults == []
    assert list(change_lines(table, back.table)) == []


@QUICK
@given(st.data())
def test_any_change_stands_in_the_files(tmp_path_factory, data):
    """Whatever is changed, added and dropped: the files read back as the sheet said, and comments stay."""
    folder = Path(
        shutil.copytree(data.draw(st.sampled_from([PACKS / "anhui-2024", SMALL])), tmp_path_factory.mktemp("p") / "x")
    )
    before = faq_table(folder)
    rows = list(before.rows)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(rows) - 1))
        what = data.draw(st.sampled_from(["change", "drop", "add"]))
        new = data.draw(ROWS)
        if what == "drop":
            del rows[at]
        elif what == "add":
            rows.append(new.model_copy(update={"id": f"new_{len(rows)}"}))
        elif rows[at].kind == new.kind:
            rows[at] = new.model_copy(update={"id": rows[at].id})
    after = before.model_copy(update={"rows": tuple(rows)})
    for file, text in new_texts(folder, before, after).items():
        comments = [line for line in (folder / file).read_text().splitlines() if line.startswith("#")]
        assert [line for line in text.splitlines() if line.startswith("#")] == comments
        (folder / file).write_text(text, encoding="utf-8")
    assert list(change_lines(after, faq_table(folder))) == []


def test_what_stands_around_a_value_stays():
    """Comments behind and between, names of any style, other line breaks."""
    head = "# head\na: x # note\nlist:\n- id: one  # first\n  b: 'y'\n"
    text = f"{head}\n# between\n- {{id: two, b: z}}\nlast: |\n  t\n\n# end\n"
    edits = YamlEdits(text)
    edits.put((), "a", "two\nlines")
    edits.put(("list", 0), "b", "")
    edits.put(("list", 0), "c", ("p", "q"))
    edits.put(("list", 1), "b", "it's: # new")
    edits.append(("list",), {"id": "three"})
    edits.append(("more",), {"id": "four", "variants": ("v", "w")})
    result = edits.result()
    assert parse_yaml("", result) == {
        "a": "two\nlines",
        "list": [{"id": "one", "c": ["p", "q"]}, {"id": "two", "b": "it's: # new"}, {"id": "three"}],
        "last": "t\n",
        "more": [{"id": "four", "variants": "v\nw\n"}],
    }
    assert [line for line in result.splitlines() if "#" in line and "new" not in line] == [
        "# head", 'a: "two\\nlines" # note', "- id: one  # first", "# between", "# end",
    ]  # fmt: skip


def test_the_workbook_is_small_and_titled():
    """Its pack is known by it, so that another pack's sheet is refused."""
    pack = load_pack(SMALL)
    book = load_workbook(BytesIO(faq_workbook(faq_table(SMALL), pack)))
    assert (book.properties.title, book.properties.subject) == (pack.id, pack.version)
