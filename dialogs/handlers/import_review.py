"""Values read from a file: judged, shown beside what the draft holds; nothing is saved unconfirmed."""

from dialogs.context import TurnContext
from dialogs.fields.outcome import Outcome, Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance, ensure_draft, open_draft
from dialogs.handlers.answers import held_value
from dialogs.handlers.applications import is_of_another
from dialogs.handlers.pasted_block import fill
from dialogs.session import Pending
from dialogs.views.answer_view import understood
from dialogs.views.import_view import Line, listing, offer_ticks, ways_to_import
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
    usable = {line.field.key: line.text for line in lines if line.refusal is None}
    pending = context.await_decision(
        "import", found={line.field.key: line.text for line in lines}, message=context.message
    )
    gaps = sum(line.held is None and line.refusal is None for line in lines)
    left_alone = [] if spoken else _left_alone(context, found)
    words = listing(context, lines, left_alone, leftover, spoken=spoken)
    other = None if spoken else is_of_another(context, found)
    if other is not None:
        words = context.words("import.of_another", label=other[0].label, value=other[1]) + "\n\n" + words
    context.say(words, ways_to_import(context, pending, len(usable), gaps, another=other is not None))


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
