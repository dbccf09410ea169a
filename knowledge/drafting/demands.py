"""What the clauses of a notice demand of single fields: 字数, least and most, days; each with clause, quote, strength.

A demand belongs to the field whose name stands nearest before its number (a name in “” first); where only part of a
name is said, the unit must agree. One that holds for some applicants only (企业的…) is no rule of the field.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from knowledge.drafting.field_kind import kind_of_field, lexicon, unit_of
from knowledge.drafting.found_field import FoundField
from knowledge.drafting.notice_text import DraftClause
from knowledge.drafting.printed_room import Room
from knowledge.drafting.word_lists import load, word_lists
from knowledge.model import Model
from knowledge.notice import squeeze
from knowledge.text.numerals import whole_number

Bound = Literal["least", "most", "not_after", "not_before"]

_N = r"(?P<n>\d+(?:\.\d+)?)(?P<unit>{units})?"
_FEWEST_SHARED = 3  # characters of a name that must be said where the whole is not
_SHORTEST_CORE = 4  # characters of what a yes-or-no field asks
_NEAR = 24  # characters before a number in which its field is named


class DemandWords(Model):
    """Words of demands (`demand_words.yaml`)."""

    least: tuple[str, ...]
    least_behind: tuple[str, ...]
    most: tuple[str, ...]
    most_behind: tuple[str, ...]
    warn: tuple[str, ...]
    hint: tuple[str, ...]
    units: tuple[str, ...]
    words_units: tuple[str, ...]
    common_units: tuple[str, ...]
    between: tuple[str, ...]
    begun: tuple[str, ...]
    conditional: tuple[str, ...]
    among: tuple[str, ...]
    others: tuple[str, ...]
    asked_for: tuple[str, ...]
    those: tuple[str, ...]
    granted: tuple[str, ...]
    applied: tuple[str, ...]
    of_rows: tuple[str, ...]
    of_tables: tuple[str, ...]


@cache
def demand_words() -> DemandWords:
    """Give them."""
    return load(DemandWords, "demand_words.yaml")


@dataclass(frozen=True, slots=True)
class FieldDemand:
    """A bound on one field: a number with its unit, or a day; the clause it stands in (empty: printed on the form)."""

    bound: Bound
    limit: int | float | date
    unit: str
    clause: str
    quote: str
    strength: str
    owner: FoundField | None = None  # of the option below
    option: str = ""  # it holds only where this option is chosen

    @property
    def of_words(self) -> bool:
        """Whether it bounds the 字数."""
        return self.unit in demand_words().words_units


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    bound: Bound
    limit: float
    unit: str


def strength_of(sentence: str, stretch: str) -> str:
    """Give the strength of a demand: 原则上/鼓励/请勿 before it → warn, 建议 in its own words → hint, else reject.

    `sentence` is what is said from the demand before to this one.
    """
    words = demand_words()
    if any(word in sentence for word in words.warn):
        return "warn"
    return "hint" if any(word in stretch for word in words.hint) else "reject"


def bounds_in(text: str) -> list[tuple[Bound, float, str]]:
    """Give the bounds of a short text about one thing: `500—1500字`, `25字以内`, `4至8人`."""
    return [(span.bound, span.limit, span.unit) for span in _spans(squeeze(text))]


def bounds_at(plain: str) -> list[tuple[int, Bound, float, str]]:
    """Give the bounds of a squeezed sentence with where each begins."""
    return [(span.start, span.bound, span.limit, span.unit) for span in _spans(plain)]


def demands_on(fields: Sequence[FoundField], clauses: Sequence[DraftClause]) -> list[tuple[FoundField, FieldDemand]]:
    """Find the demands on fields, in the order of the notice."""
    found = list[tuple[FoundField, FieldDemand]]()
    for clause in clauses:
        about = _about(clause, fields)
        for sentence in clause.sentences:
            inside = _in_sentence(figures(squeeze(sentence)), sentence, clause.anchor, fields, about)
            found += [(each, _only_for(demand, about, each)) for each, demand in inside]
    return found


def _about(clause: DraftClause, fields: Sequence[FoundField]) -> tuple[FoundField, str] | None:
    """Give the option that a whole clause is about: `（二）科技惠民类。…`, `（二）吸纳就业补助：…`."""
    lead = re.split("[。：:，；]", squeeze(next(iter(clause.sentences), "")), maxsplit=1)[0]
    return next(
        ((each, option.name) for each in fields for option in each.options if clause.deep and option.name == lead), None
    )


def _only_for(demand: FieldDemand, about: tuple[FoundField, str] | None, found: FoundField) -> FieldDemand:
    """Limit a demand to those who chose the option its clause is about; a field below that option needs no limit."""
    if about is None or demand.option or found is about[0] or (found.above is about[0] and found.option == about[1]):
        return demand
    return replace(demand, owner=about[0], option=about[1])


def figures(plain: str) -> str:
    """Write the numerals before a unit as figures: 不得超过三项 → 不得超过3项."""
    units = "|".join(sorted(map(re.escape, demand_words().units), key=len, reverse=True))
    return re.sub(
        rf"(?<![第（(])[一二三四五六七八九十两百千]{{1,5}}(?={units})",
        lambda found: str(whole_number(found[0]) or found[0]),
        plain,
    )


def _in_sentence(
    plain: str,
    quote: str,
    clause: str,
    fields: Sequence[FoundField],
    about: tuple[FoundField, str] | None = None,
) -> Iterator[tuple[FoundField, FieldDemand]]:
    last = 0
    for span in _spans(plain):
        owner = (_below(about, span, fields) if about else None) or _owner(plain[: span.start], span, fields)
        owner = owner or _granted(plain[: span.start], span, fields)
        condition = _condition(plain[: span.start], owner, fields) if owner is not None else None
        if owner is not None and condition is not _SOME:
            stretch = re.split(r"[，。；]", plain[: span.start])[-1] + plain[span.start : span.end]
            said = plain[min(last, span.start) : span.end]
            strength = strength_of(said, stretch)
            yield owner, FieldDemand(span.bound, span.limit, span.unit, clause, quote, strength, *(condition or ()))
        last = span.end
    for start, bound, day in _days(plain):
        owner = _dated(plain, start, fields)
        condition = _option_said(plain[:start], owner, fields) if owner is not None else None
        if owner is not None:
            yield owner, FieldDemand(bound, day, "", clause, quote, strength_of(plain, plain), *(condition or ()))


def _below(about: tuple[FoundField, str], span: _Span, fields: Sequence[FoundField]) -> FoundField | None:
    """Give the field below an option that a number in the option's own clause is about, if only one agrees with it."""
    below = [each for each in fields if each.above is about[0] and each.option == about[1] and _agrees(each, span)]
    asked = [each for each in below if each.label.endswith(demand_words().asked_for)]
    return (asked or below)[0] if len(asked or below) == 1 else None


