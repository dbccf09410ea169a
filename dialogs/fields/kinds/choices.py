"""Several of the offered choices: by names, numbers or letters, 都选, 除了…都选, the form's own ticks."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

from pydantic import JsonValue

from dialogs.fields.chatter import without_chatter
from dialogs.fields.chosen_options import BETWEEN, EDGE, Options, body, by_likeness, by_number, named, ticked
from dialogs.fields.field_messages import say
from dialogs.fields.kind import Extent, Kind
from dialogs.fields.lexicon_file import load_lexicon
from dialogs.fields.no_answer import is_blank
from dialogs.fields.plain_words import asks
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.expressions.value_types import ValueType
from knowledge.form import Field, Option
from knowledge.model import Model
from knowledge.text.normalise import fold
from knowledge.text.numerals import whole_number

_FOUND = re.compile("\ue000(\\d+)\ue001")  # stands for an option found in the text, by its number
_GLUED = re.compile(r"[A-Za-z]{2,12}|\d{2,9}")
_TELLING = re.compile(r"[\u4e00-\u9fff]{2}|^\w$|\d")


class SeveralOptionsWords(Model):
    """All of `lexicon/several_options.yaml`: regular expressions."""

    everything: str
    except_: str
    without: str
    closing: str
    opening: str
    other: str
    first: str
    filler: str


class Choices(Kind):
    """Some of the field's choices; `value` is the list of their labels, in the order of the form.

    `least` and `most` bound how many. Words behind 其他 are shown and printed, but no part of the value; where the form
    has a blank for them, a field of its own asks for them.
    """

    name = "choices"
    value_type = ValueType("text", listed=True)
    figured = True
    numbered = True
    assents = True
    boxed = True
    optioned = True
    several = True
    bounded = "items"
    label_style = "strict"
    unread = "unread_choices"

    def specimen(self, field: Field) -> JsonValue:
        """Tick the first."""
        return [choice.label for choice in field.choices[:1]]

    def extent(self, value: JsonValue) -> Extent | None:
        """Say how many are chosen."""
        count = Decimal(len(value)) if isinstance(value, list) else Decimal(0)
        return Extent(count, count)

    def sample_of(self, field: Field) -> str:
        """Name the first options, as many as there must be."""
        return "、".join(choice.label for choice in field.choices[: max(1, self._least(field))])

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read choices; what is no option beside those that are is asked about.

        Raises:
            Misread: none of them.
        """
        del today
        words = without_chatter(fold(text)).strip(EDGE)
        if is_blank(words):
            raise Misread
        if asks(words):
            raise Misread("question")
        chosen, left = _chosen(field.choices, text, words)
        if not chosen:
            raise Misread(found=text[:20])
        labels: list[JsonValue] = [one.label for one in field.choices if one in chosen]
        note = _note(words, chosen)
        shown = "、".join(_with_note(one, note) for one in field.choices if one in chosen)
        doubts = (say("unmatched_option", found=left, chosen=shown),) if left and left not in note else ()
        return ReadValue(
            labels, f"{shown}（{note}）" if note else shown, printed=shown if note else None, doubts=doubts
        )

    @staticmethod
    def _least(field: Field) -> int:
        return int(field.least) if isinstance(field.least, int | Decimal) else 1


def _chosen(choices: Options, text: str, words: str) -> tuple[list[Option], str]:
    """Give the options meant, and words beside them that are none."""
    said = _words()
    if boxes := ticked(choices, text):
        return boxes, ""
    if match := said.except_.fullmatch(words):
        but, left = _named_in(choices, match["but"])
        if but and len(but) == len(choices):
            raise Misread("except_all")
        if but and not left:
            return [one for one in choices if one not in but], ""
    if (match := said.everything.fullmatch(words)) and whole_number(match["count"] or "") in (None, len(choices)):
        return list(choices), ""
    if match := said.first.fullmatch(words):
        count = whole_number(match["count"].replace("两", "二")) or 0
        return list(choices[:count] if match["end"] == "前" else choices[-count:]), ""
    return _named_in(choices, words)


def _named_in(choices: Options, words: str) -> tuple[list[Option], str]:
    """Find options piece by piece: 教育、第三个和E; a full name may itself hold the marks that part pieces."""
    said = _words()
    marked = said.without.sub("", words)
    if any(said.other.match(one.label) for one in choices):
        marked = said.noted.sub(r"、\g<other>、", marked)
    for number, one in sorted(enumerate(choices), key=lambda pair: -len(body(pair[1]))):
        marked = marked.replace(body(one), f"、\ue000{number}\ue001、")
    marked = said.opening.sub("", said.closing.sub("", marked))
    found: list[Option] = []
    left = ""
    for piece in filter(None, (piece.strip(EDGE) for piece in BETWEEN.split(marked))):
        meant = _piece(choices, piece)
        found += meant
        left = left or ("" if meant or said.filler.fullmatch(piece) or not _TELLING.search(piece) else piece)
    return found, left


def _piece(choices: Options, piece: str) -> list[Option]:
    if match := _FOUND.fullmatch(piece):
        return [choices[int(match[1])]]
    if one := by_number(choices, piece):
        return [one]
    if _GLUED.fullmatch(piece):
        each = [by_number(choices, character) for character in piece]
        return [one for one in each if one] if all(each) else []
    if several := named(choices, piece):
        return several
    one = by_likeness(choices, piece)
    return [one] if one else []


def _note(words: str, chosen: list[Option]) -> str:
    """Give what is said of 其他: 其他：文物保护宣讲, 其他（文物保护宣讲）."""
    for one in chosen:
        if _words().other.match(one.label):
            match = _words().noted.search(words.replace(body(one), fold(one.label)[:2]))
            return match["note"].strip(EDGE) if match else ""
    return ""


def _with_note(one: Option, note: str) -> str:
    other = _words().other.match(one.label)
    return f"{other[0]}（{note}）" if note and other else one.label


class _Patterns:
    """The word list, compiled."""

    def __init__(self, words: SeveralOptionsWords) -> None:
        self.everything = re.compile(words.everything)
        self.except_ = re.compile(words.except_)
        self.without = re.compile(words.without)
        self.closing = re.compile(words.closing)
        self.opening = re.compile(words.opening)
        self.other = re.compile(words.other)
        self.noted = re.compile(rf"(?P<other>{words.other})(?:\([^)]{{0,20}}\))?[:(](?P<note>[^)\ue000]{{1,60}})\)?")
        self.first = re.compile(words.first)
        self.filler = re.compile(words.filler)


@cache
def _words() -> _Patterns:
    return _Patterns(load_lexicon("several_options", SeveralOptionsWords))
