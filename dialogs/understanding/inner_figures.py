"""Figures inside one value that lists several kinds, 4名社工，60名志愿者: each is known by its noun.

A noun names its figure (志愿者改成66个), itself or by a piece no other noun of the value has (护士 of 兼职护士);
a further figure with its noun is put behind the others (再加2个司机).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dialogs.understanding.clauses import folded
from dialogs.understanding.frames import frame

_LONGEST = 120  # characters of such a value
_SHORTEST = 2  # characters of a noun
_NUMERAL = "零一二三四五六七八九十百千万亿两俩仨几多余来"
_FIGURE = rf"(?:约|近|大概|大约)?[\d{_NUMERAL}][\d.,{_NUMERAL}]{{0,9}}"
_MEASURE = "[个名位人]?"
_PARTING = re.compile(rf"[,，、;；\n]|(?<=[个名位人\d])[和及与]|[和及](?=[\d{_NUMERAL}])")
_BEFORE = re.compile(rf"(?P<figure>{_FIGURE})(?P<measure>{_MEASURE})(?![十百千万亿])(?P<noun>[一-鿿]{{2,8}}?)的?")
_BEHIND = re.compile(rf"(?P<noun>[一-鿿]{{2,8}}?)(?:的|有|共|也?就)?(?P<figure>{_FIGURE})(?P<measure>{_MEASURE})")
_NEW = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<measure>{_MEASURE})(?P<noun>[一-鿿]{{0,8}}?)(?:(?:也|都|一起|一并)?(?:加|算|补|写|添)(?:上|进去|进来))?[了吧]?"
)


@dataclass(frozen=True, slots=True)
class InnerFigure:
    """A figure of a value: its noun, and where figure and measure stand (`end` is behind the measure)."""

    noun: str
    start: int
    end: int
    measure: str


@lru_cache(maxsize=256)
def figures_in(text: str) -> tuple[InnerFigure, ...]:
    """Give the figures of a value that lists them with their nouns; empty where a part of it is something else."""
    found: list[InnerFigure] = []
    plain, begin = folded(text) if len(text) <= _LONGEST else "", 0
    for piece in _PARTING.split(plain):
        match = _BEFORE.fullmatch(piece.strip()) or _BEHIND.fullmatch(piece.strip())
        if match is None:
            return ()
        start = begin + len(piece) - len(piece.lstrip())
        end = start + max(match.end("figure"), match.end("measure"))
        found.append(InnerFigure(match["noun"], start + match.start("figure"), end, match["measure"]))
        begin += len(piece) + 1
    return tuple(found)


def named_figures(text: str, plain: str) -> Iterator[tuple[InnerFigure, int, int]]:
    """Give the figures of a value that a folded clause names, each with where it does."""
    known = figures_in(text)
    for one in known:
        others = [other.noun for other in known if other is not one]
        for piece in _pieces(one.noun):
            begin = plain.find(piece)
            if begin >= 0 and not any(piece in noun for noun in others):
                yield one, begin, begin + len(piece)
                break


def _pieces(noun: str) -> Iterator[str]:
    for size in range(len(noun), _SHORTEST - 1, -1):
        yield from (noun[start : start + size] for start in range(len(noun) - size + 1))


def with_figure(text: str, noun: str, words: str) -> str | None:
    """Put a new figure in the place of the one of this noun; None where the words are no figure of it."""
    one = next((each for each in figures_in(text) if each.noun == noun), None)
    match = _NEW.fullmatch(folded(words.strip()))
    if one is None or match is None or (match["noun"] and match["noun"] not in noun):
        return None
    figure = words.strip()[slice(*match.span("figure"))]
    return text[: one.start] + figure + (one.measure or match["measure"]) + text[one.end :]


def with_named_figure(text: str, words: str) -> str | None:
    """Put a new figure in the place of the one its noun names, 志愿者66人; None where it names none of them."""
    one = next((one for one, _, _ in named_figures(text, folded(words))), None) if len(figures_in(text)) > 1 else None
    new = next(iter(figures_in(words)), None)
    return None if one is None or new is None else with_figure(text, one.noun, words[new.start : new.end])


def with_further(text: str, words: str) -> str | None:
    """Put a further figure behind those of a value, 再加2个司机; None where the words add none, or one of its nouns."""
    plain = folded(words.strip())
    lead = frame(r"\A{ah}(?:{add_more}|还有|另有)").match(plain)
    match = _NEW.fullmatch(plain, lead.end()) if lead else None
    known = figures_in(text)
    if match is None or not known or len(match["noun"]) < _SHORTEST or any(match["noun"] in one.noun for one in known):
        return None
    parting = "、" if "、" in text and "，" not in text else "，"
    return f"{text}{parting}{words.strip()[slice(match.start(), match.end('noun'))]}"
