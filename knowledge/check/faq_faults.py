"""Is the FAQ sound? Facts, fields, doubled wordings, numbers the notice does not have, clauses left out."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from knowledge.check.text_names import name_faults
from knowledge.facts import Facts, UnknownFactError
from knowledge.faq import Comparison, FaqEntry, Wording
from knowledge.loading.faq_files import read_faq
from knowledge.notice import squeeze
from knowledge.pack import NoticePack
from knowledge.problems import Problem
from knowledge.search.index import spelled, wordings
from knowledge.search.spelling import tokens

_ANSWER = ("deadline_note",)  # names of the moment, by where they may stand
_COMPARED = ("said",)
_AROUND = ("days",)
_FIRST = ("first", "first_words", "first_quote")
_BOTH = (*_FIRST, "second", "second_words", "second_quote")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ITEM = re.compile(r"^\s*\d+[.、．]", re.MULTILINE)

NO_FACT = "没有“{name}”这个事实"
NO_FIELD = "没有“{key}”这个栏目"
ONE_OF = "改成这些之一：{names}"
STRANGE = ("答复里的“{number}”不在通知里", "核对通知；通知里的日期、数字请写成 {deadline} 这样的事实名")
WRONG_FACT = ("compare 的 how 是 {how}，要和{what}比较，事实 {name} 不是", "换一个事实，或改 how")
NO_UNITS = ("compare 的 how 是 at_most，却没有写 units", "加上数字后面会跟的词，例如 units: [个, 项]")
NO_GROUND = (
    "“{id}”没有依据",
    "用 cites 引用通知原文；通知没有说的，移到 faq/open.yaml（旧的 faq.yaml 里加一行 covered: false）",
)
DOUBLED = ("问法“{wording}”与“{owner}”里的问法几乎一样，会答错", "只留在“{owner}”或“{id}”其中一条里")
NO_ENTRY = ("没有“{id}”这一条问答", "改成问答里有的编号")
NO_LABEL = ("表上没有“{label}”这一类", "改成这些之一：{labels}")
LEFT_OUT = ("“{anchor}”没有一条问答引用", "在 faq/answers.yaml 里为它写一条问答")

_Place = tuple[int | str, ...]
_Fault = tuple[_Place, str, str, str]  # place in `Faq`, the words at fault, reason, mend


def faq_problems(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List what is wrong with the FAQ's entries and common sentences, and clauses of the notice no entry speaks of."""
    numbers = _numbers(pack)
    faults = [*_doubled(pack.faq.entries), *_around(pack)]
    for number, entry in enumerate(pack.faq.entries):
        faults += [
            (("entries", number, *place), words, reason, mend)
            for place, words, reason, mend in _in_entry(entry, pack, numbers)
        ]
    faults += _category_faults(pack)
    if faults:
        sources = read_faq(folder)[1]
        # a fault in a sentence that many entries share is one fault
        yield from dict.fromkeys(
            Problem(*sources.where(place, words), reason, mend) for place, words, reason, mend in faults
        )
    yield from _left_out(folder, pack)


def _in_entry(entry: FaqEntry, pack: NoticePack, numbers: frozenset[str]) -> Iterator[_Fault]:
    texts: list[tuple[tuple[str, ...], str, tuple[str, ...]]] = [(("answer",), entry.answer, _ANSWER)]
    if entry.compare:
        texts += [
            (("compare", name), text, _COMPARED)
            for name, text in (("holds", entry.compare.holds), ("fails", entry.compare.fails))
        ]
        yield from _in_compare(entry.compare, pack.facts)
    for place, text, allowed in texts:
        yield from _unknown_names(place, text, pack.facts, allowed)
        for number in _strange_numbers(text, numbers):
            yield place, number, STRANGE[0].format(number=number), STRANGE[1]
    for key in entry.fields:
        if key not in pack.fields:
            yield ("fields",), "", NO_FIELD.format(key=key), _one_of(pack.fields)
    if entry.covered and not entry.cites:
        yield ("id",), "", NO_GROUND[0].format(id=entry.id), NO_GROUND[1]


