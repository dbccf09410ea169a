"""Numbers as Chinese clerks write them: 1.2万, 3千万, 两万五, 叁拾万, 四点五亿, 三十来万, 2w+.

cn2an reads the numerals; this module prepares what it refuses (decimals in words, 多/余/来/几,
a unit without a number) and finds the numbers in a sentence.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGIT = "0-9零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖俩廿卅"
_UNIT = "十百千万亿拾佰仟萬億"
_VAGUE = "多余来几把"
_ABOUT = re.compile(
    r"(?:约|近|将近|接近|超过?|逾|突破|不少于|不低于|不下|至少|不到|最多|不足|低于|高于|[高多]达|大概|大致|差不多|估计|预计|预估|上|过|破|约莫|(?<![\d万亿千百元人次])[~～])[了为计有是达到]*\s*$"
)
_ABOUT_AFTER = re.compile(
    r"\s*(?:[人名位个次元块]|人次|万元|亿元|元钱)?(?:左右|上下|以上|以内|以下|出头|不到|不等|[余多+＋加级])"
)
_NUMBER = re.compile(
    r"(?<![A-Za-z第备字编\d.])(?:"
    rf"(?:\d+(?:\.\d+)?|\.\d+)(?:\s?[{_VAGUE}]?[{_UNIT}]+(?![{_UNIT}])[{_DIGIT}{_UNIT}]*|[wWkK](?![A-Za-z])|\s?[{_VAGUE}]\s?[{_UNIT}]+)?"
    rf"|(?:[{_DIGIT}十拾]|(?<=[近上超过逾约破成])[百千万亿]|[百千万亿](?=[{_VAGUE}人名位次级]|[万亿])|[百千](?=元))[{_DIGIT}{_UNIT}{_VAGUE}点]*"
    r")"
)
_SHORT = {"w": "万", "W": "万", "k": "千", "K": "千"}
_PLAIN = str.maketrans({"○": "〇", "俩": "两", "萬": "万", "億": "亿", "廿": "二十", "卅": "三十"})
_POSITIONAL = {
    ord(char): str(value) for char, value in zip("零一二三四五六七八九〇两", [*range(10), 0, 2], strict=True)
}
_SEPARATED = re.compile(r"(?<!\d)\d{1,3}(?:[,，']\s?\d{3})+(?!\d)|(?<!\d)\d{1,4}(?:[,，]\d{4})+(?!\d)")
_NEXT = re.compile(
    r"(一(?=二)|[两二](?=三)|三(?=[四五])|四(?=五)|五(?=六)|六(?=七)|七(?=八)|八(?=九))([二三四五六七八九])(?=[个名位人])"
)
_STEP = re.compile(
    rf"(?P<head>[{_DIGIT}{_UNIT}]{{0,12}}[十百千万亿])(?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])"
    r"(?:(?P<unit>[十百千万亿]{1,3})|(?=[个名位人次户家天岁元块场]))"
)
_LOOSE_UNIT = re.compile(rf"(?<=[\d{_DIGIT}十几])个(?=[万亿wW])")
_LETTER_O = re.compile(r"(?:(?<=\d)|(?<=\d[,，]))[Oo]+(?![A-Za-z])")
_LONGEST = 24
_TOO_BIG = 10**16
_PROVERB = re.compile(
    r"成千上万|千家万户|千千万万|万千|百姓|千万别|百年|(?<![\d一二两三四五六七八九十百千])万一|万无一失|百分百"
)
_PAIR = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]+)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a text: its value, where it stands, whether it is approximate, whether it names a unit (万)."""

    value: Decimal
    start: int
    end: int
    approx: bool = False
    scaled: bool = False


def unseparate(text: str) -> str:
    """Join digits parted by thousands separators: `3，500` → `3500`; spaces part too when every group has three.

    A letter O behind a digit is a scanner's zero: `2,5OO` → `2500`.
    """
    text = _LETTER_O.sub(lambda m: "0" * len(m[0]), text)
    text = _SEPARATED.sub(lambda m: re.sub(r"[,，'\s]", "", m[0]), text)
    return re.sub(r"(?<![\d.])\d{1,3}(?: \d{3})+(?![\d.])", lambda m: m[0].replace(" ", ""), text)


