"""A photo of somebody, of the size, format and background the notice wants."""

from datetime import date

from pydantic import JsonValue

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.photo_text import PhotoText, read_photo
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field

_SAME_FORMAT = {"jpeg": "jpg", "tiff": "tif"}
_COLOUR_MARKS = "色底背景"


class Photo(Kind):
    """A photo; `value` is `{"digest", "name", "width", "height"}`, the digest that of its bytes.

    It comes as a file, whose text (`dialogs.fields.photo_text`) is read here.
    """

    name = "photo"
    pictured = True
    label_style = "colon"
    speech = False
    unread = "photo_wanted"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Judge a photo; a blurred one is asked about.

        Raises:
            Misread: words instead of a file; all that is wrong with the photo, and how to mend it.
        """
        del today
        photo = read_photo(text)
        if photo is None:
            raise Misread("photo_wanted")
        if faults := _faults(field, photo):
            raise Misread("photo_unfit", faults="；".join(faults), mends="，".join(_mends(field, photo)))
        value: dict[str, JsonValue] = {
            "digest": photo.digest,
            "name": photo.name,
            "width": photo.width,
            "height": photo.height,
        }
        shown = say("photo_shown", name=photo.name, width=photo.width, height=photo.height, size=photo.kilobytes)
        return ReadValue(value, shown, doubts=(say("photo_blurred"),) if photo.blurred else ())


def _faults(field: Field, photo: PhotoText) -> list[str]:
    """Say everything that is not as the field wants it."""
    size, ending = (photo.width, photo.height), photo.name.rpartition(".")[2]
    formats = [_SAME_FORMAT.get(each.lower(), each.lower()) for each in field.formats]
    colour = field.background.strip(_COLOUR_MARKS)
    faults = []
    if formats and ending not in formats:
        faults.append(say("photo_format", ending=ending.upper(), wanted="、".join(each.upper() for each in formats)))
    if field.pixels is not None and size != field.pixels:
        faults.append(say("photo_pixels", wanted="×".join(map(str, field.pixels)), found="×".join(map(str, size))))
    if field.least_pixels is not None and (size[0] < field.least_pixels[0] or size[1] < field.least_pixels[1]):
        wanted = "×".join(map(str, field.least_pixels))
        faults.append(say("photo_least_pixels", wanted=wanted, found="×".join(map(str, size))))
    if field.least_kb is not None and photo.kilobytes < field.least_kb:
        faults.append(say("photo_least_kb", wanted=field.least_kb, found=photo.kilobytes))
    if field.most_kb is not None and photo.kilobytes > field.most_kb:
        faults.append(say("photo_most_kb", wanted=field.most_kb, found=photo.kilobytes))
    if colour and photo.background and photo.background != colour[-1]:
        faults.append(say("photo_background", wanted=colour, found=photo.background))
    return faults


def _mends(field: Field, photo: PhotoText) -> list[str]:
    """Say how to come by one that fits."""
    colour = field.background.strip(_COLOUR_MARKS)
    again = colour and photo.background and photo.background != colour[-1]
    return [say("photo_mend_background", wanted=colour) if again else say("photo_mend_size"), say("photo_mend_file")]
