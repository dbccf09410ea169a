"""What is said of an answer: how it was understood, what follows from it, what is doubted or refused."""

from collections.abc import Iterator

from dialogs.breaches import derived_shown
from dialogs.buttons import ChooseField, Confirm, Leave, LeaveOpen, PickChoice, Redo, button
from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected, Warned
from dialogs.fields.registry import kind_of
from dialogs.protocol import Button
from dialogs.session import FieldValue
from dialogs.views.field_view import choices_of, shorten
from knowledge.form import Field
from knowledge.notice import Citation
from knowledge.text.word_count import count_words

_REPLACED = 24  # characters of what was held before
_TWICE = 2  # refusals in a row, after which an open field may be left
# what is said when the reason is the same again: the second time, then by turns
_REFUSED = ("answer.refused_2", "answer.refused_3", "answer.refused_4")
_NO_ANSWER = ("answer.no_answer", "answer.no_answer_2", "answer.no_answer_3")


def noted(
    context: TurnContext, field: Field, value: FieldValue, hint: str | None, before: FieldValue | None = None
) -> str:
    """Say what the draft now holds, in place of what, and what follows from it for other fields; nothing of a consent.

    `before` is what the field held: a button of long ago may replace what its applicant does not think of.
    """
    if kind_of(field).declared:
        return ""
    dropped = [
        other.label
        for other in context.pack.form.fields
        if other.when and field.key in other.when.keys and not context.draft.applies(other)
    ]
    lines = [
        context.words("answer.noted", label=field.label, value=understood(context, field, value))
        + _replaced(context, field, value, before),
        context.words("answer.goes_on") if kind_of(field).several_messages else "",
        *(context.words("answer.not_needed", label=label) for label in dropped),
        *_reckoned(context, field),
        context.words("answer.hint", hint=hint) if hint else "",
    ]
    return "\n".join(line for line in lines if line)


def _replaced(context: TurnContext, field: Field, value: FieldValue, before: FieldValue | None) -> str:
    """Name a short value that was there before and is not any more."""
    kind = kind_of(field)
    if before is None or not before.display or kind.several_messages or kind.tabled or kind.links:
        return ""
    grown = value.display.startswith(before.display)
    return "" if grown else context.words("answer.replaced", value=shorten(before.display, _REPLACED))


def _reckoned(context: TurnContext, field: Field) -> Iterator[str]:
    """Say what fields that are reckoned out from this one now come to."""
    for other in context.pack.form.fields:
        if other.derive is not None and field.key in other.derive.keys and context.draft.applies(other):
            value = derived_shown(other, context.draft)
            if value:
                yield context.words("answer.derived", label=other.label, value=shorten(value))


def understood(context: TurnContext, field: Field, value: FieldValue) -> str:
    """Show a value back in official wording."""
    shown = shorten(value.display) or context.words("answer.nothing")
    if kind_of(field).several_messages:
        return context.words("answer.counted", value=shown, count=count_words(value.display))
    return shown


def doubt(context: TurnContext, field: Field, held: FieldValue, outcome: Warned, serial: int) -> None:
    """Ask whether a doubted value shall stand; `serial` is that of the decision waited for."""
    lines = (
        context.words("answer.understood", label=field.label, value=understood(context, field, held)),
        context.words("answer.doubt", message=outcome.message),
    )
    ways = (
        button(Confirm(serial), context.words("button.confirm")),
        button(Redo(serial), context.words("button.redo")),
    )
    context.say("\n".join(lines), ways, _citation(field, outcome.clause))


def refuse(context: TurnContext, field: Field, outcome: Rejected) -> None:
    """Say why words are no answer; what the field holds is not lost. The same reason again is put in other words."""
    held, refused = context.draft.values.get(field.key), context.draft.refused.get(field.key)
    times = refused.times if refused is not None else 1
    same = refused is not None and refused.reason == outcome.message
    lines = [_otherwise(context, field, _by_turns(_REFUSED, times - _TWICE)) if same else outcome.message]
    if held and held.display:
        lines.append(context.words("answer.still_held", value=shorten(held.display)))
    ways = choices_of(context, field)
    if times >= _TWICE and not (held or field.optional):
        lines.append(_may_leave_open(context) if times == _TWICE else "")
        ways = (*ways, _leave_open(context, field))
    context.say("\n".join(line for line in lines if line), ways, _citation(field, outcome.clause))


def _by_turns(keys: tuple[str, ...], number: int) -> str:
    """Give the sentence for the `number`-th time (from 0): the first once, the others by turns."""
    return keys[0] if number <= 0 else keys[1 + (number - 1) % (len(keys) - 1)]


def _otherwise(context: TurnContext, field: Field, key: str) -> str:
    """Say of a field, in other words, what it wants: its prompt, its example."""
    fill = context.pack.facts.fill
    example = fill(field.example)
    shown = context.words("answer.refused_example", example=example) if example else ""
    return context.words(key, label=field.label, prompt=fill(field.prompt), example=shown).strip()


def _may_leave_open(context: TurnContext) -> str:
    return context.words("answer.may_leave_open", leave_open=context.words("button.leave_open"))


def _leave_open(context: TurnContext, field: Field) -> Button:
    return button(LeaveOpen(context.draft.id, field.key), context.words("button.leave_open"))


def declined(context: TurnContext, field: Field) -> None:
    """Take a no to what is to be declared: nothing is made, nothing is lost; what shall happen instead?"""
    draft = context.draft.id
    ways = (
        button(ChooseField(draft), context.words("button.change_one")),
        button(Leave(draft), context.words("button.save")),
        button(PickChoice(draft, field.key, 0), context.words("button.agree")),
    )
    context.tell("consent.declined", ways)


def no_answer(context: TurnContext, field: Field, times: int) -> None:
    """Say that the words are no answer, what the field holds, and that it may be left open; `times` in a row."""
    lines = [_otherwise(context, field, _by_turns(_NO_ANSWER, times - 1))]
    ways = choices_of(context, field)
    if not (field.optional or field.key in context.draft.values):
        lines += [_may_leave_open(context)] if times == 1 else []
        ways = (*ways, _leave_open(context, field))
    context.say("\n".join(lines), ways)


def _citation(field: Field, clause: str | None) -> tuple[Citation, ...]:
    quotes = [rule.quote for rule in field.rules if rule.clause == clause and rule.quote]
    quotes += [field.quote] if field.quote and clause == field.clause else []
    return (Citation(clause=clause, quote=quotes[0]),) if clause and quotes else ()
