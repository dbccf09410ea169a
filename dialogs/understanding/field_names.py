"""Which field a name means: official label, alias, number, or something close to one of them."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from knowledge.form import Form, once_a_form
from knowledge.text.numerals import whole_number
from knowledge.text.tokens import heard, look, words

_LONGEST_NUMBER = 3  # characters: 二十三
_CLOSE = 75  # of 100: one wrong syllable in four still counts


@dataclass(frozen=True)
class FieldNames:
    """The names of a form's fields."""

    form: Form

    @cached_property
    def keys(self) -> dict[str, str]:
        """The fields' keys by themselves, as words are joined."""
        return {"".join(words(field.key)): field.key for field in self.form.fields}

    @cached_property
    def by_look(self) -> dict[str, str]:
        """Field keys by name, names split into words."""
        return {look(words(name)): field.key for field in self.form.fields for name in (field.label, *field.aliases)}

    @cached_property
    def by_sound(self) -> dict[str, str]:
        """Field keys by name, names as they sound."""
        return {heard(words(name)): field.key for field in self.form.fields for name in (field.label, *field.aliases)}

    def exact(self, name: str) -> str | None:
        """Find the field with this very key or name, punctuation and script aside; its sound serves as well."""
        tokens = words(name)
        return self.by_look.get(look(tokens)) or self.by_sound.get(heard(tokens)) or self.keys.get("".join(tokens))

    def near(self, name: str) -> str | None:
        """Find the field a spoken name means: a label, its number, part of one label, or nearly a label."""
        tokens = words(name)
        return self.exact(name) or self._numbered(tokens) or self._part_of(heard(tokens)) or self._like(heard(tokens))

    def _numbered(self, tokens: list[str]) -> str | None:
        text = "".join(word for word in tokens if word not in "第项栏个题号条")
        number = (whole_number(text) or 0) if len(text) <= _LONGEST_NUMBER else 0
        return self.form.fields[number - 1].key if 0 < number <= len(self.form.fields) else None

    def _part_of(self, line: str) -> str | None:
        if len(line) < 2:  # noqa: PLR2004 - one character stands in too many labels
            return None
        keys = {key for name, key in self.by_sound.items() if line in name}
        return keys.pop() if len(keys) == 1 else None

    def _like(self, line: str) -> str | None:
        if len(line) < 4:  # noqa: PLR2004 - short names differ too little from one another
            return None
        found = process.extract(line, list(self.by_sound), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=3)
        keys = {self.by_sound[name] for name, score, _ in found if score == found[0][1]}
        return keys.pop() if len(keys) == 1 else None


@once_a_form
def field_names_of(form: Form) -> FieldNames:
    """Give the names of a form's fields."""
    return FieldNames(form)
