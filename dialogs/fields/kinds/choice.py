"""Exactly one of the offered choices, by name, part of a name, number, letter or ordinal."""

import re
from datetime import date

from rapidfuzz.fuzz import ratio

from dialogs.fields.kind import Kind
from dialogs.fields.no_answer import is_blank
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Choice, Field
from knowledge.text.checkboxes import BOX, EMPTY, TICKS, boxes_as_signs
from knowledge.text.normalise import fold
from knowledge.text.numerals import whole_number

_EDGE = " \n。.,，、;；:：!！~…()[]【】“”\"'‘’「」『』《》<>·-—"
_NUMBER = re.compile(
    r"(?:我?们?(?:就)?(?:要|想)?选择?|属于|填|是|应该是|类别|选项|序号|编号|二\.)?(?:第|选项)?"
    r"(?:(?P<digits>\d{1,3})|(?P<words>[一二三四五六七八九十]+)|(?P<letter>[A-Za-z]))(?:个|类别?|项|号|种|选项|条)*(?:吧|的|呢)?"
)
_LAST = re.compile(r"(?:选)?(?:最后)(?:一)?(?:个|类|项|种)?(?:吧)?")
_NOT = re.compile(r"(?:不是|不选|不属于|并非|而非)[^,，。;；但而]*")
_NEGATIVE = re.compile(r"\s*-\s*\d")
_BETWEEN = re.compile(r"[、,，/;；+&和与及跟\s]|或者?")
_TYPO = 74  # one wrong character of four
_SHORT = 24  # longer texts are descriptions: only a full name counts there


class ChoiceKind(Kind):
    """One of the field's choices; `value` is its official label."""

    name = "choice"
    figured = True
    numbered = True
    assents = True
    boxed = True
    optioned = True
    label_style = "strict"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a choice; value and display are its official label.

        Raises:
            Misread: none of them, or more than one.
        """
        del today
        folded = fold(text)
        words = _NOT.sub("", folded).strip(_EDGE)
        if is_blank(words) or _NEGATIVE.match(folded):
            raise Misread
        named = _ticked(field.choices, text) or _named(field.choices, words)
        named = named or _several_numbers(field.choices, words)
        if len(named) > 1:
            raise Misread("several", found="、".join(one.label for one in named))
        chosen = named[0] if named else _by_number(field.choices, words) or _by_likeness(field.choices, words)
        if chosen is None:
            raise Misread(found=text[:20])
        return ReadValue(chosen.label, chosen.label)


def _ticked(choices: tuple[Choice, ...], text: str) -> list[Choice]:
    """Read the form's own boxes: the choices whose name stands by a ticked one, where there is more than one box.

    The official form has the box behind the name; where a text begins with a box, it stands before.
    """
    plain = re.sub(r"\s", "", boxes_as_signs(text))
    if len(re.findall(BOX, plain)) < 2:  # noqa: PLR2004 - a single box says nothing the name does not
        return []
    left, right = (rf"[{TICKS}][^{TICKS}{EMPTY}]{{0,6}}", "") if re.match(BOX, plain) else ("", f"[{TICKS}]")
    return [one for one in choices if re.search(left + re.escape(_body(one)) + right, plain)]


def _named(choices: tuple[Choice, ...], words: str) -> list[Choice]:
    plain = re.sub(r"[\s“”\"+]", "", words)
    full = [one for one in choices if _body(one) in plain]
    if full or len(plain) > _SHORT:
        return full + [
            one for one in choices if one not in full and len(plain) <= _SHORT and _aliased(one, plain, full)
        ]
    aliased = [one for one in choices if any(alias in plain for alias in one.aliases)]
    return aliased or _part_of_one(choices, plain)


def _aliased(one: Choice, plain: str, full: list[Choice]) -> bool:
    for taken in full:
        plain = plain.replace(_body(taken), " ")
    return any(alias in plain for alias in one.aliases)


def _part_of_one(choices: tuple[Choice, ...], plain: str) -> list[Choice]:
    core = re.sub(r"^互联网|类别?$|方面$|方向$", "", plain)
    return [one for one in choices if len(core) > 1 and core in _body(one)]


def _body(one: Choice) -> str:
    return fold(one.label).rpartition("+")[2]


def _by_number(choices: tuple[Choice, ...], words: str) -> Choice | None:
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


def _several_numbers(choices: tuple[Choice, ...], words: str) -> list[Choice]:
    """Read `1、3` or `A和C`; nothing where there is one number only."""
    parts = [part for part in _BETWEEN.split(words) if part]
    chosen = [_by_number(choices, part) for part in parts] if len(parts) > 1 else []
    return [one for one in choices if one in chosen] if all(chosen) else []


def _by_likeness(choices: tuple[Choice, ...], words: str) -> Choice | None:
    core = re.sub(r"^互联网\+?", "", words)
    near = [one for one in choices if ratio(core, _body(one)) > _TYPO]
    return near[0] if len(near) == 1 else None
