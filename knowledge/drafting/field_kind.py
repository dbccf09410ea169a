"""Which kind a found field is: what stands in its cell decides first, then its label (`lexicon/kinds.yaml`)."""

import re
from functools import cache

from knowledge.drafting.found_field import FoundField
from knowledge.drafting.word_lists import load, word_lists
from knowledge.model import Model

_WORDS = re.compile(r"(\d{1,5})个?字")
_LONG = 150  # words from which a text is a long one


class KindWords(Model):
    """One kind: which other serves while it does not exist, an example, how it is asked for."""

    instead: str = ""
    example: str
    prompt: str


class LabelRule(Model):
    """Labels that mean a kind: equal to, beginning with, ending in or holding words; `wide` asks for a wide cell."""

    kind: str
    equal: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    wide: bool = False

    def fits(self, label: str, *, wide: bool) -> bool:
        """Tell whether a label means this kind."""
        if self.wide and not wide:
            return False
        if label in self.equal or label.startswith(self.starts) or label.endswith(self.ends):
            return True
        return any(word in label for word in self.has)


class KindLexicon(Model):
    """All of `kinds.yaml`."""

    kinds: dict[str, KindWords]
    shapes: dict[str, str]
    units: dict[str, str]
    labels: tuple[LabelRule, ...]
    prices: tuple[str, ...]
    amounts: tuple[str, ...]
    in_boxes: tuple[str, ...]
    optional: tuple[str, ...]
    none: tuple[str, ...]
    may_be_empty: tuple[str, ...]
    may_lack: tuple[str, ...]
    known: dict[str, tuple[str, ...]]
    lengths: dict[str, int]
    examples: dict[str, str]


@cache
def lexicon() -> KindLexicon:
    """Give the words by which kinds are told."""
    return load(KindLexicon, "kinds.yaml")


def kind_of_field(found: FoundField) -> str:
    """Name the kind a field should be, whether or not it exists already."""
    if found.remark == "photo":
        return "photo"
    if found.left_blank:
        return "consent" if found.statement else "office"
    if found.columns:
        return "rows"
    if found.sums is not None:
        column = next((each for each in found.sums.columns if each.label == found.sum_of), None)
        return kind_of_field(column) if column is not None else "count"
    return _of_boxes(found) if found.options else _of_cell(found)


def _of_cell(found: FoundField) -> str:
    """Tell the kind by what stands in the cell, else by the label."""
    named = _by_label(found)
    if found.characters:
        return named if named in lexicon().in_boxes else "code"
    unit = unit_of(found)
    kind = lexicon().shapes.get(found.room.shape) or (lexicon().units.get(unit, "count") if unit else "")
    if not kind and found.roomy and found.wide and named not in ("list", "links"):
        kind = "long_text"
    if named in ("", "text") and not kind and any(int(words) >= _LONG for words in _WORDS.findall(found.hint)):
        kind = "long_text"
    return kind or named or "text"


def is_guessed(found: FoundField) -> bool:
    """Tell whether neither cell nor label told the kind."""
    return not (
        found.options or found.columns or found.room.unit or _by_label(found) or found.room.shape in lexicon().shapes
    )


def _of_boxes(found: FoundField) -> str:
    names = {option.name for option in found.options}
    if found.several:
        return "choices"
    return "boolean" if any(names == set(pair) for pair in word_lists().yes_no) else "choice"


def _by_label(found: FoundField) -> str:
    if found.label in lexicon().known:
        return "choice"
    wide = found.wide or found.roomy
    if (
        found.group
        and next((rule.kind for rule in lexicon().labels if rule.fits(found.group, wide=False)), "") == "contact"
    ):
        return "contact"
    return next((rule.kind for rule in lexicon().labels if rule.fits(found.label, wide=wide)), "")


def _unit_named(remark: str) -> str:
    """Give the unit a remark names: `万元`, `单位：万元`."""
    plain = re.sub(r"^单位[：:]?", "", remark)
    return plain if plain in word_lists().units else ""


def unit_of(found: FoundField) -> str:
    """Give the unit of a field, wherever it is printed."""
    return found.room.unit or found.own_unit or _unit_named(found.remark) or _unit_named(found.room.hint)
