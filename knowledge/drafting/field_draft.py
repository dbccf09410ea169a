"""One field of `form.yaml` drafted from what was found: label, kind, words, choices, where it stands, its rules."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.drafting.demands import FieldDemand, bounds_in
from knowledge.drafting.draft_texts import fill, texts, todo_text
from knowledge.drafting.field_key import key_of
from knowledge.drafting.field_kind import is_guessed, kind_of_field, lexicon, unit_of
from knowledge.drafting.found_field import FoundField
from knowledge.drafting.notice_text import DraftClause
from knowledge.drafting.photo_demands import photo_demands
from knowledge.drafting.printed_label import label_of
from knowledge.drafting.word_lists import word_lists
from knowledge.notice import squeeze

_ITEMS = ("rows", "list", "choices")
_NUMBERS = ("count", "money", "decimal", "percent")
_TEN_THOUSAND = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_LONGEST_HINT = 120
_TAIL = 2  # last characters of a label by which a sentence names it: 证号
_MOST_SENTENCES = 3
_ANY_PHOTOS = re.compile(r"照片\s*\d|\d\s*张")  # pictures of something, not of somebody
_TELLING = 4  # characters of a label that are no chance in a clause


@dataclass(slots=True)
class FieldDraft:
    """A field drafted: its entry in `form.yaml`, the kind it should have, what a person must look at (text by part)."""

    found: FoundField
    entry: dict[str, Any]
    wanted: str
    todo: list[tuple[str, str]] = field(default_factory=list)
    figures: int = 0  # of a number of a fixed length

    @property
    def key(self) -> str:
        """Its key."""
        return str(self.entry["key"])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a field is drafted in: kinds that exist, clauses, names of facts, keys of the fields before."""

    kinds: Container[str]
    clauses: Sequence[DraftClause]
    facts: Mapping[str, Any]
    properties: Container[str]


def drafted(
    found: FoundField, key: str, demands: Sequence[FieldDemand], around: Surroundings, before: Sequence[FieldDraft]
) -> FieldDraft:
    """Draft a field; `before` are those drafted already."""
    wanted = kind_of_field(found)
    kind = served_by(wanted, around.kinds)
    draft = FieldDraft(found, {"key": key, "label": found.name}, wanted)
    entry = draft.entry
    _write_kind(draft, kind, wanted)
    _write_choices(draft, kind, around)
    if kind == "rows":
        _write_rows(draft, around)
    if kind == "photo":
        entry |= photo_demands("；".join([found.hint, *_said_of_photos(around)]))
    if kind in ("code", "registration_no"):
        _write_length(draft, around)
    _write_print(draft, kind)
    _write_when(draft, before)
    _write_place(draft)
    _write_prompt(draft, wanted if wanted in lexicon().kinds else kind)
    _write_hint(draft, kind, demands, around)
    _write_rules(draft, kind, demands, around)
    _fit_example(draft)
    _derive(draft, before)
    if kind == "rows":
        entry["example"] = rows_example(entry)
    if kind == "consent":
        entry["statement"] = found.statement
        draft.todo.append(("statement", todo_text("consent", label=found.name)))
    return draft


def _derive(draft: FieldDraft, before: Sequence[FieldDraft]) -> None:
    """Let a total be reckoned from its table, and an amount in capitals from the sum before it."""
    found, entry = draft.found, draft.entry
    formula = ""
    if found.sums is not None:
        table = next((each for each in before if each.found is found.sums), None)
        columns = table.entry.get("columns", ()) if table else ()
        column = next((each for each in columns if each["label"] == found.sum_of), None)
        if table is not None and column is not None and column["kind"] in _NUMBERS:
            entry |= {"kind": column["kind"], **{name: column[name] for name in ("print", "units") if column.get(name)}}
            formula = f"sum({{{table.key}.{column['key']}}})"
        elif table is not None and not found.sum_of and columns:
            formula = f"count({{{table.key}.{columns[0]['key']}}})"
    elif found.label in word_lists().capitals or found.remark in word_lists().capitals:
        money = [each for each in before if each.entry["kind"] == "money"]
        of_rows = [each for each in money[-1:] if each.found.sums is not None]
        sums = next((each for each in money if of_rows and each.found.sums is of_rows[0].found.sums), None)
        sums = sums or next(reversed(money), None)
        formula = f"capital({{{sums.key}}})" if sums else ""
        entry |= {"kind": "text"} if sums else {}
    elif before and before[-1].entry["kind"] == "period" and found.label in _lengths(found):
        counted = {"天": "days", "日": "days", "个月": "months"}.get(found.room.unit, "")
        formula = f"{counted}({{{before[-1].key}.start}}, {{{before[-1].key}.end}})" if counted else ""
    if formula:
        entry.pop("rules", None)
        entry |= {"derive": formula, "prompt": "", "example": ""}
        draft.todo.append(("derive", todo_text("derive", label=found.name, formula=formula)))


