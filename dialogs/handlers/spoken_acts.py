"""Carrying out the acts of a message that holds more than one plain value, command or question."""

from dialogs.breaches import breaches
from dialogs.buttons import Edit, button
from dialogs.context import TurnContext
from dialogs.fields.kinds.boolean import Boolean
from dialogs.fields.outcome import Accepted, Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance, come_back, ensure_draft
from dialogs.handlers.answers import held_value, take, without_answer
from dialogs.handlers.controls import on_intent
from dialogs.handlers.import_review import offer_import
from dialogs.handlers.question_answers import answered
from dialogs.session import FieldValue, Refused
from dialogs.understanding.acts import (
    Act,
    Ask,
    Control,
    Doubtful,
    Give,
    Go,
    KeepPart,
    Later,
    Propose,
    Remove,
    Social,
    Unknown,
)
from dialogs.views.answer_view import understood
from dialogs.views.field_view import ask, ask_again
from dialogs.views.paste_view import refused, taken
from dialogs.views.question_view import ask_whether
from dialogs.views.rule_view import not_asked_words, pointed_out, refuse_between
from knowledge.form import Field


def carry_out(context: TurnContext, acts: tuple[Act, ...]) -> None:
    """Do what a message says; what was asked before is asked again where it is still open."""
    if isinstance(acts[0], Propose):
        _propose(context, acts[0], [act.question for act in acts if isinstance(act, Ask)])
        return
    given = [act for act in acts if isinstance(act, Give)]
    questions = [act.question for act in acts if isinstance(act, Ask)]
    looks = [act.field for act in acts if isinstance(act, Go) and act.look]
    if given or questions:
        _give(context, given, questions)
    elif looks:
        _look(context, looks)
    else:
        _do(context, acts[0])


def _do(context: TurnContext, act: Act) -> None:
    """Carry out one act that gives no value and asks nothing."""
    match act:
        case Later(field=key):
            _put_off(context, key)
        case Go(field=key) | Unknown(field=key, no_value=False):
            _go(context, key)
        case Remove(field=key):
            _remove(context, key)
        case KeepPart(field=key, text=text):
            _keep_part(context, key, text)
        case Social(kind=kind):
            context.tell(f"social.{kind}")  # nothing is stored
            come_back(context)
        case _:
            _meet(context, act)


def _meet(context: TurnContext, act: Act) -> None:
    """Meet words that concern the whole application, or that may not be meant for the form at all."""
    match act:
        case Control(intent=intent):
            on_intent(context, intent)
        case Doubtful(field=key, text=text):
            _ask_whether(context, key, text)
        case Unknown(field=key):
            without_answer(context, context.pack.fields[key])


def _give(context: TurnContext, given: list[Give], questions: list[str]) -> None:
    """Hold every value; answer the questions; then go on. A single doubtful or refused value is asked about."""
    ensure_draft(context)
    found = [answered(context, question) for question in questions]
    answers, near = [words for words, _ in found], [choice for _, choices in found for choice in choices]
    if len(given) == 1 and not answers and not _passes(context, given[0]) and context.go("edit", given[0].field):
        take(context, context.pack.fields[given[0].field], given[0].text)
        return
    lines = [_hold(context, act) for act in _in_order(context, given)]
    broken = breaches(context.pack.form, context.draft, about=[act.field for act in given])
    if len(given) == 1 and any(breach.rejects for breach in broken):
        context.go("edit", given[0].field)
        refuse_between(context, context.pack.fields[given[0].field], broken, "\n\n".join([*lines, *answers]))
        return
    parts = ("\n".join(line for line in lines if line), pointed_out(context, broken), *answers)
    told = "\n\n".join(part for part in parts if part)
    asked = context.field
    if asked is not None and not context.draft.settled(asked):
        ask_again(context, told)
    else:
        advance(context, told)
    if near:
        context.offer(tuple(near))


def _propose(context: TurnContext, told: Propose, questions: list[str]) -> None:
    """Answer what was asked along with many values, then show the values for confirmation."""
    for question in questions:
        words, choices = answered(context, question)
        context.say(words, choices)
    offer_import(context, told.found, told.left, spoken=True)


def _in_order(context: TurnContext, given: list[Give]) -> list[Give]:
    order = list(context.pack.fields)
    return sorted(given, key=lambda act: order.index(act.field))


def _passes(context: TurnContext, act: Give) -> bool:
    return validate(context.pack.fields[act.field], act.text, context.pack, context.moment.today).kind == "accept"


