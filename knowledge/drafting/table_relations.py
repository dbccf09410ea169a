"""Rules on tables of rows, drafted from sentences that name the table: bounds of a column, shares of its totals.

全部工作人员…，年龄不超过60周岁        {staff.age} ≤ 60, in every row
费用总额…，其中单位承担比例不低于30%   {cost_unit_total} ≥ {cost_total} × 30%
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from knowledge.drafting.demands import FieldDemand, bounds_at, demand_words, figures, stem_of, strength_of
from knowledge.drafting.field_draft import FieldDraft, whole
from knowledge.drafting.field_kind import lexicon
from knowledge.drafting.notice_text import DraftClause
from knowledge.drafting.relations import Relation
from knowledge.drafting.word_lists import word_lists
from knowledge.notice import squeeze

_SIGNS = {"least": "≥", "most": "≤"}
_NEAR = 12  # characters between a column's name and its bound
_SHORTEST = 2  # characters of a name that is no chance
_TEN_THOUSAND = {"万元": 10_000, "亿元": 100_000_000}
_RATIO = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{2,14}?)的?(?:比例|占比|比重|部分)?(?:应|须|原则上)?"
    r"(?P<sign>不低于|不得低于|不少于|不得少于|不超过|不得超过|不高于|不得高于|至少|至多)"
    r"(?P<whole>[\u4e00-\u9fff]{0,12}?)的?(?P<share>\d{1,3}(?:\.\d+)?)[%％]"
)


def table_relations(
    fields: Sequence[FieldDraft], demands: Sequence[tuple[FieldDraft, FieldDemand]], clauses: Sequence[DraftClause]
) -> list[Relation]:
    """Find the rules of a notice on the columns and totals of a form's tables; `demands` are those on single fields."""
    tables = [each for each in fields if each.entry.get("columns")]
    found = [relation for each in demands if (relation := _on_total(*each, tables)) is not None]
    for clause in clauses if tables else ():
        for sentence in clause.sentences:
            plain = figures(squeeze(sentence))
            for table in tables:
                found += _of_columns(plain, sentence, clause.anchor, table, fields)
                found += _of_totals(plain, sentence, clause.anchor, table, fields)
    return list({relation.check: relation for relation in found}.values())


def _on_total(total: FieldDraft, demand: FieldDemand, tables: Sequence[FieldDraft]) -> Relation | None:
    """Bound a total that is reckoned: its table is what is to be mended."""
    table = next((each for each in tables if each.found is total.found.sums), None)
    if table is None or not isinstance(demand.limit, int | float) or "derive" not in total.entry or demand.option:
        return None
    limit = whole(demand.limit * _TEN_THOUSAND.get(demand.unit, 1))
    check = f"{{{total.key}}} {_SIGNS[demand.bound]} {limit}"
    return Relation(check, table, demand.clause, demand.quote, demand.strength)


def _of_columns(
    plain: str, quote: str, clause: str, table: FieldDraft, fields: Sequence[FieldDraft]
) -> Iterator[Relation]:
    """Bound the cells of a column that a sentence names behind the table; a field of that name is meant itself."""
    stem, labels = stem_of(table.found), {squeeze(each.found.label) for each in fields}
    if len(stem) < _SHORTEST or stem not in plain:
        return
    for column in table.entry["columns"]:
        label = squeeze(column["label"])
        if column["kind"] not in ("count", "money", "decimal", "percent") or label in labels:
            continue
        for start, bound, limit, unit in bounds_at(plain):
            before = plain[:start]
            at = before.rfind(label)
            near = at > before.find(stem) and len(before) - at - len(label) <= _NEAR
            if near and not re.search("[，。；]", before[at:]) and _suits(column, unit):
                number = whole(limit * _TEN_THOUSAND.get(unit, 1))
                check = f"{{{table.key}.{column['key']}}} {_SIGNS[bound]} {number}"
                yield Relation(check, table, clause, quote, strength_of(plain[: start + 1], quote))


def _suits(column: dict[str, Any], unit: str) -> bool:
    if column["kind"] == "money":
        return unit in ("元", *_TEN_THOUSAND)
    own = {*column.get("units", ()), unit}
    return unit not in demand_words().words_units and (
        len(own) == 1 or own <= {"岁", "周岁"} or not column.get("units")
    )


def _of_totals(
    plain: str, quote: str, clause: str, table: FieldDraft, fields: Sequence[FieldDraft]
) -> Iterator[Relation]:
    """Hold the total of one column against a share of the table's main total, where a sentence names the part."""
    totals = [
        each for each in fields if each.found.sums is table.found and each.found.sum_of and "derive" in each.entry
    ]
    main = next((each for each in totals if each.found.sum_of.endswith(lexicon().amounts)), None)
    for told in _RATIO.finditer(plain) if main is not None else ():
        part = next((each for each in totals if each is not main and told["part"].endswith(each.found.sum_of)), None)
        whole_named = not told["whole"] or told["whole"].endswith(word_lists().totals)
        if part is not None and main is not None and whole_named:
            sign = "≥" if re.search("低|少", told["sign"]) else "≤"
            check = f"{{{part.key}}} {sign} {{{main.key}}} × {told['share']}%"
            yield Relation(check, table, clause, quote, strength_of(plain[: told.end()], told[0]))
