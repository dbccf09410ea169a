"""Long text that arrives in several messages or as a file: joined, counted, never mistaken for the next answer."""

from dialogs.buttons import Append, NeverMind, TakeAsAnswer, button
from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance, arrive, ensure_draft
from dialogs.handlers.answers import held_value, take
from dialogs.session import Refused
from dialogs.understanding.multipart import last_long_text
from dialogs.views.field_view import ask
from knowledge.form import Field
from knowledge.text.word_count import count_words


def collect(context: TurnContext, key: str) -> None:
    """Go to a field whose parts are announced, and stay there until they are said to be sent."""
    field = context.pack.fields[key]
    ensure_draft(context)
    if context.go("edit", key):
        context.change_draft(collecting=key)
        context.tell("long_text.collecting", label=field.label)
    else:
        come_on(context, context.words("control.not_asked", label=field.label))


def finish(context: TurnContext, key: str) -> None:
    """Close a text or a list of several messages."""
    refused = context.draft.refused.get(key)
    if key not in context.draft.values and refused is not None and refused.text and context.go("edit", key):
        context.change_draft(collecting=None)
        come_on(context, refused.reason)  # what is missing still
        return
    if context.draft.collecting == key:
        context.change_draft(collecting=None)
        advance(context, context.words("long_text.complete", label=context.pack.fields[key].label))
        return
    come_on(context, context.words("long_text.complete", label=context.pack.fields[key].label))


def come_on(context: TurnContext, told: str) -> None:
    """Say something of the answer before, then what is asked now."""
    if context.field is not None:
        ask(context, told)
    else:
        arrive(context, told)


def offer_text(context: TurnContext, text: str) -> None:
    """Ask what a text is for: that of a file, or one that the field asked for does not take."""
    field, long_text = context.field, _long_text(context)
    if long_text is None:
        context.tell("upload.no_long_text")
        return
    pending = context.await_decision("unclear", field=(field or long_text).key, text=text, message=context.message)
    held = long_text.key in context.draft.values
    append_or_fill = "long_text.append_here" if held else "button.fill_in"
    choices = [button(Append(pending.serial), context.words(append_or_fill, label=long_text.label))]
    if field is not None and kind_of(field).takes_files:
        choices.append(button(TakeAsAnswer(pending.serial), context.words("button.fill_in", label=field.label)))
    choices.append(button(NeverMind(pending.serial), context.words("button.no_place")))
    context.tell("long_text.which", tuple(choices), count=count_words(text))


def append(context: TurnContext, text: str) -> None:
    """Put a text behind the long text already held, and judge the whole; what is over the limit is not joined."""
    field = _long_text(context)
    if field is None:
        return
    held = context.draft.values.get(field.key)
    if held is None:
        before = context.draft.refused.get(field.key)
        context.go("edit", field.key)
        take(context, field, f"{before.text}\n{text}" if before else text)
        if context.draft.collecting == field.key and field.key not in context.draft.values:
            context.tell("long_text.go_on")  # too short by itself: it is kept, and joined with the next
        return
    whole = f"{held.text}\n{text}"
    outcome = validate(field, whole, context.pack, context.moment.today)
    context.change(pending=None)
    if isinstance(outcome, Rejected):
        kept = Refused(text=whole, message=context.message)
        context.change_draft(refused={**context.draft.refused, field.key: kept})
        arrive(context, context.words("long_text.not_appended", label=field.label, reason=outcome.message))
        return
    context.hold(field.key, held_value(whole, outcome, None, confirmed=outcome.kind == "accept"))
    context.change_draft(growing=field.key)
    lines = [context.words("long_text.appended", label=field.label, count=count_words(whole))]
    if outcome.kind == "warn":
        lines.append(context.words("answer.doubt", message=outcome.message))
    told = "\n".join(lines)
    if context.draft.collecting == field.key:
        context.say(told)
    else:
        advance(context, told)


def add_item(context: TurnContext, field: Field, item: str) -> None:
    """Put an item behind the list already held."""
    held = context.draft.values[field.key]
    parting = "\n" if kind_of(field).itemised or kind_of(field).links else "、"
    whole_list = f"{held.text}{parting}{item}" if held.value else item
    outcome = validate(field, whole_list, context.pack, context.moment.today)
    if isinstance(outcome, Rejected):
        come_on(context, outcome.message)
        return
    value = held_value(whole_list, outcome, None, confirmed=outcome.kind == "accept")
    context.hold(field.key, value)
    context.change_draft(growing=field.key)
    told = context.words("long_text.item_added", label=field.label, item=item)
    if context.field is not None:
        ask(context, told)
    else:
        advance(context, told)


def offer_both(context: TurnContext, text: str) -> None:
    """Offer both readings: more of the long text, or the answer to the field asked for."""
    long_text, before, field = last_long_text(context.pack, context.draft), context.session.pending, context.field
    if long_text is None or field is None:
        return
    if before is not None and before.kind == "unclear":  # several paragraphs in a row
        text = f"{before.text}\n{text}"
    pending = context.await_decision("unclear", field=field.key, text=text, message=context.message)
    ways = (
        button(Append(pending.serial), context.words("button.append", label=long_text.label)),
        button(TakeAsAnswer(pending.serial), context.words("button.fill_in", label=field.label)),
    )
    context.tell("long_text.where", ways, count=count_words(text), label=long_text.label, other=field.label)


def _long_text(context: TurnContext) -> Field | None:
    collecting = context.pack.fields.get(context.draft.collecting or "")
    held = last_long_text(context.pack, context.draft)
    return (
        (collecting if collecting is not None and collecting == context.field else None)
        or held
        or next((f for f in context.pack.form.fields if kind_of(f).several_messages), None)
    )
