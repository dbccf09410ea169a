"""Are the facts sound? Those code needs, shapes of phones and addresses, and whether the notice says the same."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import phonenumbers

from knowledge.fact_uses import code_facts, missing
from knowledge.facts import Fact
from knowledge.loading.notice_file import Head, read_head
from knowledge.loading.text_file import read_text
from knowledge.notice import squeeze
from knowledge.pack import NoticePack
from knowledge.problems import Problem, Told, told
from knowledge.text.numerals import whole_number

NOTICE = "notice.md"
REGION = "CN"  # numbers without a country's code are read as this country's

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE_NAME = re.compile(r"(?:^|_)(?:phone|tel|telephone|mobile|fax|hotline)s?(?:_|$)")
_EMAIL_NAME = re.compile(r"(?:^|_)(?:e?mail)s?(?:_|$)")
_SEPARATED = re.compile(r"[、,，;；/]|\s+或\s*")
_DIALLED = re.compile(r"\+?[\d\s()（）-]{7,}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HANZI_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万]+")


def fact_faults(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List facts that are missing, misshapen, or not said by the notice's own text."""
    head = read_head(NOTICE, read_text(folder / NOTICE))
    for use in missing(pack.facts):
        if use.name not in head.without:
            yield Problem(NOTICE, head.line("facts"), *told("fact.missing", **dict(use)), grave=False)
    yield from _in_without(head, pack)
    said = _Said.of(pack)
    for name, value in pack.facts.items():
        line = head.line("facts", name)
        for one in value if isinstance(value, tuple) else (value,):
            yield from (Problem(NOTICE, line, *said, grave=grave) for said, grave in _shape(name, one))
            if not said.holds(one):
                yield Problem(
                    NOTICE, line, *told("fact.not_said", name=name, given=pack.facts.shown(name)), grave=False
                )


def _in_without(head: Head, pack: NoticePack) -> Iterator[Problem]:
    names = [use.name for use in code_facts()]
    for name in sorted(head.without):
        if name in pack.facts:
            yield Problem(NOTICE, head.line("without"), *told("fact.without_contrary", name=name), grave=False)
        elif name not in names:
            said = told("fact.without_unused", name=name, names="、".join(names))
            yield Problem(NOTICE, head.line("without"), *said, grave=False)


def _shape(name: str, value: Fact) -> Iterator[tuple[Told, bool]]:
    """Look at what by its name is a phone or an address; a wrong address would send everybody's papers astray."""
    text = str(value)
    parts = [part.strip() for part in _SEPARATED.split(text) if part.strip()]
    if _EMAIL_NAME.search(name) and not all(map(_EMAIL.fullmatch, parts)):
        yield told("fact.no_email", name=name, given=text), True
    if _PHONE_NAME.search(name) and not all(map(_is_phone, parts)):
        yield told("fact.no_phone", name=name, given=text), False


def _is_phone(text: str) -> bool:
    try:
        number = phonenumbers.parse(re.sub(r"\s*(?:转|-)\s*(\d{1,4})$", r" ext. \1", text), REGION)
    except phonenumbers.NumberParseException:
        return text.isdecimal() and phonenumbers.is_valid_short_number_for_region(
            phonenumbers.PhoneNumber(country_code=86, national_number=int(text)), REGION
        )
    return bool(phonenumbers.is_possible_number(number))


class _Said:
    """What the notice's own text holds: its words, its days, its numbers."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._dialled = re.sub(r"[()（）—-]", "", text)
        self._numbers = set(_NUMBER.findall(text))
        self._numbers |= {str(whole_number(words)) for words in _HANZI_NUMBER.findall(text)}

    @classmethod
    def of(cls, pack: NoticePack) -> "_Said":
        return cls(squeeze("".join(clause.title + clause.text for clause in pack.notice.clauses.values())))

    def holds(self, value: Fact) -> bool:
        """Tell whether the notice says a day, a number, an address or a phone; other words may be the office's own."""
        if isinstance(value, datetime):
            return self.holds(value.date())
        if isinstance(value, date):
            return self._holds_day(value)
        if isinstance(value, time | tuple):
            return True
        words = str(value)
        if _DIALLED.fullmatch(words):
            return re.sub(r"\D", "", words) in self._dialled
        if isinstance(value, int | Decimal):
            return words in self._numbers
        return not _EMAIL.fullmatch(words) or words.lower() in self._text.lower()

    def _holds_day(self, day: date) -> bool:
        """Look for a day; its year often stands somewhere before, but never another year right before it."""
        named = re.finditer(rf"(?:(\d{{4}})年)?(?<!\d)0?{day.month}月0?{day.day}[日号]", self._text)
        if any(found[1] in (None, str(day.year)) for found in named):
            return True
        return re.search(rf"{day.year}(?P<mark>[-./])0?{day.month}(?P=mark)0?{day.day}(?!\d)", self._text) is not None
