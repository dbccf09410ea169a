"""Values of several fields in free prose: 我们是…，项目叫…，2021年起，有510人参与，花了7万5.

Each clause is offered to the fields it names, then to those whose unit or shape it has; their validators decide.
"""

import re
from functools import lru_cache
from pathlib import Path

from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.corrections import stated
from dialogs.understanding.mentions import Mention, names_of
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model

_MOST_PARTS = 3  # clauses before a phone that may name its person and unit
_QUOTED = re.compile(r"[“《「\"]([^”》」\"]{2,40})[”》」\"]")


def values_in_prose(cut: list[SpokenClause], text: str, at: Situation) -> dict[str, str]:
    """Give field → the words it came from, in the form's order."""
    found: dict[str, str] = {}
    rest: list[SpokenClause] = []
    for number, clause in enumerate(cut):
        free = 0  # clauses right before this one that say nothing of another field
        while free < min(_MOST_PARTS, len(rest)) and rest[-1 - free] is cut[number - 1 - free]:
            free += 1
        if not _named(clause, text, at, found) and not _people(cut, number, text, at, found, free=free):
            rest.append(clause)
    for clause in rest:
        _by_shape(clause, text, at, found)
    return {one.key: found[one.key] for one in at.pack.form.fields if one.key in found}


def _named(clause: SpokenClause, text: str, at: Situation, found: dict[str, str]) -> bool:
    taken = False
    mentions = at.mentions(clause.plain)
    for number, mention in enumerate(mentions):
        end = mentions[number + 1].start if number + 1 < len(mentions) else len(clause.plain)
        taken = _said_of(clause, mention, end, text, at, found) or taken
    return taken or _spoken_lead(clause, text, at, found)


def _said_of(clause: SpokenClause, mention: Mention, end: int, text: str, at: Situation, found: dict[str, str]) -> bool:  # noqa: PLR0913, PLR0917
    said = stated(clause, mention, end)
    behind = text[slice(*said.value)].strip() if said.value else ""
    whole = text[clause.start : clause.end]
    for key in _with_kin(mention, at):
        one = at.pack.fields[key]
        wordy = kind_of(one).takes_words
        pieces = [behind] if wordy or kind_of(one).people else [behind, whole]
        if wordy and not mention.whole:
            continue  # a piece of a name alone begins no name: 公益发展中心 is no project
        for piece in pieces:
            if key not in found and len(piece) > 1 and at.fits(one, piece):
                found[key] = piece.removeprefix("都是") if wordy else piece
                return True
    return False


def _with_kin(mention: Mention, at: Situation) -> list[str]:
    """The fields meant, then those named after one of them (资金 → 资金来源): its other half takes what it does not."""
    kin = [
        one.key
        for one in at.pack.form.fields
        for key in mention.keys
        if one.key not in mention.keys
        and any(name in other for name in names_of(at.pack.fields[key]) for other in names_of(one))
    ]
    return [*mention.keys, *dict.fromkeys(kin)]


def _spoken_lead(clause: SpokenClause, text: str, at: Situation, found: dict[str, str]) -> bool:
    """Read 我们是…, 项目叫…: the openings the pack knows for a field."""
    words = text[clause.start : clause.end]
    for one in at.pack.form.fields:
        for lead in sorted(one.lead_ins, key=len, reverse=True):
            behind = words.partition(lead)[2].strip(" :：") if lead in words[: len(lead) + 8] else ""
            if one.key not in found and len(behind) > 1 and at.fits(one, behind):
                found[one.key] = behind
                return True
    return False


def _people(  # noqa: PLR0913 - one clause among others, and what is known so far
    cut: list[SpokenClause], number: int, text: str, at: Situation, found: dict[str, str], *, free: int
) -> bool:
    """Read a person with a phone; those with a unit of their own take the clause before, too."""
    clause = cut[number]
    contacts = [one for one in at.pack.form.fields if kind_of(one).people and one.key not in found]
    spans = [(cut[number - back].start, clause.end) for back in range(free, -1, -1)]
    named = {key for back in range(free + 1) for key in _contacts_named(cut[number - back], at)}
    for one in sorted(contacts, key=lambda each: (each.key not in named, -len(each.parts))):
        for start, end in spans:
            words = text[start:end]
            if re.search(r"\d{7}", words) and at.fits(one, words):
                found[one.key] = words
                return True
    return False


def _contacts_named(clause: SpokenClause, at: Situation) -> list[str]:
    """Give the fields a clause names in full: 联系人孔祥瑞 is no recommending unit."""
    return [mention.keys[0] for mention in at.mentions(clause.plain) if mention.whole and mention.part is None]


def _by_shape(clause: SpokenClause, text: str, at: Situation, found: dict[str, str]) -> None:
    words = text[clause.start : clause.end]
    for one in at.pack.form.fields:
        if one.key in found:
            continue
        value = _name(one, words) if kind_of(one).titled else words if _has_shape(one, clause.plain) else ""
        if value and at.fits(one, value):
            found[one.key] = value
            return


def _name(one: Field, words: str) -> str:
    """Give the name of a unit, by its ending, for a field whose example is one; for others what stands in quotes.

    A field's head noun may lead in its name: 项目云上课堂 for 项目名称.
    """
    ends = prose_words().unit_end
    unit = re.search(rf"[㐀-鿿（）()·]{{2,40}}(?:{ends})(?=$|[^㐀-鿿]|(?:{prose_words().unit_after}))", words)
    if re.search(rf"(?:{ends})$", one.example):
        return re.sub(rf"^(?:{prose_words().unit_lead})", "", unit[0]) if unit else ""
    if quoted := _QUOTED.search(words):
        return quoted[1]
    lead = re.search(rf"^(?:{prose_words().title_lead})(?P<name>.{{2,30}})$", words)
    return lead["name"] if lead and not unit else ""


def _has_shape(one: Field, plain: str) -> bool:
    """Tell whether words have a shape only this kind of field has: its units, or a choice's label."""
    kind = kind_of(one)
    if kind.optioned:
        return chosen_option(one, plain)
    if kind.shaped:
        return True
    return bool(one.units) and any(re.search(rf"[\d万亿千百十]{re.escape(unit)}", plain) for unit in one.units[:3])


def chosen_option(one: Field, plain: str) -> bool:
    """Tell whether words hold the name of one of a field's options, or what is told apart in it: 教育 of 类+教育."""
    return any(choice.label.rpartition("+")[2] in plain for choice in one.choices)


class ProseWords(Model):
    """All of `lexicon/prose.yaml`."""

    unit_end: str
    unit_lead: str
    unit_after: str
    title_lead: str


@lru_cache(1)
def prose_words() -> ProseWords:
    """Give the words, read once."""
    return load_yaml(Path(__file__).parent / "lexicon" / "prose.yaml", ProseWords)
