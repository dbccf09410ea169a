"""Labels and spoken openings that come along with an answer: 项目名称：…, 我们单位叫…, 就写…吧."""

import re
from functools import cache
from typing import Literal

from dialogs.fields.chatter import without_closing, without_opening
from knowledge.form import Field
from knowledge.text.normalise import simple

_ORDINAL = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、:：\s]\s*|[①-⑳]\s*)?"
_OWNER = r"(?:那?就)?(?:我们|我|咱们?|本|这个|该)?(?:单位|项目|公司)?的?"
_VERB = r"(?:的?(?:全称|名称|名字))?(?:暂定|应该|就)?(?:叫做|叫|定为|是|为|写|填|(?=[:：]))[:：]?"
_CALLED = (  # 我们叫，… whatever the field is called
    r"(?:我们|咱们?|俺们?|本|我)(?:这边|这里|这儿|这个)?(?:单位|项目|公司|团队|机构|学校|协会|中心)?的?(?:全称|名称|名字)?"
    r"(?:就|暂定|暂时|是)?(?:叫做?|名叫|名为|全称是)[,，:：\s]*"
)
_SAID = re.compile(
    rf"{_CALLED}|(?:那?就(?:写|填|叫|用|选|定)|(?:请|麻烦)(?:帮我)?(?:填写|填|写)(?:上|成)?|改成|改为|更正为|回?答[:：])[:：]?\s*"
)
_SOFT = re.compile(r"[吧哦呀啦呢哈]?[。.!！~～\s]*$")
_LONGEST_LABEL = 80
_BARS = re.compile(r"^[|｜\s]+|[|｜\s]+$")  # the edges of a row of a table
_NUMBERED = re.compile(
    r"^[（(]?(?:[1-9]\d?|[一二三四五六七八九十])(?:[、)）]|[.．]\s?)(?![一二三四五六七八九十百千万][、，])(?=[\u4e00-\u9fff“《])"
)
_TELLING = 4  # a label this long is one, even with no mark behind it
_PAIR_LENGTH = 2
_PAIRS = ("《》", "“”", '""', "「」", "『』", "‘’")
LabelStyle = Literal[
    "colon",  # only a colon or the edge of a cell parts a label from a text of its own
    "strict",  # a mark must part it
    "named",  # a mark, or a value that can only begin there
    "loose",  # nothing need part it: no value can be taken for a label
]


def strip_label(field: Field, text: str, style: LabelStyle, *, speech: bool = True, number: bool = False) -> str:
    """Drop the field's own label pasted along: `1、项目名称:点亮` → `点亮`; `项目名称是云上` → `云上`.

    Args:
        field: whose label.
        text: what was typed, tidy.
        style: what parts a label from a value of this kind.
        speech: whether a spoken opening (我们单位叫) goes as well.
        number: whether the number of a list (1、) goes as well.
    """
    if style == "colon":
        head = simple(text[:_LONGEST_LABEL])
        match = _pattern(field.names, "colon").match(head) or _pattern((field.label,), "cell").match(head)
        return text[match.end() :].lstrip() if match else text
    text = _BARS.sub("", text)
    if speech:
        text = without_opening(text)
    head = simple(text[:_LONGEST_LABEL])
    match = _pattern(field.names, style).match(head)
    if match:
        return text[match.end() :].strip()
    text = _NUMBERED.sub("", text, count=1) if number else text
    return _strip_speech(field, text) if speech else text


def is_label(field: Field, text: str) -> bool:
    """Tell whether there is nothing but words of the field's label: 单位, 公章, 项目简介."""
    words = re.sub(r"\W", "", simple(text[:_LONGEST_LABEL]))
    return len(words) > 1 and any(words in re.sub(r"\W", "", name) for name in field.names)


@cache
def _pattern(names: tuple[str, ...], style: LabelStyle | Literal["cell"]) -> re.Pattern[str]:
    label = "|".join(map(_spaced, sorted(names, key=len, reverse=True)))
    sure = "|".join(_spaced(name) for name in sorted(names, key=len, reverse=True) if len(name) >= _TELLING)
    note = r"\s*(?:[（(][^（）()\n]{1,16}[)）])?"
    ends = {
        "colon": r"\s*[是为]?[:：]",
        "cell": r"\s*[\n\t|｜]",
        "strict": r"(?:(?<=[】\]])\s*|\s*[是为]?[:：=＝|｜]\s*|\s*[-—]{1,2}\s*|\s+|$)",
        "loose": r"\s*(?:[:：=＝|｜]\s*|[-—]{2}|[是为](?=.)[:：]?\s*|\s+|)",
    }
    start, close = rf"\s*{_ORDINAL}[“”\"【\[]?", '[”“"】\\]]?'
    value = r"(?![是为叫就暂应写填要怎如可的]|(?:全称|名称|名字)[是为叫])(?=[\u4e00-\u9fff“《]{2}|\d|约)"
    glued = rf"|{start}(?:{sure}){value}" if style == "named" and sure else ""
    return re.compile(rf"{start}(?:{label}){note}{close}{ends['strict' if style == 'named' else style]}{glued}")


def _spaced(name: str) -> str:
    return r"\s*".join(map(_loose_char, name))


def _loose_char(char: str) -> str:
    return {"（": "[（(]", "）": "[)）]"}.get(char, re.escape(char))


@cache
def _speech(names: tuple[str, ...], lead_ins: tuple[str, ...]) -> re.Pattern[str]:
    label = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    leads = "".join(rf"{re.escape(lead)}[:：]?|" for lead in sorted(lead_ins, key=len, reverse=True))
    return re.compile(rf"(?:{leads}{_OWNER}(?:{label}){_VERB}|{_SAID.pattern})\s*")


def _strip_speech(field: Field, text: str) -> str:
    match = _speech(field.names, field.lead_ins).match(text)
    if not match:
        return text
    said = without_closing(_SOFT.sub("", text[match.end() :].lstrip("，, ")))
    for pair in _PAIRS:
        if len(said) > _PAIR_LENGTH and said[0] == pair[0] and said[-1] == pair[1] and pair[0] not in said[1:-1]:
            return said[1:-1]
    return said
