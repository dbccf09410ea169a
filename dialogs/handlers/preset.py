"""Many answers given at once by a program: each judged as if typed, doubts confirmed, refusals reported."""

from dialogs.breaches import breaches
from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.typed_answers import typed
from dialogs.flow import advance, ensure_draft
from dialogs.handlers.answers import answered_at_once
from dialogs.protocol import Preset
from dialogs.session import Refused
from dialogs.views.field_view import ask
from dialogs.views.rule_view import breach_words, not_asked_words
from knowledge.form import Field


def on_preset(context: TurnContext, event: Preset) -> None:
    """Hold the values in the form's order, report those refused, and ask the field `event.at`, or what comes next.

    A consent counts as given after the review, for that is where people give it.
    """
    ensure_draft(context)
    unknown = event.values.keys() - context.pack.fields.keys()
    problems = [_line(context, key, context.words("preset.unknown")) for key in sorted(unknown)]
    for field in context.pack.form.fields:  # a condition's field comes before what hangs on it
        if field.key in event.values:
            problems += _hold(context, field, typed(field, event.values[field.key]))
    broken = breaches(context.pack.form, context.draft, about=event.values)
    problems += [_line(context, breach.at.label, breach_words(context, breach)) for breach in broken]
    if event.at is not None and not context.go("edit", event.at):
        known = context.pack.fields.get(event.at)
        why = context.words("preset.not_asked" if known else "preset.unknown")
        problems.append(_line(context, known.label if known else event.at, why))
    elif event.at is not None:
        ask(context, _told(context, problems))
        return
    advance(context, _told(context, problems))


def _hold(context: TurnContext, field: Field, text: str) -> list[str]:
    """Judge and hold one text; give the reason, on a line, when it is refused."""
    if not context.draft.asks(field):
        return [_line(context, field.label, not_asked_words(context, field))]
    outcome, held = answered_at_once(context.pack, context.draft, field, text, context.moment.today)
    if isinstance(outcome, Rejected):
        kept = Refused(text=text)
        context.change_draft(refused={**context.draft.refused, field.key: kept})
        return [_line(context, field.label, outcome.message)]
    for key, value in held.items():
        context.hold(key, value)
    if kind_of(field).declared:
        context.change_draft(reviewed=True)
    return []


def _line(context: TurnContext, label: str, reason: str) -> str:
    return context.words("preset.line", label=label, reason=reason)


def _told(context: TurnContext, problems: list[str]) -> str:
    return "\n".join((context.words("preset.refused"), *problems)) if problems else ""
