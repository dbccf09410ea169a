"""The one quantity, or the span, that a sentence states, once numbers of other things are set aside."""

import re
from dataclasses import dataclass
from decimal import Decimal

from dialogs.fields.read_value import Misread
from knowledge.text.numerals import Number, numbers

_DATE = re.compile(
    r"(?:\d{4}|\d{2}|[一二三四五六七八九〇零]{2,4})年(?:\d{1,2}月|[一二三四五六七八九十]{1,2}月)?份?(?:\d{1,2}[日号])?"
    r"|(?<!\d)(?:1[0-2]|[1-9])月(?:\d{1,2}[日号])?"
    r"|(?<!\d)(?:19|20)\d{2}[./-](?:1[0-2]|0?[1-9])(?:[./-]\d{1,2})?(?![\d万亿千人元])"
)
_PHONE = re.compile(r"(?:https?://|www\.)[!-~]{1,300}|(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![\d万亿千])")
_BARE = re.compile(r"\s{0,9}\d{1,20}(?:\.\d{1,10})?\s{0,9}")
_COUNTED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:年|月|日)")
_PLACE = re.compile(
    r"\s*(?:多|余|来)?(?:个|所|座|家)?(?:省|市|县|区|乡|镇|村|街道|社区|地市|地级市|州|旗|学校|小学|中学|高校|教学点|单位|部门|企业|站点|网点)"
)
_OTHER = re.compile(
    r"\s*(?:多|余|来|几)?(?:[%‰度]|年|月|天|日|小时|分钟|分|秒|周|岁|倍|成(?!功)|期|场|家|届|节|篇|条|件|部|集|批|所|座|幅|首|项|种|类|支|台|套|份|辆|亩|吨|斤|公里|平方|米|字"
    r"|个(?:月|小时|项目|平台|账号|视频|团队|[小工]?作?组|部门|科室|站点|点|字|班|工作日|单位|支队)|[元块圆]|美[元金]|万元|亿元|号(?!人)|楼|室|G|楼|直|些|定|般|起|共|同|样|线|体|对一|流|带)"
)
_SEEN = re.compile(r"\s*(?:多|余|来|几)?个?(?:点?赞|播放|阅读|浏览|观看|点击|转发|评论|收藏|弹幕)")  # no people
_PEOPLE = frozenset("人名位")
_LONGER = "(?<=个)(?:月|小时|学期|项目|工作日)"  # 13个月 are no 13个, whatever else is counted in 个
_SPAN = re.compile(
    r"\s*(?:余|多)?\s*(?:人次|人|名|位|元|块|次)?\s*(?:[-~至到]|-{2}|—{1,2})\s*(?:[¥￥])?\s*(?:约|近)?\s*"
)
_LOWEST_ALONE = 9  # 8000-1万 is a span of thousands; 5-3万 is one the wrong way round
_COUNTING, _PAIR, _HEADS = frozenset("两二三四五六七八九十俩"), "俩", ("个", "名", "位")
_LONE = "零〇一二两三四五六七八九十俩"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a span when `high` is set; `word` is what directly follows it."""

    low: Decimal
    high: Decimal | None = None
    approx: bool = False
    scaled: bool = False
    start: int = 0
    end: int = 0


def without_dates(text: str, units: tuple[str, ...] = ()) -> str:
    """Blank out dates, positions kept, so that 截至2023年12月底共5200人 holds one number.

    Where years or months are counted (`units`), 15年 is fifteen of them and no date; 2021.5 before a unit is a number.
    """
    return _DATE.sub(lambda m: m[0] if units and _is_counted(m, units) else " " * len(m[0]), text)


def _is_counted(match: re.Match[str], units: tuple[str, ...]) -> bool:
    if match[0].endswith(units):
        return bool(_COUNTED.fullmatch(match[0]))
    return match[0][-1].isdigit() and match.string[match.end() :].lstrip().startswith(units)


def quantities(text: str, units: tuple[str, ...]) -> tuple[list[Quantity], bool]:
    """Find the quantities of a folded text; also tell whether numbers of places were met.

    Numbers of other things (12个乡镇, 3年, 640条) are left out, unless `units` names their unit.

    Raises:
        Misread: a span whose end is smaller than its start.
    """
    text = text if _BARE.fullmatch(text) else without_dates(text, units)  # 2000.50 alone is an amount
    text = _PHONE.sub(lambda match: match[0] if text.startswith(units, match.end()) else " " * len(match[0]), text)
    named = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    unit = re.compile(rf"\s*(?:多|余|来)?\s*(?:{named})(?!{_LONGER})")
    kept, places = [], False
    for one in numbers(text):
        if unit.match(text, one.end):
            kept.append(one)
        elif _PLACE.match(text, one.end):
            places = True
        elif not (_OTHER.match(text, one.end) or _is_lone_word(text, one) or _is_of_views(text, one, units)):
            kept.append(one)
    return _joined(text, kept), places


def _is_lone_word(text: str, one: Number) -> bool:
    """A single numeral inside words (统一, 三农) counts only when nothing else is there."""
    words = text[one.start : one.end]
    if words in _COUNTING and (words in _PAIR or text[one.end : one.end + 1] in _HEADS):
        return False  # 两个专职的, 俩司机
    return len(words) == 1 and words in _LONE and bool(re.sub(r"[\W_约共有]", "", text[: one.start] + text[one.end :]))


def _is_of_views(text: str, one: Number, units: tuple[str, ...]) -> bool:
    """80万个赞 are no people."""
    return not _PEOPLE.isdisjoint(units) and _SEEN.match(text, one.end) is not None


def _joined(text: str, found: list[Number]) -> list[Quantity]:
    joined: list[Quantity] = []
    index = 0
    while index < len(found):
        one = found[index]
        after = found[index + 1] if index + 1 < len(found) else None
        if after and _SPAN.fullmatch(text, one.end, after.start):
            joined.append(_span(one, after, text))
            index += 2
        else:
            joined.append(Quantity(one.value, None, one.approx, one.scaled, one.start, one.end))
            index += 1
    return joined


def _span(one: Number, after: Number, text: str) -> Quantity:
    low = one.value
    mantissa = _mantissa(text[after.start : after.end])
    if after.scaled and not one.scaled and mantissa and low <= max(mantissa, Decimal(_LOWEST_ALONE)):
        low *= after.value / mantissa
    if low > after.value:
        raise Misread("span_order", low=text[one.start : one.end], high=text[after.start : after.end])
    return Quantity(low, after.value, one.approx or after.approx, after.scaled, one.start, after.end)


def _mantissa(words: str) -> Decimal:
    found = numbers(re.sub(r"[十百千万亿wWkK余多来几]+$", "", words))
    return found[0].value if found else Decimal(1)
