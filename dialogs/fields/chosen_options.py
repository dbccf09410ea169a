"""Options of a field as an answer means them: ticked, named in full or in part, by number, letter or likeness."""

import re
from functools import cache

from rapidfuzz.fuzz import ratio

from knowledge.form import Option
from knowledge.text.checkboxes import BOX, OFF, TICKS, boxes_as_signs
from knowledge.text.normalise import fold
from knowledge.text.numerals import whole_number

Options = tuple[Option, ...]
_NUMBER = re.compile(
    r"(?:我?们?(?:就)?(?:要|想)?选择?|属于|填|是|应该是|类别|选项|序号|编号|二\.)?(?:第|选项)?"
    r"(?:(?P<digits>\d{1,3})|(?P<words>[一二三四五六七八九十]+)|(?P<letter>[A-Za-z]))(?:个|类别?|项|号|种|选项|条)*(?:吧|的|呢)?"
)
_LAST = re.compile(r"(?:选)?(?:最后)(?:一)?(?:个|类|项|种)?(?:吧)?")
EDGE = " \n。.,，、;；:：!！~…()[]【】“”\"'‘’「」『』《》<>·-—"  # marks around an answer
BETWEEN = re.compile(r"[、,，/;；+&和与及跟\s]|或者?")
_TYPO = 74  # one wrong character of four
_SHORT = 24  # longer texts are descriptions: only a full name counts there
_TAIL = re.compile(r"类别?$|方面$|方向$")


def ticked(choices: Options, text: str) -> list[Option]:
    """Read the form's own boxes: the options whose name stands by a ticked one, where there is more than one box.

    Forms have the box behind the name; where a text begins with a box, it stands before.
    """
    plain = re.sub(r"\s", "", boxes_as_signs(text))
    if len(re.findall(BOX, plain)) < 2:  # noqa: PLR2004 - a single box says nothing the name does not
        return []
    left, right = (rf"[{TICKS}][^{TICKS}{OFF}]{{0,6}}", "") if re.match(BOX, plain) else ("", f"[{TICKS}]")
    return [one for one in choices if re.search(left + re.escape(body(one)) + right, plain)]


def named(choices: Options, words: str) -> list[Option]:
    """Find the options that are named, in full, by another name or by a part of it that only one has."""
    plain = re.sub(r"[\s“”\"+]", "", words)
    plain = _without_denied(choices, plain)
    full = [one for one in choices if body(one) in plain]
    if full or len(plain) > _SHORT:
        return full + [
            one for one in choices if one not in full and len(plain) <= _SHORT and _aliased(one, plain, full)
        ]
    aliased = [one for one in choices if any(alias in plain for alias in one.aliases)]
    return aliased or _part_of_one(choices, plain)


def _without_denied(choices: Options, plain: str) -> str:
    """Take out options that words deny: 民办非企业单位 is no 企业, where no option itself begins with 非."""
    for one in choices:
        denied = f"非{body(one)}"
        plain = plain if any(denied in body(each) for each in choices) else plain.replace(denied, "，")
    return plain


def _aliased(one: Option, plain: str, full: list[Option]) -> bool:
    for taken in full:
        plain = plain.replace(body(taken), " ")
    return any(alias in plain for alias in one.aliases)


def _part_of_one(choices: Options, plain: str) -> list[Option]:
    core = _TAIL.sub("", _lead(choices).sub("", plain))
    return [one for one in choices if len(core) > 1 and core in body(one)]


def body(one: Option) -> str:
    """Give what tells an option from the others: what stands behind the + of 互助+教育."""
    return fold(one.label).rpartition("+")[2]


@cache
def _lead(choices: Options) -> re.Pattern[str]:
    """Give what stands before the + of options, at the beginning of an answer."""
    heads = {re.escape(head) for one in choices if (head := fold(one.label).rpartition("+")[0])}
    return re.compile(rf"^(?:{'|'.join(sorted(heads))})\+?" if heads else r"(?!)")


def by_number(choices: Options, words: str) -> Option | None:
    """Read one number, letter or ordinal of an option: 3, 第三个, C, 最后一个."""
    if _LAST.fullmatch(words):
        return choices[-1]
    match = _NUMBER.fullmatch(re.sub(r"\s", "", words))
    if match is None:
        return None
    if match["digits"]:
        index = int(match["digits"])
    elif match["words"]:
        index = whole_number(match["words"]) or 0
    else:
        index = ord(match["letter"].upper()) - ord("A") + 1
    return choices[index - 1] if 1 <= index <= len(choices) else None


def several_numbers(choices: Options, words: str) -> list[Option]:
    """Read `1、3` or `A和C`; nothing where there is one number only."""
    parts = [part for part in BETWEEN.split(words) if part]
    chosen = [by_number(choices, part) for part in parts] if len(parts) > 1 else []
    return [one for one in choices if one in chosen] if all(chosen) else []


def by_likeness(choices: Options, words: str) -> Option | None:
    """Find the one option that differs from the words by a slip."""
    core = _lead(choices).sub("", words)
    near = [one for one in choices if ratio(core, body(one)) > _TYPO]
    return near[0] if len(near) == 1 else None
