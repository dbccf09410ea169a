"""Takes personal data out of a question before it is kept for staff: what remains is what was asked, not by whom."""

import re

from dialogs.fields.private_data import find_private
from dialogs.fields.registry import kind_of
from dialogs.session import Session
from knowledge.pack import NoticePack
from knowledge.text.person_names import DOUBLE, SINGLE, is_person

LONGEST = 200  # characters; a question is shorter, and a pasted page is nobody's question

_HAN = r"[\u3400-\u9fff]"
_SURNAME = rf"(?:{'|'.join(sorted(DOUBLE))}|[{''.join(sorted(SINGLE))}])"
_TITLE = r"(?:先生|女士|小姐|同志|老师|主任|局长|处长|科长|部长|书记|会长|理事长|经理|校长|院长|站长|台长)"
_END = r"(?=$|[^\u3400-\u9fffA-Za-z]|[的和与、，。在来想要请问可行能吗]|电话|手机)"
_NOBODY = "(?!高校|全校|单位|农村|应急|安徽|江苏|江西|甘肃|宁夏|海南|上海|黑龙江)"  # they begin like a surname
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ACCOUNT = re.compile(
    r"(?P<what>微信号?|wx|vx|qq号?|抖音号|账号|帐号)(?P<is>\s*[:：是为]?\s*)[A-Za-z0-9_-]{5,}", re.IGNORECASE
)
_COUNTED = r"(?!\d|\s*(?:元|次|人|万|亿|个|字|条|份))"
_NUMBER = re.compile(rf"(?<![\d.])\+?\d(?:[ ()（）-]{{0,2}}\d){{6,}}(?:\s*转\s*\d+)?{_COUNTED}")
_DAY = re.compile(r"(?:19|20)\d\d[-/.]?(?:0?[1-9]|1[0-2])[-/.]?(?:0?[1-9]|[12]\d|3[01])")
_INTRODUCED = re.compile(
    rf"(?P<lead>我叫|我是|本人叫?|名叫|名字[是叫]|姓名|联系人|负责人|经办人)(?P<is>\s*[:：是为填写叫]?\s*){_NOBODY}{_SURNAME}{_HAN}{{1,2}}{_END}"
)
_PARTS = re.compile(r"[，,。；;、\s]+")
_INTRODUCTION = re.compile(
    r"(?:我叫|我是|本人|您好|你好|(?:联系|手机)?电话|手机号?码?|身份证号?|邮箱|[:：是])*(?:〔[^〕]*〕)+[:：是]?"
)
_TITLED = re.compile(rf"(?:(?<!{_HAN})|(?<=[找给问叫由是和])){_NOBODY}{_SURNAME}{_HAN}{{0,2}}(?P<title>{_TITLE})")


def scrub(question: str, held: dict[str, str] | None = None) -> str:
    """Replace ID cards, phones, bank cards, mail addresses, accounts and names by what they are, e.g. 〔手机号〕.

    Args:
        question: what the applicant wrote.
        held: words known to be personal → what to write instead (see `personal_words`).
    """
    text = "".join(character if character.isprintable() else " " for character in question[: LONGEST * 2])
    for words, label in sorted((held or {}).items(), key=lambda pair: -len(pair[0])):
        text = text.replace(words, f"〔{label}〕")
    for private in reversed(find_private(text)):
        text = f"{text[: private.start]}〔{private.what}〕{text[private.end :]}"
    text = _MAIL.sub("〔邮箱〕", text)
    text = _ACCOUNT.sub(r"\g<what>\g<is>〔账号〕", text)
    text = _NUMBER.sub(lambda match: match[0] if _DAY.fullmatch(match[0]) else "〔号码〕", text)
    text = _INTRODUCED.sub(r"\g<lead>\g<is>〔姓名〕", text)
    text = _TITLED.sub(r"〔姓名〕\g<title>", text)
    return _only_what_was_asked(" ".join(text.split()))[:LONGEST]


def _only_what_was_asked(text: str) -> str:
    """Beside personal data, drop bare names and what only says who is asking (我叫〔姓名〕，电话〔手机号〕，…)."""
    if "〔" not in text:
        return text
    parts = ["〔姓名〕" if is_person(part) else part for part in _PARTS.split(text)]
    return "，".join([part for part in parts if not _INTRODUCTION.fullmatch(part)] or parts)


def personal_words(session: Session, pack: NoticePack) -> dict[str, str]:
    """List what this applicant's drafts hold that names a person, a unit or a project → the field's label."""
    found: dict[str, str] = {}
    for draft in session.drafts.values():
        for key, held in draft.values.items():
            field = pack.fields.get(key)
            if field is not None and (shortest := kind_of(field).personal_from):
                parts = held.value.values() if isinstance(held.value, dict) else [held.value]
                found |= {str(part): field.label for part in parts if part and len(str(part)) >= shortest}
    return found
