"""One person's name: 王小雅, 欧阳修远, 阿依古丽·买买提, Ann Lee; a title (教授) stays beside it."""

import re
from datetime import date

from dialogs.fields.chatter import without_chatter
from dialogs.fields.contact_words import ContactParts, contact_parts
from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.no_answer import is_later, is_none
from dialogs.fields.plain_words import asks, has_words, refuse_markup
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.unit_names import is_unit, may_be_person, name_words, parted_title
from knowledge.form import Field
from knowledge.text.person_names import is_person

_DOTS = re.compile(r"(?<=[\u3400-\u9fff])\s?[·•・‧∙･.。]\s?(?=[\u3400-\u9fff])")  # written instead of ·
_FIGURES = re.compile(r"[\d*+ -]*\d[\d*+ -]*")
_AND = re.compile("[和与及跟]")
_LONGEST = 30


class Person(Kind):
    """A person's name; `value` is the name alone, without title, phone and what is said around it.

    A title that tells what somebody is (教授, 主任) is printed behind the name; one of courtesy (先生, 老师) is not.
    """

    name = "person"
    named = True
    unread = "unread_person"
    sample = "王小雅"
    personal_from = 2

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a name; one that does not look like a name is asked about.

        Raises:
            Misread: no words, several people, a unit's name, markup, a question.
        """
        del field, today
        refuse_markup(text)
        if is_later(text) or is_none(text):
            raise Misread("absent")
        if asks(text) or text.rstrip().endswith(("?", "？")):
            raise Misread("question")
        given = _parts(_DOTS.sub("·", without_chatter(text)))
        words = [word.words for word in given.words if word.words not in name_words().name_labels]
        words = [part for word in words for part in _people_in(word)]
        if len(words) > 1:
            raise _several(words)
        name, title = parted_title(words[0]) if words else ("", "")
        if not has_words(name) or len(name) > _LONGEST:
            raise Misread
        if is_unit(name):
            raise Misread("unit_for_person", found=name)
        titles = [one for one in (title, *given.extras) if one in name_words().titles]
        kept = next((one for one in titles if one not in name_words().courtesies), "")
        dropped = [phone.shown for phone in given.phones] + [one for one in given.extras if one not in titles]
        hints = (say("not_for_person", found="、".join(dropped)),) if dropped else ()
        return ReadValue(name, name + kept, hints=hints, doubts=() if _looks_right(name) else (_doubt(name),))


def _several(words: list[str]) -> Misread:
    people = [word for word in words if may_be_person(word)]
    if len(people) > 1:
        return Misread("several_people", count=len(people), found="、".join(people))
    return Misread()


def _parts(text: str) -> ContactParts:
    """Take a text apart; figures that are no phone are let go."""
    try:
        return contact_parts(text)
    except Misread:
        return contact_parts(_FIGURES.sub(" ", text))


def _people_in(word: str) -> list[str]:
    """Part two people: 张三和李四, but not 张和平."""
    parts = _AND.split(word)
    return parts if len(parts) > 1 and all(is_person(part) for part in parts) else [word]


def _looks_right(name: str) -> bool:
    if is_person(name) or "·" in name or not re.fullmatch(r"[\u3400-\u9fff]+", name):
        return True
    words = name_words()
    return may_be_person(name) and not name.startswith(words.nicknames) and not set(name) & set(words.not_in_names)


def _doubt(name: str) -> str:
    return say("odd_name", found=name)
