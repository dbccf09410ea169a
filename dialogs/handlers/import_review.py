"""Values read from a file: judged, shown beside what the draft holds; nothing is saved unconfirmed."""

from typing import Any

from dialogs.context import TurnContext
from dialogs.fields.outcome import Outcome, Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance, ensure_draft, open_draft
from dialogs.handlers.answers import held_value
from dialogs.handlers.applications import is_of_another
from dialogs.handlers.pasted_block import fill
from dialogs.handlers.question_answers import answered
from dialogs.session import Draft, Pending, Refused
from dialogs.understanding.acts import Act, Ask, Control, Fill, Give, Go, Labelled, Plain, Propose, Remove, Unknown
from dialogs.views.answer_view import understood
from dialogs.views.import_view import Line, listing, offer_ticks, ways_to_import
from dialogs.views.paste_view import refused
from knowledge.form import Field


def offer_import(
    context: TurnContext, found: dict[str, str], leftover: tuple[str, ...] = (), *, spoken: bool = False
) -> None:
    """Show what the file says (or what was `spoken`), field by field, and ask what to take."""
    ensure_draft(context)
    lines = _lines(context, found)
    if not lines:
        advance(context, context.words("import.heard_nothing_new" if spoken else "import.nothing_new"))
        return
    context.go("compare")
    left_alone = [] if spoken else _left_alone(context, found)
    other = None if spoken else is_of_another(context, found)
    before = context.words("import.of_another", label=other[0].label, value=other[1]) + "\n\n" if other else ""
    usable = any(line.refusal is None for line in lines)
    heading = "import.nothing_usable" if not usable else "import.heard" if spoken else "import.legend"
    words = before + listing(context, heading, lines, left_alone, leftover)
    _show(context, lines, words, leftover=leftover, spoken=spoken)


def _show(context: TurnContext, lines: list[Line], words: str, **details: Any) -> None:
    """Show what is proposed, with the ways to take it; `details` are those of the pending decision."""
    found = {line.field.key: line.text for line in lines}
    pending = context.await_decision("import", found=found, message=context.message, **details)
    usable = [line for line in lines if line.refusal is None]
    gaps = sum(line.held is None for line in usable)
    another = not pending.spoken and is_of_another(context, found) is not None
    context.say(words, ways_to_import(context, pending, len(usable), gaps, another=another))


def proposed_draft(context: TurnContext, pending: Pending) -> Draft:
    """Give the draft as it would be with all that is proposed: what words said of the proposal are read against."""
    held = dict(context.draft.values)
    for key, text in pending.found.items():
        outcome = _judged(context, context.pack.fields[key], text) if key in context.pack.fields else None
        if outcome is not None and not isinstance(outcome, Rejected):
            held[key] = held_value(text, outcome, None)
    return context.draft.model_copy(update={"values": held})


def revise(context: TurnContext, pending: Pending, acts: tuple[Act, ...], text: str) -> bool:
    """Change what is proposed as the message `text` says, and show it again; False when it says nothing of it."""
    found, said, wanted = dict(pending.found), list[str](), ""
    for act in acts:
        wanted = _wanted(act) or wanted
        said += _changed(context, found, act, pending.field or "", text)
    if found == pending.found and not wanted and not said:
        return False
    for act in acts:
        if isinstance(act, Ask):
            context.say(*answered(context, act.question))
    left = [line for act in acts if isinstance(act, Propose | Fill) for line in act.left]
    changed = {"found": found, "field": wanted or None, "leftover": tuple(dict.fromkeys((*pending.leftover, *left)))}
    _show_again(context, pending.model_copy(update=changed), [line for line in said if line])
    return True


def _wanted(act: Act) -> str:
    """Give the field whose new value is to be asked for: it was only said to be wrong, or gone to."""
    match act:
        case Unknown(field=key) | Go(field=key):
            return key
        case Control(intent=intent):
            return "" if intent.value else intent.field or ""
    return ""


def _changed(context: TurnContext, found: dict[str, str], act: Act, asked: str, text: str) -> list[str]:
    """Change what is `found` as an act says; gives what is said of that, an empty line where nothing need be."""
    match act:
        case Give(field=key, text=words) | Labelled(field=key, text=words):
            return [_put(context, found, key, words)]
        case Propose() | Fill():
            found |= act.found
        case Remove(field=key) if found.pop(key, None) is not None:
            return [context.words("import.dropped", label=context.pack.fields[key].label)]
        case Plain() if asked:
            return [_put(context, found, asked, text)]
        case Control(intent=intent) if intent.field is not None and intent.value:
            return [_put(context, found, intent.field, intent.value)]
    return []


