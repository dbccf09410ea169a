"""Exactly one of the offered choices, by name, part of a name, number, letter or ordinal."""

import re
from datetime import date

from dialogs.fields.chosen_options import (
    EDGE,
    by_likeness,
    by_number,
    by_telling_part,
    left_by_denial,
    named,
    opening,
    several_numbers,
    ticked,
)
from dialogs.fields.kind import Kind
from dialogs.fields.no_answer import is_blank
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field
from knowledge.text.normalise import fold

_NOT = re.compile(r"(?:不是|不选|不属于|并非|而非)[^,，。;；但而]*")
_NEGATIVE = re.compile(r"\s*-\s*\d")


class ChoiceKind(Kind):
    """One of the field's choices; `value` is its official label."""

    name = "choice"
    figured = True
    numbered = True
    assents = True
    boxed = True
    optioned = True
    label_style = "strict"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a choice; value and display are its official label.

        Raises:
            Misread: none of them, or more than one.
        """
        del today
        folded = fold(text)
        words = _NOT.sub("", folded).strip(EDGE)
        if is_blank(words) or _NEGATIVE.match(folded):
            raise Misread
        first = opening(field.choices, words)
        found = ticked(field.choices, text) or ([first] if first else named(field.choices, words))
        found = found or several_numbers(field.choices, words)
        if len(found) > 1:
            raise Misread("several", found="、".join(one.label for one in found))
        chosen = found[0] if found else by_number(field.choices, words) or by_likeness(field.choices, words)
        chosen = chosen or by_telling_part(field.choices, words) or left_by_denial(field.choices, _NOT.findall(folded))
        if chosen is None:
            raise Misread(found=text[:20])
        return ReadValue(chosen.label, chosen.label)
