"""One answer in, one outcome out: clean → read by kind → judge by the form's rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dialogs.fields.field_messages import say
from dialogs.fields.no_answer import is_later, is_none, without_names
from dialogs.fields.official_numbers import figure
from dialogs.fields.outcome import Accepted, Outcome, Rejected, Warned
from dialogs.fields.own_label import is_label
from dialogs.fields.plain_words import asks_whether
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.registry import kind_of
from dialogs.fields.rules import TESTS
from knowledge.form import Field, Limit, Rule, Strength
from knowledge.pack import NoticePack
from knowledge.text.normalise import tidy

_LONGEST = 1000  # characters in one cell; also bounds the time an answer can take
_SKIPS = ("跳过", "略", "skip")
_LONG_EXAMPLE = 60
_FINE = 4  # decimals of 万 a bound is told with


@dataclass(frozen=True)
class _Said:
    strength: Strength
    message: str
    clause: str | None


def validate(field: Field, text: str, pack: NoticePack, today: date) -> Outcome:
    """Understand what was typed into a field and judge it by the rules of the form.

    `today` is the day of the turn: relative dates are counted from it. Never raises for any `text`.
    """
    try:
        reading = _read(field, text, today)
    except Misread as misread:
        return Rejected(message=_refusal(field, misread, text), clause=field.clause)
    said = _judge(field, reading, pack, today)
    refused = [one for one in said if one.strength == "reject"]
    if refused:
        return Rejected(message=refused[0].message, clause=refused[0].clause)
    return _taken(reading, said)


def _read(field: Field, raw: str, today: date) -> ReadValue:
    kind = kind_of(field)
    kept = kind.clean(raw)
    if len(kept) > _LONGEST and not kind.roomy:
        raise Misread("too_long", count=len(kept))
    text = kind.unlabelled(field, kept)
    if not text.strip():
        raise Misread("invalid" if kept.strip() else "empty")
    if field.optional and (is_none(text) or text in _SKIPS):
        return kind.none(field)
    worded = kind.takes_words or kind.people
    if worded and _is_absent(field, text):
        raise Misread("absent")
    if worded and is_label(field, text):
        raise Misread
    if kind.figured and asks_whether(text):
        raise Misread("question")
    return kind.read(field, text, today)


def _is_absent(field: Field, text: str) -> bool:
    return any(is_later(words) or is_none(words) for words in (text, without_names(text, field.names)))


def _refusal(field: Field, misread: Misread, raw: str) -> str:
    """Say what is wrong and how to write it; 无 and 待定 are told apart from what is not understood."""
    reason = misread.reason
    if reason == "invalid" and _is_absent(field, kind_of(field).unlabelled(field, tidy(raw))):
        reason = "absent"
    own = {"invalid": field.invalid, "absent": field.absent or field.invalid}.get(reason)
    said = own or say({"invalid": kind_of(field).unread}.get(reason, reason), **misread.parts | {"label": field.label})
    example = field.example or kind_of(field).sample_of(field)
    key = "example" if len(example) <= _LONG_EXAMPLE else "example_long"
    return f"{said}\n{say(key, example=example)}" if example else said


def _judge(field: Field, reading: ReadValue, pack: NoticePack, today: date) -> list[_Said]:
    said: list[_Said] = []
    for rule in field.rules:
        found = TESTS[rule.rule](reading, rule, _limit(rule, pack), today) if _applies(rule, reading) else None
        if found is not None:
            said.append(_Said(rule.strength, pack.facts.fill(rule.message, **found), rule.clause))
    bound = _out_of_bounds(field, reading, pack) or _too_many_cells(field, reading)
    said += [_Said("reject", bound, field.clause)] if bound else []
    for row, column, cell in kind_of(field).cells(field, reading.value):
        said += [_in_row(row, column, one) for one in _judge(column, cell, pack, today)]
    said += [_Said("warn", doubt, field.clause) for doubt in reading.doubts]
    return said + [_Said("hint", hint, field.clause) for hint in reading.hints]


def _in_row(row: str, column: Field, one: _Said) -> _Said:
    """Say of a cell what its column's rules say, with the place it stands at."""
    return _Said(one.strength, say("in_row", row=row, column=column.label, message=one.message), one.clause)


def _out_of_bounds(field: Field, reading: ReadValue, pack: NoticePack) -> str | None:
    """Say which bound of the field (`least`, `most`) a value breaks."""
    kind = kind_of(field)
    extent = kind.extent(reading.value) if field.least is not None or field.most is not None else None
    if extent is None:
        return None
    least, most = (_number(bound, pack) for bound in (field.least, field.most))
    if least is not None and extent.low < least:
        key, bound, has = "least", least, extent.low
    elif most is not None and extent.high > most:
        key, bound, has = "most", most, extent.high
    else:
        return None
    if kind.bounded == "characters" and least == most:
        key = "exactly"
    parts = {"label": field.label, "found": reading.display, "count": figure(has, None)}
    return say(f"{key}_{kind.bounded}", bound=figure(bound, _FINE), unit=kind.unit(field), **parts)


def _number(bound: Limit, pack: NoticePack) -> Decimal | None:
    value = pack.facts.limit(bound) if isinstance(bound, str) else bound
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _too_many_cells(field: Field, reading: ReadValue) -> str | None:
    """Say when a value has more characters than the form has cells for it."""
    printed = reading.display if reading.printed is None else reading.printed
    if field.print.cells is None or len(printed) <= field.print.cells:
        return None
    return say("cells", label=field.label, cells=field.print.cells, printed=printed, count=len(printed))


def _applies(_rule: Rule, reading: ReadValue) -> bool:
    """Nothing is demanded of an optional field left empty."""
    return reading.value not in (None, [])


def _limit(rule: Rule, pack: NoticePack) -> Any:
    return pack.facts.limit(rule.limit) if isinstance(rule.limit, str) else rule.limit


def _taken(reading: ReadValue, said: list[_Said]) -> Outcome:
    warned = [one for one in said if one.strength == "warn"]
    spoken = [*warned, *(one for one in said if one.strength == "hint")]
    message = "\n".join(dict.fromkeys(one.message for one in spoken)) or None
    clause = next((one.clause for one in spoken if one.clause), None)
    if warned:
        return Warned(
            value=reading.value,
            display=reading.display,
            printed=reading.printed,
            approx=reading.approx,
            message=message or "",
            clause=clause,
        )
    return Accepted(
        value=reading.value,
        display=reading.display,
        printed=reading.printed,
        approx=reading.approx,
        message=message,
        clause=clause,
    )