def _in_compare(compare: Comparison, facts: Facts) -> Iterator[_Fault]:
    """Look at what a question is held against: the fact must be of the kind, and a number needs its units."""
    if compare.fact not in facts:
        yield ("compare", "fact"), "", NO_FACT.format(name=compare.fact), _one_of(facts)
        return
    limit = _limit(compare.fact, facts)
    if not isinstance(limit, int | Decimal if compare.how == "at_most" else date):
        what = "一个数" if compare.how == "at_most" else "一个日期"
        reason = WRONG_FACT[0].format(how=compare.how, what=what, name=compare.fact)
        yield ("compare", "fact"), "", reason, WRONG_FACT[1]
    if compare.how == "at_most" and not compare.units:
        yield ("compare", "how"), "", *NO_UNITS


def _limit(name: str, facts: Facts) -> object:
    try:
        return facts.limit(name)
    except UnknownFactError:
        return None


def _around(pack: NoticePack) -> Iterator[_Fault]:
    """Look at the sentences said around answers."""
    for name in Wording.model_fields:
        yield from _unknown_names(("wording", name), getattr(pack.faq.wording, name), pack.facts, _AROUND)


def _unknown_names(place: _Place, text: str, facts: Facts, allowed: tuple[str, ...]) -> Iterator[_Fault]:
    for fault in name_faults(text, (*facts, *allowed), NO_FACT):
        yield place, *fault


def _one_of(names: Iterable[str]) -> str:
    return ONE_OF.format(names="、".join(names))


def _strange_numbers(text: str, known: frozenset[str]) -> Iterator[str]:
    """Give the numbers in a text that are not known; list numbering aside."""
    plain = _ITEM.sub("", Facts.without_names(text))
    return (number for number in dict.fromkeys(_NUMBER.findall(plain)) if number not in known)


def _numbers(pack: NoticePack) -> frozenset[str]:
    """Give the numbers that the notice or the facts hold."""
    notice = squeeze("".join(clause.title + clause.text for clause in pack.notice.clauses.values()))
    facts = " ".join(pack.facts.shown(name) for name in pack.facts)
    return frozenset(_NUMBER.findall(notice) + _NUMBER.findall(facts))


def _doubled(entries: tuple[FaqEntry, ...]) -> Iterator[_Fault]:
    """Find wordings two entries claim (also when only fillers, dates or counts differ)."""
    owners: dict[str, FaqEntry] = {}
    for number, entry in enumerate(entries):
        for wording in wordings(entry):
            key = "".join(tokens(spelled(wording))).rstrip("吗")
            owner = owners.setdefault(key, entry)
            if owner is not entry:
                part = "question" if wording == entry.question else "variants"
                reason = DOUBLED[0].format(wording=wording, owner=owner.id)
                yield ("entries", number, part), wording, reason, DOUBLED[1].format(owner=owner.id, id=entry.id)


def _category_faults(pack: NoticePack) -> Iterator[_Fault]:
    help_ = pack.faq.category_help
    if help_ is None:
        return
    if help_.entry not in {entry.id for entry in pack.faq.entries}:
        yield ("category_help", "entry"), "", NO_ENTRY[0].format(id=help_.entry), NO_ENTRY[1]
    yield from _unknown_names(("category_help", "one"), help_.one, pack.facts, _FIRST)
    yield from _unknown_names(("category_help", "two"), help_.two, pack.facts, _BOTH)
    field = pack.fields.get(help_.field)
    if field is None:
        yield ("category_help", "field"), "", NO_FIELD.format(key=help_.field), _one_of(pack.fields)
        return
    labels = [choice.label for choice in field.choices]
    for number, category in enumerate(help_.categories):
        if category.label not in labels:
            place: _Place = ("category_help", "categories", number, "label")
            yield (
                place,
                "",
                NO_LABEL[0].format(label=category.label),
                NO_LABEL[1].format(labels="、".join(labels) or "（这一栏没有 choices）"),
            )


def _left_out(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """Find clauses with text that no entry cites."""
    cited = {cite.clause for entry in pack.faq.entries for cite in entry.cites}
    lines = (folder / "notice.md").read_text(encoding="utf-8").splitlines()
    for anchor, clause in pack.notice.clauses.items():
        if clause.text and anchor not in cited:
            line = next((n for n, text in enumerate(lines, 1) if f"{{#{anchor}}}" in text), 0)
            yield Problem("notice.md", line, LEFT_OUT[0].format(anchor=anchor), LEFT_OUT[1], grave=False)
