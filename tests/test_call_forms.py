"""Calls made of files only: answers as typed go through the rules onto the office's own blank, and back again."""

import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from bot.commands.import_form import import_form
from bot.commands.render import render_answers
from dialogs.document.template_check import faults
from dialogs.protocol import Preset
from knowledge.loading.pack_folder import load_pack
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.blank_forms import shown_rows
from tests.call_answers import HERITAGE, HERITAGE_ROWS, TEACHER, TEACHER_ROWS

PACKS = Path(__file__).parent / "packs"
CALLS: dict[str, tuple[date, dict[str, str], list[list[str]]]] = {
    "heritage-2025": (date(2025, 4, 18), HERITAGE, HERITAGE_ROWS),
    "teacher-2025": (date(2025, 6, 10), TEACHER, TEACHER_ROWS),
}


class Call:
    """A call, its answers rendered to a form by the command."""

    def __init__(self, name: str, folder: Path, capsys: Any) -> None:
        """Render the form; whatever is refused fails the test."""
        self.pack: NoticePack = load_pack(PACKS / name)
        self.today, self.answers, self.rows = CALLS[name]
        (folder / "answers.json").write_text(json.dumps(self.answers, ensure_ascii=False), encoding="utf-8")
        self.photo = portrait()
        (folder / "photo.jpg").write_bytes(self.photo)
        assert render_answers(self.pack, self.today, folder / "answers.json", folder) == 0, capsys.readouterr().out
        self.file = next(folder.glob("*.docx"))
        self.document = docx.Document(str(self.file))


@pytest.fixture(params=list(CALLS))
def call(request: pytest.FixtureRequest, tmp_path: Path, capsys: Any) -> Call:
    return Call(request.param, tmp_path, capsys)


def test_the_blank_is_tied_without_a_doubt(call: Call):
    """The office's own file, without any markup."""
    assert faults(call.pack.template, call.pack.form) == []


def test_every_cell_shows_what_the_office_expects(call: Call):
    """Units once, hints gone, boxes ticked, sums reckoned, spare rows out, opinions blank."""
    shown = [row for table in call.document.tables for row in shown_rows(table)]
    assert [row for row in call.rows if row not in shown] == []


def test_a_photo_is_on_the_form_where_it_asks_for_one(call: Call):
    """As it was sent."""
    parts = [part.blob for part in call.document.part.related_parts.values() if "image" in part.content_type]
    asked = any(field.kind == "photo" for field in call.pack.form.fields)
    assert [hashlib.sha256(part).hexdigest() for part in parts] == [hashlib.sha256(call.photo).hexdigest()] * asked


def test_the_form_is_read_back_as_it_was_filled(call: Call, capsys: Any):
    """Rows, boxes, characters in cells: nothing is refused, and the same form comes of it."""
    import_form(call.pack, call.today, call.file)
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["problems"] == []
    asked = {key for key in call.answers if call.pack.fields[key].kind != "photo"}
    assert asked - found["values"].keys() == set()


def test_a_copy_saved_by_another_program_is_read_all_the_same(call: Call, tmp_path: Path, capsys: Any):
    """python-docx writes the package anew; nothing of ours is left in it but what is printed."""
    out = io.BytesIO()
    call.document.save(out)
    (tmp_path / "copy.docx").write_bytes(out.getvalue())
    import_form(call.pack, call.today, tmp_path / "copy.docx")
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["problems"] == []


def portrait() -> bytes:
    """Draw something that is 480×640, light and not too small."""
    out = io.BytesIO()
    Image.effect_noise((480, 640), 60).point(lambda shade: 200 + shade // 5).save(out, "JPEG", quality=95)
    return out.getvalue()


@pytest.mark.parametrize("name", list(CALLS))
def test_the_conversation_leads_to_the_same_form(name: str, tmp_path: Path, capsys: Any):
    """Answers held, the photo sent, the review confirmed: the document has the same cells, the photo in its place."""
    call = Call(name, tmp_path, capsys)
    applicant = Applicant(call.pack, today=call.today)
    applicant.type("/start")
    applicant.put(Preset(values={key: text for key, text in call.answers.items() if key != "photo"}))
    if applicant.at == "photo":
        applicant.upload("photo.jpg", call.photo)
    assert "确认无误" in applicant.said
    applicant.press("确认无误")
    document = docx.Document(io.BytesIO(applicant.files[0].content))
    assert [shown_rows(table) for table in document.tables] == [shown_rows(table) for table in call.document.tables]
    assert len(document.inline_shapes) == len(call.document.inline_shapes)


def typed_by_hand(call: Call) -> bytes:
    """Type what the form shows into the office's blank, cell by cell, as somebody with Word does; ticks are ☑."""
    by_hand = docx.Document(io.BytesIO(call.pack.template))
    for ours, theirs in zip(call.document.tables, by_hand.tables, strict=True):
        for cells, into in zip(shown_rows(ours), _rows_alike(ours, theirs), strict=True):
            for text, cell in zip(cells, into, strict=True):
                if cell.text != text:
                    cell.text = text.replace("√", "☑")
    for line, blank_line in zip(call.document.paragraphs, by_hand.paragraphs, strict=True):
        if line.text != blank_line.text:
            blank_line.text = line.text
    out = io.BytesIO()
    by_hand.save(out)
    return out.getvalue()


def _rows_alike(ours: Any, theirs: Any) -> list[list[Any]]:
    """Give the blank's rows for ours: one by one, or, where ours has fewer, the first of those that begin alike."""
    rows = [list({cell._tc: cell for cell in row.cells}.values()) for row in theirs.rows]
    if len(rows) == len(ours.rows):
        return rows
    left = iter(rows)
    return [next(cells for cells in left if cells[0].text == row.cells[0].text) for row in ours.rows]


def test_a_copy_filled_by_hand_is_read_like_ours(call: Call, tmp_path: Path, capsys: Any):
    """Rows, boxes, one character a cell, units and dates: the same values come of it."""
    (tmp_path / "hand.docx").write_bytes(typed_by_hand(call))
    import_form(call.pack, call.today, call.file)
    import_form(call.pack, call.today, tmp_path / "hand.docx")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().out.splitlines()[-2:])
    assert theirs == ours
