"""Money in yuan: 86.5万元, ¥86,000, 人民币叁拾万元整, 近千万元, 30-50万元."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from dialogs.fields.chatter import without_emoji
from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.official_numbers import Said, in_official_wording, said_quantity
from dialogs.fields.phone_numbers import phone_for_number
from dialogs.fields.quantities import Quantity, quantities
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.expressions.value_types import NUMBER
from knowledge.form import Column, Field
from knowledge.text.normalise import fold
from knowledge.text.numerals import number, spread, unseparate

_FOREIGN = re.compile(r"美元|美金|港[币元]|欧元|日元|英镑|\bUSD\b|[$€£]", re.IGNORECASE)
_NEGATIVE = re.compile(r"(?:^|[^\d\w元])(?:-|负)\s*[\d一二三四五六七八九十]")
_NOTED = re.compile(r"^\D{0,14}[（(](?:单位|人民币)?[:：]?(万元|亿元|万|亿)[)）]")
_HAS_UNIT = re.compile(r"[元块圆¥￥十百千万亿拾佰仟萬億wWkK]|人民币")
_CENTS = re.compile(
    r"(?:(?<=[元圆块])零?([一二三四五六七八九壹贰叁肆伍陆柒捌玖\d])角)?(?:(?<=[元圆块角])零?([一二三四五六七八九壹贰叁肆伍陆柒捌玖\d])分)?"
)
_TOTAL = re.compile(r"(?:总计|合计|共计|累计|总共|一共|总投入|总额|共)[^,，;；。\d]{0,6}$")
_BEHIND = re.compile(r"(?<=[\d.百千万亿])\s*[(（](?:单位|人民币)?[:：]?(万元|亿元|元|万|亿)[)）]")
_ASIDE = re.compile(r"其中|包括|包含|含|[(（]")
_YUAN = re.compile(
    r"\s*(?:元|块|人民币|RMB|CNY|钱){0,3}(?:零?[\d一二三四五六七八九壹贰叁肆伍陆柒捌玖]角)?(?:零?[\d一二三四五六七八九壹贰叁肆伍陆柒捌玖]分)?[整正]?(?:人民币)?",
    re.IGNORECASE,
)
_HUNDRED = 100
_SMALL = 1000  # a bare number under this is more likely meant in 万元
_TEN = 10
_LARGE = ("万元", "亿元")
_UNITS = ("元", "块", "人民币", "钱")


class Money(Kind):
    """Money; `value` is yuan, or `{"min", "max"}`."""

    name = "money"
    value_type = NUMBER
    figured = True
    shaped = True
    numbered = True
    label_style = "named"
    unread = "unread_money"
    sample = "3.5万元"

    def unit(self, field: Field) -> str:
        """Give the unit sums are held in."""
        del field
        return "元"

    def unlabelled(self, field: Field, text: str) -> str:
        """Drop the label; a unit it names in brackets goes behind a bare number: 投入资金（万元）：85 → 85万元."""
        bare = super().unlabelled(field, text)
        noted = _NOTED.match(text) if bare != text else None
        return bare + noted[1] if noted and not _HAS_UNIT.search(bare) else bare

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a sum.

        Raises:
            Misread: no number, a negative one, a foreign currency.
        """
        del today
        text = without_emoji(text)
        if phone := phone_for_number(text, _UNITS):
            raise Misread("phone_for_number", found=phone)
        words = _BEHIND.sub(r"\1", spread(unseparate(fold(text))))
        if _FOREIGN.search(words):
            raise Misread("foreign_money")
        if _NEGATIVE.search(words):
            raise Misread("negative")
        typed = re.sub(r"RMB|CNY", "人民币", words.replace("圆", "元"), flags=re.IGNORECASE)
        words = _in_unit_of_cell(field, typed)
        found = [
            one
            for one in quantities(words, _UNITS)[0]
            if not re.match(r"\s*(?:人(?!民)|[名位次角分毛])", words[one.end :])
        ]
        if not found:
            raise Misread("invalid", found=text[:20])
        said = [_said(words, one) for one in found]
        display = in_official_wording(text, words, [(one, "元") for one in said])
        chosen = _choose(words, found)
        if chosen:
            reading = _one(field, words, display, chosen, said[found.index(chosen)])
            taken = (say("unit_of_cell", unit=field.print.unit, shown=display),) if words != typed else ()
            return replace(reading, hints=(*taken, *reading.hints))
        return _sum(field, display, said)


