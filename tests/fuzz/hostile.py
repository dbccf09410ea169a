"""Generators of hostile texts: what a pattern may begin to match at every place, joined in every way that makes it try.

A generator gives a text of about `size` characters. There are some 170: every unit repeated, blanks and marks between
two words, units behind a label, two units in turn, one run after the other, and a few whole documents.
"""

from collections.abc import Callable
from functools import partial

from tests.pack_words import packs

Generator = Callable[[int], str]

UNITS = {
    "blank": " ",
    "wide blank": "\u3000",
    "no-break blank": "\xa0",
    "tab": "\t",
    "newline": "\n",
    "return": "\r",
    "line separator": "\u2028",
    "zero width": "\u200b",
    "joiner": "\u200d",
    "byte order mark": "\ufeff",
    "right to left": "\u202e",
    "nul": "\x00",
    "lone surrogate": "\ud83d",
    "private use": "\ue000",
    "combining": "\u0301",
    "variation": "\ufe0f",
    "emoji": "👍",
    "family": "👨\u200d👩\u200d👧\u200d",
    "flag": "🇨🇳",
    "comma": "，",
    "pause": "、",
    "stop": "。",
    "semicolon": "；",
    "colon": "：",
    "narrow colon": ":",
    "question": "？",
    "mark": "！",
    "ellipsis": "…",
    "dot": ".",
    "dash": "-",
    "long dash": "—",
    "tilde": "~",
    "slash": "/",
    "back slash": "\\",
    "bar": "|",
    "plus": "+",
    "underscore": "_",
    "star": "*",
    "hash": "#",
    "ampersand": "&",
    "at": "@",
    "opening": "（",
    "closing": "）",
    "narrow opening": "(",
    "square": "[",
    "brace": "{{",
    "angle": "<a ",
    "quote": "“",
    "double quote": '"',
    "title": "《",
    "box": "□",
    "ticked": "☑",
    "digit": "1",
    "wide digit": "１",
    "ringed": "①",
    "grouped": "1,",
    "decimal": "1.",
    "one": "一",
    "ten": "十",
    "hundred": "百",
    "ten thousand": "万",
    "capital two": "贰",
    "year": "年",
    "date": "2024年1月",
    "dotted date": "1.12.",
    "from to": "1-",
    "until": "至",
    "about": "约",
    "money": "1元",
    "person": "1人",
    "letter": "a",
    "capital": "A",
    "word": "ab ",
    "hanzi": "啊",
    "not": "不",
    "none": "没有",
    "yes": "是",
    "later": "待",
    "of": "的",
    "rare": "𠮷",
    "traditional": "學",
    "kelvin": "\u212a",
    "ligature": "\ufdfa",
    "scheme": "http://",
    "address": "http://a.b/",
    "host": "a.",
    "www": "www.",
    "mail": "a@b.",
    "link": "[a](",
    "ordinal": "第一",
    "item": "1.\n",
    "heading": "一、",
    "change": "改成",
    "unit": "县",
    "office": "委",
    "surname": "王",
    "phone": "13800000000",
    "area code": "010-",
}
PADDING = ("blank", "wide blank", "tab", "newline", "zero width", "comma", "stop", "semicolon", "dash", "joiner", "of")
PAIRS = (
    ("digit", "blank"),
    ("hanzi", "blank"),
    ("hanzi", "newline"),
    ("letter", "comma"),
    ("digit", "newline"),
    ("one", "ten"),
    ("digit", "ten thousand"),
    ("opening", "closing"),
    ("opening", "hanzi"),
    ("quote", "hanzi"),
    ("year", "digit"),
    ("box", "hanzi"),
    ("blank", "newline"),
    ("tab", "newline"),
    ("colon", "newline"),
    ("colon", "blank"),
    ("hanzi", "colon"),
    ("not", "yes"),
    ("dash", "digit"),
    ("dot", "letter"),
    ("surname", "blank"),
    ("unit", "digit"),
    ("emoji", "joiner"),
    ("question", "hanzi"),
)
RUNS = (
    ("blank", "digit"),
    ("digit", "blank"),
    ("one", "year"),
    ("digit", "hanzi"),
    ("hanzi", "digit"),
    ("letter", "hanzi"),
    ("newline", "hanzi"),
    ("opening", "closing"),
    ("dot", "digit"),
    ("none", "question"),
)


def repeated(unit: str, size: int) -> str:
    """Give the unit over and over."""
    return (unit * (size // len(unit) + 1))[:size]


def between(left: str, unit: str, right: str, size: int) -> str:
    """Give the unit over and over between two words."""
    return left + repeated(unit, size - len(left) - len(right)) + right


def followed(first: str, second: str, size: int) -> str:
    """Give a run of one unit, then a run of another."""
    return repeated(first, size // 2) + repeated(second, size - size // 2)


def labelled(separator: str, size: int) -> str:
    """Give every label of every form over and over, each behind its separator."""
    labels = [field.label for pack in packs() for field in pack.form.fields]
    return repeated(separator.join(labels) + separator, size)


def growing(size: int) -> str:
    """Give lines that grow, each a prefix of the next."""
    lines, length = [], 0
    while length < size:
        lines.append("啊" * len(lines))
        length += len(lines)
    return "\n".join(lines)[:size]


def different(size: int) -> str:
    """Give a new character at every place."""
    return "".join(chr(0x4E00 + number % 20_000) for number in range(size))


def generators() -> dict[str, Generator]:
    """Give every generator by its name."""
    made: dict[str, Generator] = {f"{name}*": partial(repeated, unit) for name, unit in UNITS.items()}
    for name in PADDING:
        made[f"a {name}* b"] = partial(between, "a", UNITS[name], "b")
        made[f"甲 {name}* 乙"] = partial(between, "甲", UNITS[name], "乙")
        made[f"甲\\n\\t {name}* 乙"] = partial(between, "甲\n\t", UNITS[name], "乙")
        made[f"label： {name}* b"] = partial(between, _label() + "：", UNITS[name], "b")
    made |= {f"({one} {two})*": partial(repeated, UNITS[one] + UNITS[two]) for one, two in PAIRS}
    made |= {f"{one}* {two}*": partial(followed, UNITS[one], UNITS[two]) for one, two in RUNS}
    made |= {
        f"labels by {separator!r}": partial(labelled, separator) for separator in ("：", "\n", "：\n", "", " ", "、")
    }
    return made | {"growing lines": growing, "all different": different}


def _label() -> str:
    return packs()[0].form.fields[0].label
