"""An earlier message was changed: the answer it gave is corrected, if the new words pass."""

from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected, Warned
from dialogs.fields.validate import validate
from dialogs.flow import advance, come_back
from dialogs.handlers.answers import held_value, noted, take_outcome
from dialogs.handlers.pasted_block import fill
from dialogs.handlers.questions import on_question
from dialogs.handlers.typed_text import on_text
from dialogs.protocol import Edited
from dialogs.understanding.paste_block import split_block
from dialogs.understanding.routing import AsQuestion, route
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
        context.say("看到您修改了一条消息，但那条消息没有填进表里。要改某一项，请回复“修改+栏目”。")
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
    held = f"“{field.label}”原来填的仍然保留。" if field.key in context.draft.values else ""
    reading = route(text, field, context.pack, context.finder, context.moment.today)
    if isinstance(reading, AsQuestion):
        context.say(f"您改过的消息是在提问。{held}")
        on_question(context, text, reading.found)
    elif isinstance(outcome, Rejected):
        context.say(f"您改过的消息不能用于“{field.label}”：{outcome.message}\n{held}".strip())
        come_back(context)
    elif isinstance(outcome, Warned):
        context.go("edit", field.key)
        take_outcome(context, field, text, outcome)
    else:
        value = held_value(text, outcome, context.message)
        context.hold(field.key, value)
        advance(context, f"已按您改过的消息更新。{noted(context, field, value, outcome.message)}")
