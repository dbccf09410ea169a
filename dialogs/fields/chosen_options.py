"""Options of a field as an answer means them: ticked, named in full or in part, by number, letter or likeness."""

import re
from collections.abc import Iterator, Sequence
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
_DENYING = "非副准"  # what another word begins with: 非企业, 副校长
_TYPO = 74  # one wrong character of four
_SHORT = 24  # longer texts are descriptions: only a full name counts there
_OTHER = re.compile(r"其[他它]\s*[,:(]")
_SHAPE = re.compile(
    r"(?:我们?|都|全|就|是|选|算|属于)*(?P<head>[\u4e00-\u9fff]{1,3}?)(?:来|下来|着|给)?的(?![\u4e00-\u9fff])"
)
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
    said = re.sub(r"[\s“”\"+]", "", words)
    plain = _without_denied(choices, said)
    full = _in_full(choices, plain)
    if full or len(plain) > _SHORT:
        return full + [
            one for one in choices if one not in full and len(plain) <= _SHORT and _aliased(one, plain, full)
        ]
    aliased = [one for one in choices if any(alias in said for alias in one.aliases)]
    return aliased or _part_of_one(choices, plain)


def _in_full(choices: Options, plain: str) -> list[Option]:
    """Find options named in full, the longest first: what is part of a longer one (副校长) is not said by itself."""
    found, rest = [], plain
    for one in sorted(choices, key=lambda each: -len(body(each))):
        if body(one) in rest:
            found.append(one)
            rest = rest.replace(body(one), "\n")
    return [one for one in choices if one in found]


def _without_denied(choices: Options, plain: str) -> str:
    """Take out options that words deny: 民办非企业单位 is no 企业, where no option itself begins with 非."""
    for one in choices:
        for before in _DENYING:
            denied = f"{before}{body(one)}"
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


def opening(choices: Options, words: str) -> Option | None:
    """Find the option 其他 at the beginning of an answer, with what it is behind a mark: 其他，做文物宣讲的."""
    match = _OTHER.match(words)
    return next((one for one in choices if match and body(one).startswith(match[0][:2])), None)


def by_telling_part(choices: Options, words: str) -> Option | None:
    """Find the one option a telling part of which is said: 市级传承人 is 代表性传承人, 租的 is 租用.

    A part is telling when no other option has it; of several the longest counts.
    """
    plain = _without_denied(choices, re.sub(r"\s", "", words))
    if len(plain) > _SHORT:
        return None
    if match := _SHAPE.match(plain):
        begun = [one for one in choices if body(one).startswith(match["head"])]
        if len(begun) == 1:
            return begun[0]
    parts = {one: max(_parts(body(one), plain, choices, one), default=0) for one in choices}
    longest = max(parts.values(), default=0)
    best = [one for one in choices if parts[one] == longest]
    return best[0] if longest and len(best) == 1 else None


def _parts(name: str, plain: str, choices: Options, own: Option) -> Iterator[int]:
    """Give the lengths of the parts of a name, from two characters and half of it on, that are said and no other's."""
    others = "\n".join(body(each) for each in choices if each is not own)
    least = max(2, -(-len(name) // 2))
    for start in range(len(name)):
        for end in range(start + least, len(name) + 1):
            if name[start:end] in plain and name[start:end] not in others:
                yield end - start


def left_by_denial(choices: Options, denials: Sequence[str]) -> Option | None:
    """Find the one option left when all others are denied: 不是传承人 of 传承人 and 从业人员."""
    denied = [
        one
        for one in choices
        for words in denials
        if one in named(choices, words[2:]) or one is by_telling_part(choices, words[2:])
    ]
    left = [one for one in choices if one not in denied]
    return left[0] if denied and len(left) == 1 else None


def by_likeness(choices: Options, words: str) -> Option | None:
    """Find the one option that differs from the words by a slip."""
    core = _lead(choices).sub("", words)
    near = [one for one in choices if ratio(core, body(one)) > _TYPO]
    return near[0] if len(near) == 1 else None
