"""Typed words: a decision, a pasted block, a command, an answer, a question — in that order of certainty."""

from dataclasses import replace

from dialogs.context import TurnContext
from dialogs.flow import come_back
from dialogs.handlers.answers import take, take_outcome
from dialogs.handlers.button_presses import on_choice
from dialogs.handlers.controls import on_intent
from dialogs.handlers.evidence_intake import on_address
from dialogs.handlers.import_review import keep_aside, proposed_draft, revise
from dialogs.handlers.multipart_text import on_more
from dialogs.handlers.pasted_block import on_block, on_labelled
from dialogs.handlers.question_answers import denied, on_forwarded, on_question, on_unclear
from dialogs.handlers.rows import on_rows
from dialogs.handlers.said_along import tells_more
from dialogs.handlers.spoken_acts import carry_out
from dialogs.session import Pending
from dialogs.state_machine import REVIEW, local_name
from dialogs.understanding.acts import Give, Propose, Unknown
from dialogs.understanding.button_matching import chosen_button
from dialogs.understanding.commands import command_of
from dialogs.understanding.paste_block import labelled_field, split_block
from dialogs.understanding.reader import more_told, read
from dialogs.understanding.routing import AsAnswer, AsCommand, AsQuestion, Unclear, route
from dialogs.understanding.situation import Situation
from knowledge.text.question_form import Asks, asks

LONGEST = 20_000  # characters; ten times the longest field


def on_text(context: TurnContext, text: str, *, forwarded: bool = False) -> None:
    """Handle typed words; nothing typed is ever dropped. Words passed on are asked about before they answer a field."""
    if len(text) > LONGEST:
        _too_long(context, text)
        return
    proposed = context.session.pending if _is_proposed(context) else None
    if denied(context, text) or _chosen(context, text) or (proposed is not None and _revised(context, proposed, text)):
        return
    _follow_words(context, text, forwarded=forwarded)
    if proposed is not None and context.session.pending is None:
        keep_aside(context, proposed)


def _is_proposed(context: TurnContext) -> bool:
    """Tell whether values read from a file or a paste wait for their confirmation."""
    return context.session.pending is not None and context.session.pending.kind == "import"


def _revised(context: TurnContext, pending: Pending, text: str) -> bool:
    """Change what is proposed as the words say; False when they say nothing of it."""
    form = context.pack.form
    asked = context.pack.fields.get(pending.field or "")
    at = replace(situation_of(context), asked=asked, draft=proposed_draft(context, pending), review=False)
    if block := split_block(text, form):
        return revise(
            context, pending, more_told(block, text, at) or (Propose(found=dict(block.fields), left=block.leftover),)
        )
    if (key := labelled_field(text, form)) is not None:
        return revise(context, pending, (Give(field=key, text=text),))
    acts, intent = read(text, at), command_of(text, form)
    if not acts and intent is not None and intent.name == "edit" and intent.field is not None:
        acts = (Give(field=intent.field, text=intent.value) if intent.value else Unknown(field=intent.field),)
    if not acts and asked is not None and at.fits(asked, text) and asks(text) is Asks.NO:
        acts = (Give(field=asked.key, text=text),)
    return revise(context, pending, acts)


def _follow_words(context: TurnContext, text: str, *, forwarded: bool) -> None:
    """Read words from the surest meaning to the loosest, and follow them."""
    if on_rows(context, text) or _told_more(context, text):
        return
    if block := split_block(text, context.pack.form):
        if told := more_told(block, text, situation_of(context)):
            carry_out(context, told)
        else:
            on_block(context, block)
        return
    labelled = labelled_field(text, context.pack.form, asked=context.field.key if context.field else None)
    if labelled and (context.field is None or labelled != context.field.key):
        on_labelled(context, labelled, text)
        return
    if on_more(context, text) or on_address(context, text):
        return
    if acts := read(text, situation_of(context)):
        carry_out(context, acts)
        return
    _follow(context, text, forwarded=forwarded)


def _chosen(context: TurnContext, text: str) -> bool:
    """Do what a button says that these words choose; False where they choose none."""
    button = chosen_button(text, situation_of(context))
    if button is not None:
        on_choice(context, button)
    return button is not None


def _told_more(context: TurnContext, text: str) -> bool:
    """Take an answer that tells of the fields behind it as well; False where it does not."""
    field = context.field
    if field is None or context.session.pending is not None or context.draft.values.get(field.key):
        return False
    words = tells_more(context.pack, context.draft, field, text, context.moment.today)
    if words is not None:
        take(context, field, words, said=text)
    return words is not None


def situation_of(context: TurnContext) -> Situation:
    """Give what a message is read against."""
    return Situation(
        pack=context.pack,
        finder=context.finder,
        today=context.moment.today,
        asked=context.field,
        draft=context.draft,
        pending=context.session.pending,
        review=local_name(context.session.state) == REVIEW,
        offered=context.session.offered,
    )


def _too_long(context: TurnContext, text: str) -> None:
    """Nobody types that much: the field says what it holds; elsewhere we ask for less."""
    if context.field is not None:
        take(context, context.field, text)
        return
    context.tell("control.too_long", count=len(text))
    come_back(context)


def _follow(context: TurnContext, text: str, *, forwarded: bool) -> None:
    reading = route(text, context.field, context.pack, context.finder, context.moment.today)
    match reading:
        case AsCommand():
            on_intent(context, reading.intent)
        case AsAnswer():
            if context.field is not None and forwarded:
                on_forwarded(context, context.field, text)
            elif context.field is not None:
                take_outcome(context, context.field, text, reading.outcome)
        case AsQuestion():
            on_question(context, text, reading.found)
        case Unclear():
            on_unclear(context, text, reading)
