"""Reading a finished form back: the proof must see every way a cell can be wrong."""

import io
import zipfile

import pytest

from dialogs.document.fill import fill
from dialogs.document.verify import Mismatch, differences
from dialogs.submission import Entry
from tests.document_samples import CATEGORIES, TEMPLATE, TEXT_FIELDS, WORDS, submission


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
    assert differences(submission(), fill(submission(), TEMPLATE)) == []


@pytest.mark.parametrize("key", TEXT_FIELDS)
def test_one_changed_character_is_found(key: str):
    """The field, what should stand there and what does."""
    made = fill(submission(WORDS | {key: "甲乙丙"}), TEMPLATE)
    assert differences(submission(WORDS | {key: "甲乙 丙"}), made) == [
        Mismatch(field=key, expected="甲乙 丙", found="甲乙丙")
    ]


@pytest.mark.parametrize("key", TEXT_FIELDS)
def test_an_answer_that_did_not_arrive_is_found(key: str):
    """A cell still blank shows nothing."""
    missing = fill(submission({each: text for each, text in WORDS.items() if each != key}), TEMPLATE)
    assert differences(submission(), missing) == [Mismatch(field=key, expected=WORDS[key], found="")]


@pytest.mark.parametrize("key", TEXT_FIELDS)
def test_an_answer_nobody_gave_is_found(key: str):
    """What was left out must be blank."""
    kept = {each: text for each, text in WORDS.items() if each != key}
    assert differences(submission(kept), fill(submission(), TEMPLATE)) == [
        Mismatch(field=key, expected="", found=WORDS[key])
    ]


def test_a_wrong_box_is_found():
    """Ticked and expected are named by their labels."""
    made = fill(submission(category=CATEGORIES[0]), TEMPLATE)
    assert differences(submission(category=CATEGORIES[5]), made) == [
        Mismatch(field="category", expected=CATEGORIES[5], found=CATEGORIES[0])
    ]


def test_a_box_that_shows_a_tick_but_is_not_ticked_is_found():
    """State and glyph must agree: Word reads the one, people the other."""
    made = tampered(fill(submission(), TEMPLATE), '<w14:checked w14:val="1"/>', '<w14:checked w14:val="0"/>')
    found = differences(submission(), made)
    assert fields(found) == ["category", "registered"]
    assert "不一致" in str(found[0].found)


def test_a_choice_without_a_box_is_found():
    """A value the form does not print cannot have arrived."""
    odd = submission(category="互联网+航天")
    assert fields(differences(odd, fill(odd, TEMPLATE))) == ["category"]


def test_a_field_without_a_cell_is_found():
    """The template lacks it: `found` is None."""
    entries = submission().entries | {"bank_account": Entry(value="622", display="622")}
    more = submission().model_copy(update={"entries": entries})
    assert differences(more, fill(more, TEMPLATE)) == [Mismatch(field="bank_account", expected="622", found=None)]


def test_the_declaration_is_printed_and_needs_no_answer():
    """Its control is locked: the office's own words, with or without agreement."""
    made = fill(submission(), TEMPLATE)
    assert differences(submission(), made) == []
    entries = {key: entry for key, entry in submission().entries.items() if key != "declaration"}
    assert differences(submission().model_copy(update={"entries": entries}), made) == []