def _put(context: TurnContext, found: dict[str, str], key: str, text: str) -> str:
    """Put a value in the place of the one proposed; one the field does not take changes nothing and is told of."""
    field = context.pack.fields[key]
    outcome = _judged(context, field, text)
    if isinstance(outcome, Rejected):
        return refused(context, field, outcome.message)
    found[key] = text
    return ""


def _show_again(context: TurnContext, after: Pending, said: list[str]) -> None:
    """Show a proposal as it is `after` a change, or ask for the new value of its field; nothing left ends it."""
    lines = _lines(context, after.found)
    if not lines:
        advance(context, "\n".join([*said, context.words("import.not_taken")]))
        return
    if after.field is not None:
        label = context.pack.fields[after.field].label
        words = "\n".join([*said, context.words("import.what_instead", label=label)])
    else:
        words = "\n\n".join([*said, listing(context, "import.changed", lines, [], after.leftover)])
    _show(context, lines, words, leftover=after.leftover, spoken=after.spoken, field=after.field)


def keep_aside(context: TurnContext, pending: Pending) -> None:
    """Keep what was proposed and is left behind by other words: each field shows it when it is asked for."""
    kept = {
        key: Refused(text=text, message=pending.message)
        for key, text in pending.found.items()
        if key in context.pack.fields and key not in context.draft.values
    }
    context.change_draft(refused={**kept, **context.draft.refused})


def on_import(context: TurnContext, pending: Pending, wanted: str) -> None:
    """Take all, only what fills gaps, what is ticked, or nothing; or offer the fields one by one."""
    if wanted == "pick":
        _pick(context, pending)
        return
    found = pending.found
    if wanted == "new":
        found = {key: text for key, text in found.items() if key not in context.draft.values}
    if wanted == "ticked":
        found = {key: text for key, text in found.items() if key not in pending.left_out}
    if wanted == "another":
        open_draft(context)
    context.message = None
    if wanted == "none" or not found:
        advance(context, context.words("import.not_taken"))
    else:
        fill(context, found)


def on_tick(context: TurnContext, pending: Pending, key: str) -> None:
    """Take a field in, or leave it out."""
    if key in pending.found:
        _pick(context, pending.model_copy(update={"left_out": pending.left_out ^ {key}}))


def _pick(context: TurnContext, pending: Pending) -> None:
    """Offer every field with its tick, and what can be done with those ticked."""
    lines = [line for line in _lines(context, pending.found) if line.refusal is None]
    offer_ticks(context, lines, pending)
    shown = tuple((button.id, button.label) for button in context.replies[-1].choices)
    context.change(pending=pending.model_copy(update={"choices": shown}))


def _lines(context: TurnContext, found: dict[str, str]) -> list[Line]:
    """Judge every value in the form's order; what says the same as the draft, or does not apply, is left out."""
    lines: list[Line] = []
    ahead = context.draft  # as it would be with the values before
    for field in context.pack.form.fields:
        if field.key not in found or kind_of(field).declared or not ahead.asks(field):
            continue
        held, outcome = context.draft.values.get(field.key), _judged(context, field, found[field.key])
        line = _line(context, field, found[field.key], outcome, held.display if held else None)
        lines += [] if held and held.display == line.display else [line]
        if not isinstance(outcome, Rejected):
            value = held_value(found[field.key], outcome, None)
            ahead = ahead.model_copy(update={"values": {**ahead.values, field.key: value}})
    return lines


def _judged(context: TurnContext, field: Field, text: str) -> Outcome:
    return validate(field, text, context.pack, context.moment.today)


def _line(context: TurnContext, field: Field, text: str, outcome: Outcome, held: str | None) -> Line:
    if isinstance(outcome, Rejected):
        return Line(field, text, text, held, refusal=outcome.message)
    doubt = outcome.message if outcome.kind == "warn" else None
    shown = understood(context, field, held_value(text, outcome, None))
    return Line(field, text, shown, held, doubt=doubt, display=outcome.display)


def _left_alone(context: TurnContext, found: dict[str, str]) -> list[Field]:
    """Give the fields that are filled in the draft and blank in the file."""
    held = context.draft.values
    return [
        field
        for field in context.pack.form.fields
        if not kind_of(field).declared and field.key in held.keys() - found.keys()
    ]
