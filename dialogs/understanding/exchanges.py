"""Old words exchanged for new ones in one clause, and old words recalled in a clause before the correction.

把2022年改成2023年, 27→35, 不是圈是群, 是0061不是0016  → both are said
刚才说四十五个，队长说不对，是五十四个             → the old ones are recalled, the new ones follow
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import LONGEST, frame, whole
from dialogs.understanding.mentions import Mention
from dialogs.understanding.patches import exchanged
from dialogs.understanding.prose_fields import is_unit_field
from dialogs.understanding.situation import Situation
from knowledge.form import Field

_EXCHANGES = (
    r"\A{ah}(?:把|将)?(?P<old>.{1,60}?)(?:{become}|{arrow})(?P<new>.{1,120})\Z",
    r"\A{ah}(?P<old>\d[^,]{0,8}?)改(?P<new>\d[^,]{0,12})\Z",
    r"\A{ah}{generic}?{not_old}(?P<old>.{1,40}?)(?:了)?[,]?{rather}(?P<new>.{1,120})\Z",
    r"\A{ah}{locating}?(?:应该|应)?(?:是|为|写)?(?!{generic}(?:不|并|没))(?P<new>.{1,60}?)[,]?(?:不是|不叫|而不是|不该是)(?P<old>.{1,40}?){end}\Z",
)
_RECALLED = r"\A{ah}{recalling}(?:我)?{slip}(?:成|的是|的|了|过)?(?:是)?(?P<old>.{2,40})\Z"
_FAULTY = r"\A{ah}(?P<old>[^,]{2,30}?)(?:(?:这|那|里)[^,]{0,4}?)?{fault}{end}\Z"
_WAS_WRONG = r"\A{ah}{recalling}(?:我|给|都|不小心|误)?{slip}(?:成|的是|了)[^,]{1,30}\Z"
_SEPARATED = re.compile(r"[、，,；;和及与]")
_SHORTEST = 2  # characters by which a part of a value is known


@dataclass(frozen=True, slots=True)
class OldForNew:
    """Spans of the old and the new words in a clause; `plainly` tells words that say so without any field in mind."""

    old: tuple[int, int]
    new: tuple[int, int]
    plainly: bool


def exchanges_in(plain: str) -> Iterator[OldForNew]:
    """Give the ways in which a folded clause exchanges words, the likeliest first."""
    for template in _EXCHANGES if len(plain) <= LONGEST else ():
        match = frame(template).match(plain)
        if match is not None:
            arrow = frame("{arrow}").search(plain[match.end("old") : match.start("new")]) is not None
            yield OldForNew(match.span("old"), match.span("new"), "{rather}" in template or arrow)


def tells_old_again(plain: str) -> bool:
    """Tell whether a clause only says what was wrong before: 前面写成1号了."""
    return len(plain) <= LONGEST and frame(_WAS_WRONG).match(plain) is not None


def recalled(
    clause: SpokenClause, later: list[SpokenClause], text: str, at: Situation, *, named: bool
) -> tuple[Mention, str] | None:
    """Give the field whose value a clause recalls before it is put right, and the words of it that are wrong.

    刚才说45个, with 不对 behind it; 320人打错了; where nothing is asked also 320, with 应该是 behind it. Empty words
    stand for the whole value. `named` tells that the clause names a field.
    """
    said = frame(_RECALLED).match(clause.plain[:LONGEST])
    said = said if said and any(whole("repair", each.plain) for each in later) else None
    if said is None and not named and _told_anew(later):
        faulty = frame(_FAULTY).match(clause.plain[:LONGEST])
        bare = re.match(r"(?P<old>[^,]{2,40})\Z", clause.plain) if at.asked is None else None
        said = faulty or bare
    if said is None:
        return None
    words = text[clause.start + said.start("old") : clause.start + said.end("old")].strip()
    return _holding(words, at)


def _told_anew(later: list[SpokenClause]) -> bool:
    """Tell whether one of the clauses behind begins as a new value does: 应该是…, 是…."""
    return any(frame(r"\A{ah}(?:{give_new}|是|为|叫|写)").match(each.plain[:LONGEST]) for each in later) or any(
        frame(r"{praise}{end}\Z").search(each.plain[:LONGEST]) for each in later
    )


def _holding(words: str, at: Situation) -> tuple[Mention, str] | None:
    """Give the only field that holds just what words say, or the only one that holds the words themselves."""
    held = {key: each for key, each in at.draft.values.items() if key in at.pack.fields}
    same = [key for key, each in held.items() if _reads(at.pack.fields[key], words, at) == each.value]
    if len(same) == 1:
        return Mention((same[0],), 0, 0), ""
    if at.asked is not None and at.fits(at.asked, words):
        return None  # an answer, put right in the same breath
    parts = [key for key, each in held.items() if exchanged(each.text, words, words) is not None]
    return (Mention((parts[0],), 0, 0), words) if len(parts) == 1 else None


def _reads(one: Field, words: str, at: Situation) -> object:
    plainly = not (kind_of(one).roomy or kind_of(one).assents) and at.fits(one, words)
    return getattr(at.judge(one, words), "value", None) if plainly else ""


def title_meant(clause: SpokenClause, at: Situation) -> Mention | None:
    """Give the title that 名字最后两个字错了 means where no field goes by that word: the only one held."""
    if frame(r"\A{ah}{title_noun}{place}(?:{fault}|{changed}){end}\Z").match(clause.plain[:LONGEST]) is None:
        return None
    fields = [at.pack.fields[key] for key in at.draft.values if key in at.pack.fields]
    titles = [one.key for one in fields if kind_of(one).titled and not is_unit_field(one)]
    return Mention((titles[0],), 0, 0) if len(titles) == 1 else None


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
