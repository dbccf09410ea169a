"""Asking for one field: where we are, the question, an example, a hint; the choices as buttons."""

from collections.abc import Sequence
from zlib import crc32

from dialogs.buttons import Decline, Keep, PickChoice, Reuse, Skip, TakeOffer, TakeTicked, button
from dialogs.context import TurnContext
from dialogs.fields.registry import kind_of
from dialogs.progress import asked_fields
from dialogs.protocol import Button
from dialogs.session import FieldValue
from dialogs.views.rows_view import row_buttons, row_lines
from knowledge.form import Field
from knowledge.notice import Citation

_WORTH_SHOWING = 4  # characters of a refused answer; less is quickly typed again
_REUSED = 24  # characters of another application's value on a button
SHOWN = 60  # characters of a held value shown in a prompt


def ask(context: TurnContext, before: str = "") -> None:
    """Ask for the field the session stands at; `before` is said first, in the same message."""
    field = _here(context)
    text = "\n".join(line for line in _question(context, field) if line)
    context.say(f"{before}\n\n{text}" if before else text, choices_of(context, field))


def ask_again(context: TurnContext, before: str = "") -> None:
    """Come back to the field after a word in between, which `before` answers: short, the same choices."""
    field = _here(context)
    lines = _consent(context, field) if kind_of(field).declared else _reminder(context, field)
    text = "\n".join(line for line in lines if line)
    context.say(f"{before}\n\n{text}" if before else text, choices_of(context, field))


def propose_options(context: TurnContext, field: Field, labels: Sequence[str]) -> None:
    """Propose the options that what somebody told of his project fits, each with the words of its clause."""
    known = {each.label: each for each in help_.categories} if (help_ := context.pack.faq.category_help) else {}
    lines = [
        context.words("ask.fitting", label=label, clause=known[label].clause, quote=known[label].quote)
        for label in labels
        if label in known
    ]
    choices = [(number, choice) for number, choice in enumerate(field.choices) if choice.label in labels]
    buttons = tuple(
        button(PickChoice(context.draft.id, field.key, number, mark(choice.label)), choice.label)
        for number, choice in sorted(choices, key=lambda each: labels.index(each[1].label))
    )
    cites = tuple(Citation(clause=known[label].clause, quote=known[label].quote) for label in labels if label in known)
    context.tell("ask.fittings", buttons, cites, label=field.label, lines="\n".join(lines))


def choices_of(context: TurnContext, field: Field) -> tuple[Button, ...]:
    """Give the buttons of a field: its choices, skipping, keeping what it holds."""
    draft = context.draft
    if kind_of(field).tabled and (field.key in draft.values or field.key in draft.tables):
        return row_buttons(context, field)
    if kind_of(field).declared:
        return (
            button(PickChoice(draft.id, field.key, 0), context.words("button.agree")),
            button(Decline(draft.id, field.key), context.words("button.decline")),
        )
    buttons = _options(context, field)
    buttons += [
        button(TakeOffer(draft.id, field.key, number, mark(offer)), offer) for number, offer in enumerate(field.offers)
    ]
    other = held_elsewhere(context, field)
    if other is not None:
        buttons.append(
            button(Reuse(draft.id, field.key), context.words("button.reuse", value=shorten(other.display, _REUSED)))
        )
    if field.key in draft.values or field.key in draft.skipped:
        buttons.append(button(Keep(draft.id, field.key), context.words("button.keep")))
    elif field.optional:
        buttons.append(button(Skip(draft.id, field.key), context.words("button.skip")))
    return tuple(buttons)


def ask_for_more(context: TurnContext, field: Field) -> None:
    """Say which options are ticked, and offer them all again."""
    labels = ticked_options(context, field)
    key = "ask.ticked" if labels else "ask.ticked_none"
    context.tell(key, choices_of(context, field), label=field.label, found="、".join(labels))


