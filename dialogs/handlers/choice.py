"""A button press, perhaps on an old message: it does what it said, or it says why it cannot."""

from collections.abc import Callable

from dialogs.collecting import append
from dialogs.delivery import pack_up, show_again
from dialogs.flow import advance, arrive, come_back, ensure_draft, open_draft
from dialogs.handlers.eligibility import on_check, start_checks
from dialogs.handlers.evidence import on_address_kept, on_drop, on_evidence, on_report
from dialogs.handlers.imported import on_import, on_tick
from dialogs.handlers.intent import consult, forget_everything, new, resume, start_over
from dialogs.handlers.question import answer_reading, question_reading, suggestion
from dialogs.scene import Scene
from dialogs.session import Pending
from dialogs.taking import confirm, take
from dialogs.views.advice import advise
from dialogs.views.asking import ask, mark
from dialogs.views.greeting import list_drafts
from dialogs.views.review import choose_field
from knowledge.form import Field

STALE = "这个按钮对应的内容已经处理过了。"


def on_choice(scene: Scene, id_: str) -> None:
    """Do what the button says; its id is `verb` or `verb:argument:…` (see the tables below)."""
    verb, *arguments = id_.split(":")
    if verb in _SIMPLE and not arguments:
        _SIMPLE[verb](scene)
    elif verb in _DECISIONS and len(arguments) >= 1:
        _decide(scene, verb, arguments)
    elif verb in _IN_DRAFT and len(arguments) >= 1:
        _in_draft(scene, verb, arguments)
    elif verb in _OF_DRAFT and len(arguments) >= 1:
        _of_draft(scene, verb, arguments)
    elif verb == "open" and arguments:
        _open(scene, _number(arguments[0]))
    elif verb == "suggest" and arguments:
        suggestion(scene, arguments[0])
    elif verb == "check" and len(arguments) > 1:
        on_check(scene, arguments[0], arguments[1])
    else:
        stale(scene)


def stale(scene: Scene) -> None:
    """Say that the button no longer means anything, and where we are."""
    scene.say(STALE)
    come_back(scene)


def _decide(scene: Scene, verb: str, arguments: list[str]) -> None:
    pending = scene.session.pending
    if pending is None or str(pending.serial) != arguments[0]:
        stale(scene)
        return
    _DECISIONS[verb](scene, pending, arguments[1:])


def _of_draft(scene: Scene, verb: str, arguments: list[str]) -> None:
    if _is_current(scene, arguments[0]):
        _OF_DRAFT[verb](scene, arguments[1:])


def _is_current(scene: Scene, draft: str) -> bool:
    """Tell whether a button belongs to the application being worked on; say so when it does not."""
    number = _number(draft)
    if number not in scene.session.drafts:
        stale(scene)
        return False
    if number != scene.session.current:
        scene.say("这个按钮属于另一份申报。要接着办那一份，请回复“我的申报”，从中打开。")
        return False
    return True


def _in_draft(scene: Scene, verb: str, arguments: list[str]) -> None:
    if not _is_current(scene, arguments[0]):
        return
    field = scene.pack.fields.get(arguments[1]) if len(arguments) > 1 else None
    if len(arguments) > 1 and (field is None or not scene.draft.applies(field)):
        stale(scene)
        return
    _IN_DRAFT[verb](scene, field, arguments[2:])


def _open(scene: Scene, number: int | None) -> None:
    if number is None or number not in scene.session.drafts:
        stale(scene)
        return
    if number != scene.session.current:
        open_draft(scene, number)
    resume(scene)


# ---- a decision that was waited for


def _redo(scene: Scene, _pending: Pending, _rest: list[str]) -> None:
    scene.change(pending=None)
    if scene.field is not None:
        ask(scene, "好的，请重新填写。")
    else:
        arrive(scene)


def _never_mind(scene: Scene, _pending: Pending, _rest: list[str]) -> None:
    scene.change(pending=None)
    scene.say("好的，什么都没有改动。")
    come_back(scene)


def _append(scene: Scene, pending: Pending) -> None:
    ensure_draft(scene)
    scene.message = pending.message
    append(scene, pending.text)


# ---- something in the draft


