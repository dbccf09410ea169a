"""What a picture's first bytes promise, read before any library unpacks it: a few bytes may ask for a gigabyte."""

import re
from collections.abc import Iterator

_WEBP_START = re.compile(rb"RIFF.{4}WEBP(VP8[ LX]).{4}", re.DOTALL)
_HEIC_PARTS = {b"ftyp", b"meta"}  # what every picture in this container has (ISO 23008-12, 6.2)


def webp_size(content: bytes) -> tuple[int, int] | None:
    """Give width and height of a WebP's canvas in pixels (RFC 9649, 2.5–2.7); None when it cannot be made out."""
    found = _WEBP_START.match(content)
    body = content[20:30]
    if found is None or len(body) < 10:  # noqa: PLR2004 - as long as each of the three headers
        return None
    if found[1] == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if found[1] == b"VP8L":
        packed = int.from_bytes(body[1:5], "little")
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF


def is_heic(content: bytes) -> bool:
    """Tell whether a file is built as an HEIC is: boxes from the first byte to the last, its directory among them."""
    boxes = list(_boxes(content))
    return bool(boxes) and boxes[-1][1] == len(content) and {kind for kind, _ in boxes} >= _HEIC_PARTS


def _boxes(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Go through kind and end of the outermost boxes (ISO 14496-12, 4.2), as long as they are sound."""
    at = 0
    while at + 8 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(content[at + 8 : at + 16], "big")
        end = at + size if size else len(content)
        if not at + 8 <= end <= len(content):
            return
        yield kind, end
        at = end