def ticked_options(context: TurnContext, field: Field) -> tuple[str, ...]:
    """Give the options that are ticked: by button just now, else those the field holds."""
    held = context.draft.values.get(field.key)
    value = held.value if held is not None and isinstance(held.value, list) else []
    return context.draft.ticked.get(field.key, tuple(map(str, value)))


def _options(context: TurnContext, field: Field) -> list[Button]:
    """Give a button an option; where several may be chosen, each with its tick, and one to be done."""
    several, ticked = kind_of(field).several, ticked_options(context, field)
    buttons = []
    for number, choice in enumerate(field.choices):
        key = "button.ticked" if choice.label in ticked else "button.unticked"
        label = context.words(key, label=choice.label) if several else choice.label
        buttons.append(button(PickChoice(context.draft.id, field.key, number, mark(choice.label)), label))
    if several and context.draft.ticked.get(field.key):
        done = context.words("button.take_ticked", count=len(ticked))
        buttons.append(button(TakeTicked(context.draft.id, field.key), done))
    return buttons


def held_elsewhere(context: TurnContext, field: Field) -> FieldValue | None:
    """Give what the latest other application holds for a field that says who applies; None while this one holds it."""
    of_applicant = context.pack.form.identity.get("applicant", "").partition(".")[0]
    if field.key in context.draft.values or not (kind_of(field).people or field.key == of_applicant):
        return None
    others = [draft for number, draft in context.session.drafts.items() if number != context.draft.id]
    return next((draft.values[field.key] for draft in reversed(others) if field.key in draft.values), None)


def mark(label: str) -> str:
    """Give a short mark of a label: a button shown before the choices changed is known by it."""
    return format(crc32(label.encode()), "x")


def shorten(text: str, limit: int = SHOWN) -> str:
    """Show a value on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def short_name(field: Field) -> str:
    """Give the shortest name a field goes by, for a button."""
    return min(field.names, key=len)


def _question(context: TurnContext, field: Field) -> list[str]:
    if kind_of(field).declared:
        return _consent(context, field)
    fill = context.pack.facts.fill
    heading = "ask.heading_optional" if field.optional else "ask.heading"
    return [
        context.words(heading, place=_place(context, field), label=field.label),
        fill(field.prompt),
        context.words("ask.example", example=fill(field.example)) if field.example else "",
        context.words("ask.hint", hint=fill(field.hint)) if field.hint else "",
        *(row_lines(context, field) if kind_of(field).tabled else [_earlier(context, field)]),
    ]


def _reminder(context: TurnContext, field: Field) -> list[str]:
    fill = context.pack.facts.fill
    example = fill(field.example)
    return [
        context.words("ask.again", place=_place(context, field), label=field.label, prompt=fill(field.prompt)),
        context.words("ask.example", example=example) if 0 < len(example) <= SHOWN else "",
        *(row_lines(context, field)[-1:] if kind_of(field).tabled else [_earlier(context, field)]),
    ]


def _consent(context: TurnContext, field: Field) -> list[str]:
    return [field.prompt, context.words("ask.statement", statement=field.statement)]


def _earlier(context: TurnContext, field: Field) -> str:
    """Show what the field holds, or the words that could not be taken: nobody types a thing twice."""
    held, refused = context.draft.values.get(field.key), context.draft.refused.get(field.key)
    if held:
        return context.words("ask.held", value=shorten(held.display) or context.words("ask.nothing"))
    words = shorten(refused.text) if refused and not kind_of(field).optioned else ""
    return context.words("ask.refused", text=words) if len(words) >= _WORTH_SHOWING else ""


def _place(context: TurnContext, field: Field) -> str:
    asked = [each.key for each in asked_fields(context.pack, context.draft)]
    if field.key not in asked:
        return ""
    return context.words("ask.place", number=asked.index(field.key) + 1, total=len(asked))


def _here(context: TurnContext) -> Field:
    field = context.field
    if field is None:
        raise LookupError(context.session.state)
    return field