def _lengths(found: FoundField) -> tuple[str, ...]:
    """Give what the length of a span of time is called behind it: `共__天`."""
    return (f"{found.room.unit}{word_lists().number}", *word_lists().counting) if found.at else ()


def _write_kind(draft: FieldDraft, kind: str, wanted: str) -> None:
    """Write what else the field is called, and its kind; a kind that is a guess is left to people."""
    found = draft.found
    aliases = [f"{found.group}（{found.label}）"] if found.grouped and found.above is None and not found.at else []
    aliases += _printed_otherwise(found)
    draft.entry |= {"aliases": aliases} if aliases else {}
    draft.entry["kind"] = kind
    if kind != wanted:
        draft.todo.append(("kind", todo_text("kind_missing", label=found.name, wanted=wanted, kind=kind)))
    elif wanted == "text" and not found.at and is_guessed(found):
        draft.todo.append(("kind", todo_text("kind_guessed", label=found.name)))


def _printed_otherwise(found: FoundField) -> list[str]:
    """Give the label as printed where its cell would not be known by the name alone: 其中：甲, （甲）."""
    return [found.printed] if re.match(r"其中[：:]?|[（(].*[)）]$", found.printed) else []


def _write_prompt(draft: FieldDraft, asked: str) -> None:
    """Write the question, and an example its kind takes: of a number of fixed length, as many figures."""
    entry = draft.entry
    entry["prompt"] = fill(lexicon().kinds[asked].prompt, label=draft.found.name)
    figures = draft.figures
    entry["example"] = ("1234567890" * 3)[:figures] if figures else _example(draft.found, asked, entry)


def _said_of_photos(around: Surroundings) -> list[str]:
    """Give what the notice says of portraits."""
    words = [word for word in word_lists().photos if len(word) > 1]
    sentences = [sentence for clause in around.clauses for sentence in clause.sentences]
    telling = [each for each in sentences if any(word in each for word in words) and not _ANY_PHOTOS.search(each)]
    return telling[:_MOST_SENTENCES]


def _write_length(draft: FieldDraft, around: Surroundings) -> None:
    """Bound a number by the figures the notice gives it: 证号为17位数字."""
    label = squeeze(draft.found.label)
    known = next((number for words, number in lexicon().lengths.items() if label.endswith(words)), 0)
    if known and draft.entry["kind"] == "code":
        draft.entry |= {"least": known, "most": known}
        return
    tail = label[-_TAIL:]
    pattern = re.compile(rf"{re.escape(tail)}[^，。；\d]{{0,4}}(?P<n>\d{{1,2}})位")
    for clause in around.clauses:
        if (found := pattern.search(squeeze(clause.text))) and "code" in around.kinds:
            draft.entry |= {"kind": "code", "least": int(found["n"]), "most": int(found["n"])}
            draft.entry["clause"] = clause.anchor
            draft.figures = int(found["n"])


def served_by(wanted: str, kinds: Container[str]) -> str:
    """Give the kind that serves for another while that does not exist; an empty text when none does."""
    while wanted and wanted not in kinds:
        wanted = lexicon().kinds[wanted].instead if wanted in lexicon().kinds else "text"
    return wanted


def _write_choices(draft: FieldDraft, kind: str, around: Surroundings) -> None:
    found = draft.found
    names = [option.name for option in found.options] or list(lexicon().known.get(found.label, ()))
    if kind == "boolean":
        names = sorted(
            names or word_lists().yes_no[0], key=lambda name: all(name != yes for yes, _ in word_lists().yes_no)
        )
    elif kind not in ("choice", "choices"):
        return
    choices: list[dict[str, Any]] = []
    for name in names:
        clause = next((each.anchor for each in around.clauses if _defines(each, name)), None)
        choices.append({"label": name, **({"clause": clause} if clause else {})})
    draft.entry["choices"] = choices


def _defines(clause: DraftClause, name: str) -> bool:
    first = next(iter(clause.sentences), "")
    return clause.deep and squeeze(first).strip('“”"') == squeeze(name) and len(name) > 1


