"""Dates in words made figures: 二〇二四年二月五日, 贰零贰肆年, 廿五日 → 2024年2月5日; 去年 → 2023年."""

import re
from datetime import date

from dialogs.values.numerals import number

_NUMERAL = "零〇○Oo一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾"
_BEFORE = re.compile(rf"[{_NUMERAL}\d]*[{_NUMERAL}][{_NUMERAL}\d]*(?=\s*[年月日号])|(?<=月)[{_NUMERAL}]+")
_FIGURES = str.maketrans("零〇○Oo一二三四五六七八九壹贰叁肆伍陆柒捌玖两", "000001234567891234567892")
_YEARS = {"今年": 0, "本年度": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2}
_YEAR_WORD = re.compile("|".join(sorted(_YEARS, key=len, reverse=True)) + r"(?:年)?")
_MONTHS = {"本月": 0, "这个月": 0, "当月": 0, "上个月": -1, "上月": -1, "下个月": 1, "下月": 1}
_MONTH_WORD = re.compile("|".join(sorted(_MONTHS, key=len, reverse=True)))


def figures(text: str, today: date) -> str:
    """Write a folded text's date words as figures; relative years and months are counted from `today`."""
    text = _BEFORE.sub(lambda m: _figure(m[0]), text)
    text = _YEAR_WORD.sub(
        lambda m: f"{today.year + _YEARS[m[0].removesuffix('年') if m[0] not in _YEARS else m[0]]}年", text
    )
    return _MONTH_WORD.sub(lambda m: _month(today, _MONTHS[m[0]]), text)


def _figure(words: str) -> str:
    if not re.search("[十百千廿卅拾]", words):
        return words.translate(_FIGURES)
    if re.fullmatch(r"[〇零]?[十拾]", words):
        return "10"
    value = number(words.lstrip("零〇○"))
    return str(int(value)) if value is not None else words


def _month(today: date, offset: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
    return f"{year}年{month + 1}月"
