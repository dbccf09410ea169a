"""An earlier message was changed: the answer it gave is corrected, if the new words pass."""

from dataclasses import replace

from dialogs.breaches import breaches
from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected, Warned
from dialogs.fields.validate import validate
from dialogs.flow import advance, come_back
from dialogs.handlers.answers import held_value, take_outcome
from dialogs.handlers.pasted_block import fill
from dialogs.handlers.question_answers import answered, on_question
from dialogs.handlers.typed_text import on_text, situation_of
from dialogs.protocol import Edited
from dialogs.understanding.acts import Act, Ask, Fill, Give, Inquire, Labelled, Propose
from dialogs.understanding.understand import understand
from dialogs.views.answer_view import noted
from dialogs.views.rule_view import pointed_out
from knowledge.form import Field


def on_edited(context: TurnContext, event: Edited) -> None:
    """Find what the message had given and judge the new words in its place."""
    fields = _given_by(context, event.message)
    pending = context.session.pending
    if pending is not None and pending.message == event.message:
        context.change(pending=None)
        on_text(context, event.text)
    elif fields:
        _said_anew(context, fields, event.text)
    elif event.message == context.session.heard:  # a question or a command just sent, put right: said anew
        on_text(context, event.text)
    else:
        context.tell("edited.of_nothing")
        come_back(context)


def _given_by(context: TurnContext, message: int) -> list[Field]:
    values, refused = context.draft.values, context.draft.refused
    return [
        field
        for field in context.pack.form.fields
        if (field.key in values and values[field.key].message == message)
        or (field.key in refused and refused[field.key].message == message)
    ]


def _said_anew(context: TurnContext, fields: list[Field], text: str) -> None:
    """Read the new words as if the first of the fields were asked for once more, and hold what they give."""
    field = fields[0]
    values = {key: value for key, value in context.draft.values.items() if key != field.key}
    draft = context.draft.model_copy(update={"values": values, "growing": False})
    at = replace(situation_of(context), asked=field, draft=draft, pending=None, review=False, offered=())
    acts = understand(text, at)
    given = _given(acts)
    if isinstance(acts[0], Inquire):
        held = context.words("edited.still_held", label=field.label) if field.key in context.draft.values else ""
        context.tell("edited.a_question", held=held)
        on_question(context, text, acts[0].found)
    elif len(given) > 1 or (given and field.key not in given):
        fill(context, given, tuple(line for act in acts if isinstance(act, Fill | Propose) for line in act.left))
    else:
        _correct(context, field, given.get(field.key, text))
        for act in acts:
            if isinstance(act, Ask):
                context.say(*answered(context, act.question))


def _given(acts: tuple[Act, ...]) -> dict[str, str]:
    """Give the values that acts hold, by field."""
    given: dict[str, str] = {}
    for act in acts:
        match act:
            case Give(field=key, text=words) | Labelled(field=key, text=words):
                given[key] = words
            case Propose(found=found) | Fill(found=found):
                given |= found
    return given


def _correct(context: TurnContext, field: Field, text: str) -> None:
    outcome = validate(field, text, context.pack, context.moment.today)
    holds = field.key in context.draft.values
    held = context.words("edited.still_held", label=field.label) if holds else ""
    if isinstance(outcome, Rejected):
        context.say(context.words("edited.refused", label=field.label, reason=outcome.message, held=held).strip())
        come_back(context)
    elif isinstance(outcome, Warned):
        context.go("edit", field.key)
        take_outcome(context, field, text, outcome)
    else:
        value = held_value(text, outcome, context.message)
        context.hold(field.key, value)
        broken = breaches(context.pack.form, context.draft, about=[field.key])
        said = context.words("edited.updated", noted=noted(context, field, value, outcome.message))
        advance(context, "\n".join(part for part in (said, pointed_out(context, broken)) if part))
