"""Is the FAQ sound? Facts, fields, doubled wordings, numbers the notice does not have, clauses left out."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from knowledge.check.text_names import name_faults
from knowledge.facts import Facts, UnknownFactError
from knowledge.faq import Comparison, FaqEntry, Wording
from knowledge.loading.faq_files import read_faq
from knowledge.notice import squeeze
from knowledge.pack import NoticePack
from knowledge.problems import Problem, told
from knowledge.search.index import key_of, wordings

_ANSWER = ("deadline_note",)  # names of the moment, by where they may stand
_COMPARED = ("said",)
_AROUND = {"undecided": ("question",)}  # of the other sentences: the days left
_FIRST = ("first", "first_words", "first_quote")
_BOTH = (*_FIRST, "second", "second_words", "second_quote")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ITEM = re.compile(r"^\s*\d+[.、．]", re.MULTILINE)

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
        for number in () if entry.from_office else _strange_numbers(text, numbers):
            yield place, number, *told("faq.strange_number", number=number)
    for key in entry.fields:
        if key not in pack.fields:
            yield ("fields",), "", *told("faq.no_field", key=key, names="、".join(pack.fields))
    if entry.covered and not entry.cites and not entry.from_office:
        yield ("id",), "", *told("faq.no_ground", id=entry.id)


def _in_compare(compare: Comparison, facts: Facts) -> Iterator[_Fault]:
    """Look at what a question is held against: the fact must be of the kind, and a number needs its units."""
    if compare.fact not in facts:
        yield ("compare", "fact"), "", *told("faq.no_fact", name=compare.fact, names="、".join(facts))
        return
    limit = _limit(compare.fact, facts)
    if not isinstance(limit, int | Decimal if compare.how == "at_most" else date):
        fault = "compare_number" if compare.how == "at_most" else "compare_day"
        yield ("compare", "fact"), "", *told(f"faq.{fault}", how=compare.how, name=compare.fact)
    if compare.how == "at_most" and not compare.units:
        yield ("compare", "how"), "", *told("faq.no_units")


def _limit(name: str, facts: Facts) -> object:
    try:
        return facts.limit(name)
    except UnknownFactError:
        return None


def _around(pack: NoticePack) -> Iterator[_Fault]:
    """Look at the sentences said around answers."""
    for name in Wording.model_fields:
        yield from _unknown_names(
            ("wording", name), getattr(pack.faq.wording, name), pack.facts, _AROUND.get(name, ("days",))
        )


def _unknown_names(place: _Place, text: str, facts: Facts, allowed: tuple[str, ...]) -> Iterator[_Fault]:
    for fault in name_faults(text, (*facts, *allowed), "text.no_fact"):
        yield place, *fault


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
            owner = owners.setdefault(key_of(wording), entry)
            if owner is not entry:
                part = "question" if wording == entry.question else "variants"
                said = told("faq.doubled", wording=wording, owner=owner.id, id=entry.id)
                yield ("entries", number, part), wording, *said


def _category_faults(pack: NoticePack) -> Iterator[_Fault]:
    help_ = pack.faq.category_help
    if help_ is None:
        return
    if help_.entry not in {entry.id for entry in pack.faq.entries}:
        yield ("category_help", "entry"), "", *told("faq.no_entry", id=help_.entry)
    yield from _unknown_names(("category_help", "one"), help_.one, pack.facts, _FIRST)
    yield from _unknown_names(("category_help", "two"), help_.two, pack.facts, _BOTH)
    field = pack.fields.get(help_.field)
    if field is None:
        yield ("category_help", "field"), "", *told("faq.no_field", key=help_.field, names="、".join(pack.fields))
        return
    labels = [choice.label for choice in field.choices]
    for number, category in enumerate(help_.categories):
        if category.label not in labels:
            place: _Place = ("category_help", "categories", number, "label")
            yield place, "", *told("faq.no_label", label=category.label, names="、".join(labels))


def _left_out(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """Find clauses with text that no entry cites."""
    cited = {cite.clause for entry in pack.faq.entries for cite in entry.cites}
    lines = (folder / "notice.md").read_text(encoding="utf-8").splitlines()
    for anchor, clause in pack.notice.clauses.items():
        if clause.text and anchor not in cited:
            line = next((n for n, text in enumerate(lines, 1) if f"{{#{anchor}}}" in text), 0)
            yield Problem("notice.md", line, *told("clause.left_out", anchor=anchor), grave=False)
