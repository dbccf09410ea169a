"""Who can be reached how: a name and a phone, and for the recommender its unit, in any order and punctuation."""

import re

from pydantic import JsonValue

from dialogs.values.contact_words import TITLED, Word, cut
from dialogs.values.phone import find_phones
from dialogs.values.reading import Misread, Reading
from dialogs.values.surnames import DOUBLE, is_person
from dialogs.values.wording import say
from knowledge.form import Field

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


def read(field: Field, text: str) -> Reading:
    """Read a contact; `value` is `{"name", "phone"}`, for a recommender also `"unit"`.

    Raises:
        Misread: a part is missing (it is named), or the phone number is masked or has the wrong length.
    """
    phones = find_phones(text)
    with_unit = field.kind == "recommender"
    tokens = cut(text, phones)
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
    return Reading(value, display, doubts=doubts)


def _says_more(tokens: list[Word], unit: str, name: str) -> bool:
    """Tell whether there are words besides unit and name, e.g. a second person: they are kept for the document."""
    return any(token.words not in unit and name not in token.words for token in tokens if token.tag != "other")


def _who(tokens: list[Word], *, with_unit: bool) -> tuple[str, str]:
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


def _pick(tokens: list[Word], *, with_unit: bool) -> Word | None:
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


def _glued(tokens: list[Word]) -> tuple[str, str]:
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
