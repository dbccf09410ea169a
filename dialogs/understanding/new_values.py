"""The pieces of a clause that may be the value it tells: behind 应该是 or 写成, before 才对, after 同事说."""

import re

from dialogs.understanding.clauses import folded
from dialogs.understanding.frames import LONGEST, frame

_LEAD = r"(?:{repair}|{fault}[,]?)?{ah}[^,:]{0,10}?(?:{redo}|{give_new}|{write_it}|{copula}|才是|是)[:,]?"
_FRAMES = (
    rf"\A{_LEAD}(?P<new>.{{1,140}}?){{praise}}{{end}}\Z",
    rf"\A{_LEAD}(?P<new>.{{1,140}})\Z",
    rf"\A{_LEAD}(?P<new>.{{1,140}}?){{end}}\Z",
    r"\A(?:{repair})?(?P<new>.{1,140}?){praise}{end}\Z",
    r"\A{repair}(?P<new>.{1,140})\Z",
)
_REPORTED = re.compile(r"说是?|是|为|叫|成|都|才")
_QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"'}


def marked_values(words: str) -> list[str]:
    """Give literal pieces of a clause that its own words mark as the value, the likeliest first."""
    plain = folded(words)
    if len(plain) > LONGEST:
        return []
    matches = [frame(template).match(plain) for template in _FRAMES]
    found = [words[slice(*match.span("new"))].strip() for match in matches if match]
    return list(dict.fromkeys(value for value in found if value))


def possible_values(words: str) -> list[str]:
    """Give every literal piece of a clause that may be the value: the marked ones, all of it, then what is reported."""
    told = [words[match.end() :].strip() for match in _REPORTED.finditer(folded(words)[:LONGEST])]
    return list(dict.fromkeys(value for value in [*marked_values(words), words, *told] if value))


def unquoted(words: str) -> str:
    """Take off the quotes that stand around all of a value."""
    closing = _QUOTES.get(words[:1])
    return words[1:-1].strip() if closing and words.endswith(closing) and closing not in words[1:-1] else words
