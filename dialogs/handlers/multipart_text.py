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
from dialogs.views.act_messages import act_message
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
        ask(context, act_message("complete", label=before.label))
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
        context.say("文件收到了，但这份表里没有要填长文的栏目。请把内容直接打字发给我。")
        return
    pending = context.await_decision("unclear", field=(field or long_text).key, text=text, message=context.message)
    held = long_text.key in context.draft.values
    choices = [button(Append(pending.serial), f"{'接在' if held else '填到'}{long_text.label}")]
    if field is not None and kind_of(field).takes_files:
        choices.append(button(TakeAsAnswer(pending.serial), f"填到{field.label}"))
    context.say(
        f"文件读过了，共{count_words(text)}字。这些内容填到哪里？",
        (*choices, button(NeverMind(pending.serial), "都不填")),
    )


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
        arrive(context, f"这一段还不能接在“{field.label}”后面，前面的内容不变。{outcome.message}")
        return
    context.hold(field.key, held_value(whole, outcome, None, confirmed=outcome.kind == "accept"))
    context.change_draft(growing=True)
    doubt = f"\n⚠ {outcome.message}" if outcome.kind == "warn" else ""
    advance(context, f"接在“{field.label}”后面了，现在共{count_words(whole)}字。还有就接着发。{doubt}")


def _growing_field(context: TurnContext, asked: Field) -> Field | None:
    """Give the field answered just before the one asked for, if its text or list may go on."""
    fields = [one for one in context.pack.form.fields if context.draft.applies(one)]
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
    ask(context, act_message("item_added", label=field.label, item=item))


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
    context.say(
        f"收到{count_words(text)}字。这段话是接在“{long_text.label}”后面，还是填到“{field.label}”？",
        (
            button(Append(pending.serial), f"接在{long_text.label}后面"),
            button(TakeAsAnswer(pending.serial), f"填到{field.label}"),
        ),
    )


def _long_text(context: TurnContext) -> Field | None:
    return _last_long_text(context) or next((f for f in context.pack.form.fields if kind_of(f).several_messages), None)


def _last_long_text(context: TurnContext) -> Field | None:
    fields = [f for f in context.pack.form.fields if kind_of(f).several_messages and f.key in context.draft.values]
    return fields[-1] if fields else None
