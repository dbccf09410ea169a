"""An earlier message was changed: the answer it gave is corrected, if the new words pass."""

from dialogs.breaches import breaches
from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected, Warned
from dialogs.fields.validate import validate
from dialogs.flow import advance, come_back
from dialogs.handlers.answers import held_value, take_outcome
from dialogs.handlers.pasted_block import fill
from dialogs.handlers.question_answers import on_question
from dialogs.handlers.typed_text import on_text
from dialogs.protocol import Edited
from dialogs.understanding.paste_block import split_block
from dialogs.understanding.routing import AsQuestion, route
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
    elif len(fields) > 1 and (block := split_block(event.text, context.pack.form)):
        fill(context, dict(block.fields), block.leftover)
    elif fields:
        _correct(context, fields[0], event.text)
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


def _correct(context: TurnContext, field: Field, text: str) -> None:
    outcome = validate(field, text, context.pack, context.moment.today)
    holds = field.key in context.draft.values
    held = context.words("edited.still_held", label=field.label) if holds else ""
    reading = route(text, field, context.pack, context.finder, context.moment.today)
    if isinstance(reading, AsQuestion):
        context.tell("edited.a_question", held=held)
        on_question(context, text, reading.found)
    elif isinstance(outcome, Rejected):
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
