"""Long text that arrives in several messages or as a file: joined, counted, never mistaken for the next answer."""

import re

from dialogs.buttons import Append, NeverMind, TakeAsAnswer, button
from dialogs.context import TurnContext
from dialogs.fields.chatter import without_emoji
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance, arrive
from dialogs.handlers.answers import held_value, take
from dialogs.session import Refused
from dialogs.understanding.clauses import MARKS, clauses, folded
from dialogs.understanding.evidence_words import says_video
from dialogs.understanding.frames import frame, whole
from dialogs.understanding.small_talk import is_assent
from dialogs.views.field_view import ask
from knowledge.form import Field
from knowledge.text.word_count import count_words

_ANNOUNCED = re.compile(r"[^，。：:]{1,8}[：:]")  # 补充一段：
_BESIDES = re.compile(r"[别其]|就|完|齐|以上|全")  # 没有别的了 says that something was given
_PROSE = 80  # characters: a shorter line after a long text is an answer of its own
_MORE = 20  # characters, once the applicant has said that it goes on


def on_more(context: TurnContext, text: str) -> bool:
    """Take what goes on with the answer before: a paragraph, an item; False when the words are meant otherwise."""
    before = _growing_field(context)
    if before is not None and context.session.pending is None:
        if _is_finished(context, before, text):
            come_on(context, context.words("long_text.complete", label=before.label))
            return True
        if _is_one_more(context, before, text):
            _add_item(context, before, text)
            return True
        if kind_of(before).several_messages and _goes_on(context, text):
            append(context, _item(text) if _ANNOUNCED.match(text) else text)
            return True
    return _may_belong_before(context, text)


def come_on(context: TurnContext, told: str) -> None:
    """Say something of the answer before, then what is asked now."""
    if context.field is not None:
        ask(context, told)
    else:
        arrive(context, told)


def _goes_on(context: TurnContext, text: str) -> bool:
    """Tell whether words are the next paragraph rather than the answer to the field asked for."""
    asked = context.field
    if asked is None or kind_of(asked).itemised:
        return _is_prose(asked, text, _MORE, ending=False)
    taken = not isinstance(validate(asked, text, context.pack, context.moment.today), Rejected)
    return not taken and not kind_of(asked).people and _is_prose(asked, text, _MORE, ending=False)


def _may_belong_before(context: TurnContext, text: str) -> bool:
    """Offer a long text to the text before as well, where a list is asked for."""
    field = context.field
    if (
        field is None
        or not kind_of(field).itemised
        or _last_long_text(context) is None
        or not _is_prose(field, text, _PROSE)
    ):
        return False
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
    context.change_draft(growing=field.key)
    lines = [context.words("long_text.appended", label=field.label, count=count_words(whole))]
    if outcome.kind == "warn":
        lines.append(context.words("answer.doubt", message=outcome.message))
    advance(context, "\n".join(lines))


def _growing_field(context: TurnContext) -> Field | None:
    """Give the field answered just before, if its text or list may go on."""
    before = context.pack.fields.get(str(context.draft.growing))
    return before if before is not None and before.key in context.draft.values else None


def _is_finished(context: TurnContext, before: Field, text: str) -> bool:
    """Tell whether the words say that nothing more comes.

    没有了 may also be the answer that there is none, unless something was put behind the first part already.
    """
    plain = folded(without_emoji(text)).strip(MARKS)
    said = [clause.plain for clause in clauses(text)] or [plain]
    if not whole("finished", plain) and not all(whole("finished", each) or is_assent(each) for each in said):
        return False
    asked = context.field
    if asked is None or context.draft.values[before.key].message is None or _BESIDES.search(plain):
        return not is_assent(plain)
    outcome = validate(asked, text, context.pack, context.moment.today)
    says_none = not isinstance(outcome, Rejected) and outcome.value == kind_of(asked).nothing
    return not says_none and not is_assent(plain)


def _is_one_more(context: TurnContext, before: Field, text: str) -> bool:
    """Tell whether the words are a further item of the list before, which the field asked does not take."""
    if kind_of(before).several_messages:
        return False
    begun = frame(r"\A{one_more}").match(folded(text).strip())
    held = context.draft.values[before.key]
    bare_link = kind_of(before).links and "http" in text and bool(held.value) and not says_video(text)
    if not begun and not bare_link:
        return False
    asked = context.field
    taken = asked is not None and not isinstance(validate(asked, text, context.pack, context.moment.today), Rejected)
    item = _item(text)
    fits = not isinstance(validate(before, item, context.pack, context.moment.today), Rejected)
    return fits and (not taken or (begun is not None and asked is not None and kind_of(asked).assents))


def _item(text: str) -> str:
    stripped = text.strip()
    begun = frame(r"\A{one_more}").match(folded(stripped))
    return stripped[begun.end() :] if begun else stripped


def _add_item(context: TurnContext, field: Field, text: str) -> None:
    """Put an item behind the list already held."""
    held, item = context.draft.values[field.key], _item(text)
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


def _is_prose(field: Field | None, text: str, least: int, *, ending: bool = True) -> bool:
    """Tell running text from an answer to a list field, which has links or words of its own."""
    flows = not ending and text.rstrip().endswith("。") and "，" in text
    own = field is not None and not flows and any(sign in text for sign in field.signs)
    marks = "。" if ending else "。，；"
    return len(text) >= least and any(mark in text for mark in marks) and not own and "http" not in text


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
