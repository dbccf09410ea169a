"""Personal data that must not be published: ID cards, mobile phones, bank cards (脱敏, 四.2)."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum import luhn

from knowledge.text.normalise import narrow

_URL = re.compile(r"https?://[\x21-\x7e]+")
_GAP = r"[ -]?"
_COUNTED = r"(?!\s*(?:次|人|元|万|亿|余|多|个|条|名|%))"
_ID = re.compile(
    rf"(?<![\d.])\d{{3}}{_GAP}\d{{3}}{_GAP}(?:19|20)\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXx](?![\dA-Za-z])|(?<![\d.])\d{{6}}\d{{2}}[01]\d[0-3]\d\d{{3}}(?!\d){_COUNTED}"
)
_MOBILE = re.compile(
    rf"(?<![\d.])(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d){_COUNTED}|(?<![\d.])1[3-9]\d(?:{_GAP}\d){{8}}(?!\d){_COUNTED}"
)
_CARD = re.compile(
    rf"(?<![\d.])[3-9]\d{{3}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d){_COUNTED}|(?<![\d.])[3-9]\d{{14,18}}(?!\d){_COUNTED}"
)
_ACCOUNT = re.compile(r"(?:卡号|账号|帐号|账户|银行卡|储蓄卡|信用卡|打款|转账|汇款)[^\d，。；]{0,10}$")
_UNIONPAY = re.compile(r"62\d{14,17}")
_NUMBERED = re.compile(r"(?:编号|单号|订单|证号|文号|批号|许可证?|流水号?)[^\d，。；]{0,6}$")
_DIGIT = re.compile(r"\d")
_NEAR = 8
_OLD_ID = 15


@dataclass(frozen=True, slots=True)
class Private:
    """A piece of personal data: what it is, where it stands, and how to point at it without repeating it."""

    what: str
    start: int
    end: int
    shown: str


def find_private(text: str) -> list[Private]:
    """Find ID cards, mobile phones and bank cards, in order; web addresses are left alone."""
    plain = _URL.sub(lambda m: " " * len(m[0]), narrow(text))
    found: list[Private] = []
    for what, pattern, holds in (("身份证号", _ID, _is_id), ("手机号", _MOBILE, _any), ("银行卡号", _CARD, _is_card)):
        for match in pattern.finditer(plain):
            if holds(plain, match) and not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(Private(what, match.start(), match.end(), _shown(text, match)))
    return sorted(found, key=lambda one: one.start)


def _any(_text: str, _match: re.Match[str]) -> bool:
    return True


def _is_id(_text: str, match: re.Match[str]) -> bool:
    """Go by the birthday alone: a wrong check digit, or a region that no longer is, is still somebody's number."""
    digits = re.sub(r"[ -]", "", match[0])
    return _is_day("19" + digits[6:12] if len(digits) == _OLD_ID else digits[6:14])


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year > 1900  # noqa: PLR2004
    except ValueError:
        return False


def _is_card(text: str, match: re.Match[str]) -> bool:
    digits, before = re.sub(r"[ -]", "", match[0]), text[: match.start()]
    if _UNIONPAY.fullmatch(digits) and not _NUMBERED.search(before):
        return True  # a wrong check digit is still somebody's card
    return luhn.is_valid(digits) or bool(_ACCOUNT.search(before))


def _shown(text: str, match: re.Match[str]) -> str:
    digits = re.sub(r"[^\dXx]", "", narrow(match[0]))
    masked = digits[:3] + "*" * (len(digits) - 5) + digits[-2:]
    before = re.split(r"[\n。！？]", text[max(0, match.start() - _NEAR) : match.start()])[-1]
    after = re.split(r"[\n。！？]", text[match.end() : match.end() + _NEAR])[0]
    return f"“{_DIGIT.sub('*', before)}{masked}{_DIGIT.sub('*', after)}”"
