"""What is said before a text or an item, and is no part of it: 麻烦您，再加一句：…, 简介这样写：…, 标题叫做….

Words of address, then words that say what follows, up to a mark; the words are data (`lexicon/lead_ins.yaml`). What is
not made of them alone is text, even where it ends with a colon (项目目标：…).
"""

import re
from functools import cache

from dialogs.fields.lexicon_file import load_lexicon
from knowledge.model import Model

_NEAR = 48  # characters of a lead-in, at most
_SHORTEST = 2  # characters by which a field is spoken of
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


class LeadInWords(Model):
    """All of `lexicon/lead_ins.yaml`."""

    courtesy: str
    things: str
    supplement: str
    telling: str
    sign: str
    titled: str


@cache
def _pattern(names: tuple[str, ...], *, adding: bool) -> re.Pattern[str]:
    words = load_lexicon("lead_ins", LeadInWords)
    plain = [_BRACKETS.sub("", name) for name in names]
    spoken = {*plain, *(name[-_SHORTEST:] for name in plain)} - {""}
    subject = "|".join([*map(re.escape, sorted(spoken, key=len, reverse=True)), words.things])
    supplement = words.supplement.replace("{subject}", subject)
    telling = rf"(?=[^:：\n]{{0,16}}(?:{words.sign}))(?:{subject}|{words.telling}){{1,12}}+"
    said = rf"(?:{supplement})\s?[:：,，]" if adding else rf"(?:(?:{supplement})\s?[:：,，]|{telling}\s?[:：])"
    return re.compile(rf"\s*(?:{words.courtesy}[,，、!！。.~～\s]{{0,3}}){{0,3}}{said}\s*(?=\S)")


def without_lead_in(names: tuple[str, ...], text: str) -> str:
    """Leave off what leads in to a text; `names` are those of its field."""
    match = _pattern(names, adding=False).match(text[:_NEAR])
    return text[match.end() :] if match else text


def addition(names: tuple[str, ...], text: str) -> str:
    """Give a text without the words that say it is put behind what came before; empty where there are none."""
    match = _pattern(names, adding=True).match(text[:_NEAR])
    return text[match.end() :] if match else ""


def without_title_lead(words: str) -> str:
    """Leave off what leads in to a title: 标题叫做…, 麻烦加上这条：…."""
    titled = re.compile(rf"(?:{load_lexicon('lead_ins', LeadInWords).titled})\s*(?=\S)").match(words[:_NEAR])
    return words[titled.end() :] if titled else without_lead_in((), words)
