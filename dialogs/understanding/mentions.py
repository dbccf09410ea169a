"""Which field words speak of: by a name or a telling piece of one, by a part of a contact, by its number in the form.

A telling piece is two characters or more that stand in the names of one field only (受益 in 项目受益人数): worked out
from the form, never listed. Where a piece stands in several fields' names, all of them are candidates.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import folded
from knowledge.form import Field, Form, once_a_form
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text.numerals import whole_number

_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_SHORTEST, _LONGEST_PIECE = 2, 6
_SHORTEST_NAME = 3  # characters of a name said in other words
_PACKS = 8
_LAST = 2  # characters of the noun a name ends with
_HEADED = re.compile(r"[㐀-鿿]{4,6}")
_NUMBER = "[0-9一二三四五六七八九十]{1,3}"


class MentionWords(Model):
    """All of `lexicon/mentions.yaml` (see its comments)."""

    parts: dict[str, tuple[str, ...]]
    variants: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    common: frozenset[str]
    numbered: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A field spoken of at characters `start` to `end` of a folded text.

    `keys` are the fields it may be, the likeliest first; `part` is the part of a contact named along with it, or
    alone (then `keys` are all contacts); `whole` tells a full name from a piece of one.
    """

    keys: tuple[str, ...]
    start: int
    end: int
    part: str | None = None
    whole: bool = True
    number: int | None = None  # the field's number in the form, where it was named by it
    by_person: bool = False  # by the name of somebody held in it
    noun: str = ""  # by the noun of one of the figures held in it

    def meets(self, other: "Mention") -> bool:
        """Tell whether both stand on a common character."""
        return self.start < other.end and other.start < self.end


class Mentions:
    """Finds mentions of one form's fields."""

    def __init__(self, form: Form) -> None:
        """Work out names and telling pieces."""
        words = mention_words()
        fields = [field for field in form.fields if not kind_of(field).declared]
        self._order = [field.key for field in form.fields]
        self._named: dict[str, tuple[str, ...]] = {}
        self._spoken: dict[str, tuple[str, ...]] = {}  # names as people say them
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._names = {field.key: names_of(field) for field in fields}
        for field in fields:
            for name in names_of(field):
                self._add(self._named, name, field.key)
        for field in fields:
            for name in _other_names(field, form, words):
                if name not in self._named:
                    self._add(self._spoken, name, field.key)
        self._named |= {name: keys for name, keys in self._spoken.items() if len(keys) == 1}
        units = frozenset(folded(unit) for field in fields for unit in field.units)
        for field in fields:
            for piece in {piece for name in names_of(field) for piece in _pieces(name)} - words.common - units:
                if piece not in self._named:
                    self._add(self._pieces, piece, field.key)
        contacts = tuple(field.key for field in fields if kind_of(field).people)
        self._parts = {
            folded(word): (part, contacts) for part, spoken in words.parts.items() for word in spoken if contacts
        }
        known = sorted({*self._named, *self._pieces, *self._parts}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, known)) or "(?!)")
        self._numbered = re.compile(words.numbered.replace("{n}", f"({_NUMBER})"))

    def find(self, plain: str) -> list[Mention]:
        """Find the mentions in a folded clause, in order; a part that directly follows a contact belongs to it."""
        found = [self._mention(match) for match in self._pattern.finditer(plain)]
        found += [mention for match in self._numbered.finditer(plain) if (mention := self._by_number(match))]
        joined: list[Mention] = []
        for mention in sorted(found, key=lambda each: each.start):
            before = joined[-1] if joined else None
            if before and _is_part_of(before, mention, plain):
                joined[-1] = Mention(before.keys, before.start, mention.end, mention.part, before.whole)
            else:
                joined.append(mention)
        return joined

    def _add(self, table: dict[str, tuple[str, ...]], word: str, key: str) -> None:
        if key not in table.get(word, ()):
            table[word] = (*table.get(word, ()), key)

    def _mention(self, match: re.Match[str]) -> Mention:
        word = match[0]
        if word in self._named:
            part = self._parts[word][0] if word in self._parts else None
            return Mention(self._named[word], match.start(), match.end(), part=part)
        if word in self._parts:
            part, contacts = self._parts[word]
            named = tuple(key for key, names in self._names.items() if any(word in name for name in names))
            contacts = tuple(dict.fromkeys((*contacts, *named)))
            return Mention(contacts, match.start(), match.end(), part=part)
        return Mention(self._pieces[word], match.start(), match.end(), whole=False)

    def _by_number(self, match: re.Match[str]) -> Mention | None:
        number = whole_number(next(group for group in match.groups() if group))
        if number is None or not 1 <= number <= len(self._order):
            return None
        return Mention((self._order[number - 1],), match.start(), match.end(), number=number)


@lru_cache(1)
def mention_words() -> MentionWords:
    """Give the words, read once."""
    return load_yaml(Path(__file__).parent / "lexicon" / "mentions.yaml", MentionWords)


@once_a_form
def mentions_of(form: Form) -> Mentions:
    """Give what finds mentions of a form's fields."""
    return Mentions(form)


def names_of(field: Field) -> tuple[str, ...]:
    """Give the names a field goes by, folded, remarks in brackets left off."""
    return _folded_names((field.label, *field.aliases))


@lru_cache(maxsize=512)
def _folded_names(spoken: tuple[str, ...]) -> tuple[str, ...]:
    names = [folded(name) for name in spoken]
    return tuple(dict.fromkeys(filter(None, [*names, *(_REMARK.sub("", name) for name in names)])))


def _other_names(field: Field, form: Form, words: MentionWords) -> list[str]:
    """Give what a field is called besides: its names in other words, its kind where no other field has it."""
    pairs = [(official, said) for official, spoken in words.variants.items() for said in spoken]
    names = [name.replace(official, said) for name in names_of(field) for official, said in pairs if official in name]
    headed = [name for name in (*names_of(field), *names) if _HEADED.fullmatch(name)]
    names += [f"{name[:-_LAST]}的{name[-_LAST:]}" for name in headed]  # 推荐的单位
    names += [rest for name in names_of(field) if len(rest := _without_modifier(name, words)) > _SHORTEST_NAME]
    shared = {word for spoken in words.parts.values() for word in spoken} | words.common
    whole = [said for official, said in pairs if official in names_of(field) and len(said) >= _SHORTEST]
    whole = [said for said in whole if said not in shared]  # 号码 is a part of every contact
    alone = sum(other.kind == field.kind for other in form.fields) == 1
    return [
        *(name for name in names if len(name) >= _SHORTEST_NAME),
        *whole,
        *(words.kinds.get(field.kind, ()) if alone else ()),
    ]


def _without_modifier(name: str, words: MentionWords) -> str:
    """Leave off a word before a name that says nothing of it: 主要实施地点 → 实施地点."""
    return next((name[len(word) :] for word in words.common if len(word) == _LAST and name.startswith(word)), "")


def _pieces(name: str) -> set[str]:
    plain = re.sub(r"[^㐀-鿿a-z0-9]", "", name)
    return {
        plain[start : start + size]
        for size in range(_SHORTEST, min(_LONGEST_PIECE, len(plain)) + 1)
        for start in range(len(plain) - size + 1)
    }


def _is_part_of(before: Mention, after: Mention, plain: str) -> bool:
    """Tell whether a part is named right behind its contact: 联系人电话, 推荐单位的电话."""
    between = plain[before.end : after.start]
    own = after.part is not None and before.part is None and not set(before.keys).isdisjoint(after.keys)
    return own and between in ("", "的")
