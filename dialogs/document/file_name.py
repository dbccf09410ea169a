"""The document's name as clause 四.2 demands, safe on Linux, on Windows and in an HTTP header."""

import re
import unicodedata
from string import Formatter

from pydantic import JsonValue

from dialogs.submission import Submission
from knowledge.text.graphemes import shortened
from knowledge.text.normalise import printable

LONGEST = 255  # bytes of UTF-8, extension included: what Linux file systems take
_KEPT_AT_LEAST = 66  # bytes a part keeps while another can still give way: 21 hanzi and the mark of a cut
_CUT = "…"
_SET_APART = "_"  # before a name Windows keeps for a device
_WIDE = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_DOTS = re.compile(r"^\.|\.(?=\.)|(?<=\.)\.")
_JOINERS = re.compile("[\u200c\u200d\U000e0020-\U000e007f]")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|(COM|LPT)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def file_name(submission: Submission, pattern: str, extension: str = ".docx") -> str:
    """Fill a pattern such as `{project_name}+{contact_recommender.unit}` and make it a safe file name.

    Characters Windows refuses become their full-width twins. A name over 255 bytes is shortened part by part in
    the pattern's order (the project first), each visibly (…), never within a visible character.
    """
    pieces: list[tuple[str, str]] = []  # literal text, then the part that follows it
    for literal, path, _spec, _conversion in Formatter().parse(pattern):
        pieces.append((_safe(literal), _safe(_value(submission, path)) if path else ""))
    return _named(pieces, extension) or submission.pack_id + extension


def safe_file_name(name: str) -> str:
    """Make a name somebody sent safe in the same way; a path loses its folders."""
    stem, dot, ending = re.split(r"[/\\]", name)[-1].rpartition(".")
    ending = _safe(ending)[:16]
    return _named([("", _safe(stem if dot else ending))], dot + ending if dot else "") or "文件" + dot + ending


def _named(pieces: list[tuple[str, str]], extension: str) -> str:
    room = LONGEST - len(extension.encode()) - len(_SET_APART)
    for floor in (_KEPT_AT_LEAST, 0):
        pieces = _fitted(pieces, room, floor)
    stem = _DOTS.sub("", "".join(literal + part for literal, part in pieces)).strip(" .")
    return (_SET_APART if _RESERVED.match(stem) else "") + stem + extension if stem else ""


def _value(submission: Submission, path: str) -> str:
    """Walk into an entry's value along the dots; what is not there is empty."""
    key, *steps = path.split(".")
    entry = submission.entries.get(key)
    value: JsonValue = entry.value if entry else None
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return "" if value is None else str(value)


def _safe(text: str) -> str:
    text = re.sub(r"\s+", " ", printable(text)).translate(_WIDE)
    text = "".join(each for each in text if _JOINERS.match(each) or unicodedata.category(each) not in ("Cc", "Cf"))
    return _DOTS.sub("．", text).strip(" ")


def _fitted(pieces: list[tuple[str, str]], room: int, floor: int) -> list[tuple[str, str]]:
    """Shorten the parts in order until all fit, none below `floor` bytes."""
    over = sum(len((literal + part).encode()) for literal, part in pieces) - room
    fitted = []
    for literal, part in pieces:
        size = len(part.encode())
        short = _short(part, max(size - over, floor)) if over > 0 and size > floor else part
        over -= size - len(short.encode())
        fitted.append((literal, short))
    return fitted


def _short(part: str, size: int) -> str:
    return shortened(part, size - len(_CUT.encode())).rstrip(" .") + _CUT if size >= len(_CUT.encode()) else ""
