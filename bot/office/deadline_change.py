"""A deadline put off by a supplementary notice: every place it touches, and the pack's files as they are then.

The notice itself stays word for word; what was added to it becomes a clause of its own at its end. Where a quote says
the old day, the new clause is cited instead. Texts that name the fact in braces follow by themselves.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bot.messages import say
from bot.office.content_edits import NOTICE, Stated, fact_texts, stated_texts
from knowledge.fact_values import FactError, read_fact
from knowledge.facts import Facts
from knowledge.loading.text_file import read_text
from knowledge.loading.yaml_edits import YamlEdits
from knowledge.notice import squeeze
from knowledge.pack import NoticePack

_SENTENCE = re.compile(r"[^。；;\n]*[。；;]?")


class ChangeRefusedError(Exception):
    """The change makes no sense as given; the words say why and how to mend it."""


@dataclass(frozen=True)
class DeadlineChange:
    """What a new deadline changes.

    `quotes` are those that say the old day and will cite the new clause, `named` texts that follow by themselves,
    `literal` texts that somebody must look at: they say the old day in words of their own, or quote around it.
    """

    fact: str
    before: str
    after: str
    anchor: str
    quote: str
    texts: dict[str, str]
    quotes: list[Stated] = field(default_factory=list)
    named: list[Stated] = field(default_factory=list)
    literal: list[Stated] = field(default_factory=list)


def day_facts(pack: NoticePack) -> list[str]:
    """Name the facts that are days."""
    return [name for name in pack.facts if pack.facts.day(name) is not None]


class Supplement(NamedTuple):
    """A supplementary notice: which `fact` becomes which day (`value`, as clerks write it), its title, its words."""

    fact: str
    value: str
    title: str
    words: str


def deadline_change(folder: Path, pack: NoticePack, supplement: Supplement) -> DeadlineChange:
    """Work out what changes when a fact becomes another day by a supplementary notice.

    Args:
        folder: the pack's.
        pack: as it is now.
        supplement: what the office issued; its words must say the new day.

    Raises:
        ChangeRefusedError: it is no day, the same day, or the words do not say it.
        PackError: a file cannot be read.
    """
    fact, value, title, words = supplement
    before = pack.facts.shown(fact)
    after = _shown_day(value)
    if after == before:
        raise ChangeRefusedError(say("deadline.same", day=before))
    quote = _saying(words, after)
    if not quote:
        raise ChangeRefusedError(say("deadline.not_said", day=after))
    anchor = _anchor(pack)
    stated = list(stated_texts(folder))
    quotes = [one for one in stated if one.place[-1:] == ("quote",) and _says(one.text, before)]
    named = [one for one in stated if fact in Facts.names_in(one.text)]
    around = [one for one in named if re.search(rf"“[^”]*\{{{fact}\}}[^”]*”", one.text)]
    literal = [one for one in stated if one not in quotes and _says(one.text, before)]
    texts = _with_quotes(folder, quotes, anchor, quote)
    notice = fact_texts(folder, fact, value)[NOTICE].rstrip()
    texts[NOTICE] = f"{notice}\n\n## {title or say('deadline.title')} {{#{anchor}}}\n\n{words.strip()}\n"
    return DeadlineChange(fact, before, after, anchor, quote, texts, quotes, named, [*literal, *around])


def _shown_day(value: str) -> str:
    """Write the new day as texts show it."""
    try:
        read = read_fact(value.strip())
    except FactError:
        read = value
    facts = Facts({"day": read})
    if facts.day("day") is None:
        raise ChangeRefusedError(say("deadline.no_day", given=value))
    return facts.shown("day")


def _says(text: str, day: str) -> bool:
    return squeeze(day) in squeeze(text)


def _saying(words: str, day: str) -> str:
    """Give the first sentence that says a day, without blanks around it; empty when none does."""
    found = (sentence.strip(" 。；;\n") for sentence in _SENTENCE.findall(words))
    return next((sentence for sentence in found if _says(sentence, day)), "")


def _anchor(pack: NoticePack) -> str:
    """Name the new clause: 补充通知, 补充通知.2 …"""
    name = say("deadline.anchor")
    taken = pack.notice.clauses
    names = (name, *(f"{name}.{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def _with_quotes(folder: Path, quotes: list[Stated], anchor: str, quote: str) -> dict[str, str]:
    """Have the new clause cited where the old day was quoted."""
    files: dict[str, Any] = {}
    for one in quotes:
        edits = files.setdefault(one.file, YamlEdits(read_text(folder / one.file)))
        edits.put(one.place[:-1], "clause", anchor)
        edits.put(one.place[:-1], "quote", quote)
    return {name: edits.result() for name, edits in files.items()}
