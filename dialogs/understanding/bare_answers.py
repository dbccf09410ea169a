"""Answers with nothing said around them: 5200人, 2021年9月至今, 安庆市某某协会, 某局 李敏 0551-….

Most answers are such, and no other reading of them is fair: they are the answer to the field asked for, and are not
looked through for corrections, other fields and the like. What is held already, or waits for a decision, is no plain
answer.
"""

import re

from dialogs.fields.contact_words import contact_parts
from dialogs.fields.kind import Kind
from dialogs.fields.read_value import Misread
from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import ends_like_unit, is_unit
from dialogs.understanding.clauses import folded
from dialogs.understanding.prose_fields import is_source, is_unit_field
from dialogs.understanding.prose_names import source_said
from dialogs.understanding.prose_pieces import PHONE
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.text.divisions import place_at
from knowledge.text.person_names import is_person

_FIGURE = 24  # characters of a bare figure
_NAME = re.compile(r"[一-鿿（）()]{6,40}")
_CODE = re.compile(r"[一-鿿A-Za-z0-9()（）〔〕\[\]-]{6,40}")
_DIGITS = 6  # digits of a number that is known by them
_SOURCES = 40  # characters of a list of sources
_CONTACT = 60  # characters of a bare contact
_BARE = re.compile(r"\A约|[\d,，.万亿]|(?<=\d)[年月日号]|(?<=[年月日号\d])[至到~—-](?:今(?!天)|(?=\d))")


def is_bare_answer(text: str, at: Situation) -> bool:
    """Tell whether a message is nothing but a value of the field asked for."""
    asked = at.asked
    if asked is None or at.pending is not None or at.review or at.holds(asked.key) or asked.key in at.draft.refused:
        return False
    kind, said = kind_of(asked), text.strip()
    bare = _is_figure(said, asked, kind) or _is_unit_name(said, asked) or _is_contact(said, kind, at)
    return (bare or _is_code(said, kind, at) or _is_source(said, asked, at)) and at.fits(asked, text)


def _is_figure(text: str, asked: Field, kind: Kind) -> bool:
    """Tell whether words are a number, a day or a span with at most a unit of the field."""
    if not kind.numbered or kind.assents or kind.optioned or kind.tabled or not 1 < len(text) <= _FIGURE:
        return False
    if PHONE.search(text):
        return False
    rest = _BARE.sub("", text).strip()
    alone = rest in ("", *asked.units) or (kind.shaped and not kind.dated and rest == "元")
    return alone and any(map(str.isdigit, text))


def _is_unit_name(text: str, asked: Field) -> bool:
    """Tell whether words begin with a place and end as names of units do."""
    return (
        is_unit_field(asked) and _NAME.fullmatch(text) is not None and bool(place_at(text, 0)) and ends_like_unit(text)
    )


def _is_code(text: str, kind: Kind, at: Situation) -> bool:
    """Tell whether words are a number of many digits, with the signs and letters of numbers, and no phone."""
    other = kind.takes_words or kind.optioned or kind.people or kind.several_messages or kind.links
    if other or not kind.figured or _CODE.fullmatch(text) is None or PHONE.search(text):
        return False
    return sum(map(str.isdigit, text)) >= _DIGITS and not at.mentions(folded(text))


def _is_source(text: str, asked: Field, at: Situation) -> bool:
    """Tell whether words only list where money comes from: 社会捐赠、政府购买服务."""
    if not is_source(asked, at.pack.form) or not 1 < len(text) <= _SOURCES or re.search(r"\d", text):
        return False
    return all(source_said(each) == each for each in re.split(r"[、，,\s]+", text))


def _is_contact(text: str, kind: Kind, at: Situation) -> bool:
    """Tell whether words are a person and a phone, perhaps with the unit: no label that may be another contact's."""
    if not kind.people or len(text) > _CONTACT or any(each.whole for each in at.mentions(folded(text))):
        return False
    try:
        parts = contact_parts(text)
    except Misread:
        return False
    names = [word.words for word in parts.words]
    alone = sum(len(name) for name in names) == len(re.findall(r"[^\W\d_]", text))
    return len(parts.phones) == 1 and alone and all(is_person(name) or is_unit(name) for name in names)
