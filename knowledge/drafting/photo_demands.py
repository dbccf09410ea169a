"""What a notice and a form want of a photo: pixels, size of the file, format, colour of the background."""

import re
from typing import Any

from knowledge.notice import squeeze

_PIXELS = re.compile(r"(?P<w>\d{2,4})[×xX*](?P<h>\d{2,4})(?:像素)?")
_WIDE_HIGH = re.compile(r"宽(?:度)?(?P<w>\d{2,4})(?:像素)?[、，×*]?高(?:度)?(?P<h>\d{2,4})(?:像素)?")
_AT_LEAST = re.compile(r"(?:不低于|不小于|不少于|至少)[为在]?\Z")
_OR_MORE = re.compile(r"(?:（含）)?(?:及|或)?以上")
_RANGE = re.compile(r"(?P<least>\d{1,5})(?:KB?)?[—\-至~～](?P<most>\d{1,5})(?P<unit>KB|K|MB|M)", re.IGNORECASE)
_LEAST = re.compile(r"(?:不小于|不低于|不少于|(?<!不)大于)(?P<n>\d+(?:\.\d+)?)(?P<unit>KB|K|MB|M)", re.IGNORECASE)
_MOST = re.compile(r"(?:不大于|不超过|不得超过|(?<!不)小于)(?P<n>\d+(?:\.\d+)?)(?P<unit>KB|K|MB|M)", re.IGNORECASE)
_FORMAT = re.compile(r"(?<![A-Za-z])(JPE?G|PNG|BMP)(?![A-Za-z])", re.IGNORECASE)
_COLOUR = re.compile(r"(?P<colour>[白蓝红灰])色?(?:底|背景)|(?:底色|背景)[^，。；]{0,3}(?P<behind>[白蓝红灰])色?")
_MEGA = 1024


def photo_demands(text: str) -> dict[str, Any]:
    """Give the properties of a photo field that words about it tell."""
    plain = squeeze(text)
    found: dict[str, Any] = {}
    if size := _PIXELS.search(plain) or _WIDE_HIGH.search(plain):
        least = _AT_LEAST.search(plain[: size.start()]) or _OR_MORE.match(plain[size.end() :])
        found["least_pixels" if least else "pixels"] = [int(size["w"]), int(size["h"])]
    if span := _RANGE.search(plain):
        found |= {"least_kb": _kb(span["least"], span["unit"]), "most_kb": _kb(span["most"], span["unit"])}
    for name, pattern in (("least_kb", _LEAST), ("most_kb", _MOST)):
        if bound := pattern.search(plain):
            found.setdefault(name, _kb(bound["n"], bound["unit"]))
    if formats := _FORMAT.findall(plain):
        found["formats"] = list(dict.fromkeys(each.lower().replace("jpeg", "jpg") for each in formats))
    if colour := _COLOUR.search(plain):
        found["background"] = colour["colour"] or colour["behind"]
    return found


def _kb(number: str, unit: str) -> int:
    return int(float(number) * (_MEGA if unit.upper().startswith("M") else 1))
