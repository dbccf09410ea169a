"""Long text that arrives in several messages or as a file: joined, counted, never mistaken for the next answer."""

from dialogs.buttons import Append, NeverMind, TakeAsAnswer, button
from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance, arrive
from dialogs.handlers.answers import held_value, take
from dialogs.session import Refused
from dialogs.understanding.clauses import folded
from dialogs.understanding.frames import frame, whole
from dialogs.views.field_view import ask
from knowledge.form import Field
from knowledge.text.word_count import count_words

_MARKS = " \t\n,.;:!?。，；：！？~～…、"
_PROSE = 80  # characters: a shorter line after a long text is an answer of its own
_MORE = 20  # characters, once the applicant has said that it goes on


def on_more(context: TurnContext, text: str) -> bool:
    """Take the next paragraph of the long text before; False when the words are meant otherwise."""
    field, long_text, growing = context.field, _last_long_text(context), context.draft.growing
    if field is None or not kind_of(field).itemised:
        return False
    before = _growing_field(context, field)
    if growing and before is not None and _is_finished(context, field, text):
        ask(context, context.words("long_text.complete", label=before.label))
        return True
    if growing and before is not None and _is_one_more(context, field, before, text):
        _add_item(context, before, text)
        return True
    if long_text is None or not _is_prose(field, text, _MORE if growing else _PROSE):
        return False
    if growing:
        append(context, text)
    else:
        _offer_more(context, field, text)
    return True


def offer_text(context: TurnContext, text: str) -> None:
    """Ask what the text of a file is for."""
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
    context.tell("upload.where", tuple(choices), count=count_words(text))


def append(context: TurnContext, text: str) -> None:
    """Put a text behind the long text already held, and judge the whole; what is over the limit is not joined."""
    field = _long_text(context)
    if field is None:
        return
    held = context.draft.values.get(field.key)
    if held is None:
        context.go("edit", field.key)
        take(context, field, text)
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
    context.change_draft(growing=True)
    lines = [context.words("long_text.appended", label=field.label, count=count_words(whole))]
    if outcome.kind == "warn":
        lines.append(context.words("answer.doubt", message=outcome.message))
    advance(context, "\n".join(lines))


def _growing_field(context: TurnContext, asked: Field) -> Field | None:
    """Give the field answered just before the one asked for, if its text or list may go on."""
    fields = [one for one in context.pack.form.fields if context.draft.asks(one)]
    before = fields[fields.index(asked) - 1] if asked in fields and fields.index(asked) else None
    goes_on = before is not None and (kind_of(before).several_messages or kind_of(before).itemised)
    return before if goes_on and before is not None and before.key in context.draft.values else None


def _is_finished(context: TurnContext, asked: Field, text: str) -> bool:
    """Tell whether the words say that nothing more comes; 没有了 may also be the answer that there is none."""
    plain = folded(text).strip(_MARKS)
    outcome = validate(asked, text, context.pack, context.moment.today)
    says_none = not isinstance(outcome, Rejected) and outcome.value == kind_of(asked).nothing
    return whole("finished", plain) and not says_none


def _is_one_more(context: TurnContext, asked: Field, before: Field, text: str) -> bool:
    """Tell whether the words are a further item of the list before, which the field asked does not take."""
    taken = not isinstance(validate(asked, text, context.pack, context.moment.today), Rejected)
    begun = frame(r"\A{one_more}").match(folded(text).strip())
    return kind_of(before).itemised and not taken and begun is not None


def _add_item(context: TurnContext, field: Field, text: str) -> None:
    """Put an item behind the list already held."""
    stripped = text.strip()
    begun = frame(r"\A{one_more}").match(folded(stripped))
    item = stripped[begun.end() :] if begun else stripped
    held = context.draft.values[field.key]
    whole_list = f"{held.text}\n{item}" if held.value else item
    outcome = validate(field, whole_list, context.pack, context.moment.today)
    if isinstance(outcome, Rejected):
        ask(context, outcome.message)
        return
    value = held_value(whole_list, outcome, context.message, confirmed=outcome.kind == "accept")
    context.hold(field.key, value)
    context.change_draft(growing=True)
    ask(context, context.words("long_text.item_added", label=field.label, item=item))


def _is_prose(field: Field, text: str, least: int) -> bool:
    """Tell running text from an answer to a list field, which has links or words of its own."""
    own = any(sign in text for sign in field.signs) or "http" in text
    return len(text) >= least and "。" in text and not own


def _offer_more(context: TurnContext, field: Field, text: str) -> None:
    """Offer both readings: more of the long text, or the answer to the field asked for."""
    long_text, before = _last_long_text(context), context.session.pending
    if long_text is None:
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
    return _last_long_text(context) or next((f for f in context.pack.form.fields if kind_of(f).several_messages), None)


def _last_long_text(context: TurnContext) -> Field | None:
    fields = [f for f in context.pack.form.fields if kind_of(f).several_messages and f.key in context.draft.values]
    return fields[-1] if fields else None
