"""A button press, perhaps on an old message: it does what it said, or it says why it cannot."""

from collections.abc import Callable

from dialogs.context import TurnContext
from dialogs.delivery import pack_up, show_again
from dialogs.flow import advance, arrive, come_back, ensure_draft, open_draft
from dialogs.handlers.answers import confirm, take
from dialogs.handlers.controls import consult, forget_everything, new, resume, start_over
from dialogs.handlers.evidence_intake import on_address_kept, on_drop, on_evidence, on_report
from dialogs.handlers.import_review import on_import, on_tick
from dialogs.handlers.multipart_text import append
from dialogs.handlers.questions import answer_reading, question_reading, suggestion
from dialogs.handlers.self_check import on_check, start_checks
from dialogs.session import Pending
from dialogs.views.field_view import ask, mark
from dialogs.views.menu_view import list_drafts
from dialogs.views.review_view import choose_field
from dialogs.views.text_advice import advise
from knowledge.form import Field

STALE = "这个按钮对应的内容已经处理过了。"


def on_choice(context: TurnContext, id_: str) -> None:
    """Do what the button says; its id is `verb` or `verb:argument:…` (see the tables below)."""
    verb, *arguments = id_.split(":")
    if verb in _SIMPLE and not arguments:
        _SIMPLE[verb](context)
    elif verb in _DECISIONS and len(arguments) >= 1:
        _decide(context, verb, arguments)
    elif verb in _IN_DRAFT and len(arguments) >= 1:
        _in_draft(context, verb, arguments)
    elif verb in _OF_DRAFT and len(arguments) >= 1:
        _of_draft(context, verb, arguments)
    elif verb == "open" and arguments:
        _open(context, _number(arguments[0]))
    elif verb == "suggest" and arguments:
        suggestion(context, arguments[0])
    elif verb == "check" and len(arguments) > 1:
        on_check(context, arguments[0], arguments[1])
    else:
        stale(context)


def stale(context: TurnContext) -> None:
    """Say that the button no longer means anything, and where we are."""
    context.say(STALE)
    come_back(context)


def _decide(context: TurnContext, verb: str, arguments: list[str]) -> None:
    pending = context.session.pending
    if pending is None or str(pending.serial) != arguments[0]:
        stale(context)
        return
    _DECISIONS[verb](context, pending, arguments[1:])


def _of_draft(context: TurnContext, verb: str, arguments: list[str]) -> None:
    if _is_current(context, arguments[0]):
        _OF_DRAFT[verb](context, arguments[1:])


def _is_current(context: TurnContext, draft: str) -> bool:
    """Tell whether a button belongs to the application being worked on; say so when it does not."""
    number = _number(draft)
    if number not in context.session.drafts:
        stale(context)
        return False
    if number != context.session.current:
        context.say("这个按钮属于另一份申报。要接着办那一份，请回复“我的申报”，从中打开。")
        return False
    return True


def _in_draft(context: TurnContext, verb: str, arguments: list[str]) -> None:
    if not _is_current(context, arguments[0]):
        return
    field = context.pack.fields.get(arguments[1]) if len(arguments) > 1 else None
    if len(arguments) > 1 and (field is None or not context.draft.applies(field)):
        stale(context)
        return
    _IN_DRAFT[verb](context, field, arguments[2:])


def _open(context: TurnContext, number: int | None) -> None:
    if number is None or number not in context.session.drafts:
        stale(context)
        return
    if number != context.session.current:
        open_draft(context, number)
    resume(context)


# ---- a decision that was waited for


def _redo(context: TurnContext, _pending: Pending, _rest: list[str]) -> None:
    context.change(pending=None)
    if context.field is not None:
        ask(context, "好的，请重新填写。")
    else:
        arrive(context)


def _never_mind(context: TurnContext, _pending: Pending, _rest: list[str]) -> None:
    context.change(pending=None)
    context.say("好的，什么都没有改动。")
    come_back(context)