def _spans(plain: str) -> list[_Span]:
    words = demand_words()
    number = _N.format(units="|".join(sorted(map(re.escape, words.units), key=len, reverse=True)))
    found = list[_Span]()
    for match in re.finditer(rf"(?P<low>\d+(?:\.\d+)?)(?P<u1>[^\d，。；]{{0,2}}?)[至到—\-~～–]{{1,2}}{number}", plain):
        if match["unit"] and match["u1"] in ("", match["unit"]):
            found.append(_Span(match.start(), match.end(), "least", float(match["low"]), match["unit"]))
            found.append(_Span(match.start(), match.end(), "most", float(match["n"]), match["unit"]))
    patterns: tuple[tuple[Bound, tuple[str, ...], tuple[str, ...]], ...] = (
        ("most", words.most, words.most_behind),
        ("least", words.least, words.least_behind),
    )
    for bound, before, behind in patterns:
        either = rf"(?:{'|'.join(before)})(?:{'|'.join(words.between)})?{number}", rf"{number}(?:{'|'.join(behind)})"
        for pattern in either:
            for match in re.finditer(pattern, plain):
                if match["unit"] and not any(one.start < match.end() and match.start() < one.end for one in found):
                    found.append(_Span(match.start(), match.end(), bound, float(match["n"]), match["unit"]))
    return sorted(found, key=lambda span: span.start)


