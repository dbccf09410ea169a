"""Old words exchanged for new ones in one clause, and old words recalled in a clause before the correction.

把2022年改成2023年, 27→35, 不是圈是群, 是0061不是0016  → both are said
刚才说四十五个，队长说不对，是五十四个             → the old ones are recalled, the new ones follow
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import LONGEST, frame
from dialogs.understanding.mentions import Mention
from dialogs.understanding.situation import Situation

_EXCHANGES = (
    r"\A{ah}(?:把|将)?(?P<old>.{1,60}?)(?:{become}|{arrow})(?P<new>.{1,120})\Z",
    r"\A{ah}(?P<old>\d[^,]{0,8}?)改(?P<new>\d[^,]{0,12})\Z",
    r"\A{ah}{generic}?{not_old}(?P<old>.{1,40}?)(?:了)?[,]?{rather}(?P<new>.{1,120})\Z",
    r"\A{ah}{locating}?(?:应该|应)?(?:是|为|写)?(?!{generic}(?:不|并|没))(?P<new>.{1,60}?)[,]?(?:不是|不叫|而不是|不该是)(?P<old>.{1,40}?){end}\Z",
)
_RECALLED = r"\A{ah}{recalling}(?:我)?{slip}(?:成|的是|的|了|过)?(?:是)?(?P<old>.{2,40})\Z"
_WAS_WRONG = r"\A{ah}{recalling}(?:我|给|都|不小心|误)?{slip}(?:成|的是|了)[^,]{1,30}\Z"
_SEPARATED = re.compile(r"[、，,；;和及与]")
_SHORTEST = 2  # characters by which a part of a value is known


@dataclass(frozen=True, slots=True)
class Exchange:
    """Spans of the old and the new words in a clause; `plainly` tells words that say so without any field in mind."""

    old: tuple[int, int]
    new: tuple[int, int]
    plainly: bool


def exchanges_in(plain: str) -> Iterator[Exchange]:
    """Give the ways in which a folded clause exchanges words, the likeliest first."""
    for template in _EXCHANGES if len(plain) <= LONGEST else ():
        match = frame(template).match(plain)
        if match is not None:
            arrow = frame("{arrow}").search(plain[match.end("old") : match.start("new")]) is not None
            yield Exchange(match.span("old"), match.span("new"), "{rather}" in template or arrow)


def tells_old_again(plain: str) -> bool:
    """Tell whether a clause only says what was wrong before: 前面写成1号了."""
    return len(plain) <= LONGEST and frame(_WAS_WRONG).match(plain) is not None


def recalled(clause: SpokenClause, text: str, at: Situation) -> Mention | None:
    """Give the field whose value a clause recalls, 刚才说四十五个志愿者: the one that holds just that; else None."""
    match = frame(_RECALLED).match(clause.plain[: LONGEST + 1])
    if match is None:
        return None
    words = text[clause.start + match.start("old") : clause.start + match.end("old")]
    for one in at.pack.form.fields:
        held = at.draft.values.get(one.key)
        if held is None or kind_of(one).roomy or not at.fits(one, words):
            continue
        outcome = at.judge(one, words)
        if getattr(outcome, "value", None) == held.value:
            return Mention((one.key,), 0, 0)
    return None


def quotes_held(plain: str, found: list[Mention], at: Situation) -> Mention | None:
    """Give the field a clause names along with a piece of what it holds: 资金来源里头企业赞助没到账."""
    for mention in found:
        tail = plain[mention.end :]
        for key in mention.keys:
            held = at.draft.values.get(key)
            pieces = _SEPARATED.split(held.text) if held is not None and mention.whole else []
            if any(len(piece) >= _SHORTEST and piece.strip() in tail for piece in pieces):
                return mention
    return None
