"""A message cut into clauses: where people pause, or say that something else comes (对了, 另外).

Cuts never fall into quotes, brackets, numbers or addresses. Every clause is a literal piece of the message.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dialogs.understanding.frames import frame
from knowledge.text.normalise import narrow, simplified

LONGEST = 2000  # characters; a longer message is a text, and texts are not cut
MARKS = " \t\n,.;:!?。，；：！？~～…、"  # around words, no part of what is meant
MOST = 40  # clauses looked at; who writes more of them writes prose
_KEPT = re.compile(
    r"《[^《》]{0,80}》|“[^“”]{0,80}”|「[^「」]{0,80}」|『[^『』]{0,80}』|\"[^\"]{0,80}\"|\([^()]{0,60}\)"
    r"|(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]\d{7,8}|[48]00[ -]\d{3}[ -]?\d{4})(?!\d)"
    r"|[\w.+-]{1,64}@[\w.-]{1,80}"
    r"|(?:https?://|www\.)[^\s,;，。；]{1,500}|\d[\d,，.]*\d"
)
_PAUSE = re.compile(r"[,，。.;；!！?？~～…—\n\r\t]+|(?<=[㐀-鿿）)”》」\d])(?<![是写叫为填]) +(?=[㐀-鿿“《「\d(（])")


@dataclass(frozen=True, slots=True)
class SpokenClause:
    """A stretch of a message: characters `start` to `end`, its words folded for comparing, the mark behind it."""

    start: int
    end: int
    plain: str
    mark: str


@lru_cache(256)
def folded(text: str) -> str:
    """Give a text for comparing, character by character: simplified, half width, lower case; positions stay."""
    plain = simplified(text)
    return (
        plain if len(plain) == len(text) else narrow(text).lower() if len(narrow(text).lower()) == len(text) else text
    )


def clauses(text: str) -> list[SpokenClause]:
    """Cut a message; empty for one that is too long to be cut."""
    return list(_cut(text))


@lru_cache(256)
def _cut(text: str) -> tuple[SpokenClause, ...]:
    if len(text) > LONGEST:
        return ()
    kept = [match.span() for match in _KEPT.finditer(text)]
    cuts = [match for match in _PAUSE.finditer(text) if not _inside(match, kept)]
    foreign = [match for match in frame("{before_foreign}").finditer(text.lower()) if not _inside(match, kept)]
    cuts = sorted([*cuts, *foreign], key=lambda match: match.start()) if len(text.lower()) == len(text) else cuts
    edges = [(0, 0), *(match.span() for match in cuts), (len(text), len(text))]
    plain = folded(text)
    found = []
    for (_, start), (end, after) in pairwise(edges):
        first, last = _trimmed(text, start, end)
        if first < last:
            found.append(SpokenClause(first, last, plain[first:last], text[end:after].strip()))
    return tuple(found[:MOST])


def _inside(match: re.Match[str], kept: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in kept)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
