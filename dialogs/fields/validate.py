"""One answer in, one outcome out: clean → read by kind → judge by the form's rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.fields.field_messages import say
from dialogs.fields.no_answer import is_later, is_none
from dialogs.fields.outcome import Accepted, Outcome, Rejected, Warned
from dialogs.fields.own_label import is_label
from dialogs.fields.plain_words import asks_whether
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.registry import kind_of
from dialogs.fields.rules import TESTS
from knowledge.form import Field, Rule, Strength
from knowledge.pack import NoticePack
from knowledge.text.normalise import tidy

_LONGEST = 1000  # characters in one cell; also bounds the time an answer can take
_SKIPS = ("跳过", "略", "skip")
_LONG_EXAMPLE = 60


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
    if worded and _is_absent(text):
        raise Misread("absent")
    if worded and is_label(field, text):
        raise Misread
    if kind.figured and asks_whether(text):
        raise Misread("question")
    return kind.read(field, text, today)


def _is_absent(text: str) -> bool:
    return is_later(text) or is_none(text)


def _refusal(field: Field, misread: Misread, raw: str) -> str:
    """Say what is wrong and how to write it; 无 and 待定 are told apart from what is not understood."""
    reason = misread.reason
    if reason == "invalid" and field.absent and _is_absent(kind_of(field).unlabelled(field, tidy(raw))):
        reason = "absent"
    own = {"invalid": field.invalid, "absent": field.absent or field.invalid}.get(reason)
    said = own or say("empty" if reason in ("invalid", "absent") else reason, label=field.label, **misread.parts)
    key = "example" if len(field.example) <= _LONG_EXAMPLE else "example_long"
    return f"{said}\n{say(key, example=field.example)}"


def _judge(field: Field, reading: ReadValue, pack: NoticePack, today: date) -> list[_Said]:
    said: list[_Said] = []
    for rule in field.rules:
        found = TESTS[rule.rule](reading, rule, _limit(rule, pack), today) if _applies(rule, reading) else None
        if found is not None:
            said.append(_Said(rule.strength, pack.facts.fill(rule.message, **found), rule.clause))
    said += [_Said("warn", doubt, field.clause) for doubt in reading.doubts]
    return said + [_Said("hint", hint, field.clause) for hint in reading.hints]


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