def _write_rows(draft: FieldDraft, around: Surroundings) -> None:
    """Write the columns of a table, and what becomes of its spare rows; 单位：万元 behind its name is of all sums."""
    found, keys = draft.found, list[str]()
    columns = []
    of_all = re.search(rf"单位[：:]?(?P<unit>{'|'.join(_TEN_THOUSAND)})", f"{found.remark}{found.hint}")
    for column in found.columns:
        wanted = kind_of_field(column)
        if wanted == "date" and column.room.shape == "blank" and not column.label.endswith(word_lists().days):
            wanted = "month"
        if found.fixed and is_guessed(column) and (of_all or re.fullmatch(r"\d{4}年?度?", column.label)):
            wanted = "money" if of_all and not _units_of_rows(found) else "decimal"
        summed = wanted == "text" and column.label in found.totals and is_guessed(column)
        if of_all and not unit_of(column) and (wanted == "money" or summed):
            wanted, column.own_unit = "money", of_all["unit"]
            column.remark = column.remark or found.remark
        key = key_of(column.label, keys)
        keys.append(key)
        kind = served_by(wanted, around.kinds)
        entry: dict[str, Any] = {"key": key, "label": column.label, "kind": kind}
        entry |= {"aliases": also} if (also := _printed_otherwise(column)) else {}
        options = [option.name for option in column.options] or list(lexicon().known.get(column.label, ()))
        if kind in ("choice", "choices") and options:
            entry["choices"] = [{"label": name} for name in options]
        inner = FieldDraft(column, entry, wanted)
        _write_print(inner, kind)
        if kind in ("count", "decimal"):
            entry["print"] = {**entry.get("print", {}), "bare": True}
        if kind == "decimal" and found.fixed:
            entry["units"] = _units_of_rows(found) if len({label_of(name).remark for name in found.fixed}) == 1 else []
        entry["example"] = _example(column, kind, entry)
        entry |= {"optional": True} if any(word in column.label for word in lexicon().may_lack) else {}
        columns.append(entry)
    _derive_columns(columns)
    draft.entry["columns"] = columns
    if found.fixed:
        draft.entry["fixed"] = list(found.fixed)
    elif re.search(r"多[出余][^，。；]{0,4}[删去]", found.hint):
        draft.entry["spare"] = "remove"


def _units_of_rows(found: FoundField) -> list[str]:
    """Give the units in brackets behind the names of the rows a form prints: 销售量（吨）."""
    own = {label_of(name).remark for name in found.fixed}
    return [each for each in own if each in word_lists().units]


def _derive_columns(columns: list[dict[str, Any]]) -> None:
    """Let a total be reckoned from the sums before it, and an amount from how many and at what price."""
    totals, words = word_lists().totals, lexicon()
    for number, column in enumerate(columns):
        before = columns[:number]
        sums = [each["key"] for each in before if each["kind"] == "money"]
        counts = [each["key"] for each in before if each["kind"] in ("count", "decimal")]
        prices = [each["key"] for each in before if each["label"].endswith(words.prices)]
        formula = ""
        if column["label"] in totals and len(sums) > 1:
            formula = " + ".join(f"{{{key}}}" for key in sums)
        elif column["label"].endswith(words.amounts) and prices and counts:
            formula = f"{{{counts[-1]}}} × {{{prices[-1]}}}"
        if formula:
            column |= {"kind": "money", "derive": formula}
            column.pop("example", None)
            column.setdefault("print", before[-1].get("print", {}) if column["label"] in totals else {})


def rows_example(entry: Mapping[str, Any], *, named: bool = False) -> str:
    """Give rows as an applicant may type them, as many as there must be; `named` says which column each cell is."""
    asked = [column for column in entry["columns"] if "derive" not in column and column.get("example")]
    shown = [f"{column['label']}：{column['example']}" if named else str(column["example"]) for column in asked]
    least = entry.get("least", 1)
    number = len(entry.get("fixed", ())) or max(1, least if isinstance(least, int) else 1)
    return "\n".join(["，".join(filter(None, shown))] * number)


def _write_print(draft: FieldDraft, kind: str) -> None:
    """Say how the cell wants the value where a unit is printed in it, over it or beside it."""
    found, unit = draft.found, unit_of(draft.found)
    if kind in ("count", "decimal"):
        unit = unit or next(
            (unit for words, unit in word_lists().label_units.items() if found.label.endswith(words)), ""
        )
        if unit:
            draft.entry["units"] = [unit]
    if found.characters:
        draft.entry["print"] = {"cells": found.characters}
    elif unit and unit_of(found) and kind in _NUMBERS:
        own = {"unit": unit} if kind == "money" else {}
        decimals = {"decimals": 2} if re.search(r"[两2二]位小数", f"{found.remark}{found.section}{found.hint}") else {}
        draft.entry["print"] = {**own, **(decimals if kind != "count" else {}), "bare": True}


