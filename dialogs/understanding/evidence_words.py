"""The few words people put under a picture or beside an address: which report it shows, that it is a video."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dialogs.fields.kinds.links import read_links
from dialogs.fields.read_value import Misread
from dialogs.fields.registry import kind_of
from dialogs.understanding.situation import Situation
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text.numerals import whole_number
from knowledge.text.question_form import Asks, asks

ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_MOST_WORDS = 40  # characters beside the addresses; more is a text that mentions some
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]"


class EvidenceWords(Model):
    """The words of `lexicon/evidence.yaml`."""

    counters: tuple[str, ...]
    numbered_things: tuple[str, ...]
    video: tuple[str, ...]


@cache
def _words() -> EvidenceWords:
    return load_yaml(Path(__file__).parent / "lexicon" / "evidence.yaml", EvidenceWords)


@cache
def _numbered() -> re.Pattern[str]:
    counters, things = "|".join(_words().counters), "|".join(_words().numbered_things)
    return re.compile(rf"(?:第\s{{0,3}})?({_NUMBER})\s{{0,3}}(?:{counters})|(?:{things})\s{{0,3}}(\d{{1,2}})")


def named_report(words: str, links: Sequence[str]) -> str | None:
    """Give the link a caption names by its address or by its number (第2条、链接2); None when it names none."""
    for link in sorted(links, key=len, reverse=True):
        if link in words or link.partition("://")[2].rstrip("/") in words:
            return link
    match = _numbered().search(words)
    number = whole_number(match[1] or match[2]) if match else None
    return links[number - 1] if number is not None and 1 <= number <= len(links) else None


def says_video(text: str) -> bool:
    """Tell whether the words speak of a video."""
    return any(word in text for word in _words().video)


def tells_address(text: str, at: Situation) -> bool:
    """Tell whether words give the address of a video, or any address where no field asks for one."""
    field, rest = at.asked, ADDRESS.sub("", text)
    no_place = field is None or kind_of(field).declared
    video = field is not None and not kind_of(field).roomy and says_video(text)
    if rest == text or not at.draft.id or not (no_place or video) or len(rest.strip()) > _MOST_WORDS:
        return False
    return asks(rest) is not Asks.YES and bool(addresses(text))


def addresses(text: str) -> list[str]:
    """Give the addresses in a text."""
    try:
        value = read_links(text).value
    except Misread:
        return []
    return [str(each) for each in value] if isinstance(value, list) else []