def _append(context: TurnContext, pending: Pending) -> None:
    ensure_draft(context)
    context.message = pending.message
    append(context, pending.text)


# ---- something in the draft


def _value(context: TurnContext, field: Field | None, rest: list[str]) -> None:
    if field is None:
        return
    number = _number(rest[0]) if rest else None
    labels = [choice.label for choice in field.choices] or ["同意"]
    if number is None or number >= len(labels) or (len(rest) > 1 and rest[1] != mark(labels[number])):
        stale(context)
        return
    held = context.draft.values.get(field.key)
    if context.field != field and held and held.display == labels[number]:
        context.say(f"“{field.label}”已经是“{held.display}”。")
        come_back(context)
        return
    if field.kind == "consent" and context.field != field:
        stale(context)
        return
    context.go("edit", field.key)
    take(context, field, labels[number])


def _skip(context: TurnContext, field: Field | None, _rest: list[str]) -> None:
    if field is None or not field.optional:
        stale(context)
        return
    if field.key in context.draft.values:
        context.say(f"“{field.label}”已有内容，没有跳过。")
        come_back(context)
        return
    context.change_draft(skipped=context.draft.skipped | {field.key})
    advance(context, f"“{field.label}”先跳过，之后可以说“修改{field.label}”补填。")


def _keep(context: TurnContext, field: Field | None, _rest: list[str]) -> None:
    advance(context, f"“{field.label}”保留原来的内容。" if field else "")


def _decline(context: TurnContext, field: Field | None, _rest: list[str]) -> None:
    if field is None or context.field != field:
        stale(context)
        return
    take(context, field, "不同意")


def _edit(context: TurnContext, field: Field | None, _rest: list[str]) -> None:
    if field is not None and context.go("edit", field.key):
        ask(context)


def _reviewed(context: TurnContext, _field: Field | None, _rest: list[str]) -> None:
    context.change_draft(reviewed=True)
    advance(context)


def _choose(context: TurnContext, _field: Field | None, _rest: list[str]) -> None:
    choose_field(context)


def _set_apart(context: TurnContext, field: Field | None, _rest: list[str]) -> None:
    if field is not None:
        context.change_draft(apart=context.draft.apart | {field.key})
        arrive(context, f"好的，“{field.label}”的正文放到附页，表格里写“详见附页”。")


def _set_together(context: TurnContext, field: Field | None, _rest: list[str]) -> None:
    if field is not None:
        context.change_draft(apart=context.draft.apart - {field.key})
        arrive(context, f"好的，“{field.label}”的正文放回表格里。")


def _advise(context: TurnContext, field: Field | None, _rest: list[str]) -> None:
    if field is not None:
        advise(context, field)
        come_back(context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


_SIMPLE: dict[str, Callable[[TurnContext], None]] = {
    "start": resume,
    "consult": consult,
    "eligible": start_checks,
    "new": new,
    "list": list_drafts,
}
_DECISIONS: dict[str, Callable[[TurnContext, Pending, list[str]], None]] = {
    "confirm": lambda context, pending, _rest: confirm(context, pending),
    "redo": _redo,
    "answer": lambda context, pending, _rest: answer_reading(context, pending),
    "question": lambda context, pending, _rest: question_reading(context, pending),
    "append": lambda context, pending, _rest: _append(context, pending),
    "restart": lambda context, _pending, _rest: start_over(context),
    "erase": lambda context, _pending, _rest: forget_everything(context),
    "no": _never_mind,
    "import": on_import,
    "tick": on_tick,
    "shot": on_report,
    "address": on_address_kept,
}
_OF_DRAFT: dict[str, Callable[[TurnContext, list[str]], None]] = {
    "evidence": lambda context, _rest: on_evidence(context),
    "drop": on_drop,
    "kit": lambda context, _rest: pack_up(context),
    "pages": lambda context, _rest: show_again(context),
}
_IN_DRAFT: dict[str, Callable[[TurnContext, Field | None, list[str]], None]] = {
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