def _write_when(draft: FieldDraft, before: Sequence[FieldDraft]) -> None:
    found = draft.found
    owner = next((each for each in before if each.found is found.above), None)
    option: Any = found.option
    if owner is None and re.search(r"[已有是].{0,6}填", found.remark):
        owner = before[-1] if before and before[-1].entry["kind"] == "boolean" else None
        option = word_lists().yes_no[0][0]
    if owner is None or owner.entry["kind"] not in ("choice", "choices", "boolean"):
        return
    said = todo_text("when", label=found.name, other=owner.found.name, option=option)
    draft.entry["when"] = _chosen(owner, option)
    draft.todo.append(("when", said))


def _chosen(owner: FieldDraft, option: str) -> str:
    """Write that an option is chosen: the first of two is yes."""
    yes, no = word_lists().yes_no[0]
    if owner.entry["kind"] == "boolean":
        answer = yes if any(option == pair[0] for pair in word_lists().yes_no) else no
        return f"{{{owner.key}}} = {answer}"
    return f'{{{owner.key}}} {"包含" if owner.entry["kind"] == "choices" else "="} "{option}"'


def _write_place(draft: FieldDraft) -> None:
    if draft.found.at:
        whole = draft.found.above is not None or draft.found.sums is not None
        draft.entry["at"] = draft.found.at if whole else f"{draft.found.label_cell} {draft.found.at}".strip()
    if draft.found.also_at:
        where = f"{word_lists().cover} " if draft.found.cover_ends else ""
        draft.entry["also_at"] = [f"{where}{label}" for label in draft.found.also_at]


def _example(found: FoundField, kind: str, entry: Mapping[str, Any]) -> str:
    """Give an answer the kind takes: the first choice, one for such a label, else that of the kind."""
    if entry.get("choices"):
        return str(entry["choices"][0]["label"])
    words, unit = lexicon(), next(iter(entry.get("units", ())), "")
    names = [name for name in words.examples if found.name.endswith(name)]
    own = words.examples[max(names, key=len)] if names else ""
    suited = own and kind in ("name", "text", "count", "date", "decimal", "month", "address")
    fitting = suited and (kind not in ("count", "decimal") or "{unit}" in own or own[0].isdigit())
    return fill(own if fitting else words.kinds[kind].example, unit=unit)


def _fit_example(draft: FieldDraft) -> None:
    """Move an example of a number or a day within the bounds of its rules."""
    for rule in draft.entry.get("rules", ()):
        limit, name = rule["limit"], rule["rule"]
        if isinstance(limit, date):
            years = {"not_after": 0, "started_before": -1, "not_before": 0}.get(name)
            if years is not None:
                day = date(limit.year + years, limit.month, min(limit.day, 28))
                shown = f"{day.year}年{day.month}月{day.day}日"
                draft.entry["example"] = f"{day.year}年{day.month}月至今" if name == "started_before" else shown
        elif name in ("at_least", "at_most"):
            unit = next(iter(draft.entry.get("units", ())), "")
            draft.entry["example"] = f"{limit}{unit}" if draft.entry["kind"] != "money" else _sum(limit)


def _sum(yuan: float) -> str:
    return f"{whole(yuan / 10_000)}万元" if yuan % 1000 == 0 else f"{yuan}元"


def _write_hint(draft: FieldDraft, kind: str, demands: Sequence[FieldDemand], around: Surroundings) -> None:
    found, words = draft.found, lexicon()
    hint = "；".join(
        part for part in re.split("；", found.hint) if part not in (unit_of(found), "photo", *word_lists().seals)
    )
    hint = hint.strip("（）()。") if hint.count("（") == hint.count("）") and hint[:1] in "（(" else hint
    if hint and len(hint) <= _LONGEST_HINT:
        draft.entry["hint"] = hint.replace("{", "（").replace("}", "）")
    mention = _mention(found, demands, around)
    if mention is not None:
        draft.entry["clause"] = mention.anchor
    said = " ".join([found.hint, *(each for each in (mention.sentences if mention else ()) if found.label in each)])
    none = any(word in said for word in words.none)
    named = any(word in found.label for word in words.optional)
    allowed = any(word in found.hint for word in words.may_be_empty)
    if (none or named or allowed) and kind not in ("boolean", "consent"):
        draft.entry["optional"] = True
        draft.entry |= {"empty": word_lists().none} if none else {}
        draft.todo.append(("optional", todo_text("optional", label=found.name)))


