"""A pasted block of `栏目：内容` lines: every field it names is judged; what was taken is listed."""

from dialogs.breaches import breaches
from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance, arrive, ensure_draft
from dialogs.handlers.answers import held_value, take
from dialogs.session import Refused
from dialogs.state_machine import REVIEW, local_name
from dialogs.views.paste_view import outcome_of_block, refused, taken
from dialogs.views.rule_view import not_asked_words, pointed_out, ways_to_mend


def on_labelled(context: TurnContext, key: str, text: str) -> None:
    """Take one labelled line meant for another field than the one asked for."""
    ensure_draft(context)
    field = context.pack.fields[key]
    if not context.go("edit", key):
        context.tell("control.not_asked", label=field.label)
        advance(context)
        return
    take(context, field, text)


def fill(context: TurnContext, found: dict[str, str], leftover: tuple[str, ...] = ()) -> None:
    """Judge every text for its field, list what was taken, doubted, refused or not understood; go on."""
    ensure_draft(context)
    filled: list[str] = []
    not_usable: list[str] = []
    for field in context.pack.form.fields:  # the form's order: a condition's field comes before what hangs on it
        if field.key in found and not kind_of(field).declared:
            _fill_one(context, field.key, found[field.key], filled, not_usable)
    context.go("proceed")
    reviewing = local_name(context.session.state) == REVIEW  # the review lists everything by itself
    broken = [] if reviewing else breaches(context.pack.form, context.draft, about=found)
    told = (outcome_of_block(context, filled, not_usable, leftover, briefly=reviewing), pointed_out(context, broken))
    arrive(context, "\n\n".join(part for part in told if part))
    if context.replies:
        context.offer(ways_to_mend(context, broken))


def _fill_one(context: TurnContext, key: str, text: str, filled: list[str], not_usable: list[str]) -> None:
    field = context.pack.fields[key]
    if not context.draft.asks(field):
        not_usable.append(refused(context, field, not_asked_words(context, field)))
        return
    outcome = validate(field, text, context.pack, context.moment.today)
    if isinstance(outcome, Rejected):
        kept = Refused(text=text, message=context.message)
        context.change_draft(refused={**context.draft.refused, key: kept})
        not_usable.append(refused(context, field, outcome.message))
        return
    value = held_value(text, outcome, context.message, confirmed=outcome.kind == "accept")
    context.hold(key, value)
    filled.append(taken(context, field, value))
