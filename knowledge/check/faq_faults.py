"""Is the FAQ sound? Facts, fields, doubled wordings, numbers the notice does not have, clauses left out."""

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.facts import Facts
from knowledge.faq import FaqEntry
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose
from knowledge.notice import squeeze
from knowledge.pack import NoticePack
from knowledge.problems import Problem
from knowledge.search.index import spelled, wordings
from knowledge.search.spelling import tokens

FILE = "faq.yaml"
OF_THE_MOMENT = ("deadline_note", "said", "days", "first", "second")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ITEM = re.compile(r"^\s*\d+[.、．]", re.MULTILINE)

_Place = tuple[int | str, ...]
_Fault = tuple[_Place, str, str]


def faq_problems(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List what is wrong with the entries of `faq.yaml`, and clauses of the notice no entry speaks of."""
    faults, numbers = [*_doubled(pack.faq.entries)], _numbers(pack)
    for number, entry in enumerate(pack.faq.entries):
        faults += [
            (("entries", number, *place), reason, mend) for place, reason, mend in _in_entry(entry, pack, numbers)
        ]
    faults += _category_faults(pack)
    root = compose(folder / FILE) if faults else None
    for place, reason, mend in faults:
        yield Problem(FILE, line_of(root, place), reason, mend)
    yield from _left_out(folder, pack)


def _in_entry(entry: FaqEntry, pack: NoticePack, numbers: frozenset[str]) -> Iterator[_Fault]:
    texts: list[tuple[tuple[str, ...], str]] = [(("answer",), entry.answer)]
    if entry.compare:
        texts += [(("compare", "holds"), entry.compare.holds), (("compare", "fails"), entry.compare.fails)]
        if entry.compare.fact not in pack.facts:
            yield ("compare", "fact"), f"没有“{entry.compare.fact}”这个事实", _one_of(pack.facts)
    for place, text in texts:
        for name in Facts.names_in(text):
            if name not in pack.facts and name not in OF_THE_MOMENT:
                yield place, f"没有“{name}”这个事实", f"去掉花括号，或{_one_of(pack.facts)}"
        for number in _strange_numbers(text, numbers):
            mend = "核对通知；通知里的日期、数字请写成 {deadline} 这样的事实名"
            yield place, f"答复里的“{number}”不在通知里", mend
    for key in entry.fields:
        if key not in pack.fields:
            yield ("fields",), f"没有“{key}”这个栏目", f"改成这些之一：{'、'.join(pack.fields)}"
    if entry.covered and not entry.cites:
        yield ("id",), f"“{entry.id}”没有依据", "用 cites 引用通知原文；通知没有说的，加一行 covered: false"


def _one_of(facts: Facts) -> str:
    return f"改成这些之一：{'、'.join(facts)}"


def _strange_numbers(text: str, known: frozenset[str]) -> Iterator[str]:
    """Give the numbers in a text that are not known; list numbering aside."""
    plain = _ITEM.sub("", re.sub(r"\{[a-z_]+\}", " ", text))
    return (number for number in dict.fromkeys(_NUMBER.findall(plain)) if number not in known)


def _numbers(pack: NoticePack) -> frozenset[str]:
    """Give the numbers that the notice or the facts hold."""
    notice = squeeze("".join(clause.title + clause.text for clause in pack.notice.clauses.values()))
    facts = " ".join(pack.facts.shown(name) for name in pack.facts)
    return frozenset(_NUMBER.findall(notice) + _NUMBER.findall(facts))


def _doubled(entries: tuple[FaqEntry, ...]) -> Iterator[_Fault]:
    """Find ids used twice, and wordings two entries claim (also when only fillers, dates or counts differ)."""
    ids: set[str] = set()
    owners: dict[str, FaqEntry] = {}
    for number, entry in enumerate(entries):
        if entry.id in ids:
            yield ("entries", number, "id"), f"编号“{entry.id}”用了两次", "每条用一个不同的编号"
        ids.add(entry.id)
        for wording in wordings(entry):
            key = "".join(tokens(spelled(wording))).rstrip("吗")
            owner = owners.setdefault(key, entry)
            if owner is not entry:
                place: _Place = ("entries", number, *_whereabouts(entry, wording))
                reason = f"问法“{wording}”与“{owner.id}”里的问法几乎一样，会答错"
                yield place, reason, f"只留在“{owner.id}”或“{entry.id}”其中一条里"


def _whereabouts(entry: FaqEntry, wording: str) -> tuple[str, ...]:
    return ("question",) if wording == entry.question else ("variants",) if wording in entry.variants else ("keywords",)


def _category_faults(pack: NoticePack) -> Iterator[_Fault]:
    help_ = pack.faq.category_help
    if help_ is None:
        return
    if help_.entry not in {entry.id for entry in pack.faq.entries}:
        yield ("category_help", "entry"), f"没有“{help_.entry}”这一条问答", "改成 entries 里有的编号"
    field = pack.fields.get(help_.field)
    labels = [choice.label for choice in field.choices] if field else []
    for number, category in enumerate(help_.categories):
        if category.label not in labels:
            place: _Place = ("category_help", "categories", number, "label")
            yield place, f"表上没有“{category.label}”这一类", f"改成这些之一：{'、'.join(labels)}"


def _left_out(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """Find clauses with text that no entry cites."""
    cited = {cite.clause for entry in pack.faq.entries for cite in entry.cites}
    lines = (folder / "notice.md").read_text(encoding="utf-8").splitlines()
    for anchor, clause in pack.notice.clauses.items():
        if clause.text and anchor not in cited:
            line = next((n for n, text in enumerate(lines, 1) if f"{{#{anchor}}}" in text), 0)
            reason, mend = f"“{anchor}”没有一条问答引用", "在 faq.yaml 里为它写一条问答"
            yield Problem("notice.md", line, reason, mend, grave=False)
