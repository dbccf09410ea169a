"""Which fields of a form words may be meant for by their shape: names of units, sources of money, options, days.

Worked out from the form (names, examples, kinds, options), never listed.
"""

import re
from functools import cache, lru_cache

from dialogs.fields.registry import kind_of
from dialogs.understanding.mentions import names_of
from dialogs.understanding.no_value import tells_kind
from dialogs.understanding.prose_names import unit_in, without_lead
from knowledge.form import Field, Form, once_a_form

_DATED = re.compile(r"[\d零〇一二三四五六七八九]{1,4}(?:年|月|[./-]\d)")
_FULL_DAY = re.compile(r"\d{1,2}(?:月|[./-])\d{1,2}[日号]?|[今昨明]天|今日")


def kin_of(one: Field, form: Form) -> tuple[Field, ...]:
    """Give the fields named after one (资金 → 资金来源)."""
    return _kin_of(form)[one.key]


@once_a_form
def _kin_of(form: Form) -> dict[str, tuple[Field, ...]]:
    """Give, by its key, the fields named after each (资金 → 资金来源)."""
    names = {one.key: names_of(one) for one in form.fields}
    return {
        one.key: tuple(
            other
            for other in form.fields
            if other.key != one.key and any(name in longer for name in names[one.key] for longer in names[other.key])
        )
        for one in form.fields
    }


def is_source(one: Field, form: Form) -> bool:
    """Tell whether a field of free words is named after one of money: 资金来源."""
    return one.key in _sources_of(form)


@once_a_form
def _sources_of(form: Form) -> frozenset[str]:
    sums = [other for other in form.fields if tells_kind(other, "") is not None]
    wordy = {
        one.key for one in form.fields if kind_of(one).takes_words and not (kind_of(one).titled or kind_of(one).roomy)
    }
    return frozenset(one.key for other in sums for one in _kin_of(form)[other.key] if one.key in wordy)


def is_unit_field(one: Field) -> bool:
    """Tell whether a field asks for the name of a unit, by its example."""
    return kind_of(one).titled and _is_unit_name(one.example)


@lru_cache(256)
def _is_unit_name(example: str) -> bool:
    unit = unit_in(example)
    return bool(unit) and without_lead(example) == unit


def begins_or_ends(one: Field, label: str) -> bool:
    """Tell whether a name of a field begins or ends with a label: 项目 of 项目名称."""
    return any(name.startswith(label) or name.endswith(label) for name in names_of(one))


def names_loosely(one: Field, plain: str) -> int:
    """Give where two characters of a field's name stand, close together (备过案); -1 where they do not."""
    found = (pattern.search(plain) for pattern in _loose_pieces(names_of(one)))
    return max((match.start() for match in found if match), default=-1)


@cache
def _loose_pieces(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Give the patterns of two neighbouring characters of any of the names, up to two others between them."""
    pieces = {name[start : start + 2] for name in names for start in range(len(name) - 1)}
    return tuple(re.compile(rf"{re.escape(piece[0])}.{{0,2}}?{re.escape(piece[1])}") for piece in sorted(pieces))


def is_day(one: Field, plain: str) -> bool:
    """Tell whether a day or month is told with a word of the field's name: 2024年1月28日填报 for 填报日期."""
    if not kind_of(one).dated or kind_of(one).shaped or not (_FULL_DAY.search(plain) or _DATED.search(plain)):
        return False
    return any(name[:2] in plain for name in names_of(one))


def has_shape(one: Field, plain: str) -> bool:
    """Tell whether words have a shape only this kind of field has: its units, money, a date, or a choice's label."""
    kind = kind_of(one)
    if kind.optioned:
        return chosen_option(one, plain)
    if kind.shaped:
        cued = tells_kind(one, plain)
        return bool(_DATED.search(plain)) if cued is None else cued
    return bool(one.units) and _measured(one.units).search(plain) is not None


@cache
def _measured(units: tuple[str, ...]) -> re.Pattern[str]:
    """Give the pattern of a figure with one of the units behind or before it."""
    words = "|".join(map(re.escape, units))
    return re.compile(rf"[\d万亿千百十余多几](?:个|位|名)?(?:{words})|(?:{words}).{{0,3}}?\d")


def chosen_option(one: Field, plain: str) -> bool:
    """Tell whether words hold the name of one of a field's options, or what is told apart in it: 教育 of 类+教育."""
    names = [choice.label.rpartition("+")[2] for choice in one.choices]
    names += [f"{alias}类" for choice in one.choices for alias in choice.aliases if len(alias) > 1]
    return any(name in plain for name in names)
