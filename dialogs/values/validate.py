"""One answer in, one outcome out: clean → read by kind → judge by the form's rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.values import (
    boolean,
    choice,
    consent,
    contact,
    count,
    links,
    listing,
    long_text,
    money,
    name,
    period,
    registration,
)
from dialogs.values import date as day
from dialogs.values import (
    text as free_text,
)
from dialogs.values.absent import is_blank, is_later, is_none
from dialogs.values.clean import readable, strip_label, tidy
from dialogs.values.outcome import Accepted, Outcome, Rejected, Warned
from dialogs.values.reading import Misread, Reading
from dialogs.values.rules import TESTS
from dialogs.values.wording import say
from knowledge.form import Field, Rule, Strength
from knowledge.pack import NoticePack

_READERS: dict[str, Callable[[Field, str, date], Reading]] = {
    "name": lambda _field, text, _today: name.read(text),
    "date": lambda _field, text, today: day.read(text, today),
    "period": lambda _field, text, today: period.read(text, today),
    "choice": lambda field, text, _today: choice.read(field, text),
    "count": lambda field, text, _today: count.read(field, text),
    "text": lambda _field, text, _today: free_text.read(text),
    "boolean": lambda field, text, _today: boolean.read(field, text),
    "registration_no": lambda _field, text, _today: registration.read(text),
    "contact": lambda field, text, _today: contact.read(field, text),
    "recommender": lambda field, text, _today: contact.read(field, text),
    "long_text": lambda _field, text, _today: long_text.read(text),
    "list": lambda _field, text, _today: listing.read(text),
    "links": lambda _field, text, _today: links.read(text),
    "consent": lambda field, text, _today: consent.read(field, text),
}
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
        return Rejected(message=_refusal(field, misread), clause=field.clause)
    said = _judge(field, reading, pack, today)
    refused = [one for one in said if one.strength == "reject"]
    if refused:
        return Rejected(message=refused[0].message, clause=refused[0].clause)
    return _taken(reading, said)


def _read(field: Field, raw: str, today: date) -> Reading:
    kept = strip_label(field, readable(raw)) if field.kind == "long_text" else tidy(raw)
    if is_blank(kept) and field.kind not in ("list", "links", "boolean", "consent"):
        raise Misread("invalid" if kept.strip() else "empty")
    if not kept.strip():
        raise Misread("empty")
    text = kept if field.kind == "long_text" else strip_label(field, kept)
    if field.optional and (is_none(text) or text in ("跳过", "略", "skip")):
        return _READERS[field.kind](field, "无", today)
    if field.kind not in ("boolean", "consent") and (is_later(text) or (not field.optional and is_none(text))):
        raise Misread("absent" if not field.optional else "invalid")
    if is_blank(text) and field.kind not in ("boolean", "consent"):
        raise Misread("invalid" if text != kept or text else "empty")
    if field.kind == "money":
        return money.read(field, text, money.unit_noted(kept) if text != kept else "")
    return _READERS[field.kind](field, text, today)


def _refusal(field: Field, misread: Misread) -> str:
    own = {"invalid": field.invalid, "absent": field.absent}.get(misread.reason)
    reason = own or say("empty" if misread.reason == "invalid" else misread.reason, label=field.label, **misread.parts)
    key = "example" if len(field.example) <= _LONG_EXAMPLE else "example_long"
    return f"{reason}\n{say(key, example=field.example)}"


def _judge(field: Field, reading: Reading, pack: NoticePack, today: date) -> list[_Said]:
    said: list[_Said] = []
    for rule in field.rules:
        found = TESTS[rule.rule](reading, rule, _limit(rule, pack), today) if _applies(rule, reading) else None
        if found is not None:
            said.append(_Said(rule.strength, pack.facts.fill(rule.message, **found), rule.clause))
    said += [_Said("warn", doubt, field.clause) for doubt in reading.doubts]
    return said + [_Said("hint", hint, field.clause) for hint in reading.hints]


def _applies(_rule: Rule, reading: Reading) -> bool:
    """Nothing is demanded of an optional field left empty."""
    return reading.value not in (None, [])


def _limit(rule: Rule, pack: NoticePack) -> Any:
    return pack.facts[rule.limit] if isinstance(rule.limit, str) else rule.limit


def _taken(reading: Reading, said: list[_Said]) -> Outcome:
    warned = [one for one in said if one.strength == "warn"]
    spoken = [*warned, *(one for one in said if one.strength == "hint")]
    message = "\n".join(dict.fromkeys(one.message for one in spoken)) or None
    clause = next((one.clause for one in spoken if one.clause), None)
    if warned:
        return Warned(
            value=reading.value, display=reading.display, approx=reading.approx, message=message or "", clause=clause
        )
    return Accepted(value=reading.value, display=reading.display, approx=reading.approx, message=message, clause=clause)
