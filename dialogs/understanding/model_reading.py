"""What a language model may propose where our own reading is unclear; off unless the office sets one up.

Theory of operation. The core stays pure: it gives the question as a value (`ReadingRequest`), the shell asks the model
and runs the same turn again with the answer. Personal words leave masked. The answer must be acts under our schema;
every text in them must stand literally in the message and be taken by its field, or it is dropped; values are only
proposed (`Propose`): the applicant confirms them as those of any paste. An answer that holds nothing of use changes
nothing.
"""

import json
import re
from typing import Literal

from pydantic import ValidationError

from dialogs.fields.outcome import Rejected
from dialogs.fields.private_data import find_private
from dialogs.fields.registry import kind_of
from dialogs.progress import asked_fields
from dialogs.protocol import ReadingRequest
from dialogs.understanding.acts import Act, Ask, Doubtful, Either, Go, Inquire, Later, Plain, Propose, Unknown
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.model import Model
from knowledge.search.answer import Abstention

_LONGEST = 400  # characters of a message that is shown to a model
_SHORTEST = 4  # characters; fewer tell no more than we read
_MOST_ACTS = 8
_LONGEST_REPLY = 8000  # characters
_NUMBER = re.compile(r"\d(?:[\d -]{3,30})\d|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,30}){1,4}")
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_SYSTEM = (
    "Read one message an applicant sent while filling in an official form in Chinese. Answer with one JSON object "
    'only: {{"acts": [{{"act": "give"|"ask"|"later"|"go"|"none", "field": key or null, "text": span or null}}]}}. '
    "give: the message holds a value of that field, text is that value; ask: text is a question to the office; later: "
    "the field is to stay open for now; go: the applicant wants to go to that field; none: none of these. Every text "
    "is copied literally from the message, without words around it. Never invent, complete or translate anything. "
    "Words in brackets such as 〔1〕 stand for masked data and are copied like any others.\n"
    "Fields (key: label): {fields}\nThe field asked for now: {asked}"
)


class ProposedAct(Model):
    """One act as a model writes it."""

    act: Literal["give", "ask", "later", "go", "none"]
    field: str | None = None
    text: str | None = None


class ProposedReading(Model):
    """All that a model answers."""

    acts: tuple[ProposedAct, ...]


def is_unclear(acts: tuple[Act, ...], text: str, at: Situation) -> bool:
    """Tell whether our own reading leaves a doubt a model may help with; never about a field of personal data."""
    asked = at.asked
    if asked is None or at.pending is not None or not _SHORTEST <= len(text) <= _LONGEST or _is_personal(asked):
        return False
    match acts[0]:
        case Either() | Doubtful() | Unknown(no_value=True):
            return True
        case Plain(outcome=outcome):
            return isinstance(outcome, Rejected)
        case Inquire(found=found):
            return isinstance(found, Abstention) and not found.recognised
    return False


def request_for(text: str, at: Situation) -> ReadingRequest:
    """Write the question to a model: the form's fields, the one asked for, the message with personal words masked."""
    fields = "; ".join(f"{one.key}: {one.label}" for one in asked_fields(at.pack, at.draft) if not _is_personal(one))
    asked = f"{at.asked.key}: {at.asked.label}" if at.asked else "none"
    return ReadingRequest(system=_SYSTEM.format(fields=fields, asked=asked), user=_masked(text, at)[0])


def reading_of(answer: str, text: str, at: Situation) -> tuple[Act, ...]:
    """Give the acts of a model's answer that hold: known fields, literal texts, values taken; empty when none does."""
    match = _OBJECT.search(answer[:_LONGEST_REPLY])
    try:
        proposed = ProposedReading.model_validate(json.loads(match[0])) if match else ProposedReading(acts=())
    except (ValueError, ValidationError, RecursionError):
        return ()
    masks = _masked(text, at)[1]
    found: dict[str, str] = {}
    others: list[Act] = []
    for one in proposed.acts[:_MOST_ACTS]:
        words = _unmasked(one.text or "", masks)
        field = at.pack.fields.get(one.field or "")
        if one.act == "give" and field is not None and words in text and _may_give(field, words, at):
            found.setdefault(field.key, words)
        elif one.act == "ask" and len(words) >= _SHORTEST and words in text:
            others.append(Ask(question=words))
        elif one.act in ("later", "go") and field is not None and at.draft.asks(field):
            others.append(Later(field=field.key) if one.act == "later" else Go(field=field.key))
    return (Propose(found=found), *(act for act in others if isinstance(act, Ask))) if found else tuple(others)


def _may_give(field: Field, words: str, at: Situation) -> bool:
    return not kind_of(field).declared and at.draft.asks(field) and at.fits(field, words)


def _is_personal(field: Field) -> bool:
    """Tell whether what a field holds names a person or can be traced to one; such answers never leave."""
    kind = kind_of(field)
    return kind.declared or kind.people or (bool(kind.personal_from) and not kind.titled)


def _masked(text: str, at: Situation) -> tuple[str, dict[str, str]]:
    """Mask numbers long enough to be somebody's, addresses, and what the draft holds of people and units."""
    spans = [(one.start, one.end) for one in find_private(text)]
    spans += [match.span() for match in _NUMBER.finditer(text) if sum(map(str.isdigit, match[0])) > _SHORTEST]
    spans += [match.span() for match in _NUMBER.finditer(text) if "@" in match[0]]
    for word in _held_personal(at):
        spans += [match.span() for match in re.finditer(re.escape(word), text)]
    masked, masks, end = "", dict[str, str](), 0
    for start, stop in sorted(spans):
        if start >= end:
            mask = f"〔{len(masks) + 1}〕"
            masked, masks[mask], end = masked + text[end:start] + mask, text[start:stop], stop
    return masked + text[end:], masks


def _held_personal(at: Situation) -> list[str]:
    """List the words of the draft that name a person or a unit."""
    words: list[str] = []
    for key, held in at.draft.values.items():
        shortest = kind_of(at.pack.fields[key]).personal_from if key in at.pack.fields else 0
        parts = held.value.values() if isinstance(held.value, dict) else [held.value]
        words += [str(part) for part in parts if shortest and part and len(str(part)) >= shortest]
    return sorted(words, key=len, reverse=True)


def _unmasked(words: str, masks: dict[str, str]) -> str:
    for mask, own in masks.items():
        words = words.replace(mask, own)
    return words.strip()
