"""The clauses of a notice cut into statements: what one answer may quote, with the question it answers.

A statement is a sentence with those that lean on it (例如…, 没有的…). One that ends in a colon takes the items below it
along: 随附材料：（一）… （二）….
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.drafting.draft_texts import fill
from knowledge.drafting.notice_text import DraftClause
from knowledge.drafting.word_lists import load
from knowledge.model import Model
from knowledge.notice import squeeze

_LABEL = 8  # characters up to which a sentence is the heading of the next one
_LONGEST = 220  # characters of a statement before what leans on it is left out
_LONGEST_LIST = 400
_SUBJECT = range(2, 15)  # characters of a subject
_PARTS = re.compile(r"[，。；：:、（）()“”\"《》\s]+")
_CLAUSES = re.compile(r"[，。；：:]+")
_TERM = range(3, 13)  # characters of a part of a statement that people may type
_MOST = 9  # wordings; an entry with ten or more is one people have worked on


class Shape(Model):
    """By what a part of a statement is known to be of a shape, and how it is asked for."""

    any: tuple[str, ...]
    asks: tuple[str, ...]


class StatementWords(Model):
    """All of `statement_words.yaml`."""

    leaning: tuple[str, ...]
    ends: tuple[str, ...]
    broken: tuple[str, ...]
    shapes: dict[str, Shape]
    other: tuple[str, ...]
    nameless: str


@cache
def _words() -> StatementWords:
    return load(StatementWords, "statement_words.yaml")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a notice says in one place: its sentences as (clause, sentence), verbatim."""

    quotes: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Its sentences together."""
        return "；".join(quote for _, quote in self.quotes)

    @property
    def questions(self) -> tuple[str, ...]:
        """Ask for it, the first question first: by the subject of each part, as the part's shape asks."""
        asked = [fill(ask, subject=subject) for subject, asks in self._subjects() for ask in asks]
        return tuple(dict.fromkeys(asked)) or (fill(_words().nameless, begins=self.text[: _SUBJECT.stop]),)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Give what people may type for it: questions about its parts, and parts as they stand."""
        kept = (part for part in _PARTS.split(self.text) if len(part) in _TERM and _HAN.search(part))
        asked, stand = self.questions[:_MOST], tuple(dict.fromkeys(kept))
        return tuple(dict.fromkeys([*asked[: _MOST - 3], *stand, *asked[_MOST - 3 :]]))[:_MOST]

    def _subjects(self) -> list[tuple[str, tuple[str, ...]]]:
        found = [(_subject(part), _asks(squeeze(part))) for part in _CLAUSES.split(self.text)]
        return [(subject, asks) for subject, asks in found if subject]


_HAN = re.compile(r"[\u4e00-\u9fff]{3}")


def _asks(part: str) -> tuple[str, ...]:
    """Tell how a part is asked for, by its shape."""
    shapes = _words().shapes.values()
    return next((shape.asks for shape in shapes if any(re.search(word, part) for word in shape.any)), _words().other)


def _subject(part: str) -> str:
    """Give what a part is about: its words up to the verb; an empty text when they are none."""
    ends = "|".join(map(re.escape, _words().ends))
    begin, *rest = re.split(rf"(?<=..)(?:{ends})", re.sub(r"[（(][^）)]*[）)]", "", part), maxsplit=1)
    subject = begin.strip('“”"「」 ')
    whole = len(subject) in _SUBJECT and not subject.endswith(_words().broken) and not re.match(r"\d", subject)
    return subject if rest and whole else ""


def statements_of(clauses: Sequence[DraftClause]) -> list[Statement]:
    """Cut clauses into statements, in their order."""
    return [statement for place, clause in enumerate(clauses) for statement in _of_clause(clause, clauses[place + 1 :])]


def _of_clause(clause: DraftClause, behind: Sequence[DraftClause]) -> Iterator[Statement]:
    groups: list[list[str]] = []
    for sentence in clause.sentences:
        if groups and _leans(sentence, groups[-1]):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    for number, group in enumerate(groups):
        quotes = [(clause.anchor, sentence) for sentence in group]
        if number == len(groups) - 1 and re.search(r"[：:]$", group[-1]):
            quotes += _items(clause, behind)
        yield Statement(tuple(quotes))


def _leans(sentence: str, before: Sequence[str]) -> bool:
    """Tell whether a sentence belongs to those before it: a heading goes before it, or it cannot stand alone."""
    if sum(map(len, before)) <= _LABEL:
        return True
    short = sum(map(len, before)) + len(sentence) <= _LONGEST
    return short and sentence.startswith(_words().leaning)


def _items(clause: DraftClause, behind: Sequence[DraftClause]) -> Iterator[tuple[str, str]]:
    """Give the first sentence of each item below a clause."""
    length = 0
    for item in behind:
        if not item.anchor.startswith(clause.anchor) or item.anchor == clause.anchor:
            break
        first = next(iter(item.sentences), "")
        length += len(first)
        if length > _LONGEST_LIST:
            break
        if first:
            yield item.anchor, first