def _hold(context: TurnContext, act: Give) -> str:
    """Judge and hold one value; say what was held, doubted or refused, on one line."""
    field = context.pack.fields[act.field]
    told = _implied(context, field)
    if not context.draft.asks(field):
        return refused(context, field, not_asked_words(context, field))
    outcome = validate(field, act.text, context.pack, context.moment.today)
    if isinstance(outcome, Rejected):
        kept = Refused(text=act.text, message=context.message)
        context.change_draft(refused={**context.draft.refused, field.key: kept})
        return refused(context, field, outcome.message)
    value = held_value(act.text, outcome, context.message, confirmed=outcome.kind == "accept")
    before = context.draft.values.get(field.key)
    context.hold(field.key, value)
    line = "" if kind_of(field).declared else taken(context, field, value) + _kept_parts(context, before, value)
    return "\n".join(part for part in (told, line) if part)


def _implied(context: TurnContext, field: Field) -> str:
    """Hold the yes that a value tells along, for who gives a number of registration is registered; give its line."""
    for key in field.when.keys if field.when is not None and not context.draft.asks(field) else ():
        one, before = context.pack.fields[key], context.draft
        outcome = _yes(context, one) if key not in before.values else None
        if outcome is None:
            continue
        yes = held_value(outcome.display, outcome, context.message, confirmed=True)
        context.hold(key, yes)
        if context.draft.asks(field):
            return taken(context, one, yes)
        context.change_draft(values=before.values)
    return ""


def _yes(context: TurnContext, one: Field) -> Accepted | None:
    kind = kind_of(one)
    if not isinstance(kind, Boolean):
        return None
    outcome = validate(one, kind.typed(answer=True), context.pack, context.moment.today)
    return outcome if isinstance(outcome, Accepted) else None


def _kept_parts(context: TurnContext, before: FieldValue | None, value: FieldValue) -> str:
    """Say which parts of a contact are as they were, where another was changed."""
    old, new = (each.value if each and isinstance(each.value, dict) else {} for each in (before, value))
    if set(old) != set(new) or "name" not in new:
        return ""
    kept = [part for part in new if new[part] == old[part]]
    names = "、".join(context.words(f"contact_part.{part}") for part in kept)
    return context.words("act.kept_parts", parts=names) if 0 < len(kept) < len(new) else ""


def _ask_whether(context: TurnContext, key: str, text: str) -> None:
    """Ask whether words that sound like talk are meant for the field."""
    field = context.pack.fields[key]
    pending = context.await_decision("unclear", field=key, text=text, message=context.message)
    ask_whether(context, field, pending)


def _put_off(context: TurnContext, key: str) -> None:
    field = context.pack.fields[key]
    if field.optional:
        context.change_draft(skipped=context.draft.skipped | {key})
        advance(context, context.words("answer.skipped", label=field.label))
        return
    context.change_draft(postponed=context.draft.postponed | {key})
    advance(context, context.words("act.postponed", label=field.label))


def _keep_part(context: TurnContext, key: str, text: str) -> None:
    """Keep a part of a contact that is not asked for yet, for what completes it."""
    field = context.pack.fields[key]
    ensure_draft(context)
    kept = Refused(text=text, message=context.message, times=0)
    context.change_draft(refused={**context.draft.refused, key: kept})
    told = context.words("act.part_noted", text=text, label=field.label)
    if context.field is not None:
        ask(context, told)
    else:
        advance(context, told)


def _look(context: TurnContext, keys: list[str]) -> None:
    """Show what fields hold, each with a button to change it."""
    lines, ways = [], []
    for key in keys:
        field, held = context.pack.fields[key], context.draft.values.get(key)
        shown = understood(context, field, held) if held else context.words("act.nothing")
        lines.append(context.words("act.shown", label=field.label, value=shown))
        ways.append(button(Edit(context.draft.id, key), context.words("button.change", label=field.label)))
    context.say("\n".join(lines), tuple(ways))
    come_back(context)


def _go(context: TurnContext, key: str) -> None:
    field = context.pack.fields[key]
    ensure_draft(context)
    if context.go("edit", key):
        ask(context)
        return
    context.tell("control.not_asked", label=field.label)
    come_back(context)


def _remove(context: TurnContext, key: str) -> None:
    field = context.pack.fields[key]
    values = {name: value for name, value in context.draft.values.items() if name != key}
    skipped = context.draft.skipped | {key} if field.optional else context.draft.skipped
    context.change_draft(values=values, skipped=skipped, reviewed=False)
    advance(context, context.words("act.removed", label=field.label))