def _value(scene: Scene, field: Field | None, rest: list[str]) -> None:
    if field is None:
        return
    number = _number(rest[0]) if rest else None
    labels = [choice.label for choice in field.choices] or ["同意"]
    if number is None or number >= len(labels) or (len(rest) > 1 and rest[1] != mark(labels[number])):
        stale(scene)
        return
    held = scene.draft.values.get(field.key)
    if scene.field != field and held and held.display == labels[number]:
        scene.say(f"“{field.label}”已经是“{held.display}”。")
        come_back(scene)
        return
    if field.kind == "consent" and scene.field != field:
        stale(scene)
        return
    scene.go("edit", field.key)
    take(scene, field, labels[number])


def _skip(scene: Scene, field: Field | None, _rest: list[str]) -> None:
    if field is None or not field.optional:
        stale(scene)
        return
    if field.key in scene.draft.values:
        scene.say(f"“{field.label}”已有内容，没有跳过。")
        come_back(scene)
        return
    scene.change_draft(skipped=scene.draft.skipped | {field.key})
    advance(scene, f"“{field.label}”先跳过，之后可以说“修改{field.label}”补填。")


def _keep(scene: Scene, field: Field | None, _rest: list[str]) -> None:
    advance(scene, f"“{field.label}”保留原来的内容。" if field else "")


def _decline(scene: Scene, field: Field | None, _rest: list[str]) -> None:
    if field is None or scene.field != field:
        stale(scene)
        return
    take(scene, field, "不同意")


def _edit(scene: Scene, field: Field | None, _rest: list[str]) -> None:
    if field is not None and scene.go("edit", field.key):
        ask(scene)


def _reviewed(scene: Scene, _field: Field | None, _rest: list[str]) -> None:
    scene.change_draft(reviewed=True)
    advance(scene)


def _choose(scene: Scene, _field: Field | None, _rest: list[str]) -> None:
    choose_field(scene)


def _set_apart(scene: Scene, field: Field | None, _rest: list[str]) -> None:
    if field is not None:
        scene.change_draft(apart=scene.draft.apart | {field.key})
        arrive(scene, f"好的，“{field.label}”的正文放到附页，表格里写“详见附页”。")


def _set_together(scene: Scene, field: Field | None, _rest: list[str]) -> None:
    if field is not None:
        scene.change_draft(apart=scene.draft.apart - {field.key})
        arrive(scene, f"好的，“{field.label}”的正文放回表格里。")


def _advise(scene: Scene, field: Field | None, _rest: list[str]) -> None:
    if field is not None:
        advise(scene, field)
        come_back(scene)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


_SIMPLE: dict[str, Callable[[Scene], None]] = {
    "start": resume,
    "consult": consult,
    "eligible": start_checks,
    "new": new,
    "list": list_drafts,
}
_DECISIONS: dict[str, Callable[[Scene, Pending, list[str]], None]] = {
    "confirm": lambda scene, pending, _rest: confirm(scene, pending),
    "redo": _redo,
    "answer": lambda scene, pending, _rest: answer_reading(scene, pending),
    "question": lambda scene, pending, _rest: question_reading(scene, pending),
    "append": lambda scene, pending, _rest: _append(scene, pending),
    "restart": lambda scene, _pending, _rest: start_over(scene),
    "erase": lambda scene, _pending, _rest: forget_everything(scene),
    "no": _never_mind,
    "import": on_import,
    "tick": on_tick,
    "shot": on_report,
    "address": on_address_kept,
}
_OF_DRAFT: dict[str, Callable[[Scene, list[str]], None]] = {
    "evidence": lambda scene, _rest: on_evidence(scene),
    "drop": on_drop,
    "kit": lambda scene, _rest: pack_up(scene),
    "pages": lambda scene, _rest: show_again(scene),
}
_IN_DRAFT: dict[str, Callable[[Scene, Field | None, list[str]], None]] = {
    "value": _value,
    "skip": _skip,
    "keep": _keep,
    "decline": _decline,
    "edit": _edit,
    "reviewed": _reviewed,
    "choose": _choose,
    "apart": _set_apart,
    "together": _set_together,
    "advise": _advise,
}
