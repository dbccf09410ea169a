"""Taking an answer for a field: accepted and on, doubted and asked, or refused and kept."""

from collections.abc import Iterator, Sequence
from datetime import date

from dialogs.breaches import breaches
from dialogs.context import TurnContext
from dialogs.fields.outcome import Accepted, Outcome, Rejected, Warned
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance
from dialogs.session import Draft, FieldValue, Pending, Refused
from dialogs.understanding.said_along import said_along, tells_more
from dialogs.views.answer_view import declined, doubt, no_answer, noted, refuse
from dialogs.views.rule_view import breach_words, doubt_between, refuse_between
from knowledge.form import Field
from knowledge.pack import NoticePack

_KEPT = 20_000  # characters of a refused text; a session is read and written with every turn


def take(context: TurnContext, field: Field, text: str, said: str = "") -> None:
    """Judge a text as the answer to the field being asked for, and act on the outcome.

    `said` is the whole message, where the text is only what it means for this field.
    """
    outcome = validate(field, text, context.pack, context.moment.today)
    if isinstance(outcome, Accepted) and said:
        settle(context, field, held_value(text, outcome, context.message), outcome.message, said)
    else:
        take_outcome(context, field, text, outcome)


def take_outcome(context: TurnContext, field: Field, text: str, outcome: Outcome) -> None:
    """Act on an outcome: hold the value and go on, ask to confirm it, or explain the refusal."""
    if isinstance(outcome, Rejected):
        _refuse(context, field, text, outcome)
    elif isinstance(outcome, Warned):
        _doubt(context, field, text, outcome)
    else:
        settle(context, field, held_value(text, outcome, context.message), outcome.message)


def answered_at_once(
    pack: NoticePack, draft: Draft, field: Field, text: str, today: date
) -> tuple[Outcome, dict[str, FieldValue]]:
    """Judge an answer that a program gives, doubts confirmed; with it what is to be held, what it says along too.

    It is read as in conversation: an option behind which a field stands may be said by that field's words alone.
    """
    words = tells_more(pack, draft, field, text, today) or text
    outcome = validate(field, words, pack, today)
    if isinstance(outcome, Rejected):
        return outcome, {}
    held = {field.key: held_value(words, outcome, None)}
    with_it = draft.model_copy(update={"values": {**draft.values, **held}})
    return outcome, {**held, **{other.key: value for other, value in said_along(pack, with_it, field, text, today)}}


def held_value(text: str, outcome: Accepted | Warned, message: int | None, *, confirmed: bool = True) -> FieldValue:
    """Make what the draft holds out of an outcome."""
    return FieldValue(
        text=text,
        value=outcome.value,
        display=outcome.display,
        printed=outcome.printed,
        approx=outcome.approx,
        warning=outcome.message if isinstance(outcome, Warned) else None,
        confirmed=confirmed,
        message=message,
    )


def settle(context: TurnContext, field: Field, value: FieldValue, hint: str | None = None, said: str = "") -> None:
    """Hold a value, say so, and go on; not before it goes with the others, or the applicant leaves it as it is.

    `said` is the whole message, where it says more than the value.
    """
    before = context.draft.values.get(field.key)
    context.hold(field.key, value)
    context.change_draft(growing=field.key if grows(field) else False)
    along = list(_hold_what_is_said_along(context, field, said or value.text))
    told = "\n".join([noted(context, field, value, hint, before), *(noted(context, *each, None) for each in along)])
    if not _goes_with_others(context, field, value, told, [other.key for other, _ in along]):
        return
    if context.draft.collecting == field.key and context.field == field:
        context.say(f"{told}\n{context.words('long_text.go_on')}")
    else:
        advance(context, told)


def _hold_what_is_said_along(context: TurnContext, field: Field, text: str) -> Iterator[tuple[Field, FieldValue]]:
    """Hold what an answer says of the fields that hang on it; gives each with its value.

    Args:
        context: the turn, in which `field` is held already.
        field: the field just answered.
        text: the answer as typed.
    """
    for other, value in said_along(context.pack, context.draft, field, text, context.moment.today):
        held = value.model_copy(update={"message": context.message})
        context.hold(other.key, held)
        yield other, held


def _goes_with_others(
    context: TurnContext, field: Field, value: FieldValue, said: str, along: Sequence[str] = ()
) -> bool:
    """Hold the rules between fields against a new value and what was said along; where one is broken, stay there."""
    broken = breaches(context.pack.form, context.draft, about=[field.key, *along])
    refused = [breach for breach in broken if breach.rejects]
    if not broken:
        return True
    context.go("edit", field.key)
    if refused:
        refuse_between(context, field, refused, said)
        return False
    doubted = value.model_copy(update={"warning": "\n".join(breach_words(context, each) for each in broken)})
    pending = context.await_decision("warned", field=field.key, text=value.text, message=value.message, held=doubted)
    doubt_between(context, broken, said, pending.serial)
    return False


def grows(field: Field) -> bool:
    """Tell whether an answer may come in several messages: a text, a list, links, numbers of several kinds."""
    kind = kind_of(field)
    return kind.several_messages or kind.itemised or kind.links or "parts" in field.allows


def confirm(context: TurnContext, pending: Pending) -> None:
    """The applicant stands by a doubted value."""
    field = context.pack.fields.get(pending.field or "")
    if field is None or pending.held is None:
        return
    held = context.draft.values.get(field.key)
    if held is not None and held.message == pending.message and held.text == pending.text:  # only the rules doubted it
        advance(context, noted(context, field, held, None))
        return
    settle(context, field, pending.held.model_copy(update={"confirmed": True}))


def _refuse(context: TurnContext, field: Field, text: str, outcome: Rejected) -> None:
    if kind_of(field).declines(text):
        context.change(pending=None)
        declined(context, field)
        return
    _keep_aside(context, field, text)
    context.change(pending=None)
    refuse(context, field, outcome)
    kept = context.draft.refused[field.key].model_copy(update={"reason": outcome.message})
    context.change_draft(refused={**context.draft.refused, field.key: kept})


def without_answer(context: TurnContext, field: Field) -> None:
    """Meet words that are no answer at all; they are not kept, but counted."""
    before = context.draft.refused.get(field.key) or Refused(text="", times=0)
    counted = before.model_copy(update={"times": before.times + 1})
    context.change_draft(refused={**context.draft.refused, field.key: counted})
    no_answer(context, field, counted.times)


def _keep_aside(context: TurnContext, field: Field, text: str) -> None:
    """Keep words that are not taken (yet): nothing typed is lost, and an edit of the message finds its field."""
    before = context.draft.refused.get(field.key)
    times, reason = (before.times + 1, before.reason) if before else (1, "")
    kept = Refused(text=text[:_KEPT], message=context.message, times=times, reason=reason)
    context.change_draft(refused={**context.draft.refused, field.key: kept})


def _doubt(context: TurnContext, field: Field, text: str, outcome: Warned) -> None:
    held = held_value(text, outcome, context.message)
    _keep_aside(context, field, text)
    pending = context.await_decision("warned", field=field.key, text=text, message=context.message, held=held)
    doubt(context, field, held, outcome, pending.serial)
