"""Commands, typed as words or with a slash: the same few intents in every state."""

from collections.abc import Callable

from dialogs.delivery import pack_up, show_again
from dialogs.flow import advance, arrive, come_back, ensure_draft, leave, open_draft
from dialogs.handlers.eligibility import start_checks
from dialogs.handlers.evidence import on_evidence
from dialogs.intents import Intent
from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.table import DONE, MENU, local_name, state_name
from dialogs.taking import take
from dialogs.views.advice import advise
from dialogs.views.asking import ask, ask_again
from dialogs.views.greeting import greet, list_drafts, menu, time_left
from dialogs.views.help import show_help
from dialogs.views.review import choose_field, show_preview, show_progress
from knowledge.form import Field

_WELCOME_BACK = "欢迎回来，我们接着填。"


def on_intent(scene: Scene, intent: Intent) -> None:
    """Do what the intent says."""
    if intent.name == "edit":
        edit(scene, scene.pack.fields.get(intent.field or ""), intent.value)
        return
    _ACTIONS.get(intent.name, help_)(scene)


def resume(scene: Scene) -> None:
    """Start, or go on where the draft stands."""
    if ensure_draft(scene):
        advance(scene, "好的，我们一项一项来。随时可以说“上一步”“预览”“帮助”，也可以直接提问；退出也会保留已填内容。")
    elif scene.session.pending is not None:
        come_back(scene)
    elif scene.field is not None:
        ask(scene)
    elif scene.draft.left_at and scene.go("edit", scene.draft.left_at):
        scene.change_draft(left_at=None)
        ask(scene, _WELCOME_BACK)
    else:
        advance(scene, "" if local_name(scene.session.state) == DONE else _WELCOME_BACK)


def new(scene: Scene) -> None:
    """Start one more application."""
    if not scene.draft.is_blank or scene.session.current not in scene.session.drafts:
        open_draft(scene)
    advance(scene, f"好的，开始填第{scene.session.current}份申报。")


def consult(scene: Scene) -> None:
    """Invite a question."""
    examples = [entry.question for entry in scene.pack.faq.entries if entry.covered][:3]
    shown = "".join(f"\n· {question}" for question in examples)
    scene.say(f"请直接问，我按通知原文回答，例如：{shown}")


def edit(scene: Scene, field: Field | None, value: str | None = None) -> None:
    """Go to a field to change it (at once, if the new value came along), or offer the fields to choose from."""
    if scene.session.current not in scene.session.drafts:
        resume(scene)
    elif field is None:
        choose_field(scene)
    elif scene.go("edit", field.key):
        if value:
            take(scene, field, value)
        else:
            ask(scene)
    else:
        on_what = scene.pack.fields[field.when.field] if field.when else field
        scene.say(f"“{field.label}”现在不用填。如需填写，请先修改“{on_what.label}”。")
        come_back(scene)


def back(scene: Scene) -> None:
    """Go to the field before."""
    if scene.go("back"):
        arrive(scene)
    elif scene.field is not None:
        ask(scene, "这已经是第一项了。")
    else:
        scene.say("现在没有在填的栏目，没有上一步。")
        come_back(scene)


def skip(scene: Scene) -> None:
    """Leave an optional field empty."""
    field = scene.field
    if field is None:
        scene.say("现在没有在填的栏目，不用跳过。")
        come_back(scene)
    elif field.key in scene.draft.values:
        advance(scene, f"“{field.label}”保留原来的内容。")
    elif field.optional:
        scene.change_draft(skipped=scene.draft.skipped | {field.key})
        advance(scene, f"“{field.label}”先跳过，之后可以说“修改{field.label}”补填。")
    else:
        ask(scene, f"“{field.label}”是必填项，不能跳过。{scene.pack.facts.fill(field.absent)}".strip())


def cancel(scene: Scene) -> None:
    """Leave the form; the draft stays."""
    if scene.session.current not in scene.session.drafts:
        greet(scene, "好的。")
        return
    leave(scene)
    greet(scene, "已退出填写，草稿都保留着。想接着填，回复“继续填报”即可。")


def preview(scene: Scene) -> None:
    """Show what is filled in, then go on."""
    show_preview(scene)
    come_back(scene)


def status(scene: Scene) -> None:
    """Say how far we are and how much time is left."""
    if scene.session.current not in scene.session.drafts:
        scene.say(f"您还没有开始填表。{time_left(scene.pack, scene.moment.today)}", menu(scene))
        return
    show_progress(scene)
    come_back(scene)


def hello(scene: Scene) -> None:
    """Answer a greeting."""
    if scene.field is not None:
        scene.say("您好，我在。")
        ask_again(scene)
    else:
        greet(scene)


def thanks(scene: Scene) -> None:
    """Answer thanks."""
    scene.say("不客气，有问题随时问我。")
    come_back(scene)


def ask_restart(scene: Scene) -> None:
    """Ask before starting over."""
    if scene.session.current not in scene.session.drafts:
        resume(scene)
        return
    pending = scene.await_decision("restart")
    scene.say(
        "要重新填一份空白的表吗？原来的草稿不会删除，可以在“我的申报”里找到。",
        (
            Button(id=f"restart:{pending.serial}", label="重新填一份"),
            Button(id=f"no:{pending.serial}", label="不，接着填原来的"),
        ),
    )


def start_over(scene: Scene) -> None:
    """Start over with an empty application."""
    if not scene.draft.is_blank:
        open_draft(scene)
    advance(scene, "好的，从头开始。")


def ask_erase(scene: Scene) -> None:
    """Ask before deleting everything."""
    pending = scene.await_decision("erase")
    scene.say(
        "要删除您在这里的全部资料吗？包括所有草稿、已生成的申报和对话记录，删除后无法恢复。",
        (
            Button(id=f"erase:{pending.serial}", label="全部删除"),
            Button(id=f"no:{pending.serial}", label="不删除"),
        ),
    )


def forget_everything(scene: Scene) -> None:
    """Forget the applicant; the shell deletes what is stored."""
    serial = scene.session.serial
    scene.session = Session(
        pack_id=scene.pack.id, pack_version=scene.pack.version, state=state_name(MENU), serial=serial
    )
    scene.erase = True
    greet(scene, "您的资料已全部删除。")


def help_(scene: Scene) -> None:
    """Say what can be said."""
    show_help(scene)
    come_back(scene)


def start(scene: Scene) -> None:
    """`/start`: greet a stranger; take somebody with an unfinished draft straight back to it."""
    if scene.session.current not in scene.session.drafts or scene.draft.delivered:
        greet(scene)
    elif scene.field is not None and scene.session.pending is None:
        ask(scene, _WELCOME_BACK)
    else:
        resume(scene)


def look_over(scene: Scene) -> None:
    """Look over the long text."""
    field = next((field for field in scene.pack.form.fields if field.kind == "long_text"), None)
    if field is not None:
        advise(scene, field)
    come_back(scene)


def in_application(action: Callable[[Scene], None]) -> Callable[[Scene], None]:
    """Give `action` for somebody who has an application; anybody else is told how to begin one."""

    def act(scene: Scene) -> None:
        if scene.session.current in scene.session.drafts:
            action(scene)
        else:
            greet(scene, "您还没有开始申报。")

    return act


_ACTIONS: dict[str, Callable[[Scene], None]] = {
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
