"""Looking at a picture somebody sent, trusting nothing in it: what it is, how large, how sharp."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from dialogs.document.picture_header import is_heic, webp_size
from dialogs.document.upload_safety import UploadError
from dialogs.fields.photo_text import PhotoText, colour_name, kilobytes, photo_name
from knowledge.model import Model

if TYPE_CHECKING:
    from PIL import Image

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".heic", ".heif", ".tif", ".tiff")
_SIGNS = {
    "png": rb"\x89PNG\r\n",
    "jpg": rb"\xff\xd8\xff",
    "gif": rb"GIF8",
    "webp": rb"RIFF.{4}WEBP",
    "bmp": rb"BM.{4}\0\0\0\0",
    "tif": rb"II\*\0|MM\0\*",
    "heic": rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1|heim)",
}
_READABLE = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")  # no format that runs a program to be read
_MOST_PIXELS = 60_000_000  # more than a good phone takes
_MOST_BYTES = 140_000_000  # unpacked: a screenshot of 20 screens of a phone
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 4}  # a pixel in memory, by the library's mode; of all others 4
_SIDE = 1000  # pixels of the longer side at which sharpness is judged
_SHARP = 0.1  # see `_sharpness`: screenshots have 0.5 and more, sharp photos 0.2, those out of focus 0.07 and less
_FLAT = 24  # of 255: with less contrast there is nothing to judge


class Picture(Model):
    """A picture as it was found: file ending by its bytes, width and height in pixels (0: unknown), blurred or not.

    `background` is the colour along its upper edges, red, green and blue from 0 to 255.
    """

    ending: str
    width: int = 0
    height: int = 0
    blurred: bool = False
    background: tuple[int, int, int] | None = None


def is_picture(name: str, content: bytes) -> bool:
    """Tell by bytes, or by name, whether a file means to be a picture."""
    return _ending(content) is not None or name.lower().endswith(ENDINGS)


def look_at(content: bytes) -> Picture:
    """Measure a picture.

    Raises:
        UploadError: it cannot be opened, or would take too much room.
    """
    ending = _ending(content)
    if ending is None:
        raise _damaged()
    if ending == "heic":  # nothing at hand reads it; it is kept as it is
        if not is_heic(content):
            raise _damaged()
        return Picture(ending=ending)
    if ending == "webp":  # the library makes room for the whole canvas as soon as it opens one
        _refuse_large(webp_size(content), "RGBA")
    with _opened(content) as image:
        width, height = image.size
        _refuse_large(image.size, "L" if image.format == "JPEG" else image.mode)
        image.draft("RGB", (_SIDE, _SIDE))
        image.thumbnail((_SIDE, _SIDE))
        gray = np.asarray(image.convert("L"), dtype=np.float32)
        colours = np.asarray(image.convert("RGB"))
    blurred = _sharpness(gray) < _SHARP
    return Picture(ending=ending, width=width, height=height, blurred=blurred, background=_background(colours))


def as_photo(name: str, content: bytes) -> PhotoText:
    """Give what a photo field reads of a picture; `name` is that of its file.

    Raises:
        UploadError: it cannot be opened, or would take too much room.
    """
    picture = look_at(content)
    return PhotoText(
        name=photo_name(name, picture.ending),
        width=picture.width,
        height=picture.height,
        kilobytes=kilobytes(len(content)),
        background=colour_name(picture.background) if picture.background else "",
        blurred=picture.blurred,
        digest=sha256(content).hexdigest(),
    )


def _refuse_large(size: tuple[int, int] | None, mode: str) -> None:
    """Refuse what would take too much room unpacked; a JPEG is unpacked small."""
    if size is None:
        raise _damaged()
    width, height = size
    if width * height > _MOST_PIXELS or width * height * _BYTES.get(mode, 4) > _MOST_BYTES:
        raise UploadError("upload.picture_too_large", width=width, height=height)


@contextmanager
def _opened(content: bytes) -> Iterator["Image.Image"]:
    from PIL import Image  # noqa: PLC0415 - only who gets a picture needs it

    try:
        with Image.open(io.BytesIO(content), formats=_READABLE) as image:
            yield image
    except UploadError:
        raise
    except Exception as error:  # the library raises whatever a damaged file leads it to
        raise _damaged() from error


def _sharpness(gray: "np.ndarray[tuple[int, int], np.dtype[np.float32]]") -> float:
    """Compare the steepest edges with the contrast: the Laplacian's 99.9th percentile over the span of greys.

    A crisp edge jumps from pixel to pixel and gives about 1, however little of the picture it takes; in a picture
    out of focus no edge does. A picture without contrast counts as sharp: there is nothing to judge.
    """
    if min(gray.shape) < 3:  # noqa: PLR2004 - the Laplacian needs neighbours
        return 1.0
    darkest, lightest = np.percentile(gray, (0.5, 99.5))
    if lightest - darkest < _FLAT:
        return 1.0
    middle = gray[1:-1, 1:-1]
    around = gray[:-2, 1:-1] + gray[2:, 1:-1] + gray[1:-1, :-2] + gray[1:-1, 2:]
    return float(np.percentile(np.abs(around - 4 * middle), 99.9) / (lightest - darkest))


def _background(colours: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> tuple[int, int, int]:
    """Give the commonest colour, channel by channel, of the top edge and the upper half of both sides."""
    height, width = colours.shape[:2]
    down, across = max(1, height // 20), max(1, width // 20)
    half = max(1, height // 2)
    edges = (colours[:down], colours[:half, :across], colours[:half, -across:])
    red, green, blue = np.median(np.concatenate([edge.reshape(-1, 3) for edge in edges]), axis=0)
    return int(red), int(green), int(blue)


def _ending(content: bytes) -> str | None:
    return next((name for name, sign in _SIGNS.items() if re.match(sign, content, re.DOTALL)), None)


def _damaged() -> UploadError:
    return UploadError("upload.picture_damaged")
