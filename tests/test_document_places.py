"""The one rule for which cell a control owns: filling, tying, reading and proving must agree on it, on any form."""

import io
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.document.auto_tagging import auto_tagged
from dialogs.document.content_controls import controls, places
from dialogs.document.fill import fill
from dialogs.document.read_form import read_form
from dialogs.document.verify import differences, prove_untouched
from dialogs.document.word_package import root_of
from knowledge.form import Form
from tests.blank_forms import Filled, blank, form_of, saved, submission_of

WORDS = st.text("甲乙丙 人元（）：", max_size=4)
PIECE = st.one_of(WORDS, st.just("____"), st.integers(0, 2), st.integers(0, 2).map(lambda key: (key,)))
PARAGRAPH = st.lists(PIECE, max_size=3)
CELL = st.lists(PARAGRAPH, min_size=1, max_size=3)
TABLE = st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=3)
ANSWER = st.text("白露高远12.，\n", min_size=1, max_size=8).filter(str.strip)


def control(key: str, words: str) -> Any:
    """A control as Word writes it, around words (a hint to type over)."""
    element, head, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    head.append(OxmlElement("w:tag", {qn("w:val"): key}))
    head.append(OxmlElement("w:showingPlcHdr"))
    run = OxmlElement("w:r")
    run.text = words
    content.append(run)
    element.extend([head, content])
    return element


def drawn(table: list[list[list[list[Any]]]]) -> tuple[bytes, Form]:
    """Draw a table: a text is print, a number a control of that field of its cell, (n,) one that shows nothing yet."""
    document, keys = docx.Document(), []
    grid = document.add_table(len(table), len(table[0]))
    for row, cells in enumerate(table):
        for column, paragraphs in enumerate(cells):
            cell = grid.cell(row, column)
            for number, pieces in enumerate(paragraphs):
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                for piece in pieces:
                    if isinstance(piece, str):
                        paragraph.add_run(piece)
                        continue
                    index, words = (piece[0], "") if isinstance(piece, tuple) else (piece, "提示")
                    keys.append(f"f{row}_{column}_{index}")
                    paragraph._p.append(control(keys[-1], words))
    fields = [{"key": key, "label": f"{key}号"} for key in dict.fromkeys(keys)]
    return saved(document), form_of(*fields, {"key": "rest", "label": "其余", "off_form": True})


@given(TABLE)
@settings(max_examples=60, deadline=None)
def test_a_control_owns_its_cell_when_nothing_else_is_to_be_seen_there(table):
    """Said another way than the code does: take the controls of one tag away, and the cell is blank."""
    content, _ = drawn(table)
    for place in places(root_of(content)):
        document = docx.Document(io.BytesIO(content))
        cells = [cell._tc for row in document.tables[0].rows for cell in row.cells]
        keys = [{str(each.tag) for each in controls(cell)} for cell in cells]
        cell = next(cell for cell, found in zip(cells, keys, strict=True) if str(place.tag) in found)
        tags = {str(each.tag) for each in controls(cell)}
        for each in list(controls(cell)):
            each.element.getparent().remove(each.element)
        seen = "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip()
        assert place.owned == (len(tags) == 1 and not seen)


