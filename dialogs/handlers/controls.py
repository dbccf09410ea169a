"""Commands, typed as words or with a slash: the same few wishes in every state.

Slash commands of a messenger: the same intents as the typed words.
"""

from collections.abc import Callable

from dialogs.buttons import Erase, NeverMind, Restart, button
from dialogs.context import TurnContext
from dialogs.delivery import pack_up, show_again
from dialogs.fields.registry import kind_of
from dialogs.flow import advance, arrive, come_back, ensure_draft, leave, open_draft
from dialogs.handlers.answers import take
from dialogs.handlers.evidence_intake import on_evidence
from dialogs.handlers.self_check import start_checks
from dialogs.session import Session
from dialogs.state_machine import DONE, MENU, local_name, state_name
from dialogs.understanding.commands import Intent, command_of
from dialogs.views.field_view import ask, ask_again
from dialogs.views.help_view import show_help
from dialogs.views.menu_view import greet, list_drafts, menu, time_left
from dialogs.views.review_view import choose_field, show_preview, show_progress
from dialogs.views.text_advice import advise
from knowledge.form import Field

_WELCOME_BACK = "欢迎回来，我们接着填。"


def on_intent(context: TurnContext, intent: Intent) -> None:
    """Do what the intent says."""
    if intent.name == "edit":
        edit(context, context.pack.fields.get(intent.field or ""), intent.value)
        return
    _ACTIONS.get(intent.name, help_)(context)


def resume(context: TurnContext) -> None:
    """Start, or go on where the draft stands."""
    if ensure_draft(context):
        advance(context, "好的，我们一项一项来。随时可以说“上一步”“预览”“帮助”，也可以直接提问；退出也会保留已填内容。")
    elif context.session.pending is not None:
        come_back(context)
    elif context.field is not None:
        ask(context)
    elif context.draft.left_at and context.go("edit", context.draft.left_at):
        context.change_draft(left_at=None)
        ask(context, _WELCOME_BACK)
    else:
        advance(context, "" if local_name(context.session.state) == DONE else _WELCOME_BACK)


def new(context: TurnContext) -> None:
    """Start one more application."""
    if not context.draft.is_blank or context.session.current not in context.session.drafts:
        open_draft(context)
    advance(context, f"好的，开始填第{context.session.current}份申报。")


def consult(context: TurnContext) -> None:
    """Invite a question."""
    examples = [entry.question for entry in context.pack.faq.entries if entry.covered][:3]
    shown = "".join(f"\n· {question}" for question in examples)
    context.say(f"请直接问，我按通知原文回答，例如：{shown}")


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
        on_what = context.pack.fields[field.when.field] if field.when else field
        context.say(f"“{field.label}”现在不用填。如需填写，请先修改“{on_what.label}”。")
        come_back(context)


def back(context: TurnContext) -> None:
    """Go to the field before."""
    if context.go("back"):
        arrive(context)
    elif context.field is not None:
        ask(context, "这已经是第一项了。")
    else:
        context.say("现在没有在填的栏目，没有上一步。")
        come_back(context)


def skip(context: TurnContext) -> None:
    """Leave an optional field empty."""
    field = context.field
    if field is None:
        context.say("现在没有在填的栏目，不用跳过。")
        come_back(context)
    elif field.key in context.draft.values:
        advance(context, f"“{field.label}”保留原来的内容。")
    elif field.optional:
        context.change_draft(skipped=context.draft.skipped | {field.key})
        advance(context, f"“{field.label}”先跳过，之后可以说“修改{field.label}”补填。")
    else:
        ask(context, f"“{field.label}”是必填项，不能跳过。{context.pack.facts.fill(field.absent)}".strip())


def cancel(context: TurnContext) -> None:
    """Leave the form; the draft stays."""
    if context.session.current not in context.session.drafts:
        greet(context, "好的。")
        return
    leave(context)
    greet(context, "已退出填写，草稿都保留着。想接着填，回复“继续填报”即可。")


def preview(context: TurnContext) -> None:
    """Show what is filled in, then go on."""
    show_preview(context)
    come_back(context)


def status(context: TurnContext) -> None:
    """Say how far we are and how much time is left."""
    if context.session.current not in context.session.drafts:
        context.say(f"您还没有开始填表。{time_left(context.pack, context.moment.today)}", menu(context))
        return
    show_progress(context)
    come_back(context)


def hello(context: TurnContext) -> None:
    """Answer a greeting."""
    if context.field is not None:
        context.say("您好，我在。")
        ask_again(context)
    else:
        greet(context)


def thanks(context: TurnContext) -> None:
    """Answer thanks."""
    context.say("不客气，有问题随时问我。")
    come_back(context)


def ask_restart(context: TurnContext) -> None:
    """Ask before starting over."""
    if context.session.current not in context.session.drafts:
        resume(context)
        return
    pending = context.await_decision("restart")
    context.say(
        "要重新填一份空白的表吗？原来的草稿不会删除，可以在“我的申报”里找到。",
        (
            button(Restart(pending.serial), "重新填一份"),
            button(NeverMind(pending.serial), "不，接着填原来的"),
        ),
    )


def start_over(context: TurnContext) -> None:
    """Start over with an empty application."""
    if not context.draft.is_blank:
        open_draft(context)
    advance(context, "好的，从头开始。")


def ask_erase(context: TurnContext) -> None:
    """Ask before deleting everything."""
    pending = context.await_decision("erase")
    context.say(
        "要删除您在这里的全部资料吗？包括所有草稿、已生成的申报和对话记录，删除后无法恢复。",
        (
            button(Erase(pending.serial), "全部删除"),
            button(NeverMind(pending.serial), "不删除"),
        ),
    )


def forget_everything(context: TurnContext) -> None:
    """Forget the applicant; the shell deletes what is stored."""
    serial = context.session.serial
    context.session = Session(
        pack_id=context.pack.id, pack_version=context.pack.version, state=state_name(MENU), serial=serial
    )
    context.erase = True
    greet(context, "您的资料已全部删除。")


def help_(context: TurnContext) -> None:
    """Say what can be said."""
    show_help(context)
    come_back(context)


def start(context: TurnContext) -> None:
    """`/start`: greet a stranger; take somebody with an unfinished draft straight back to it."""
    if context.session.current not in context.session.drafts or context.draft.delivered:
        greet(context)
    elif context.field is not None and context.session.pending is None:
        ask(context, _WELCOME_BACK)
    else:
        resume(context)


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
            greet(context, "您还没有开始申报。")

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
    "pack_up": in_application(pack_up),
    "pages": in_application(show_again),
    "evidence": in_application(on_evidence),
    "advise": in_application(look_over),
}


def on_command(context: TurnContext, name: str, argument: str) -> None:
    """Do what the command says; `/start` greets, or takes a draft up again."""
    if name == "start":
        start(context)
        return
    intent = command_of(f"/{name} {argument}".strip(), context.pack.form)
    if intent is None:
        context.say(f"没有“/{name}”这个命令。")
    on_intent(context, intent or Intent(name="help"))
