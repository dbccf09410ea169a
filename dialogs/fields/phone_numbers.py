"""Phone numbers in a contact: mobiles, landlines with area code and extension, 400 lines."""

import re
from dataclasses import dataclass

import phonenumbers

from dialogs.fields.read_value import Misread
from knowledge.text.normalise import narrow

_GAP = r"[ \-.·]{0,2}"
_EXTENSION = r"(?:\s*(?:--?|转接?|分机号?[:：]?|ext\.?:?|#|x)\s*(?P<extN>\d{1,6})(?!\d))?"
_AREA = r"(?:10|2\d|[3-9]\d\d)"
_PHONE = re.compile(
    rf"(?<!\d)(?:\(?(?:\+|00)?86\)?{_GAP})?(?P<mobile>1{_GAP}[3-9]{_GAP}\d(?:{_GAP}\d){{8}})(?!\d)"
    rf"|(?<!\d)(?P<hotline>[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}})(?!\d)"
    + _EXTENSION.replace("N", "1")
    + rf"|(?<!\d)(?:\(?(?:\+|00)86\)?{_GAP}\(?0?\)?(?P<abroad>{_AREA})|\(?0(?P<area>{_AREA}))\)?"
    rf"{_GAP}(?P<line>[2-8]\d{{2,3}}{_GAP}\d{{4}})(?!\d)"
    + _EXTENSION.replace("N", "2")
    + rf"|(?<![\d-])(?P<local>[2-8]\d{{2,3}}{_GAP}\d{{4}})(?![\d-])"
    + _EXTENSION.replace("N", "3"),
    re.IGNORECASE,
)
_FAX = re.compile(r"(?:传真|fax)\W*$", re.IGNORECASE)
_MASKED = re.compile(r"\d{2,}[ -]?[xX*＊●某?]{2,}[ -]?\d*|[xX*＊●]{3,}[ -]?\d{2,}")
_DIGITS = re.compile(r"\+?\d(?:[ \-]?\d){4,}")
_DICTATED = re.compile(r"[零〇一二三四五六七八九幺]{7,12}")  # 一三八五五…: a number read out digit by digit
_DIGITS_SAID = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_MOBILE_LENGTH = 11
_WRITTEN = re.compile(r"(?<![\d.])(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]\d{7,8}|400-\d{3}-\d{4})(?![\d.])")
_MULTIPLIED = ("十", "百", "千", "万", "亿", "余", "多", "来")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number found in a text: how to write it, where it stands, whether it lacks its area code, is a fax."""

    shown: str
    start: int
    end: int
    local: bool = False
    fax: bool = False


def phone_for_number(words: str, units: tuple[str, ...]) -> str:
    """Give a phone number that stands where a quantity is told; empty where a unit tells that it is a quantity."""
    match = _WRITTEN.search(words) if len(words) >= _MOBILE_LENGTH else None
    counted = match is not None and words[match.end() :].lstrip().startswith((*units, *_MULTIPLIED))
    return match[0] if match and not counted else ""


def find_phones(text: str) -> list[Phone]:
    """Find the phone numbers of a text, in order.

    Raises:
        Misread: what is there is masked, or has too few or too many digits.
    """
    plain = _DICTATED.sub(lambda match: match[0].translate(_DIGITS_SAID), narrow(text))
    if _MASKED.search(plain):
        raise Misread("phone_masked")
    found = [_phone(match) for match in _PHONE.finditer(plain) if _possible(match)]
    rest = list(plain)
    for one in found:
        rest[one.start : one.end] = " " * (one.end - one.start)
    if not found and (wrong := _DIGITS.search("".join(rest))):
        _refuse(re.sub(r"\D", "", wrong[0]))
    return found


def _refuse(digits: str) -> None:
    if not digits.startswith("1"):
        raise Misread("phone_digits", digits=len(digits), found=digits)
    if len(digits) == _MOBILE_LENGTH:
        raise Misread("mobile_odd", found=digits)
    raise Misread("mobile_digits", digits=len(digits), found=digits, need=_MOBILE_LENGTH)


def _possible(match: re.Match[str]) -> bool:
    """Ask the library for plausibility only: units' numbers need not be on its lists."""
    if match["local"] or match["hotline"]:
        return True
    digits = match["mobile"] or _area(match) + match["line"]
    return bool(phonenumbers.is_possible_number(phonenumbers.parse(re.sub(r"\D", "", digits), "CN")))


def _area(match: re.Match[str]) -> str:
    return "0" + (match["area"] or match["abroad"])


def _phone(match: re.Match[str]) -> Phone:
    line = re.sub(r"\D", "", match["mobile"] or match["line"] or match["hotline"] or match["local"])
    if match["line"]:
        line = f"{_area(match)}-{line}"
    elif match["hotline"]:
        line = f"{line[:3]}-{line[3:6]}-{line[6:]}"
    extension = match["ext1"] or match["ext2"] or match["ext3"]
    if extension:
        line += ("-" if re.search(rf"-\s*{extension}$", match[0]) else "转") + extension
    return Phone(
        line,
        match.start(),
        match.end(),
        local=bool(match["local"]),
        fax=bool(_FAX.search(match.string[: match.start()])),
    )