def number(words: str) -> Decimal | None:
    """Read one number, e.g. `两万五` → 25000, `四点五亿` → 450000000; `None` if it is none."""
    words = re.sub(rf"[\s{_VAGUE}+]", "", words.translate(_PLAIN))
    if len(words) > _LONGEST:
        return None
    words = re.sub(r"[wWkK]$", lambda m: _SHORT[m[0]], words)
    if match := re.fullmatch(rf"(.+)点([{_DIGIT}]+)([{_UNIT}]*)", words):
        whole, unit, digits = _read(match[1]), _read("一" + match[3]), _positional(match[2])
        if whole is None or unit is None or digits is None:
            return None
        return (whole + Decimal(f"0.{digits}")) * unit
    return _read(words)


def _positional(words: str) -> str | None:
    digits = words.translate(_POSITIONAL)
    return digits if digits.isascii() and digits.isdecimal() else None


def _read(words: str) -> Decimal | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return Decimal(words)
    if re.match(rf"[{_UNIT}]", words):
        words = "一" + words
    if match := re.fullmatch(r"(\d*\.?\d+)([十百千万亿]+)", words):
        unit = _read("一" + match[2])
        return Decimal(match[1]) * unit if unit else None
    import cn2an  # noqa: PLC0415 - costs a tenth of a second, at the first number in words

    positional = words.replace("〇", "零") if re.search(f"[{_UNIT}]", words) else words
    try:
        return Decimal(str(cn2an.cn2an(positional, "smart")))
    except (ValueError, KeyError, IndexError, ArithmeticError):
        return None


def numbers(text: str) -> list[Number]:
    """Find every number in a folded text, in order; indefinite ones (数百, 几千) are not numbers."""
    found = []
    text = _PROVERB.sub(lambda m: " " * len(m[0]), text)
    for match in _NUMBER.finditer(text):
        value = number(match[0])
        if (
            value is None
            or value >= _TOO_BIG
            or text[match.end() : match.end() + 1].encode().isalpha()
            or _is_indefinite(text, match)
        ):
            continue
        vague = bool(re.search(f"[{_VAGUE}]", match[0]))
        about = vague or bool(_ABOUT.search(text[: match.start()]) or _ABOUT_AFTER.match(text, match.end()))
        scaled = bool(re.search(rf"[{_UNIT}wWkK]", match[0]))
        found.append(Number(value, match.start(), match.end(), about, scaled))
    return found


def _is_indefinite(text: str, match: re.Match[str]) -> bool:
    """数百, 几千: a unit without a number."""
    return match[0][0] in _UNIT and text[max(0, match.start() - 1) : match.start()] in ("数", "几", "好")


def spread(text: str) -> str:
    """Write 三四百 as 三百到四百 and 四五个 as 四到五个, so that they are read as ranges; 2个亿 as 2亿.

    十五六个 is 十五到十六个, 三十六七万 is 三十六万到三十七万.
    """
    text = _STEP.sub(_stepped, text)
    text = _LOOSE_UNIT.sub("", _PAIR.sub(lambda m: f"{m[1]}{m[3]}到{m[2]}{m[3]}", text))
    return _NEXT.sub(lambda m: f"{m[1]}到{m[2]}".translate(_POSITIONAL), text)


def _stepped(match: re.Match[str]) -> str:
    head, low, high, unit = match["head"], match["low"], match["high"], match["unit"] or ""
    if (number(high) or 0) - (number(low) or 0) != 1:
        return match[0]
    return f"{head}{low}{unit}到{head}{high}{unit}"


def whole_number(words: str) -> int | None:
    """Read a whole number in figures or Chinese numerals; None when it is not one (几, 千, 1.5)."""
    value = number(words) if words and words[0] not in _UNIT.replace("十", "").replace("拾", "") else None
    return int(value) if value is not None and value == value.to_integral_value() else None
