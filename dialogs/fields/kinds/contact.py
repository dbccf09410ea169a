"""Who can be reached how: a name and a phone, for some also their unit, in any order and punctuation.

A contact is first cut into words, each with the label that stood before it (联系人：, 电话：).
"""

import re
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.phone_numbers import Phone, find_phones
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field
from knowledge.text.normalise import narrow
from knowledge.text.person_names import DOUBLE, is_person

_GONE = "\ue000"  # stands where a phone or an address was
_NAME_APART = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) +([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_SCRIPTS = re.compile(r"(?<=[^A-Za-z]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[^A-Za-z])")
_SEAL = re.compile(r"\((?:公章|盖章)\)")
_INNER = re.compile(
    r"(?<=[\u4e00-\u9fff])\(([\u4e00-\u9fff]{1,12})\)(?=[\u4e00-\u9fff]{0,12}(?:公司|集团|中心|协会|基金会|学校|大学|委员会|分院|研究院))"
)
_UNIT_LABEL = r"(?:推荐|申报)?单位(?:名称|全称)?|工作单位|所在单位"
_NAME_LABEL = r"(?:申报|推荐|项目)?(?:单位)?联\s*系\s*人(?:姓名)?|姓\s*名|负责人|名字"
_PHONE_LABEL = (
    r"(?:联系|办公|移动|座机|手机|固定|固话|单位)?\s*(?:电\s*话|手机)(?:号码?)?"
    r"|联系方式|联系号码|手机号码?|座机|固话|号码|tel|phone|mobile|mob"
)
_OTHER_LABEL = r"(?:电子)?邮箱|e-?mail|微信号?(?:同号)?|qq|传真|fax|同微信|微信同步?号?"
_LABEL = re.compile(
    rf"(?P<unit>{_UNIT_LABEL})\s*[:：是为]|(?P<name>{_NAME_LABEL})\s*[:：是为]?"
    rf"|(?P<phone>{_PHONE_LABEL})\s*[:：.是为]*|(?P<other>{_OTHER_LABEL})\s*[:：]?",
    re.IGNORECASE,
)
_BOTH = re.compile(r"联系人[及和与]?(?:联系方式|联系电话|电话)|姓名[及和与、]?(?:电话|联系方式)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SPLIT = re.compile(r"[^\w·.•'’“”《》（）\u4e00-\u9fff]+|(?<![A-Za-z])\.|\.(?![A-Za-z ])|_")
_TITLES = (
    "办公室主任|副主任|主任|副局长|局长|副处长|处长|副科长|科长|部长|副部长|书记|副书记|秘书长|副秘书长|会长|副会长|理事长|主席|经理|总经理|总监|董事长|总编|主编|编辑|记者|站长|台长|馆长|院长|校长"
    "|老师|同志|先生|女士|小姐|干事|科员|专员|主管|负责人|工作人员|联络员|同事|男|女|收"
)
_TITLE = re.compile(rf"(?:{_TITLES})")
TITLED = re.compile(rf"(?<=..)(?:{_TITLES})$")
_QUOTED = re.compile(r"^[“《（]([^“”《》（）]*)[”》）]$")
_LEAD = re.compile(r"^(?:我是|我叫|我们的?|本人|联系|找|请找|请联系|叫|是|由|就是|就写|写|填)(?=.{2,})")


@dataclass(slots=True)
class ContactWord:
    """Words between marks; `tag` is unit, name, phone, other (an address, a fax) or nothing."""

    words: str
    tag: str


def contact_words(text: str, phones: list[Phone]) -> list[ContactWord]:
    """Cut what is not a phone into words, each tagged with the label that stands before it."""
    for phone in reversed(phones):
        text = f"{text[: phone.start]}{_GONE}{text[phone.end :]}"
    text = _BOTH.sub("\n", _MAIL.sub(_GONE, _NAME_APART.sub(r"\1\2", narrow(text))))
    text = _INNER.sub("（\\1）", _SCRIPTS.sub("\n", _SEAL.sub("\n", text)))
    tokens: list[ContactWord] = []
    tag, start = "", 0
    for label in [*_LABEL.finditer(text), None]:
        tokens += _pieces(text[start : label.start() if label else len(text)], tag)
        if label:
            tag, start = label.lastgroup or "", label.end()
    return tokens


def _pieces(text: str, tag: str) -> list[ContactWord]:
    if re.match(rf"\W*{_GONE}", text):
        tag = ""
    latin_kept = re.sub(r"(?<=[A-Za-z]) (?=[A-Za-z])", "\u00b7", text)
    words = [_QUOTED.sub(r"\1", word.strip(".•'’ ")) for word in _SPLIT.split(latin_kept)]
    words = [re.sub(r"(?<=[A-Za-z.])·(?=[A-Za-z])", " ", word) for word in words if word]
    words = [
        _LEAD.sub("", word).removesuffix("的").removesuffix("推荐")
        for word in words
        if not _TITLE.fullmatch(word) and re.search(r"[^\W\d_]", word)
    ]
    return [ContactWord(word, tag if index == 0 else "") for index, word in enumerate(words)]


_UNIT_END = re.compile(
    r"(?:局|办|会|中心|公司|院|社|部|台|站|馆|所|校|学|团|委|厅|室|处|科|网|报|店|厂|队|组|集团|政府|银行|平台|社区|街道|镇|乡|村|县|区|市|省|联|园|园区|协会|基金|媒体|单位|机构|联盟|大学|行|庭|局机关|支部|联合体|俱乐部|工作室|号|站点|党校|医院)$"
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af·•]+")
_PERSON = re.compile(
    r"[\u3400-\u9fff\U00020000-\U000323af]{2,4}|[\u3400-\u9fff]+(?:[·•][\u3400-\u9fff]+)+"
    r"|[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z][A-Za-z.'’-]*)*"
)
_NAME_ENDS = "联园庭行学村镇省站台区"  # these end units, but people's names as well
_LONGEST_UNIT = 60
_UNIT_SAID = re.compile(r"^(?:推荐|申报|工作|所在)?单位(?:名称|全称)?(?=.{3})")


class Contact(Kind):
    """Somebody to call; `value` is `{"name", "phone"}`, with `"unit"` where the field has that part."""

    name = "contact"
    telling = True
    flowing = True
    people = True
    personal_from = 2

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a contact; `value` is `{"name", "phone"}`, with `"unit"` where the field has that part.

        Raises:
            Misread: a part is missing (it is named), or the phone number is masked or has the wrong length.
        """
        del today
        phones = find_phones(text)
        with_unit = "unit" in field.parts
        tokens = contact_words(text, phones)
        phones = [phone for phone in phones if not phone.fax] or phones
        unit, name = _who(tokens, with_unit=with_unit)
        there = {"part_unit": unit or not with_unit, "part_name": name, "part_phone": phones}
        missing = [say(part) for part, held in there.items() if not held]
        if missing:
            everything = len(missing) == 2 + with_unit
            raise Misread("invalid" if everything else "missing_part", missing="、".join(missing))
        value: dict[str, JsonValue] = {"unit": unit} if with_unit else {}
        value |= {"name": name, "phone": phones[0].shown}
        shown = " / ".join(dict.fromkeys(phone.shown for phone in phones))
        display = " ".join([*([unit] if with_unit else []), name, shown])
        if _says_more(tokens, unit if with_unit else "", name):
            display = re.sub(r"[。.;；,，\s]+$", "", text.replace("\n", " "))
        doubts = (say("no_area_code", found=phones[0].shown),) if phones[0].local else ()
        return ReadValue(value, display, doubts=doubts)


def _says_more(tokens: list[ContactWord], unit: str, name: str) -> bool:
    """Tell whether there are words besides unit and name, e.g. a second person: they are kept for the document."""
    return any(token.words not in unit and name not in token.words for token in tokens if token.tag != "other")


def _who(tokens: list[ContactWord], *, with_unit: bool) -> tuple[str, str]:
    """Tell unit and name; an empty string stands for what is not there."""
    tokens = [token for token in tokens if token.tag != "other"]
    named = next((token for token in tokens if token.tag == "name" and _person(token.words)), None)
    if named is None:
        named = _pick(tokens, with_unit=with_unit)
    rest = [token for token in tokens if token is not named]
    if named is None:
        return _glued(rest) if rest else ("", "")
    unit = next((token.words for token in rest if token.tag == "unit"), "") or "".join(
        token.words for token in rest if token.tag != "name"
    )
    if not unit and with_unit:
        return "", TITLED.sub("", named.words)
    return _UNIT_SAID.sub("", unit)[:_LONGEST_UNIT], TITLED.sub("", named.words)


def _pick(tokens: list[ContactWord], *, with_unit: bool) -> ContactWord | None:
    people = [token for token in tokens if _person(token.words)]
    sure = [token for token in people if is_person(TITLED.sub("", token.words)) and not _is_unit(token.words)]
    people = [token for token in people if token.tag != "unit"]
    latin = [token for token in people if token.words.isascii()]
    loose = [token for token in people if not _UNIT_END.search(token.words) and (len(tokens) > 1 or not with_unit)]
    for group in (sure, latin, loose):
        if group:
            return group[0] if not with_unit or len(tokens) == 1 else group[-1]
    return None


def _is_unit(words: str) -> bool:
    return bool(_UNIT_END.search(words)) and not (is_person(words) and words[-1] in _NAME_ENDS)


def _person(words: str) -> bool:
    return bool(_PERSON.fullmatch(TITLED.sub("", words)))


def _glued(tokens: list[ContactWord]) -> tuple[str, str]:
    """Part `望淮市教育局张一诺` into unit and name; the longest unit wins."""
    for token in tokens:
        words = TITLED.sub("", token.words)
        if not _HAN.fullmatch(words):
            continue
        for size in (2, 3, 4):
            unit, name = words[:-size].removesuffix("的"), words[-size:]
            if len(unit) > 1 and _UNIT_END.search(unit) and (is_person(name) or name[:2] in DOUBLE):
                return unit, name
    return "".join(token.words for token in tokens), ""
