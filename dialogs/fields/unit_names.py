"""What names of units and of people look like; the words are `lexicon/names.yaml`."""

import re
from collections.abc import Iterable
from functools import cache

from dialogs.fields.lexicon_file import load_lexicon
from knowledge.model import Model
from knowledge.text.person_names import is_person

_PERSON = re.compile(
    r"[\u3400-\u9fff\U00020000-\U000323af]{2,4}|[\u3400-\u9fff]+(?:[·•][\u3400-\u9fff]+)+"
    r"|[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z][A-Za-z.'’-]*)*"
)


class NameWords(Model):
    """All of `lexicon/names.yaml`."""

    unit_ends: tuple[str, ...]
    also_personal: tuple[str, ...]
    titles: tuple[str, ...]
    courtesies: tuple[str, ...]
    nicknames: tuple[str, ...]
    not_in_names: tuple[str, ...]
    label_prefixes: tuple[str, ...]
    unit_labels: tuple[str, ...]
    name_labels: tuple[str, ...]
    phone_labels: tuple[str, ...]
    asides: str
    leads: tuple[str, ...]
    closings: tuple[str, ...]
    pronouns: tuple[str, ...]
    unit_verbs: tuple[str, ...]
    unit_after_verb: str
    unit_leads_in: str
    unit_leads: tuple[str, ...]


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def name_words() -> NameWords:
    """Give the word list."""
    return load_lexicon("names", NameWords)


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(name_words().titles)})$")


def is_title(words: str) -> bool:
    """Tell whether words are nothing but what somebody is called by: 秘书长, 主任, 先生."""
    return words in name_words().titles


def parted_title(words: str) -> tuple[str, str]:
    """Part a name from the title behind it: 王小雅主任 → 王小雅, 主任; 王主任 stays, for the name is not known."""
    match = _title().search(words, 2)
    return (words[: match.start()], match[0]) if match else (words, "")


def ends_like_unit(words: str) -> bool:
    """Tell whether words end as names of units do: 局, 中心, 协会."""
    return words.endswith(name_words().unit_ends)


def is_unit(words: str) -> bool:
    """Tell whether words end like a unit and are not rather a person's name (王小园)."""
    return ends_like_unit(words) and not (is_person(words) and words.endswith(name_words().also_personal))


def may_be_person(words: str) -> bool:
    """Tell whether words, a title aside, could be somebody's name by their look: 2 to 4 hanzi, 古丽·艾山, Ann Lee."""
    return bool(_PERSON.fullmatch(parted_title(words)[0]))
