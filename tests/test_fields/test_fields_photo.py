"""A photo as an answer: its size, weight, format and background; what is wrong and how to mend it."""

import io
from dataclasses import replace
from hashlib import sha256

import pytest
from PIL import Image, ImageDraw

from dialogs.document.picture import look_at
from dialogs.fields.photo_text import PhotoText, colour_name, kilobytes, photo_name, read_photo
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.test_fields.asking import field_of, judged, value_of

FIELD = field_of("photo", label="照片", pixels=[295, 413], most_kb=50, formats=["jpg"], background="蓝底")


def portrait(width: int = 295, height: int = 413, background: str = "#3c78d8", kind: str = "JPEG") -> bytes:
    """Draw a head before a background."""
    image = Image.new("RGB", (width, height), background)
    pen = ImageDraw.Draw(image)
    pen.ellipse((width // 3, height // 4, 2 * width // 3, height // 2), fill="#e0b090", outline="black")
    pen.rectangle((width // 5, height * 3 // 5, 4 * width // 5, height), fill="black")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def as_text(content: bytes, name: str = "我的 照片(1).jpeg") -> str:
    """Give a picture as the conversation hands it to its field."""
    picture = look_at(content)
    colour = colour_name(picture.background) if picture.background else ""
    photo = PhotoText(
        name=photo_name(name, picture.ending),
        width=picture.width,
        height=picture.height,
        kilobytes=kilobytes(len(content)),
        background=colour,
        blurred=picture.blurred,
        digest="0" * 64,
    )
    assert read_photo(photo.text) == photo
    return photo.text


def test_a_photo_that_is_as_the_notice_wants_it_is_taken() -> None:
    """Its value names the bytes."""
    text = as_text(portrait())
    assert judged(text, FIELD).kind == "accept"
    assert value_of(text, FIELD) == {"digest": "0" * 64, "name": "我的 照片(1).jpg", "width": 295, "height": 413}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (portrait(360, 480), "360×480 像素，要求 295×413"),
        (portrait(background="white"), "背景看起来是白色，要求蓝色"),
        (portrait(background="#d02020"), "背景看起来是红色，要求蓝色"),
        (portrait(kind="PNG"), "格式是 PNG，要求 JPG"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_how_to_mend_it(content: bytes, says: str) -> None:
    """Everything at once, so that nobody sends it three times."""
    outcome = judged(as_text(content), FIELD)
    assert outcome.kind == "reject"
    assert says in (outcome.message or "")
    assert "以“文件”方式发来" in (outcome.message or "")


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Size, background and format."""
    message = judged(as_text(portrait(360, 480, "white", "PNG")), FIELD).message or ""
    assert all(word in message for word in ("像素", "背景", "格式"))


def test_sizes_may_be_least_ones() -> None:
    """A notice may want no fixed size."""
    field = field_of("photo", least_pixels=[300, 400], least_kb=1)
    assert judged(as_text(portrait(600, 800)), field).kind == "accept"
    assert "不小于 300×400" in (judged(as_text(portrait()), field).message or "")


def test_words_are_no_photo() -> None:
    """The applicant is told to send a file."""
    assert "请把照片作为图片或文件发给我" in (judged("照片在附件里", FIELD).message or "")


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#ffffff", "白"), ("#f4f4f0", "白"), ("#438edb", "蓝"), ("#a8d0f8", "蓝"), ("#c81e1e", "红"), ("#808080", "灰")],
)
def test_backgrounds_are_called_as_notices_call_them(colour: str, name: str) -> None:
    """Light and strong blue are both blue; a wall that is not quite white is white."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    assert colour_name((red, green, blue)) == name


def test_a_picture_sent_while_its_field_is_asked_is_the_answer(pack: NoticePack) -> None:
    """A wrong one is refused with the reason, a right one leads on; words do not pass for it."""
    photo = field_of("photo", label="近照", pixels=[295, 413], background="蓝").model_copy(update={"key": "portrait"})
    fields = (photo, *pack.form.fields)
    applicant = Applicant(replace(pack, form=pack.form.model_copy(update={"fields": fields})))
    applicant.type("/start")
    applicant.type("开始申报")
    assert applicant.at == "portrait"
    assert "请把照片作为图片或文件发给我" in applicant.type("近照在附件里")
    assert "背景看起来是白色" in applicant.upload("1.jpg", portrait(background="white"))
    assert applicant.at == "portrait"
    content = portrait()
    applicant.upload("2.jpg", content)
    assert applicant.at != "portrait"
    draft = applicant.session.drafts[applicant.session.current]
    held = draft.values["portrait"].value
    assert isinstance(held, dict)
    assert held["digest"] == sha256(content).hexdigest()
    assert not draft.evidence
