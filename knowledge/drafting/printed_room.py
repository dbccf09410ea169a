"""What room a cell or a line leaves for an answer: nothing printed, 年 月 日, a unit, boxes, blanks in a sentence."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.drafting.word_lists import word_lists
from knowledge.text.checkboxes import OFF, ON

Shape = Literal["blank", "day", "month", "year", "period", "unit", "boxes", "sentence", "words"]

BOXES = f"[{OFF}{ON}]"
_GAP = r"[ \u00a0\u2002\u2003\u3000_＿\t]"
_MONTH = rf"(?:\d{{2,4}})?{_GAP}*年{_GAP}*月"
_DAY = rf"{_MONTH}{_GAP}*日"
_TO = rf"{_GAP}*(?:[至到—–~～-]+|起至){_GAP}*"
_BLANK = re.compile(r"[\s_＿]*")
_PLACE = r"(?:省|市|区|县|乡|镇|街道|社区|村|组|路|街|号|栋|室|[（(][乡镇区市县旗村街道社组]{1,3}[)）])"
_ADDRESS = re.compile(rf"(?:{_GAP}{{2,}}{_PLACE}{{1,2}}){{2,}}\s*")
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    ("period", re.compile(rf"\s*(?:自|从)?(?:{_DAY}|{_MONTH}){_TO}(?:{_DAY}|{_MONTH}|今)\s*止?\s*")),
    ("day", re.compile(rf"\s*{_DAY}\s*")),
    ("month", re.compile(rf"\s*{_MONTH}\s*")),
)
_HOLE = re.compile(rf"(?:{_DAY}|{_MONTH}){_TO}(?:{_DAY}|{_MONTH})|{_DAY}|{_MONTH}|(?:{_GAP}{{2,}}|[_＿]+)")
_LONGEST = 2000  # characters of a cell that are looked at


@dataclass(frozen=True, slots=True)
class Room:
    """What a cell leaves: its shape, the unit printed behind the blank, and the words beside it."""

    shape: Shape
    unit: str = ""
    hint: str = ""

    @property
    def waits(self) -> bool:
        """Whether an answer is wanted here."""
        return self.shape != "words"


def room_of(text: str, grey: str = "") -> Room:
    """Say what room a cell with these black and grey words leaves."""
    text = text[:_LONGEST]
    hint = grey.strip()
    bare = text.strip(" \u3000\n\t")
    if re.search(BOXES, text):
        return Room("boxes", hint=hint)
    for shape, pattern in _SHAPES:
        if pattern.fullmatch(text):
            return Room(shape, hint=hint)
    if _BLANK.fullmatch(text) or _is_units(text) or _ADDRESS.fullmatch(text):
        return Room("blank", hint=hint)
    if bracketed(bare) and not is_seal(bare):
        return Room("blank", hint="；".join(filter(None, (bare[1:-1].strip(), hint))))
    if unit := _unit(text):
        return Room("unit", unit, hint)
    return Room("sentence" if holes(text) and not _spread(bare) else "words", hint=hint)


def _is_units(text: str) -> bool:
    """Tell whether nothing but units stands between the blanks: `   分   秒`."""
    pieces = re.split(rf"{_GAP}+", text.strip(" \n"))
    return len(pieces) > 1 and text[:1].isspace() and all(piece in word_lists().units for piece in pieces)


def bracketed(text: str) -> bool:
    """Tell whether a text is one pair of brackets with some words in it."""
    if len(text) < 4 or text[0] not in "（(" or text[-1] not in "）)":  # noqa: PLR2004 - two marks and two words
        return False
    depth = 0
    for index, each in enumerate(text):
        depth += (each in "（(") - (each in "）)")
        if depth == 0:
            return index == len(text) - 1
    return False


def is_seal(text: str) -> bool:
    """Tell whether words ask for a seal or a signature."""
    return any(word in text for word in word_lists().seals)


def holes(text: str) -> list[tuple[int, int]]:
    """Find the blanks within a sentence."""
    return [found.span() for found in _HOLE.finditer(text) if text[: found.start()].strip() or text[found.end() :]]


def is_box(text: str) -> bool:
    """Tell whether a cell holds a box and nothing else."""
    return re.fullmatch(rf"\s*{BOXES}\s*", text) is not None


def _unit(text: str) -> str:
    """Give the unit printed behind a blank: `      人`, `￥      万元`, `      %（保留一位小数）`."""
    found = re.fullmatch(
        rf"\s*(?:[（(]小写[）)][：:]?)?{_GAP}*(?:{'|'.join(word_lists().counting)})?[：:]?{_GAP}*(?P<unit>[^\s_＿（(]{{1,4}})\s*(?:[（(][^（）()\s_＿]{{1,20}}[）)])?\s*",
        text,
    )
    unit = found["unit"] if found else ""
    return unit if unit in word_lists().units else ""


def _spread(text: str) -> bool:
    """Tell whether blanks only spread a short word: 姓    名."""
    return len(re.sub(r"\s", "", text)) <= 6 and not re.search(r"[：:_＿，,；]", text)  # noqa: PLR2004 - a short label