@given(TABLE, st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_filled_is_proven_and_read_without_a_fault(table, data):
    """Several paragraphs where the cell is owned, lines within one where it is not; nothing printed is touched."""
    content, form = drawn(table)
    keys = [field.key for field in form.fields if not field.off_form]
    each = submission_of({key: data.draw(ANSWER, label=key) for key in keys if data.draw(st.booleans())})
    made = fill(each, content, form)
    assert differences(each, made, content, form) == []
    assert prove_untouched(each, made, content, form).changed == ()
    assert next(docx.Document(io.BytesIO(made)).element.body.iter(qn("w:sdt")), None) is None
    read_form(made, form, content)


@given(TABLE, ANSWER, ANSWER)
@settings(max_examples=40, deadline=None)
def test_the_proof_fails_when_an_answer_is_another(table, meant, written):
    """A proof that nothing could fail would prove nothing."""
    content, form = drawn(table)
    keys = [field.key for field in form.fields if not field.off_form]
    if not keys or meant.split() == written.split():
        return
    made = fill(submission_of({keys[0]: written}), content, form)
    assert differences(submission_of({keys[0]: meant}), made, content, form) != []
    assert differences(submission_of({}), made, content, form) != []


ROOM = {  # what a cell prints → what stands there once 甲 is answered
    "": "{}",
    " ": "{}",
    "〔写全称〕": "{}",
    "（不超过二十个字，写全称）": "{}",
    "        人": "{}人",
    "约______次": "约{}次",
    "    年  月  日": "{}",
}


@given(st.lists(st.sampled_from(list(ROOM)), min_size=1, max_size=8), st.sampled_from([1, 2]))
@settings(max_examples=60, deadline=None)
def test_ties_own_what_the_rule_says_and_fill_what_the_form_leaves_open(rooms, across):
    """Labels and cells in any order, one or two pairs a row: each answer stands in its own cell, with the print."""
    pairs = [(f"第{'甲乙丙丁戊己庚辛'[number]}栏目", room) for number, room in enumerate(rooms)]
    flat = [list(sum(pairs[at : at + across], ())) for at in range(0, len(pairs), across)]
    width = max(map(len, flat))
    rows = [row + ["填写说明"] * (width - len(row)) for row in flat]
    form = form_of(*({"key": f"f{number}", "label": label} for number, (label, _) in enumerate(pairs)))
    made = Filled(form, blank(rows), **{f"f{number}": f"{number + 7}" for number in range(len(pairs))})
    shown = [cell for row in made.rows() for cell in row]
    for number, (label, room) in enumerate(pairs):
        assert shown[shown.index(label) + 1] == ROOM[room].format(number + 7)
    tied = {place.tag.key: place for place in places(root_of(made.template))}
    assert {key: place.owned for key, place in tied.items()} == {
        f"f{number}": ROOM[room] == "{}" for number, room in enumerate(rooms)
    }


@pytest.mark.parametrize(("stands", "left"), [("      ", "（请注明：      ）"), ("单击此处输入文字。", "（请注明：）")])
def test_the_prompt_word_puts_into_a_control_goes_and_a_blank_of_the_form_stays(stands: str, left: str):
    """Where nothing was answered."""
    document = docx.Document(io.BytesIO(blank([["其他", "（请注明："]])))
    paragraph = document.tables[0].cell(0, 1).paragraphs[0]
    element = control("other", stands)
    place = OxmlElement("w:placeholder")
    place.append(OxmlElement("w:docPart", {qn("w:val"): "DefaultPlaceholder_1"}))
    element[0].append(place)
    paragraph._p.append(element)
    paragraph.add_run("）")
    made = fill(submission_of({}), saved(document), form_of({"key": "other", "label": "其他"}))
    assert docx.Document(io.BytesIO(made)).tables[0].cell(0, 1).text == left


@pytest.mark.parametrize("wrapped", ["cell", "paragraph", "words"])
def test_a_control_put_round_cell_paragraph_or_words_owns_the_cell_alike(wrapped: str):
    """However staff selected what they tagged."""
    document = docx.Document(io.BytesIO(blank([["姓名", "请填写"]])))
    cell = document.tables[0].cell(0, 1)._tc
    inner = {"cell": cell, "paragraph": cell.p_lst[0], "words": cell.p_lst[0].r_lst[0]}[wrapped]
    element, head, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    head.append(OxmlElement("w:tag", {qn("w:val"): "name"}))
    inner.addprevious(element)
    content.append(inner)
    element.extend([head, content])
    form = form_of({"key": "name", "label": "姓名"})
    template = auto_tagged(saved(document), form)
    each = submission_of({"name": "白露\n高远"})
    made = fill(each, template, form)
    assert differences(each, made, template, form) == []
    assert docx.Document(io.BytesIO(made)).tables[0].cell(0, 1).text == "白露\n高远"
