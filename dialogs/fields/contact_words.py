"""A contact cut into words, each with the label that stood before it (联系人：, 电话：), and what was given besides.

What is not unit, name or phone is an extra: a title, an e-mail address, 微信同号, a fax number.
"""

import re
from dataclasses import dataclass
from functools import cache

from dialogs.fields.phone_numbers import Phone, find_phones
from dialogs.fields.unit_names import any_of, is_title, name_words
from knowledge.text.normalise import narrow
from knowledge.text.person_names import is_person

_GONE = "\ue000"  # stands where a phone or an address was
_HAN = r"[\u3400-\u9fff]"
_NAME_APART = re.compile(rf"(?<!{_HAN})({_HAN}) +({_HAN})(?!{_HAN})")
_SCRIPTS = re.compile(r"(?<=[^A-Za-z]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[^A-Za-z])")
_SEAL = re.compile(r"\((?:公章|盖章)\)")
_INNER = re.compile(
    rf"(?<={_HAN})\(({_HAN}{{1,12}})\)(?={_HAN}{{0,12}}(?:公司|集团|中心|协会|基金会|学校|大学|委员会|分院|研究院))"
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_SAME_WECHAT = re.compile(
    r"微信(?:号码?)?(?:同步|同号|同手机|同上|一样)(?:号码?)?|同微信(?:号码?)?|(?:手机|电话)(?:号码?)?同微信"
)
_ACCOUNT = re.compile(
    r"(?P<what>微信|wechat|wx|vx|qq)(?:号码?)?\s*[:：是为]?\s*(?P<account>[A-Za-z][\w-]{4,30}|\d{5,11}(?!\d))",
    re.IGNORECASE,
)
_BOTH = re.compile(r"联系人[及和与]?(?:联系方式|联系电话|电话)|姓名[及和与、]?(?:电话|联系方式)")
_OTHER = r"(?:电子)?邮箱|邮件|e-?mail|传真|fax"
_SPLIT = re.compile(r"[^\w·.•'’“”《》（）\u4e00-\u9fff]+|(?<![A-Za-z])\.|\.(?![A-Za-z ])|_")
_QUOTED = re.compile(r"^[“《（]([^“”《》（）]*)[”》）]$")
_PARTICLES = tuple("吧哈哦啊呀呢嘛")


@dataclass(frozen=True, slots=True)
class ContactWord:
    """Words between marks; `tag` is unit, name, phone, title or nothing."""

    words: str
    tag: str


@dataclass(frozen=True, slots=True)
class ContactParts:
    """What a contact holds: its words, its phones (faxes apart) and the extras in the order given."""

    words: tuple[ContactWord, ...]
    phones: tuple[Phone, ...]
    extras: tuple[str, ...]


def contact_parts(text: str) -> ContactParts:
    """Take a contact apart.

    Raises:
        Misread: the phone number is masked or has the wrong length.
    """
    plain = _SAME_WECHAT.sub(_blank, _ACCOUNT.sub(_blank, _MAIL.sub(_blank, narrow(text))))
    phones = find_phones(plain)
    called = [phone for phone in phones if not phone.fax] or phones
    words = _words(_cut_out(plain, phones))
    extras = [word.words for word in words if word.tag == "title"]
    extras += ["微信同号"] if _SAME_WECHAT.search(_MAIL.sub(_blank, narrow(text))) else []
    extras += [f"{_account_name(match['what'])}{match['account']}" for match in _ACCOUNT.finditer(narrow(text))]
    extras += [match[0] for match in _MAIL.finditer(narrow(text))]
    extras += [f"传真{phone.shown}" for phone in phones if phone.fax and phone not in called]
    return ContactParts(
        tuple(word for word in words if word.tag != "title"), tuple(called), tuple(dict.fromkeys(extras))
    )


def _account_name(what: str) -> str:
    return "QQ" if what.lower() == "qq" else "微信"


def _blank(match: re.Match[str]) -> str:
    return _GONE * len(match[0])


def _cut_out(text: str, phones: list[Phone]) -> str:
    for phone in reversed(phones):
        text = f"{text[: phone.start]}{_GONE}{text[phone.end :]}"
    return text


@cache
def _labels() -> re.Pattern[str]:
    """The labels before the parts of a contact."""
    words = name_words()
    prefix = rf"(?:{any_of(words.label_prefixes)})?"
    return re.compile(
        rf"(?P<unit>{prefix}(?:{any_of(words.unit_labels)}))\s*[:：是为]"
        rf"|(?P<name>{prefix}(?:{any_of(words.name_labels)}))\s*[:：是为]?"
        rf"|(?P<phone>{any_of(words.phone_labels)})\s*[:：.是为]*|(?P<other>{_OTHER})\s*[:：]?",
        re.IGNORECASE,
    )


def _words(text: str) -> list[ContactWord]:
    text = _BOTH.sub("\n", _NAME_APART.sub(r"\1\2", text))
    text = _INNER.sub("（\\1）", _SCRIPTS.sub("\n", _SEAL.sub("\n", text)))
    found: list[ContactWord] = []
    tag, start = "", 0
    for label in [*_labels().finditer(text), None]:
        found += _pieces(text[start : label.start() if label else len(text)], tag)
        if label:
            tag, start = label.lastgroup or "", label.end()
    return [word for word in found if word.tag != "other"]


def _pieces(text: str, tag: str) -> list[ContactWord]:
    if re.match(rf"\W*{_GONE}", text):
        tag = ""
    latin_kept = re.sub(r"(?<=[A-Za-z]) (?=[A-Za-z])", "\u00b7", text)
    words = [_QUOTED.sub(r"\1", word.strip(".•'’ ")) for word in _SPLIT.split(latin_kept)]
    words = [re.sub(r"(?<=[A-Za-z.])·(?=[A-Za-z])", " ", word) for word in words]
    named = [part for word in words if re.search(r"[^\W\d_]", word) for part in _parted(word)]
    tagged = [
        ContactWord(word, "title") if is_title(word) else ContactWord(_bare(word), tag if index == 0 else "")
        for index, word in enumerate(named)
    ]
    return [word for word in tagged if word.words and not _aside().fullmatch(word.words)]


@cache
def _aside() -> re.Pattern[str]:
    """电话你记一下: said along with a phone."""
    return re.compile(name_words().asides)


@cache
def _spoken() -> re.Pattern[str]:
    """What is said before or behind a name: 找我们秘书…, …就行, …推荐我们的."""
    words = name_words()
    before = rf"^(?:(?:{any_of(words.leads)}){{1,3}}(?:{any_of(words.titles)})?)(?=.{{2,}})"
    behind = (
        rf"(?:{any_of(words.closings)})$"
        rf"|的?是?(?:{any_of(words.unit_verbs)})(?:[我咱俺]们?)?的?(?:单位|部门|方)?$|(?<=[部局办会院社台委厅])出$|的$"
    )
    verb = rf"^(?:{any_of(words.unit_verbs)}){words.unit_after_verb}(?=.{{4,}})|^(?:{words.unit_leads_in})(?=.{{4,}})"
    return re.compile(f"{before}|{verb}|{behind}")


def _parted(word: str) -> tuple[str, ...]:
    """Part a title from the name behind it: 副队长廖春梅 → 廖春梅, 副队长."""
    title = next((each for each in _titles_first() if word.startswith(each) and is_person(word[len(each) :])), "")
    return (word[len(title) :], title) if title else (word,)


@cache
def _titles_first() -> tuple[str, ...]:
    return tuple(sorted(name_words().titles, key=len, reverse=True))


@cache
def _unnamed() -> re.Pattern[str]:
    """Words that name nobody: 找我, 她, 打我本人就行."""
    words = name_words()
    return re.compile(
        rf"(?:{any_of((*words.leads, '打', '打给'))}){{0,2}}(?:{any_of(words.pronouns)})(?:{any_of(words.closings)})?"
    )


def _bare(word: str) -> str:
    """Take off what is said around a word: 我是王小雅, 某办的, 某办推荐, 王小雅吧; empty where nobody is named."""
    if _unnamed().fullmatch(word):
        return ""
    word = _spoken().sub("", word)
    return word[:-1] if word.endswith(_PARTICLES) and is_person(word[:-1]) else word
