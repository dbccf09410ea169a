"""Who can be reached how: a name and a phone, for some also their unit, in any order and punctuation."""

import re
from datetime import date
from typing import ClassVar

from pydantic import JsonValue

from dialogs.fields.chatter import without_chatter
from dialogs.fields.contact_words import ContactParts, ContactWord, contact_parts
from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.unit_names import ends_like_unit, is_unit, may_be_person, parted_title
from knowledge.expressions.value_types import TEXT
from knowledge.form import Field
from knowledge.text.person_names import DOUBLE, is_person

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af·•]+")
_LONGEST_UNIT = 60
PARTS = ("unit", "name", "phone")  # of a contact, in the order they are shown
_UNIT_SAID = re.compile(r"^[\u4e00-\u9fff]{0,2}单位(?:名称|全称)?(?=.{3})")
_AREA_CODE = re.compile(r"(?<!\d)0\d{2,3}(?=-)")


_BEHIND_LABEL = re.compile(r"(?<=[人位方门式话])[（(]([^（）()]{2,20})[）)]")


class Contact(Kind):
    """Somebody to call; `value` holds the field's `parts`: `{"name", "phone"}`, with `"unit"` where it has that part.

    All else that is given, a title, 微信同号, an e-mail address, a second phone, is shown and printed behind the phone.
    """

    name = "contact"
    part_types: ClassVar = dict.fromkeys(("unit", "name", "phone"), TEXT)
    telling = True
    flowing = True
    people = True
    personal_from = 2

    def unlabelled(self, field: Field, text: str) -> str:
        """Drop the label; a person or a unit in brackets behind it is no remark on it: 联系人（方静），138…."""
        names = "、".join(field.names)

        def opened(match: re.Match[str]) -> str:
            told = match[1] not in names and (is_person(match[1]) or is_unit(match[1]))
            return f"：{match[1]}，" if told else match[0]

        return super().unlabelled(field, _BEHIND_LABEL.sub(opened, text, count=1))

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a contact.

        Raises:
            Misread: a part is missing (it is named), or the phone number is masked or has the wrong length.
        """
        del today
        text = without_chatter(text)
        given = contact_parts(text)
        with_unit = "unit" in field.parts
        unit, person = _who(given.words, with_unit=with_unit)
        name, title = parted_title(person)
        held = {"unit": unit, "name": name, "phone": given.phones[0].shown if given.phones else ""}
        value: dict[str, JsonValue] = {part: held[part] for part in PARTS if part in field.parts}
        missing = [part for part, words in value.items() if not words]
        if missing:
            names = "、".join(say(f"part_{part}") for part in missing)
            raise Misread("invalid" if len(missing) == len(value) else "missing_part", missing=names)
        display = _shown(value, given, title)
        if _says_more(given.words, unit if with_unit else "", name):
            display = re.sub(r"[。.;；,，\s]+$", "", text.replace("\n", " "))
        return ReadValue(value, display, doubts=_doubts(field, given))


def told_parts(field: Field, text: str) -> dict[str, str]:
    """Give the parts of a contact that words tell, 刘洋 0558-2261111 → name and phone; a name with its title.

    Raises:
        Misread: the phone number is masked or has the wrong length.
    """
    given = contact_parts(without_chatter(text))
    unit, person = _who(given.words, with_unit="unit" in field.parts)
    told = {"unit": unit, "name": person, "phone": given.phones[0].shown if given.phones else ""}
    return {part: words for part, words in told.items() if words and part in field.parts}


def _shown(value: dict[str, JsonValue], given: ContactParts, title: str) -> str:
    phones = " / ".join(dict.fromkeys(phone.shown for phone in given.phones))
    extras = "、".join(dict.fromkeys([*([title] if title else []), *given.extras]))
    parts = [str(value[part]) for part in ("unit", "name") if part in value]
    return " ".join([*parts, *([phones] if phones else [])]) + (f"（{extras}）" if extras else "")


def _doubts(field: Field, given: ContactParts) -> tuple[str, ...]:
    """Doubt a landline without its area code; the field's example shows one."""
    if not given.phones or not given.phones[0].local:
        return ()
    found, area = given.phones[0].shown, _AREA_CODE.search(field.example)
    return (say("no_area_code", found=found, written=f"{area[0] if area else '区号'}-{found}"),)


def _says_more(words: tuple[ContactWord, ...], unit: str, name: str) -> bool:
    """Tell whether there are words besides unit and name, e.g. a second person: they are kept for the document."""
    return any(word.words not in unit and name not in word.words for word in words)


def _who(words: tuple[ContactWord, ...], *, with_unit: bool) -> tuple[str, str]:
    """Tell unit and person (a title still behind the name); an empty string stands for what is not there."""
    named = next((word for word in words if word.tag == "name" and may_be_person(word.words)), None)
    if named is None:
        named = _pick(words, with_unit=with_unit)
    rest = [word for word in words if word is not named]
    if named is None:
        return _glued(rest) if rest else ("", "")
    unit = next((word.words for word in rest if word.tag == "unit"), "") or "".join(
        word.words for word in rest if word.tag != "name"
    )
    return _UNIT_SAID.sub("", unit)[:_LONGEST_UNIT], named.words


def _pick(words: tuple[ContactWord, ...], *, with_unit: bool) -> ContactWord | None:
    people = [word for word in words if may_be_person(word.words)]
    sure = [word for word in people if is_person(parted_title(word.words)[0]) and not is_unit(word.words)]
    people = [word for word in people if word.tag != "unit"]
    latin = [word for word in people if word.words.isascii()]
    loose = [word for word in people if not ends_like_unit(word.words) and (len(words) > 1 or not with_unit)]
    for group in (sure, latin, loose):
        if group:
            return group[0] if not with_unit or len(words) == 1 else group[-1]
    return None


def _glued(words: list[ContactWord]) -> tuple[str, str]:
    """Part 望淮市教育局张一诺 into unit and name; the longest unit wins."""
    for word in words:
        plain, title = parted_title(word.words)
        if not _HAN.fullmatch(plain) or (not title and is_unit(plain)):  # 某市委宣传部 ends with no person
            continue
        for size in (2, 3, 4):
            unit, name = plain[:-size].removesuffix("的"), plain[-size:]
            if len(unit) > 1 and ends_like_unit(unit) and (is_person(name) or name[:2] in DOUBLE):
                return unit, name + title
    return "".join(word.words for word in words), ""
