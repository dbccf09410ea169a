"""Labels as forms print them, taken apart: number, name, remark in brackets."""

import re
from typing import NamedTuple

from knowledge.drafting.printed_room import BOXES

_NUMBER = re.compile(
    r"^(?:[*★※]|其中[：:]?(?=[\u4e00-\u9fff]{2})|[（(][一二三四五六七八九十\d]{1,3}[)）]|第?[一二三四五六七八九十\d]{1,3}(?:[、.．]|部分)"
    r"|表[一二三四五六七八九十\d]{1,3}[、.．：:]?|[①-⑳])"
)
_BEFORE = re.compile(r"^[（(](?P<name>[^（）()]{2,6})[）)]$")
_REMARK = re.compile(r"(?P<name>.*?)[（(](?P<remark>[^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)*)[)）]$")
_LONGEST = 40
_HAN = re.compile(r"[\u4e00-\u9fff]")


class Label(NamedTuple):
    """What a field is called, and the remark printed in brackets behind it."""

    name: str
    remark: str


def label_of(text: str) -> Label:
    """Take a printed label apart."""
    squeezed = re.sub(r"\s+", "", text)
    name = _NUMBER.sub("", squeezed, count=1).rstrip("：:")
    name = _BEFORE.sub(r"\g<name>", name)
    found = _REMARK.fullmatch(name)
    return Label(found["name"].rstrip("：:"), found["remark"]) if found and found["name"] else Label(name, "")


def is_label(text: str) -> bool:
    """Tell whether words may be a label: some hanzi, not long, no sentence, no boxes."""
    squeezed = re.sub(r"\s+", "", text)
    name = label_of(text).name
    if not name or len(name) > _LONGEST or re.search(BOXES, text) or not _HAN.search(name):
        return False
    return not re.search(r"[。；！]", name) and len(squeezed) <= 3 * _LONGEST
