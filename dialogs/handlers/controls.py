"""Commands, typed as words or with a slash: the same few wishes in every state.

Slash commands of a messenger: the same intents as the typed words.
"""

from collections.abc import Callable

from dialogs.buttons import Erase, NeverMind, Restart, button
from dialogs.context import TurnContext
from dialogs.delivery import pack_up, resend, show_again
from dialogs.fields.registry import kind_of
from dialogs.flow import advance, arrive, come_back, leave
from dialogs.handlers.answers import take
from dialogs.handlers.applications import ask_drop, new, open_one, resume
from dialogs.handlers.evidence_intake import on_evidence
from dialogs.handlers.form_copies import blank_form, copy_so_far
from dialogs.handlers.handing_in import hand_in, take_back
from dialogs.handlers.reminders import remind
from dialogs.handlers.self_check import start_checks
from dialogs.session import Session
from dialogs.state_machine import MENU, state_name
from dialogs.understanding.commands import Intent, command_of
from dialogs.views.field_view import ask, ask_again
from dialogs.views.help_view import show_help
from dialogs.views.menu_view import greet, list_drafts, menu, time_left
from dialogs.views.review_view import choose_field, show_preview, show_progress
from dialogs.views.text_advice import advise
from knowledge.form import Field


def on_intent(context: TurnContext, intent: Intent) -> None:
    """Do what the intent says."""
    if intent.name == "edit":
        edit(context, context.pack.fields.get(intent.field or ""), intent.value)
    elif intent.name == "open_one":
        open_one(context, intent.number)
    elif intent.name == "drop_one":
        ask_drop(context, intent.number)
    else:
        _ACTIONS.get(intent.name, help_)(context)


def consult(context: TurnContext) -> None:
    """Invite a question."""
    questions = [entry.question for entry in context.pack.faq.entries if entry.covered][:3]
    examples = "\n".join(context.words("control.example", question=question) for question in questions)
    context.tell("control.consult", examples=examples)


def edit(context: TurnContext, field: Field | None, value: str | None = None) -> None:
    """Go to a field to change it (at once, if the new value came along), or offer the fields to choose from."""
    if context.session.current not in context.session.drafts:
        resume(context)
    elif field is None:
        choose_field(context)
    elif context.go("edit", field.key):
        if value:
            take(context, field, value)
        else:
            ask(context)
    else:
        not_asked(context, field)
        come_back(context)


def not_asked(context: TurnContext, field: Field) -> None:
    """Say why a field cannot be filled in now: it is reckoned out, or what is held makes it unnecessary."""
    formula = field.derive or field.when
    causes = "”“".join(context.pack.fields[key].label for key in formula.keys) if formula else ""
    if field.derive is not None:
        context.tell("control.derived", label=field.label, causes=causes)
    elif causes:
        context.tell("control.not_asked_because", label=field.label, cause=causes)
    else:
        context.tell("control.not_asked", label=field.label)


def back(context: TurnContext) -> None:
    """Go to the field before."""
    if context.go("back"):
        arrive(context)
    elif context.field is not None:
        ask(context, context.words("control.first_field"))
    else:
        context.tell("control.no_field_back")
        come_back(context)


def skip(context: TurnContext) -> None:
    """Leave an optional field empty."""
    field = context.field
    if field is None:
        context.tell("control.no_field_skip")
        come_back(context)
    elif field.key in context.draft.values:
        advance(context, context.words("answer.kept", label=field.label))
    elif field.optional:
        context.change_draft(skipped=context.draft.skipped | {field.key})
        advance(context, context.words("answer.skipped", label=field.label))
    else:
        absent = context.pack.facts.fill(field.absent)
        ask(context, context.words("answer.required", label=field.label, absent=absent))


def cancel(context: TurnContext) -> None:
    """Leave the form; the draft stays."""
    if context.session.current not in context.session.drafts:
        greet(context, context.words("menu.ok"))
        return
    leave(context)
    greet(context, context.words("control.left"))


def preview(context: TurnContext) -> None:
    """Show what is filled in, then go on."""
    show_preview(context)
    come_back(context)


def status(context: TurnContext) -> None:
    """Say how far we are and how much time is left."""
    if context.session.current not in context.session.drafts:
        context.tell("control.not_started", menu(context), deadline_words=time_left(context))
        return
    show_progress(context)
    come_back(context)


