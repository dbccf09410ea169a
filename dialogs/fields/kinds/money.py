"""Money in yuan: 86.5万元, ¥86,000, 人民币叁拾万元整, 近千万元, 30-50万元."""

import re
from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.quantities import Quantity, quantities
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field
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
_SMALL = 1000  # a bare number under this is more likely meant in 万元
_UNITS = ("元", "块", "人民币", "钱")


class Money(Kind):
    """Money; `value` is yuan, or `{"min", "max"}`."""

    name = "money"
    figured = True
    numbered = True
    label_style = "named"

    def unlabelled(self, field: Field, text: str) -> str:
        """Drop the label; a unit it names in brackets goes behind a bare number: 投入资金（万元）：85 → 85万元."""
        bare = super().unlabelled(field, text)
        noted = _NOTED.match(text) if bare != text else None
        return bare + noted[1] if noted and not _HAS_UNIT.search(bare) else bare

    def explained(self, value: JsonValue, shown: str, *, approx: bool) -> str:
        """Add the yuan where the words do not hold them: 86.5万元（合865,000元）."""
        del approx
        plain = f"{value:,.2f}".removesuffix(".00") if isinstance(value, int | float) else ""
        return shown if plain in shown else f"{shown}（合{plain}元）"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a sum.

        Raises:
            Misread: no number, a negative one, a foreign currency.
        """
        del field, today
        words = _BEHIND.sub(r"\1", spread(unseparate(fold(text))))
        if _FOREIGN.search(words):
            raise Misread("foreign_money")
        if _NEGATIVE.search(words):
            raise Misread("negative")
        words = re.sub(r"RMB|CNY", "人民币", words.replace("圆", "元"), flags=re.IGNORECASE)
        found = [
            one
            for one in quantities(words, _UNITS)[0]
            if not re.match(r"\s*(?:人(?!民)|[名位次角分毛])", words[one.end :])
        ]
        if not found:
            raise Misread("invalid", found=text[:20])
        one = _choose(words, found)
        display = text.rstrip("。;；")
        if one:
            return _one(one, words, display)
        total = sum((each.low for each in found), Decimal(0))
        shown = amount(total)
        return ReadValue(
            _number(total), display, any(each.approx for each in found), doubts=(say("money_sum", total=shown),)
        )


def _one(one: Quantity, words: str, display: str) -> ReadValue:
    bare = not one.scaled and not re.search(r"[元块¥￥]|人民币", words)
    if bare and 0 < one.low < _SMALL:
        return ReadValue(_value(one), display, one.approx, doubts=(say("money_unit", found=display),))
    return ReadValue(_value(one, cents=_cents(words, one.end)), display, one.approx)


def amount(value: Decimal) -> str:
    """Write yuan for reading: 300000 → 30万元."""
    if value >= 10_000 and value % 100 == 0:  # noqa: PLR2004 - 万
        return f"{(value / 10_000).normalize():f}万元"
    return f"{value.normalize():f}元"


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


def _value(one: Quantity, cents: Decimal = Decimal(0)) -> JsonValue:
    if one.high is not None:
        return {"min": _number(one.low), "max": _number(one.high)}
    return _number(one.low + cents)


def _number(value: Decimal) -> int | float:
    value = value.quantize(Decimal("0.01"))
    return int(value) if value == value.to_integral_value() else float(value)
