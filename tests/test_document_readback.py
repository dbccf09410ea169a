"""Reading a finished form back: the proof must see every way a cell can be wrong."""

import io
import zipfile

import pytest

from dialogs.document.verify import Mismatch
from dialogs.submission import Entry
from tests.document_samples import CATEGORIES, TEXT_FIELDS, WORDS, differing, filled, submission


def tampered(document: bytes, old: str, new: str) -> bytes:
    """The same file with some of its text exchanged, as an editor or a fault would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(info, content)
    return out.getvalue()


def fields(found: list[Mismatch]) -> list[str]:
    return [each.field for each in found]


def test_a_faithful_form_has_no_differences():
    """An empty list is the proof."""
    assert differing(submission(), filled(submission())) == []


@pytest.mark.parametrize("key", TEXT_FIELDS)
def test_one_changed_character_is_found(key: str):
    """The field, what should stand there and what does."""
    made = filled(submission(WORDS | {key: "甲乙丙"}))
    found = differing(submission(WORDS | {key: "甲乙 丙"}), made)
    assert found[0] == Mismatch(field=key, expected="甲乙 丙", found="甲乙丙")
    assert {each.field for each in found} == {key}


@pytest.mark.parametrize("key", TEXT_FIELDS)
def test_an_answer_that_did_not_arrive_is_found(key: str):
    """A cell still blank shows nothing."""
    missing = filled(submission({each: text for each, text in WORDS.items() if each != key}))
    found = differing(submission(), missing)
    assert {(each.field, each.expected) for each in found} == {(key, WORDS[key])}


@pytest.mark.parametrize("key", TEXT_FIELDS)
def test_an_answer_nobody_gave_is_found(key: str):
    """What was left out must be blank."""
    kept = {each: text for each, text in WORDS.items() if each != key}
    assert differing(submission(kept), filled(submission())) == [Mismatch(field=key, expected="", found=WORDS[key])]


def test_a_wrong_box_is_found():
    """The one that lacks its tick, and the one that has it."""
    made = filled(submission(category=CATEGORIES[0]))
    assert differing(submission(category=CATEGORIES[5]), made)[:2] == [
        Mismatch(field="category", expected="", found="√"),
        Mismatch(field="category", expected="√", found="□"),
    ]


def test_a_box_ticked_by_somebody_else_is_found():
    """A second tick, and a tick rubbed out."""
    made = filled(submission(registered=None))
    assert fields(differing(submission(), made)) == ["registered"] * 2
    assert fields(differing(submission(registered=None), filled(submission()))) == ["registered"]


def test_a_choice_without_a_box_is_found():
    """A value the form does not print cannot have arrived."""
    odd = submission(category="互联网+航天")
    assert fields(differing(odd, filled(odd))) == ["category"]


def test_a_field_without_a_cell_is_found():
    """The template lacks it: `found` is None."""
    entries = submission().entries | {"bank_account": Entry(value="622", display="622")}
    more = submission().model_copy(update={"entries": entries})
    assert differing(more, filled(more)) == [Mismatch(field="bank_account", expected="622", found=None)]


def test_the_declaration_is_printed_and_needs_no_answer():
    """Its control is locked: the office's own words, with or without agreement."""
    made = filled(submission())
    assert differing(submission(), made) == []
    entries = {key: entry for key, entry in submission().entries.items() if key != "declaration"}
    assert differing(submission().model_copy(update={"entries": entries}), made) == []
