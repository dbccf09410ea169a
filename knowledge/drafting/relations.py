"""Rules between fields, drafted from sentences that name two of them.

企业的在职人数不得少于5人          {staff} ≥ 5, when {category} = 企业
“已公示”一栏必须为“是”             {posted} = 是
申请资助不得高于项目总预算的60%     {grant} ≤ {total} × 60%
政治面貌为中共党员的，入党时间写明…   joined is asked when {politics} = 中共党员
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from stdnum.cn import ric

from knowledge.drafting.demands import FieldDemand, core_of, figures, stem_of, strength_of
from knowledge.drafting.draft_texts import fill, texts, todo_text
from knowledge.drafting.field_draft import FieldDraft, whole
from knowledge.drafting.notice_text import DraftClause
from knowledge.drafting.word_lists import load, word_lists
from knowledge.model import Model
from knowledge.notice import squeeze

DEADLINE = "deadline"
"""The fact ages are counted on."""

_BOUNDS = {"least": "≥", "most": "≤"}
_SHARE = re.compile(
    r"(?:不得?(?:高于|超过|大于|多于)|至多为|最多为|控制在)(?P<whole>[^，。；\d]{2,14}?)的?(?P<share>\d{1,3}(?:\.\d+)?)%"
)
_OF, _THOSE = r"[为是选]“?", r"”?的(?:，|,)"
_TEN_THOUSAND = {"万元": 10_000, "亿元": 100_000_000}


class RelationWords(Model):
    """Words by which sentences about two fields are known (`relation_words.yaml`)."""

    must: tuple[str, ...]
    bars: tuple[str, ...]
    spans: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    rests: tuple[str, ...]
    exempt: tuple[str, ...]


@cache
def _words() -> RelationWords:
    return load(RelationWords, "relation_words.yaml")


@dataclass(frozen=True, slots=True)
class Relation:
    """A rule between fields: what must hold, the field to mend, for whom, and the words it stands on."""

    check: str
    at: FieldDraft
    clause: str
    quote: str
    strength: str
    when: str = ""
    message: str = ""

    def entry(self) -> dict[str, Any]:
        """Give it as `form.yaml` holds it."""
        message = self.message or fill(texts().relation, label=self.at.found.name, quote=self.quote, clause=self.clause)
        when = {"when": self.when} if self.when else {}
        words: dict[str, Any] = {"strength": self.strength, "message": message}
        words |= {"clause": self.clause, "quote": self.quote} if self.clause else {}
        return {"check": self.check, "at": self.at.key, **when, **words}


def relations_of(
    fields: Sequence[FieldDraft],
    demands: Sequence[tuple[FieldDraft, FieldDemand]],
    clauses: Sequence[DraftClause],
    facts: Container[str],
) -> list[Relation]:
    """Find the rules between fields; conditions of fields, and examples that keep the rules, go into the entries."""
    by_found = {id(each.found): each for each in fields}
    found = [relation for each in demands if (relation := _conditional(*each, by_found)) is not None]
    for clause in clauses:
        for sentence in clause.sentences:
            plain = figures(squeeze(sentence))
            found += _answers(plain, sentence, clause.anchor, fields)
            found += _shares(plain, sentence, clause.anchor, fields)
            found += _spans(plain, sentence, clause.anchor, fields)
            _write_condition(plain, fields)
        found += _ages(clause, fields, closes=DEADLINE in facts)
    found += _identities(fields)
    _fit_periods(found)
    return list({relation.check + relation.when: relation for relation in found}.values())


def _conditional(field: FieldDraft, demand: FieldDemand, by_found: Mapping[int, FieldDraft]) -> Relation | None:
    owner = by_found.get(id(demand.owner))
    sign = _BOUNDS.get(demand.bound)
    if owner is not None and isinstance(demand.limit, date):
        day = f"{demand.limit.year}年{demand.limit.month}月"
        day += f"{demand.limit.day}日" if field.entry["kind"] == "date" else ""
        compare = "≥" if demand.bound == "not_before" else "≤"
        when = _is(owner, demand.option)
        return Relation(f"{{{field.key}}} {compare} {day}", field, demand.clause, demand.quote, demand.strength, when)
    if owner is None or sign is None or isinstance(demand.limit, date) or demand.of_words:
        return None
    limit = whole(demand.limit * _TEN_THOUSAND.get(demand.unit, 1))
    name = f"count({{{field.key}}})" if field.entry.get("columns") else f"{{{field.key}}}"
    return Relation(
        f"{name} {sign} {limit}", field, demand.clause, demand.quote, demand.strength, _is(owner, demand.option)
    )


def _is(field: FieldDraft, option: str) -> str:
    """Write that an option is chosen."""
    sign = "包含" if field.entry["kind"] == "choices" else "="
    return f'{{{field.key}}} {sign} "{option}"' if field.entry.get("choices") else ""


def _answers(plain: str, quote: str, clause: str, fields: Sequence[FieldDraft]) -> Iterator[Relation]:
    """Find the yes or no that a condition demands: 必须为“是”, or what the field asks, said of who may apply or not."""
    yes, no = word_lists().yes_no[0]
    for field in fields:
        label, core = squeeze(field.found.label), core_of(field.found)
        if not core:
            continue
        told = re.search(rf"{re.escape(label)}.{{0,8}}(?:为|选|填)[“\"]?(?P<answer>[{yes}{no}])", plain)
        barred = any(word in plain.partition(core)[2] for word in _words().bars)
        if told:
            yield Relation(f"{{{field.key}}} = {told['answer']}", field, clause, quote, "reject")
        elif core in plain and "是否" not in plain and (barred or any(word in plain for word in _words().must)):
            yield Relation(f"{{{field.key}}} = {no if barred else yes}", field, clause, quote, "reject")


def _shares(plain: str, quote: str, clause: str, fields: Sequence[FieldDraft]) -> Iterator[Relation]:
    money = [each for each in fields if each.entry["kind"] in ("money", "count", "decimal")]
    for found in _SHARE.finditer(plain):
        whole_ = next((each for each in money if squeeze(each.found.label).endswith(found["whole"])), None)
        before = [
            (plain.rfind(squeeze(each.found.label), 0, found.start()), each) for each in money if each is not whole_
        ]
        at, part = max(before, key=lambda each: each[0], default=(-1, None))
        if whole_ is not None and part is not None and at >= 0:
            check = f"{{{part.key}}} ≤ {{{whole_.key}}} × {found['share']}%"
            yield Relation(check, part, clause, quote, strength_of(plain[: found.end()], found[0]))


_YEARS = re.compile(
    r"(?<!月)(?P<low>\d+)(?:年|个月|日|天)?[至到—–~～-]{1,2}(?P<high>\d+)(?P<unit>年|个月|日|天)"
    r"|(?:不超过|不得超过|不长于|最长|至多)(?P<most>\d+)(?P<unit_most>年|个月|日|天)"
    r"|(?:不少于|不得少于|不短于|至少|不低于)(?P<least>\d+)(?P<unit_least>年|个月|日|天)"
)
_DAY = r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:\d{1,2}日)?"
_BETWEEN = re.compile(
    r"在(?P<from>\d{4}年\d{1,2}月\d{1,2}日)[至到—–~～-]{1,2}(?P<to>\d{4}年\d{1,2}月\d{1,2}日)(?:之间|期间|以内|内|完成)"
)
_ENDS = (
    ("start", "≥", re.compile(rf"(?:不早于|不得早于){_DAY}")),
    ("end", "≤", re.compile(rf"(?:不晚于|不得晚于|不迟于|不得迟于){_DAY}")),
    ("end", "≤", re.compile(rf"{_DAY}(?:之?前|以前)")),
)


def _spans(plain: str, quote: str, clause: str, fields: Sequence[FieldDraft]) -> Iterator[Relation]:
    """Find how long the only span of time of a form may be, and when it may begin and end."""
    periods = [each for each in fields if each.entry["kind"] == "period" and each.found.above is None]
    if len(periods) != 1:
        return
    field, key, label = periods[0], periods[0].key, squeeze(periods[0].found.label)
    named = False
    for part in re.split("[，。；]", plain):
        named = named or label in part
        said = label in part or any(word in part for word in _words().spans)
        strength = strength_of(part, part)
        if said and not any(word in part for word in _words().rests) and (found := _YEARS.search(part)):
            units = found.group("unit", "unit_most", "unit_least")
            counted, times = ("days", 1) if {"日", "天"} & {*units} else ("months", 12 if "年" in units else 1)
            length = f"{counted}({{{key}.start}}, {{{key}.end}})"
            for sign, number in (("≥", found["low"] or found["least"]), ("≤", found["high"] or found["most"])):
                if number:
                    yield Relation(f"{length} {sign} {int(number) * times}", field, clause, quote, strength)
        for end, sign, pattern in _ENDS:
            words = _words().begins if end == "start" else _words().ends
            if any(word in part for word in words) and (told := pattern.search(part)):
                month = f"{told['year']}年{int(told['month'])}月"
                yield Relation(f"{{{key}.{end}}} {sign} {month}", field, clause, quote, strength)
        if named and (told := _BETWEEN.search(part)):
            yield Relation(f"{{{key}.start}} ≥ {told['from']}", field, clause, quote, strength)
            yield Relation(f"{{{key}.end}} ≤ {told['to']}", field, clause, quote, strength)


_LIMIT = re.compile(
    r"^(?P<what>\{[a-z0-9_]+\.(?:start|end)\}|months|days)[^≤≥]*(?P<sign>[≤≥]) (?P<n>\d+)(?:年(?P<m>\d+)月)?"
)


def _fit_periods(found: Sequence[Relation]) -> None:
    """Move the example of a span of time within what its relations allow."""
    for field in {id(each.at): each.at for each in found if each.at.entry["kind"] == "period"}.values():
        told = [match for each in found if each.at is field and (match := _LIMIT.match(each.check))]
        _write_period(field, {(each["what"].strip("{}").rpartition(".")[2], each["sign"]): each for each in told})


def _write_period(field: FieldDraft, limits: Mapping[tuple[str, str], re.Match[str]]) -> None:
    first = limits.get(("start", "≥"))
    start = int(first["n"]) * 12 + int(first["m"]) - 1 if first else 2024 * 12 + 2
    length = next((int(limits["months", sign]["n"]) for sign in "≥≤" if ("months", sign) in limits), 12)
    days = next((int(limits["days", sign]["n"]) for sign in "≥≤" if ("days", sign) in limits), 0)
    if days:
        begin = date(start // 12, start % 12 + 1, 1)
        end = begin + timedelta(days - 1)
        shown = [f"{each.year}年{each.month}月{each.day}日" for each in (begin, end)]
        field.entry["example"] = "至".join(shown)
        return
    last = limits.get(("end", "≤"))
    if last is not None and start + length - 1 > int(last["n"]) * 12 + int(last["m"]) - 1:
        start = int(last["n"]) * 12 + int(last["m"]) - length
    final = start + length - 1
    field.entry["example"] = f"{start // 12}年{start % 12 + 1}月至{final // 12}年{final % 12 + 1}月"


_AGED = "年龄"
_AGE = re.compile(
    r"年龄[^，。；\d]{0,12}?(?:不超过|不得超过|在)?(?P<n>\d{2})(?:周岁|岁)(?P<under>以下|以内|及以下|（含）以下)?"
)


def _ages(clause: DraftClause, fields: Sequence[FieldDraft], *, closes: bool) -> Iterator[Relation]:
    """Hold a birthday against the oldest age, where the form asks for none: on the day named, else at the deadline.

    Where some, whom no option of the form tells, may be older, the limit only asks.
    """
    at, born = _birthday(fields)
    if at is None or any(squeeze(each.found.label).endswith(_AGED) for each in fields):
        return
    said = [(figures(squeeze(sentence)), sentence) for sentence in clause.sentences]
    rows = [
        stem_of(each.found) for each in fields for column in each.entry.get("columns", ()) if column["label"] == _AGED
    ]
    said = [each for each in said if not any(stem in each[0] for stem in rows)]
    laxer = any(word in plain for plain, _ in said for word in _words().exempt)
    found = list[Relation]()
    for plain, sentence in said:
        before = ""
        for part in re.split("[，。；]", plain):
            told, some = _AGE.search(part), before.endswith("的")
            when = _option_named(f"{before}，{part}" if some else part, fields)
            laxer = laxer or (told is not None and some and not when)
            before = part
            if told is None or "出生" in part or not ("超过" in told[0] or told["under"]) or (some and not when):
                continue
            on = re.search(r"(?:截至|截止|计算至|按)(?P<day>\d{4}年\d{1,2}月\d{1,2}日)", plain)
            if on or closes:
                check = f"age_on({born}, {on['day'] if on else f'{{{DEADLINE}}}'}) ≤ {told['n']}"
                found.append(Relation(check, at, clause.anchor, sentence, strength_of(part, part), when))
    for each in found:
        yield replace(each, strength="warn") if laxer and not each.when else each


def _birthday(fields: Sequence[FieldDraft]) -> tuple[FieldDraft | None, str]:
    """Give the field that tells when the applicant was born, and what it says: a day, an identity number, a month."""
    born = next((each for each in fields if squeeze(each.found.label).startswith("出生")), None)
    card = next((each for each in fields if each.entry["kind"] == "id_card"), None)
    if born is not None and (born.entry["kind"] == "date" or (card is None and born.entry["kind"] == "month")):
        return born, f"{{{born.key}}}"
    return card, f"born({{{card.key}}})" if card is not None else ""


def _option_named(part: str, fields: Sequence[FieldDraft]) -> str:
    """Write the condition for the longest option that a stretch of a sentence names."""
    named = [
        (len(choice["label"]), field, choice["label"])
        for field in fields
        for choice in field.entry.get("choices", ())
        if len(choice["label"]) > _SHORT and choice["label"] in part
    ]
    return _is(*max(named, key=lambda each: each[0])[1:]) if named else ""


def _identities(fields: Sequence[FieldDraft]) -> Iterator[Relation]:
    """Hold sex and birth against the identity number of the same person."""
    cards = [each for each in fields if each.entry["kind"] == "id_card" and each.found.above is None]
    if len(cards) != 1:
        return
    card = cards[0]
    born = _suited_birthday(fields)
    card.entry["example"] = _card_of(born)
    for field in fields:
        label, kind = squeeze(field.found.label), field.entry["kind"]
        if field.found.group != card.found.group or field.found.above is not None:
            continue
        check = ""
        if kind == "choice" and {each["label"] for each in field.entry["choices"]} == {"男", "女"}:
            check = f"sex({{{card.key}}}) = {{{field.key}}}"
        elif label.startswith("出生") and kind in ("date", "month"):
            told = f"born({{{card.key}}})"
            check = f"{told} = {{{field.key}}}" if kind == "date" else f"months({told}, {{{field.key}}}) = 1"
        if check:
            field.entry["example"] = _shown_as(field, born)
            message = fill(texts().identity_number, label=field.found.name, card=card.found.name)
            yield Relation(check, field, "", "", "reject", message=message)


_SHORT = 3  # characters of an option that may be a word of a sentence
_BORN = date(1990, 3, 7)
_YOUNGER = 2  # years after the first birthday that is allowed


def _suited_birthday(fields: Sequence[FieldDraft]) -> date:
    """Give a birthday for examples that the rules on birthdays allow."""
    rules = (
        rule for field in fields if field.entry["kind"] in ("date", "month") for rule in field.entry.get("rules", ())
    )
    limits = [rule["limit"] for rule in rules if rule["rule"] == "not_before" and isinstance(rule["limit"], date)]
    return date(max(limits).year + _YOUNGER, _BORN.month, _BORN.day) if limits and max(limits) > _BORN else _BORN


def _card_of(born: date) -> str:
    """Give an identity number for an example: of a man, with its check digit."""
    number = f"110101{born:%Y%m%d}803"
    return number + str(ric.calc_check_digit(f"{number}0"))


def _shown_as(field: FieldDraft, born: date) -> str:
    if field.entry.get("choices"):
        return str(field.entry["choices"][0]["label"])
    day = f"{born.day}日" if field.entry["kind"] == "date" else ""
    return f"{born.year}年{born.month}月{day}"


def _write_condition(plain: str, fields: Sequence[FieldDraft]) -> None:
    """Ask for a field only where the notice says: 政治面貌为甲的，入党时间写明….

    The field must come behind the one it hangs on.
    """
    for number, owner in enumerate(fields):
        for choice in owner.entry.get("choices", ()):
            said = re.escape(squeeze(owner.found.label)) + _OF + re.escape(choice["label"]) + _THOSE
            found = re.search(said, plain)
            behind = re.split(r"[，。；]", plain[found.end() :])[0] if found else ""
            for field in fields[number + 1 :] if behind else ():
                if squeeze(field.found.label) in behind and "when" not in field.entry and not field.found.left_blank:
                    field.entry["when"] = _is(owner, choice["label"])
                    parts = {"label": field.found.name, "other": owner.found.name, "option": choice["label"]}
                    field.todo.append(("when", todo_text("when", **parts)))