def _owner(before: str, span: _Span, fields: Sequence[FoundField]) -> FoundField | None:
    """Give the field a number is about: the one named last before it, wholly, or in part with an agreeing unit."""
    words = demand_words()
    quoted = re.findall(r"[“\"]([^”\"]+)[”\"]", before)
    best, most = None, (0, 0)
    named = [(each, name) for each in fields if _agrees(each, span) for name in _names(each)]
    for each, label in named:
        at = before.rfind(label) if len(label) > 1 else -1
        if quoted and quoted[-1] == label:
            score = (100, at)
        elif at >= 0 and len(before) - at - len(label) <= _NEAR and not _leaves(before[at + len(label) :]):
            score = (50, at + len(label))
        else:
            shared = _shared(label, before[-_NEAR:])
            ends = shared > 1 and before.endswith(label[-shared:]) and span.unit not in words.common_units
            enough = shared >= _FEWEST_SHARED or ends
            fits = unit_of(each) == span.unit or (each.is_table and shared >= _FEWEST_SHARED)
            score = (shared, 0) if enough and fits else (0, 0)
        if score > most:
            best, most = each, score
    return best


def _leaves(between: str) -> bool:
    """Tell whether words between a field's name and a number turn to something else: 的8%给予补助，单个企业…."""
    return re.search("[。；%]", between) is not None or any(word in between for word in demand_words().others)


def _granted(before: str, span: _Span, fields: Sequence[FoundField]) -> FoundField | None:
    """Give the one sum a form applies for, where a notice says how much is granted at most."""
    if span.bound != "most" or span.unit not in ("元", "万元") or not any(w in before for w in demand_words().granted):
        return None
    applied = [each for each in fields if kind_of_field(each) == "money" and each.above is None and not each.sums]
    applied = [each for each in applied if any(word in each.label for word in demand_words().applied)]
    return applied[0] if len(applied) == 1 else None


def _names(found: FoundField) -> list[str]:
    """Give what a notice may call a field: its label and the synonyms of it."""
    label = squeeze(found.label)
    if found.sums is not None and found.sum_of.endswith(lexicon().amounts):
        return [f"{stem_of(found.sums)}{total}" for total in word_lists().totals]
    stem = [stem_of(found)] if found.is_table and len(stem_of(found)) > 1 else []
    return [
        label,
        *stem,
        *(name for group in word_lists().synonyms if label in group for name in group if name != label),
    ]


def stem_of(table: FoundField) -> str:
    """Give what a table is about: 工作人员 of 工作人员情况, 费用 of 费用概算."""
    label = squeeze(table.label)
    ends = sorted(demand_words().of_tables, key=len, reverse=True)
    return label.removesuffix(next((end for end in ends if label.endswith(end)), ""))


def _agrees(found: FoundField, span: _Span) -> bool:
    """Tell whether a field can have a number of this unit: 字 of texts, others of rows or of its own unit."""
    kind = kind_of_field(found)
    if span.unit in demand_words().words_units:
        return kind in ("text", "name", "long_text", "list")
    if kind == "rows":
        return span.unit in demand_words().of_rows
    if kind in ("list", "choices"):
        return span.unit not in ("元", "万元", "%")
    if kind == "money":
        return span.unit in ("元", "万元", "亿元")
    unit = unit_of(found)
    return kind in ("count", "decimal", "percent") and (
        not unit or unit == span.unit or {unit, span.unit} <= {"岁", "周岁"}
    )


def _shared(label: str, text: str) -> int:
    """Give how many characters of a label's beginning or end stand in a text in one piece, in its last stretch."""
    stretch = re.split(r"[，。；]", text)[-1]
    lengths = range(min(len(label), len(stretch)), 1, -1)
    return next((n for n in lengths if label[:n] in stretch or label[-n:] in stretch), 0)


_SOME: tuple[FoundField, str] = (FoundField("", Room("words")), "")
"""Stands for some applicants that no option of the form tells."""


