"""A photo as text: what a `photo` field reads, keeps and judges anew, so that a picture is an answer like any other.

`photo.jpg|480×640|62KB|白|` and the digest of the bytes, which lie with the shell; a `?` before it: blurred.
"""

import colorsys
import re
from dataclasses import dataclass
from functools import cache

from dialogs.fields.lexicon_file import load_lexicon
from knowledge.model import Model

_KILOBYTE = 1024
_LONGEST_NAME = 60
_TEXT = re.compile(
    r"(?P<name>[^\n|]{1,80})\|(?P<width>\d{1,6})×(?P<height>\d{1,6})\|(?P<kilobytes>\d{1,7})KB"
    r"\|(?P<background>[\u4e00-\u9fff]{0,3})\|(?P<blurred>\??)(?P<digest>[0-9a-f]{64})"
)


class ColourWords(Model):
    """All of `lexicon/colours.yaml`: names of colours, and where in hue, saturation and value they lie."""

    dark: str
    light: str
    between: str
    dark_below: float
    light_from: float
    grey_below: float
    hues: dict[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class PhotoText:
    """What is known of a photo: file name, size in pixels and kilobytes, colour of the background, digest."""

    name: str
    width: int
    height: int
    kilobytes: int
    background: str
    blurred: bool
    digest: str

    @property
    def text(self) -> str:
        """Write it as `read_photo` reads it."""
        size = f"{self.width}×{self.height}|{self.kilobytes}KB"
        return f"{self.name}|{size}|{self.background}|{'?' * self.blurred}{self.digest}"


def photo_name(name: str, ending: str) -> str:
    """Give a file's name as it can stand in the text, with the ending its bytes have."""
    stem = re.sub(r"[\s|]+", " ", name.rpartition(".")[0] or name).strip()
    return f"{stem[:_LONGEST_NAME] or 'photo'}.{ending}"


def kilobytes(size: int) -> int:
    """Give a size in bytes as kilobytes, rounded as file managers do."""
    return -(-size // _KILOBYTE)


def read_photo(text: str) -> PhotoText | None:
    """Read a photo's text; None where it is none."""
    match = _TEXT.fullmatch(text.strip())
    if match is None:
        return None
    return PhotoText(
        name=match["name"],
        width=int(match["width"]),
        height=int(match["height"]),
        kilobytes=int(match["kilobytes"]),
        background=match["background"],
        blurred=bool(match["blurred"]),
        digest=match["digest"],
    )


def colour_name(colour: tuple[int, int, int]) -> str:
    """Name a colour (red, green, blue from 0 to 255) in one character: 白, 蓝, 红."""
    words = _words()
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in colour))
    if value < words.dark_below:
        return words.dark
    if saturation < words.grey_below:
        return words.light if value >= words.light_from else words.between
    degrees = hue * 360
    return next(name for name, spans in words.hues.items() if any(low <= degrees <= high for low, high in spans))


@cache
def _words() -> ColourWords:
    return load_lexicon("colours", ColourWords)
