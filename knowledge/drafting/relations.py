"""Rules between fields, drafted from sentences that name two of them.

企业的在职人数不得少于5人          {staff} ≥ 5, when {category} = 企业
“已公示”一栏必须为“是”             {posted} = 是
申请资助不得高于项目总预算的60%     {grant} ≤ {total} × 60%
政治面貌为中共党员的，入党时间写明…   joined is asked when {politics} = 中共党员
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from knowledge.drafting.demands import FieldDemand, core_of, strength_of
from knowledge.drafting.draft_texts import fill, texts, todo_text
from knowledge.drafting.field_draft import FieldDraft, whole
from knowledge.drafting.notice_text import DraftClause
from knowledge.drafting.word_lists import load, word_lists
from knowledge.model import Model
from knowledge.notice import squeeze

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

    def entry(self) -> dict[str, Any]:
        """Give it as `form.yaml` holds it."""
        message = fill(texts().relation, label=self.at.found.name, quote=self.quote, clause=self.clause)
        when = {"when": self.when} if self.when else {}
        words = {"strength": self.strength, "clause": self.clause, "quote": self.quote, "message": message}
        return {"check": self.check, "at": self.at.key, **when, **words}


def relations_of(
    fields: Sequence[FieldDraft], demands: Sequence[tuple[FieldDraft, FieldDemand]], clauses: Sequence[DraftClause]
) -> list[Relation]:
    """Find the rules between fields; a `when` of a field is written into its entry."""
    by_found = {id(each.found): each for each in fields}
    found = [relation for each in demands if (relation := _conditional(*each, by_found)) is not None]
    for clause in clauses:
        for sentence in clause.sentences:
            plain = squeeze(sentence)
            found += _answers(plain, sentence, clause.anchor, fields)
            found += _shares(plain, sentence, clause.anchor, fields)
            _write_condition(plain, fields)
    return list({relation.check + relation.when: relation for relation in found}.values())


def _conditional(field: FieldDraft, demand: FieldDemand, by_found: Mapping[int, FieldDraft]) -> Relation | None:
    owner = by_found.get(id(demand.owner))
    sign = _BOUNDS.get(demand.bound)
    if owner is None or sign is None or not isinstance(demand.limit, int | float) or demand.of_words:
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
