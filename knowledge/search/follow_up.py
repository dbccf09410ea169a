"""A question that leans on the one before: 「那网站呢」 after 「每个市能推几个」 (`lexicon/follow_up.yaml`).

Nothing is searched here: it is told how much a question leans, and in what words it may be completed.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.search.spelling import tokens
from knowledge.text import numerals
from knowledge.text.normalise import simplified

_LEXICON = Path(numerals.__file__).parent / "lexicon" / "follow_up.yaml"
_SHORT = 8  # tokens; a longer question stands by itself
_MARKED = 14  # tokens of a question that says it leans: 「那……呢」
LAST = -1  # what `nth` gives for the last of a list


class LastAnswer(Model):
    """What was answered before: the question as it was understood, and the entries the answer was made of."""

    question: str
    entries: tuple[str, ...] = ()


class Leans(IntEnum):
    """How much a question needs the one before it."""

    NO = 0
    PERHAPS = 1
    YES = 2


class _Words(Model):
    """All of `follow_up.yaml`."""

    lead: str
    end: str
    also: str
    predicate: str
    empty: str
    general: str
    why: str
    nth: str
    last: str
    any: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    lead: re.Pattern[str]
    end: re.Pattern[str]
    also: re.Pattern[str]
    predicate: re.Pattern[str]
    empty: re.Pattern[str]
    general: re.Pattern[str]
    why: re.Pattern[str]
    nth: re.Pattern[str]
    last: re.Pattern[str]
    any: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = load_yaml(_LEXICON, _Words)
    return _Patterns(
        lead=re.compile(words.lead),
        end=re.compile(rf"{words.end}$"),
        also=re.compile(words.also),
        predicate=re.compile(words.predicate),
        empty=re.compile(words.empty),
        general=re.compile(words.general),
        why=re.compile(words.why),
        nth=re.compile(words.nth),
        last=re.compile(words.last),
        any=re.compile(words.any),
    )


def leans(question: str) -> Leans:
    """Tell whether a question without its frame leans on the one before."""
    found, text = _patterns(), simplified(question).strip()
    size, bare = len(tokens(text)), text.rstrip("?？!！。. ")
    if size > _MARKED:
        return Leans.NO
    led = found.lead.match(text)
    marked = (led and led.end() < len(text)) or bare.endswith("呢") or found.also.search(text)
    if marked or not content(found.general.sub(" ", text)) or asks_why(text) or nth(text) is not None:
        return Leans.YES
    return Leans.PERHAPS if size <= _SHORT else Leans.NO


def content(text: str) -> str:
    """Give the words that carry a topic, without those any question holds: 提交视频 of 「要提交视频吗」."""
    return "".join(tokens(_patterns().empty.sub(" ", simplified(text))))


def is_like_any(wording: str) -> bool:
    """Tell whether a wording names nothing that is asked about: whatever is asked is like it."""
    return _patterns().any.fullmatch(simplified(wording).strip()) is not None


def asks_why(question: str) -> bool:
    """Tell whether nothing but the reason of what was said before is asked for."""
    return bool(_patterns().why.fullmatch(simplified(question).strip()))


def nth(question: str) -> int | None:
    """Give which one of a list just told is meant, from 1; `LAST` for the last; None when none is named."""
    text = simplified(question)
    if _patterns().last.search(text):
        return LAST
    found = _patterns().nth.search(text)
    return numerals.whole_number(found[1]) if found else None


def completions(question: str, before: str) -> tuple[str, ...]:
    """Give the ways to say a question in full.

    Args:
        question: leans on the one before.
        before: the question before, as it was understood.
    """
    found = _patterns()
    text, before = _bare(question), _bare(before)
    also = found.also.search(text)
    thing = text[: also.start()] if also and also.start() else text
    predicate = found.predicate.search(before)
    told = before[predicate.start() :] if predicate else before
    topic = content(before)
    own = bool(also) or not found.predicate.search(thing)
    ways = [thing + told] if own else []
    ways += [topic + text, before + text] if topic else [before + text]
    return tuple(dict.fromkeys(way for way in ways if way != text))


def _bare(text: str) -> str:
    """Leave off what only ties a question to the one before, and its last particles."""
    found, plain = _patterns(), simplified(text).strip()
    led = found.lead.match(plain)
    rest = plain[led.end() :] if led else plain
    return found.end.sub("", rest or plain) or plain