def _mention(found: FoundField, demands: Sequence[FieldDemand], around: Surroundings) -> DraftClause | None:
    """Find the clause that speaks of a field: that demands something of it, else names it in “”, else by name."""
    demanding = next((clause for clause in around.clauses for each in demands if clause.anchor == each.clause), None)
    quoted = next((clause for clause in around.clauses if f"“{found.label}”" in squeeze(clause.text)), None)
    named = (
        clause for clause in around.clauses if len(found.label) >= _TELLING and found.label in squeeze(clause.text)
    )
    return demanding or quoted or next(named, None)


def _write_rules(draft: FieldDraft, kind: str, demands: Sequence[FieldDemand], around: Surroundings) -> None:
    printed = [
        FieldDemand(bound, limit, unit, "", draft.found.hint, "reject")
        for bound, limit, unit in bounds_in(draft.found.hint)
        if not any(each.bound == bound and each.of_words == _of_words(unit) for each in demands)
    ]
    rules, seen = [], set[str]()
    laxer = _laxer(demands)
    for demand in (*demands, *printed):
        if demand.option or demand in laxer:
            continue
        if kind in _ITEMS and not demand.of_words and isinstance(demand.limit, int | float):
            if demand.bound in ("least", "most") and not (demand.unit and demand.clause == "" and kind == "list"):
                draft.entry.setdefault(demand.bound, whole(demand.limit))
                _note(draft, demand)
            continue
        rule = _rule(draft, kind, demand, around)
        if rule is not None and rule["rule"] not in seen:
            seen.add(rule["rule"])
            rules.append(rule)
            _note(draft, demand)
    if rules:
        draft.entry["rules"] = rules


def _laxer(demands: Sequence[FieldDemand]) -> list[FieldDemand]:
    """Give the demands that do not hold for all: another clause is laxer with some applicants."""
    bent = {(each.bound, each.unit) for each in demands if each.option}
    return [each for each in demands if not each.option and (each.bound, each.unit) in bent and each.bound == "least"]


def _of_words(unit: str) -> bool:
    return unit.endswith(("字", "字符"))


def _note(draft: FieldDraft, demand: FieldDemand) -> None:
    key = "rule" if demand.clause else "rule_hint"
    said = todo_text(key, label=draft.found.name, clause=demand.clause, quote=demand.quote, strength=demand.strength)
    if ("rules", said) not in draft.todo:
        draft.todo.append(("rules", said))


def _rule(draft: FieldDraft, kind: str, demand: FieldDemand, around: Surroundings) -> dict[str, Any] | None:
    name = _rule_name(kind, demand)
    if not name:
        return None
    limit: Any = demand.limit if isinstance(demand.limit, date) else whole(demand.limit)
    shown = f"{limit.year}年{limit.month}月{limit.day}日" if isinstance(limit, date) else limit
    if kind == "money" and not isinstance(limit, date):
        limit = whole(limit * _TEN_THOUSAND.get(demand.unit, 1))
    said = fill(texts().said["clause" if demand.clause else "form"], quote=demand.quote, clause=demand.clause)
    message = fill(texts().rules[name], label=draft.found.name, limit=shown, unit=demand.unit, said=said)
    rule: dict[str, Any] = {"rule": name, "strength": demand.strength, "limit": limit}
    if demand.clause:
        rule |= {"clause": demand.clause, "quote": demand.quote}
    del around
    return {**rule, "message": message}


def _rule_name(kind: str, demand: FieldDemand) -> str:
    if demand.of_words:
        long = kind == "long_text"
        names = {"most": "word_limit" if long else "max_length", "least": "min_words" if long else "min_length"}
        return names.get(demand.bound, "") if kind in ("long_text", "text", "name") else ""
    if isinstance(demand.limit, date):
        if kind == "period":
            return "started_before" if demand.bound == "not_after" else ""
        return demand.bound if kind in ("date", "month") else ""
    return (
        {"least": "at_least", "most": "at_most"}.get(demand.bound, "") if kind in ("count", "money", "decimal") else ""
    )


def whole(number: float) -> int | float:
    """Give a whole number without its decimal point."""
    return int(number) if float(number).is_integer() else number
