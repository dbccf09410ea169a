"""Are the facts sound? Those code needs, shapes of phones and addresses, and whether the notice says the same."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import phonenumbers

from knowledge.fact_uses import CODE_FACTS, missing
from knowledge.facts import Fact
from knowledge.loading.notice_file import Head, read_head
from knowledge.loading.text_file import read_text
from knowledge.notice import squeeze
from knowledge.pack import NoticePack
from knowledge.problems import Problem
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

MISSING = (
    "没有 {name}（{what}），{used_for}就不会有",
    "在 facts: 下面加一行 {name}: {example}；这次征集确实没有的，在 facts: 前面加一行 without: [{name}]",
)
NEEDLESS = ("without 里的“{name}”不是程序会用到的事实", "删去它；可以写的有：{names}")
CONTRARY = ("without 说没有 {name}，facts 里却有", "两处留一处")
NO_PHONE = ("事实 {name} 不像电话号码：{given}", "写成 0551-65500000 或 13800000000 的样子，几个号码用顿号隔开")
NO_EMAIL = ("事实 {name} 不像邮箱地址：{given}", "写成 baosong@example.com 的样子，用英文的 @ 和点")
NOT_SAID = ("事实 {name}（{given}）在通知正文里没有", "核对是改了事实没有改正文，还是写错了；两处要一致")


def fact_faults(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List facts that are missing, misshapen, or not said by the notice's own text."""
    head = read_head(NOTICE, read_text(folder / NOTICE))
    for use in missing(pack.facts):
        if use.name not in head.without:
            told = [part.format(**use._asdict()) for part in MISSING]
            yield Problem(NOTICE, head.line("facts"), told[0], told[1], grave=False)
    yield from _in_without(head, pack)
    said = _Said.of(pack)
    for name, value in pack.facts.items():
        line = head.line("facts", name)
        for one in value if isinstance(value, tuple) else (value,):
            yield from (Problem(NOTICE, line, reason, mend, grave) for reason, mend, grave in _shape(name, one))
            if not said.holds(one):
                given = pack.facts.shown(name)
                yield Problem(NOTICE, line, NOT_SAID[0].format(name=name, given=given), NOT_SAID[1], grave=False)


def _in_without(head: Head, pack: NoticePack) -> Iterator[Problem]:
    names = [use.name for use in CODE_FACTS]
    for name in sorted(head.without):
        if name in pack.facts:
            yield Problem(NOTICE, head.line("without"), CONTRARY[0].format(name=name), CONTRARY[1], grave=False)
        elif name not in names:
            mend = NEEDLESS[1].format(names="、".join(names))
            yield Problem(NOTICE, head.line("without"), NEEDLESS[0].format(name=name), mend, grave=False)


def _shape(name: str, value: Fact) -> Iterator[tuple[str, str, bool]]:
    """Look at what by its name is a phone or an address; a wrong address would send everybody's papers astray."""
    text = str(value)
    parts = [part.strip() for part in _SEPARATED.split(text) if part.strip()]
    if _EMAIL_NAME.search(name) and not all(map(_EMAIL.fullmatch, parts)):
        yield NO_EMAIL[0].format(name=name, given=text), NO_EMAIL[1], True
    if _PHONE_NAME.search(name) and not all(map(_is_phone, parts)):
        yield NO_PHONE[0].format(name=name, given=text), NO_PHONE[1], False


def _is_phone(text: str) -> bool:
    try:
        number = phonenumbers.parse(re.sub(r"\s*(?:转|-)\s*(\d{1,4})$", r" ext. \1", text), REGION)
    except phonenumbers.NumberParseException:
        return text.isdecimal() and phonenumbers.is_valid_short_number_for_region(
            phonenumbers.PhoneNumber(country_code=86, national_number=int(text)), REGION
        )
    return phonenumbers.is_possible_number(number) and (
        phonenumbers.is_valid_number(number) or phonenumbers.is_valid_short_number(number)
    )


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