def _condition(before: str, owner: FoundField, fields: Sequence[FoundField]) -> tuple[FoundField, str] | None:
    """Tell for whom a demand holds: those with an option (企业的…), those a yes-or-no field is about, some, or all."""
    parts = re.split(r"[，。；]", before)
    stretch = "，".join(parts[-2:])
    if said := _option_said(before, owner, fields):
        return said
    for each in fields:
        if each is owner:
            continue
        core = core_of(each)
        if core and re.search(rf"{re.escape(core)}(?:的|可以?|参加|人员)", before):
            return each, word_lists().yes_no[0][0]
    words = demand_words()
    if len(parts) > 1 and parts[-2].endswith("的"):
        return _SOME
    if any(word in stretch for word in words.conditional) or any(word in parts[-1] for word in words.among):
        return _SOME
    return None


def _option_said(before: str, owner: FoundField, fields: Sequence[FoundField]) -> tuple[FoundField, str] | None:
    """Give the option a demand is limited to by its words: 企业的…, 工程技术类申报人…."""
    stretch = "，".join(re.split(r"[，。；]", before)[-2:])
    those = "|".join(demand_words().those)
    said = [
        (found.start(), each, option.name)
        for each in fields
        for option in each.options
        if each is not owner and len(option.name) > 1
        for found in re.finditer(rf"{re.escape(option.name)}(?:类|任教)?(?:{those})", stretch)
    ]
    return max(said, key=lambda each: each[0])[1:] if said else None


def core_of(found: FoundField) -> str:
    """Give what a yes-or-no field asks, without 是否: 校级领导 of 是否校级领导."""
    names = {option.name for option in found.options}
    yes_no = any(names == set(pair) for pair in word_lists().yes_no)
    parts = re.split("是否|有无", squeeze(found.label), maxsplit=1)
    core = parts[-1] if yes_no and len(parts) > 1 else ""
    return core if len(core) >= _SHORTEST_CORE else ""


def _tail_said(label: str, before: str) -> int:
    """Give how many of a label's last characters stand right before a day: 完成时间 of 预计完成时间."""
    return next((n for n in range(len(label), 1, -1) if before.endswith(label[-n:])), 0)


_DATE = r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?(?:[（(][^（）()]{1,6}[）)])?"
_DATED: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("not_after", re.compile(rf"(?:不晚于|不迟于|不得晚于){_DATE}")),
    ("not_after", re.compile(rf"{_DATE}(?:以前|之前|前)")),
    ("not_before", re.compile(rf"(?:不早于|不得早于){_DATE}")),
    ("not_before", re.compile(rf"{_DATE}(?:及|（含）|\(含\))?(?:以后|之后|以来|后)")),
)


def _days(plain: str) -> Iterator[tuple[int, Bound, date]]:
    for bound, pattern in _DATED:
        for found in pattern.finditer(plain):
            try:
                yield found.start(), bound, date(int(found["y"]), int(found["m"]), int(found["d"] or 1))
            except ValueError:
                continue


def _dated(plain: str, start: int, fields: Sequence[FoundField]) -> FoundField | None:
    """Give the field of a day: named before the day, or by its first words behind it (以前启动 → 启动时间)."""
    dated = [each for each in fields if kind_of_field(each) in ("date", "month", "period")]
    before = re.split(r"[。；]", plain[:start])[-1]
    named = [each for each in dated if squeeze(each.label) in before]
    if named:
        return max(named, key=lambda each: before.rfind(squeeze(each.label)))
    parts = [(length, each) for each in dated if (length := _tail_said(squeeze(each.label), before)) >= _FEWEST_SHARED]
    if parts:
        return max(parts, key=lambda part: part[0])[1]
    behind = re.split(r"[，。；]", plain[start:])[0]
    periods = [each for each in dated if kind_of_field(each) == "period"]
    if len(periods) == 1 and any(word in behind for word in demand_words().begun):
        return periods[0]
    return next((each for each in dated if len(each.label) > 3 and squeeze(each.label)[:2] in behind), None)  # noqa: PLR2004 - 启动 of 启动时间