def hello(context: TurnContext) -> None:
    """Answer a greeting."""
    if context.field is not None:
        context.tell("control.hello")
        ask_again(context)
    else:
        greet(context)


def thanks(context: TurnContext) -> None:
    """Answer thanks."""
    context.tell("control.thanks")
    come_back(context)


def ask_restart(context: TurnContext) -> None:
    """Ask before starting over."""
    if context.session.current not in context.session.drafts:
        resume(context)
        return
    pending = context.await_decision("restart")
    ways = (
        button(Restart(pending.serial), context.words("button.restart")),
        button(NeverMind(pending.serial), context.words("button.no_restart")),
    )
    context.tell("control.restart", ways)


def ask_erase(context: TurnContext) -> None:
    """Ask before deleting everything."""
    pending = context.await_decision("erase")
    ways = (
        button(Erase(pending.serial), context.words("button.erase")),
        button(NeverMind(pending.serial), context.words("button.no_erase")),
    )
    context.tell("control.erase", ways)


def forget_everything(context: TurnContext) -> None:
    """Forget the applicant; the shell deletes what is stored."""
    serial = context.session.serial
    context.session = Session(
        pack_id=context.pack.id, pack_version=context.pack.version, state=state_name(MENU), serial=serial
    )
    context.erase = True
    greet(context, context.words("control.erased"))


def help_(context: TurnContext) -> None:
    """Say what can be said."""
    show_help(context)
    come_back(context)


def start(context: TurnContext) -> None:
    """`/start`: greet a stranger; take somebody with an unfinished draft straight back to it."""
    if context.session.current not in context.session.drafts or context.draft.delivered:
        greet(context)
    elif context.field is not None and context.session.pending is None:
        ask(context, context.words("start.again"))
    else:
        resume(context)


def lead(context: TurnContext) -> None:
    """Promise to lead through the form somebody who asks for it while a field is asked for."""
    if context.field is not None and context.session.pending is None:
        ask(context, context.words("start.led"))
    else:
        resume(context)


def document(context: TurnContext) -> None:
    """Give the document that is made, or a copy of what is filled in; before the consent, ask for that."""
    if context.field is not None and kind_of(context.field).declared:
        ask(context, context.words("delivery.after_consent"))
    elif not resend(context):
        copy_so_far(context)


def look_over(context: TurnContext) -> None:
    """Look over the long text."""
    field = next((field for field in context.pack.form.fields if kind_of(field).several_messages), None)
    if field is not None:
        advise(context, field)
    come_back(context)


def in_application(action: Callable[[TurnContext], None]) -> Callable[[TurnContext], None]:
    """Give `action` for somebody who has an application; anybody else is told how to begin one."""

    def act(context: TurnContext) -> None:
        if context.session.current in context.session.drafts:
            action(context)
        else:
            greet(context, context.words("menu.none_yet"))

    return act


_ACTIONS: dict[str, Callable[[TurnContext], None]] = {
    "start": resume,
    "resume": resume,
    "hello": start,
    "new": new,
    "list": list_drafts,
    "consult": consult,
    "eligible": start_checks,
    "back": back,
    "skip": skip,
    "cancel": cancel,
    "preview": preview,
    "status": status,
    "help": help_,
    "greet": hello,
    "thanks": thanks,
    "restart": ask_restart,
    "delete": ask_erase,
    "blank_form": blank_form,
    "led": lead,
    "document": in_application(document),
    "copy_so_far": in_application(copy_so_far),
    "pack_up": in_application(pack_up),
    "hand_in": in_application(hand_in),
    "take_back": in_application(take_back),
    "pages": in_application(show_again),
    "evidence": in_application(on_evidence),
    "advise": in_application(look_over),
    "remind_off": lambda context: remind(context, whether=False),
    "remind_on": lambda context: remind(context, whether=True),
}


def on_command(context: TurnContext, name: str, argument: str) -> None:
    """Do what the command says; `/start` greets, or takes a draft up again."""
    context.change(to_office=False)
    if name == "start":
        start(context)
        return
    intent = command_of(f"/{name} {argument}".strip(), context.pack.form)
    if intent is None:
        context.tell("control.no_such_command", name=name)
    on_intent(context, intent or Intent(name="help"))
