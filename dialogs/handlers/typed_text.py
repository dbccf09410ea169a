"""Typed words: read once (`understanding.understand`), then each act is carried out by its handler."""

from dataclasses import replace

from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.flow import come_back
from dialogs.handlers.answers import take, take_outcome
from dialogs.handlers.button_presses import on_choice
from dialogs.handlers.controls import on_intent
from dialogs.handlers.evidence_intake import on_address
from dialogs.handlers.import_review import keep_aside, proposed_draft, revise
from dialogs.handlers.multipart_text import add_item, append, collect, finish, offer_both, offer_text
from dialogs.handlers.pasted_block import fill, on_labelled
from dialogs.handlers.person_wanted import pass_on, want_person, write_nothing
from dialogs.handlers.question_answers import on_forwarded, on_question, on_unclear, wrong_answer
from dialogs.handlers.rows import on_rows
from dialogs.handlers.spoken_acts import carry_out
from dialogs.protocol import Reply, Unreadable
from dialogs.session import Pending
from dialogs.state_machine import REVIEW, local_name
from dialogs.understanding.acts import (
    Act,
    AddItem,
    Choose,
    Collect,
    Continue,
    Control,
    DenyAnswer,
    Describe,
    Either,
    Fill,
    Finish,
    Give,
    GiveRows,
    Inquire,
    KeepAddress,
    Labelled,
    OfferText,
    PlaceText,
    Plain,
    Social,
)
from dialogs.understanding.model_reading import is_unclear, reading_of, request_for
from dialogs.understanding.situation import Situation
from dialogs.understanding.understand import understand
from dialogs.views.field_view import propose_options

LONGEST = 20_000  # characters; ten times the longest field


def on_text(context: TurnContext, text: str, *, forwarded: bool = False) -> None:
    """Handle typed words; nothing typed is ever dropped. Words passed on are asked about before they answer a field."""
    if len(text) > LONGEST:
        _too_long(context, text)
        return
    if context.session.to_office and _to_office(context, understand(text, situation_of(context)), text):
        return
    acts, proposed = _understood(context, text), _proposed(context)
    if proposed is None or isinstance(acts[0], Choose | DenyAnswer):
        follow(context, acts, text, forwarded=forwarded)
    elif not revise(context, proposed, understand(text, _situation_of_proposal(context, proposed)), text):
        follow(context, acts, text, forwarded=forwarded)
        if context.session.pending is None:
            keep_aside(context, proposed)


def _to_office(context: TurnContext, acts: tuple[Act, ...], text: str) -> bool:
    """Pass on the words the office was to be written; False for a command or a plain answer, which end that wish."""
    act, field = acts[0], context.field
    if isinstance(act, Control) and act.intent.name == "cancel":
        context.change(to_office=False)
        write_nothing(context)
        return True
    answers = isinstance(act, Plain) and not isinstance(act.outcome, Rejected)
    if isinstance(act, Control) or (answers and field is not None and not kind_of(field).takes_words):
        context.change(to_office=False)
        return False
    if isinstance(act, Choose | Social):
        return False
    pass_on(context, text)
    return True


def _understood(context: TurnContext, text: str) -> tuple[Act, ...]:
    """Read a message; where a doubt is left and a language model can be asked, ask it, or take what it proposed."""
    at = situation_of(context)
    acts = understand(text, at)
    if not context.moment.model or not is_unclear(acts, text, at):
        return acts
    if context.moment.consulted is not None:
        return reading_of(context.moment.consulted, text, at) or acts
    context.consult = request_for(text, at)
    return acts


def on_unreadable(context: TurnContext, event: Unreadable) -> None:
    """Say that a message of this kind cannot be read; take the words under it, or put again what was asked."""
    told = context.words(f"unreadable.{event.what}")
    if event.caption:
        on_text(context, event.caption)
    else:
        come_back(context)
    first = context.replies[0] if context.replies else Reply(text="")
    context.replies[:1] = [first.model_copy(update={"text": f"{told}\n\n{first.text}".strip()})]


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
        follows_answer=context.follows_answer,
        offered=context.session.offered,
    )


def _proposed(context: TurnContext) -> Pending | None:
    """Give the decision about values read from a file or a paste, while it is waited for."""
    pending = context.session.pending
    return pending if pending is not None and pending.kind == "import" else None


def _situation_of_proposal(context: TurnContext, pending: Pending) -> Situation:
    """Give what words about a proposal are read against: a draft that holds it, and the field whose value is wanted."""
    asked, draft = context.pack.fields.get(pending.field or ""), proposed_draft(context, pending)
    return replace(situation_of(context), asked=asked, draft=draft, review=False, offered=())


def _too_long(context: TurnContext, text: str) -> None:
    """Nobody types that much: the field says what it holds; elsewhere we ask for less."""
    if context.field is not None:
        take(context, context.field, text)
        return
    context.tell("control.too_long", count=len(text))
    come_back(context)


def follow(context: TurnContext, acts: tuple[Act, ...], text: str, *, forwarded: bool = False) -> None:
    """Carry out the acts of a message; `text` is the message."""
    match acts[0]:
        case Choose(button=id_):
            on_choice(context, id_)
        case Control(intent=intent):
            on_intent(context, intent)
        case Plain(outcome=outcome) if context.field is not None:
            if forwarded:
                on_forwarded(context, context.field, text)
            else:
                take_outcome(context, context.field, text, outcome)
        case DenyAnswer():
            wrong_answer(context)
        case Social(kind="human", more=more):
            want_person(context, text if more else "")
        case Inquire(found=found):
            on_question(context, text, found)
        case Either() as either:
            on_unclear(context, text, either)
        case _:
            _follow_further(context, acts, text)


def _follow_further(context: TurnContext, acts: tuple[Act, ...], text: str) -> None:
    """Carry out what is neither one plain value, nor a command, nor a question."""
    field, act = context.field, acts[0]
    match act:
        case GiveRows() if field is not None:
            on_rows(context, field, text)
        case Give(said=said) if said and field is not None:
            take(context, field, act.text, said=said)
        case Fill(found=found, left=left):
            fill(context, found, left)
        case Labelled(field=key):
            on_labelled(context, key, text)
        case KeepAddress():
            on_address(context, text)
        case Describe(labels=labels) if field is not None:
            propose_options(context, field, labels)
        case OfferText(text=words):
            offer_text(context, words)
        case Finish() | AddItem() | Continue() | PlaceText() | Collect():
            _go_on(context, act)
        case _:
            carry_out(context, acts)


def _go_on(context: TurnContext, act: Finish | AddItem | Continue | PlaceText | Collect) -> None:
    """Carry out what goes on with the answer before."""
    match act:
        case Collect(field=key):
            collect(context, key)
        case Finish(field=key):
            finish(context, key)
        case AddItem(field=key, text=item):
            add_item(context, context.pack.fields[key], item)
        case Continue(text=text):
            append(context, text)
        case PlaceText(text=text):
            offer_both(context, text)
