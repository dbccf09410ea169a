"""What is dropped from every answer before it is read: invisible characters, odd widths, pasted labels."""

import re
import unicodedata
from functools import cache
from typing import Any

from knowledge.form import Field

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINER = re.compile(
    r"(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}
_WIDE_WORDS = {code: to for code, to in _WIDE.items() if chr(to).isalnum()}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_ORDINAL = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、:：\s]\s*)?"
_OWNER = r"(?:那?就)?(?:我们|我|咱们?|本|这个|该)?(?:单位|项目|公司)?的?"
_VERB = r"(?:的?(?:全称|名称|名字))?(?:暂定|应该|就)?(?:叫做|叫|定为|是|为|写|填)[:：]?"
_SAID = re.compile(
    r"(?:那?就(?:写|填|叫|用|选|定)|(?:请|麻烦)(?:帮我)?(?:填写|填|写)|改成|改为|更正为|回?答[:：])[:：]?\s*"
)
_SOFT = re.compile(r"[吧哦呀啦呢哈]?[。.!！~～\s]*$")
_LONGEST_LABEL = 80
_TELLING = 4  # a label this long is one, even with no mark behind it
_PAIRS = ("《》", "“”", '""', "「」", "『』", "‘’")


def readable(text: str) -> str:
    r"""Make line ends `\n` and drop what XML cannot hold (controls, lone surrogates); nothing else."""
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def tidy(text: str) -> str:
    """Give the applicant's words as the document may show them.

    Invisible characters go, full-width letters and digits become plain, runs of blanks one space,
    blank lines and outer white space go. Punctuation and emoji stay.
    """
    text = _JOINER.sub("", _INVISIBLE.sub("", readable(text))).translate(_WIDE_WORDS)
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def narrow(text: str) -> str:
    """Make full-width marks plain and every dash `-`, character by character (positions stay)."""
    return text.translate(_DASHES).translate(_WIDE)


def fold(text: str) -> str:
    """Give the words for reading only: compatibility forms (①, ㈠, ２), dashes and widths made plain."""
    return _simple(unicodedata.normalize("NFKC", narrow(text))).strip()


@cache
def _simplifier() -> Any:
    import opencc  # noqa: PLC0415 - loaded at the first answer, not at start

    return opencc.OpenCC("t2s")


def _simple(text: str) -> str:
    """Turn traditional characters into simplified ones."""
    return text if text.isascii() else str(_simplifier().convert(text))


def strip_label(field: Field, text: str) -> str:
    """Drop the field's own label pasted along: `1、项目名称:点亮` → `点亮`; `项目名称是云上` → `云上`.

    `text` should be tidy. In kinds whose values cannot be taken for a label, no separator is needed.
    """
    head = _simple(text[:_LONGEST_LABEL])
    if field.kind == "long_text":
        match = _pattern(field.names, "colon").match(head)
        return text[match.end() :].lstrip() if match else text
    mode = "name" if field.kind in _LABELLED else "strict" if field.kind in _FREE else "loose"
    match = _pattern(field.names, mode).match(head)
    if match:
        return text[match.end() :].strip()
    return _strip_speech(field, text)


_LABELLED = ("name", "count", "money")
_FREE = ("name", "text", "list", "choice", "boolean", "consent")


@cache
def _pattern(names: tuple[str, ...], mode: str) -> re.Pattern[str]:
    label = "|".join(map(_spaced, sorted(names, key=len, reverse=True)))
    sure = "|".join(_spaced(name) for name in sorted(names, key=len, reverse=True) if len(name) >= _TELLING)
    note = r"\s*(?:[（(][^（）()\n]{1,16}[)）])?"
    ends = {
        "colon": r"\s*[:：]",
        "strict": r"(?:(?<=[】\]])\s*|\s*[:：=＝]\s*|\s*[-—]{1,2}\s*|\s+|$)",
        "loose": r"\s*(?:[:：=＝]\s*|[-—]{2}|是(?=.)|为(?=.)|\s+|)",
    }
    start, close = rf"\s*{_ORDINAL}[“”\"【\[]?", '[”“"】\\]]?'
    glued = (
        rf"|{start}(?:{sure})(?![是为叫就暂应写填要怎如可的])(?=[\u4e00-\u9fff“《]{{2}}|\d|约)"
        if mode == "name"
        else ""
    )
    return re.compile(rf"{start}(?:{label}){note}{close}{ends['strict' if mode == 'name' else mode]}{glued}")


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
    if not match or field.kind in ("boolean", "consent"):
        return text
    said = _SOFT.sub("", text[match.end() :])
    for pair in _PAIRS:
        if len(said) > 2 and said[0] == pair[0] and said[-1] == pair[1] and pair[0] not in said[1:-1]:
            return said[1:-1]
    return said
