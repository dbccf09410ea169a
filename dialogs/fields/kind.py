"""What a field of the form may hold: the base of all kinds, one of which every field has.

A kind says how an answer is read and, by its properties, how the conversation and the document treat it. Each kind
is one file in `kinds/`; nothing else lists kinds, and no other file asks for one by its name.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import JsonValue

from dialogs.fields.json_values import plain_value
from dialogs.fields.own_label import LabelStyle, strip_label
from dialogs.fields.read_value import ReadValue
from knowledge.expressions.plain_values import Plain, plain_text
from knowledge.expressions.value_types import TEXT, ValueType
from knowledge.form import Field
from knowledge.text.normalise import tidy


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a value is, from `low` to `high`: what the `least` and `most` of its field are held against."""

    low: Decimal
    high: Decimal


class Kind(ABC):
    """A kind of value. It is named in `form.yaml` (`kind: money`) by `name`.

    Properties (all false where a kind does not say otherwise):

    takes_words: nearly any words are a value; only their form tells an answer from a question.
    titled: it is a name, which may itself sound like a question or a command (谁来帮助留守儿童).
    figured: it holds figures, so that a question about them (2月20日可以吗) is none.
    numbered: a bare number may be its value, so that a number does not choose a button.
    telling: what is in it is never there by chance: words that hold one are an answer.
    assents: 好的 or 可以 may be the answer.
    declared: it is agreement to the whole application, asked last and withdrawn by every change.
    boxed: the form prints boxes to tick.
    optioned: its boxes bear names of their own (not just yes and no).
    several: any number of its options may be chosen, so that a button ticks one and does not answer.
    roomy: the cell holds pages, not one line.
    itemised: one item a line.
    flowing: it may run over several lines of a pasted block.
    paragraphs: it may hold lines that look like 某某：……
    several_messages: it may be sent in several messages, joined by the conversation.
    takes_files: the text of a file may be meant for it.
    people: it names somebody to call.
    named: it is the name of one person.
    coded: a number or address with a check of its own, so that taking words is evidence that they are meant for it.
    links: it holds web addresses.
    dated: it is a day, a month or a year, whose figures are of nothing else.
    shaped: in prose its value is known by its shape alone: a span of time, a sum.
    pictured: it is a picture, set into its cell (`value` holds its `digest`).
    tabled: it is a table of rows, asked for a row a message.
    left_blank: the office fills it in itself; it is never asked for, and its cell stays as it is.
    bounded: what `least` and `most` of its fields bound: a number, how many items, how many characters.
    unread: the key in `field_messages.yaml` of what is said where nothing of the kind was found.
    sample: a value as applicants may write it, shown where the field has no example of its own.
    """

    name: ClassVar[str]
    takes_words: ClassVar[bool] = False
    titled: ClassVar[bool] = False
    figured: ClassVar[bool] = False
    numbered: ClassVar[bool] = False
    telling: ClassVar[bool] = False
    assents: ClassVar[bool] = False
    declared: ClassVar[bool] = False
    boxed: ClassVar[bool] = False
    optioned: ClassVar[bool] = False
    several: ClassVar[bool] = False
    roomy: ClassVar[bool] = False
    itemised: ClassVar[bool] = False
    flowing: ClassVar[bool] = False
    paragraphs: ClassVar[bool] = False
    several_messages: ClassVar[bool] = False
    takes_files: ClassVar[bool] = False
    people: ClassVar[bool] = False
    named: ClassVar[bool] = False
    coded: ClassVar[bool] = False
    links: ClassVar[bool] = False
    dated: ClassVar[bool] = False
    shaped: ClassVar[bool] = False
    pictured: ClassVar[bool] = False
    tabled: ClassVar[bool] = False
    left_blank: ClassVar[bool] = False
    bounded: ClassVar[Literal["number", "items", "characters"]] = "number"
    unread: ClassVar[str] = "unread"
    sample: ClassVar[str] = ""
    value_type: ClassVar[ValueType | None] = TEXT  # what it is in an expression; None: only its parts are anything
    part_types: ClassVar[Mapping[str, ValueType]] = {}  # what its parts are in an expression, by name
    personal_from: ClassVar[int | None] = None  # characters from which a part of it names somebody; None: it never does
    label_style: ClassVar[LabelStyle] = "loose"
    speech: ClassVar[bool] = True  # spoken openings (我们单位叫…) are no part of a value
    nothing: ClassVar[JsonValue] = None  # the value of an optional field answered 无

    @abstractmethod
    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Understand a tidy text without its label.

        `today` is the day of the turn, for relative dates.

        Raises:
            Misread: the text is no value of this kind; the reason says why.
        """

    def clean(self, raw: str) -> str:
        """Give what was typed without what a document cannot or should not hold."""
        return tidy(raw)

    def unlabelled(self, field: Field, text: str) -> str:
        """Give a clean text without the field's own label and without a spoken opening."""
        return strip_label(field, text, self.label_style, speech=self.speech, number=self.titled)

    def none(self, field: Field) -> ReadValue:
        """Give the value of an optional field answered 无; the form prints what it wants there, or nothing."""
        return ReadValue(self.nothing, "", printed=field.empty)

    def extent(self, value: JsonValue) -> Extent | None:
        """Say how much a value is; None for what is no amount, so that nothing bounds it."""
        if isinstance(value, dict) and "min" in value:
            return Extent(Decimal(str(value["min"])), Decimal(str(value["max"])))
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return Extent(Decimal(str(value)), Decimal(str(value)))

    def unit(self, field: Field) -> str:
        """Give the unit a bound of the field is told in."""
        return next(iter(field.units), "")

    def sample_of(self, field: Field) -> str:
        """Give what is shown as an example where the field has none of its own."""
        del field
        return self.sample

    def typed(self, *, answer: bool) -> str:
        """Give the words an applicant types for yes and no."""
        return "是" if answer else "否"

    def declines(self, text: str) -> bool:
        """Tell whether words say no to what is to be declared, as against saying something else."""
        del text
        return False

    def cells(self, field: Field, value: JsonValue) -> Iterator[tuple[str, Field, ReadValue]]:
        """Give the cells a value consists of, each judged by its column's rules: where it stands, column, reading."""
        del field, value
        yield from ()

    def plain(self, value: JsonValue) -> Plain:
        """Give a value as expressions reckon with it; of a range its upper end."""
        return plain_value(value, self.value_type or TEXT)

    def written(self, field: Field, value: Plain) -> str:
        """Write what an expression came to as an applicant would type it, e.g. a number with its unit."""
        return plain_text(value) + (self.unit(field) if isinstance(value, Decimal) else "")

    def specimen(self, field: Field) -> JsonValue:
        """Give a value that ticks the first of the boxes, for a picture of the form."""
        return field.choices[0].label if field.choices else None
