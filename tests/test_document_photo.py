"""A photo on the form: set into its cell, at a size that fits, and part of the proof."""

import hashlib
import io

import docx
import pytest
from PIL import Image

from dialogs.document.fill import fill
from dialogs.document.verify import differences
from tests.blank_forms import Filled, blank, form_of, saved

FORM = form_of({"key": "name", "label": "姓名"}, {"key": "picture", "label": "照片", "kind": "photo"})
PRINTED = [["姓名", "", "照片\n480×640像素"], ["说明", "按实填写", "^"]]


def photo(width: int = 480, height: int = 640, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (240, 240, 240)).save(out, kind)
    return out.getvalue()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def with_photo(content: bytes, template: bytes | None = None) -> Filled:
    held = {digest(content): content}
    value = ({"digest": digest(content), "name": "photo.jpg"}, "photo.jpg")
    return Filled(FORM, template or blank(PRINTED), held, name="白露", picture=value)


def test_the_photo_replaces_the_words_in_its_cell():
    """What was printed there told how large it should be."""
    made = with_photo(photo())
    assert made.rows()[0] == ["姓名", "白露", ""]
    assert len(made.document.inline_shapes) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_its_proportions_stay_and_its_bytes_are_those_that_were_sent(kind: str):
    """3:4 stays 3:4."""
    content = photo(kind=kind)
    made = with_photo(content)
    shape = made.document.inline_shapes[0]
    assert abs(shape.width / shape.height - 3 / 4) < 0.01
    parts = [part.blob for part in made.document.part.related_parts.values() if "image" in part.content_type]
    assert parts == [content]


def test_a_photo_larger_than_its_cell_is_made_to_fit():
    """By the height of the rows and the width of the cell."""
    document = docx.Document(io.BytesIO(blank(PRINTED)))
    for row in document.tables[0].rows:
        row.height = 500_000  # EMU: 1.4 cm
    shape = with_photo(photo(1200, 1600), saved(document)).document.inline_shapes[0]
    assert shape.height <= 1_000_000
    assert abs(shape.width / shape.height - 3 / 4) < 0.01


def test_a_photo_that_is_not_at_hand_fails_the_proof():
    """A form without its photo is not handed over."""
    made = with_photo(photo())
    without = fill(made.submission, made.template, FORM, {})
    assert [each.field for each in differences(made.submission, without, made.template, FORM)] != []


def test_without_a_photo_the_words_stay():
    """Somebody may glue one on."""
    made = Filled(FORM, blank(PRINTED), name="白露")
    assert made.rows()[0] == ["姓名", "白露", "照片\n480×640像素"]