def _in_unit_of_cell(field: Field, words: str) -> str:
    """Give a lone small number the unit of its cell: 16.5 before a printed 万元 is 16.5万元."""
    unit = field.print.unit
    if not _HAS_UNIT.match(unit[:1]) or unit == "元" or _HAS_UNIT.search(words):
        return words
    found = quantities(words, _UNITS)[0]
    if len(found) != 1 or not 0 < found[0].low < _SMALL:
        return words
    return words[: found[0].end] + unit + words[found[0].end :]


def _said(words: str, one: Quantity) -> Said:
    """Read a sum's surroundings; its figures gain cents and 万 as official sums have them: 8600元, 3.5万元."""
    cents = _cents(words, one.end)
    said = said_quantity(words, one, _read_yuan)
    low = said.low + cents
    whole = all(end % _HUNDRED == 0 for end in (low, said.high or low))
    return replace(said, low=low, fine=said.fine or (2 if whole else None))


def _read_yuan(words: str, at: int) -> tuple[str | None, int]:
    match = _YUAN.match(words, at)
    return "元", match.end() if match else at


def _one(field: Field, words: str, display: str, one: Quantity, said: Said) -> ReadValue:
    value: JsonValue = _number(said.low)
    if said.high is not None:
        value = {"min": value, "max": _number(said.high)}
    printed, hints = _printed(field, said)
    bare = not one.scaled and not re.search(r"[元块¥￥]|人民币", words)
    doubts = (say("money_unit", found=f"{said.low.normalize():f}"),) if bare and _doubtful(field, one.low) else ()
    return ReadValue(value, display, one.approx or said.approximate, printed, hints, doubts)


def _doubtful(field: Field, number: Decimal) -> bool:
    """Tell whether a bare number may be meant in 万元: a small one, but in a column of 元; a larger one before 万元."""
    sure = isinstance(field, Column) and field.print.unit == "元"
    return 0 < number < (_SMALL * _TEN if field.print.unit in _LARGE else 0 if sure else _SMALL)


def _sum(field: Field, display: str, said: list[Said]) -> ReadValue:
    total = Said(sum((one.low for one in said), Decimal(0)), None, 0, 0, unit="元", fine=2)
    printed, hints = _printed(field, total)
    doubts = (say("money_sum", total=total.shown()),)
    return ReadValue(_number(total.low), display, any(one.approximate for one in said), printed, hints, doubts)


def _printed(field: Field, said: Said) -> tuple[str | None, tuple[str, ...]]:
    """Write a sum as the cell wants it, and say where that takes something of it off."""
    if not field.print.changes_numbers:
        return None, ()
    printed = said.printed(field.print, "元")
    full = said.printed(field.print.model_copy(update={"decimals": None}), "元")
    same = [number(part) for part in re.findall(r"[\d.]+", printed)] == [
        number(part) for part in re.findall(r"[\d.]+", full)
    ]
    return printed, () if same else (say("rounded", full=full, printed=printed),)


def _choose(words: str, found: list[Quantity]) -> Quantity | None:
    if len(found) == 1:
        return found[0]
    totals = [one for one in found if _TOTAL.search(words[: one.start])]
    aside = _ASIDE.search(words)
    main = [one for one in found if aside and one.end <= aside.start()]
    return next((group[0] for group in (totals, main) if len(group) == 1), None)


def _cents(words: str, end: int) -> Decimal:
    match = _CENTS.match(words, end + 1) if words[end : end + 1] in ("元", "块") else None
    parts = [(number(part) or Decimal(0)) if part else Decimal(0) for part in (match.groups() if match else ())]
    return parts[0] / 10 + parts[1] / 100 if parts else Decimal(0)


def _number(value: Decimal) -> int | float:
    value = value.quantize(Decimal("0.01"))
    return int(value) if value == value.to_integral_value() else float(value)
