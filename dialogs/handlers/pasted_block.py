"""A pasted block of `栏目：内容` lines: every field it names is judged; what was taken is listed."""

from dialogs.context import TurnContext
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance, arrive, ensure_draft
from dialogs.handlers.answers import held_value, take, understood
from dialogs.session import Refused
from dialogs.state_machine import REVIEW, local_name
from dialogs.understanding.paste_block import Block


def on_block(context: TurnContext, block: Block) -> None:
    """Take all fields of a block."""
    fill(context, dict(block.fields), block.leftover)


def on_labelled(context: TurnContext, key: str, text: str) -> None:
    """Take one labelled line meant for another field than the one asked for."""
    ensure_draft(context)
    field = context.pack.fields[key]
    if not context.go("edit", key):
        context.say(f"“{field.label}”现在不用填。")
        advance(context)
        return
    take(context, field, text)


def fill(context: TurnContext, found: dict[str, str], leftover: tuple[str, ...] = ()) -> None:
    """Judge every text for its field, list what was taken, doubted, refused or not understood; go on."""
    ensure_draft(context)
    taken: list[str] = []
    refused: list[str] = []
    for field in context.pack.form.fields:  # the form's order: a condition's field comes before what hangs on it
        if field.key in found and not kind_of(field).declared:
            _fill_one(context, field.key, found[field.key], taken, refused)
    context.go("proceed")
    reviewing = local_name(context.session.state) == REVIEW  # the review lists everything by itself
    listed = f"收到，{len(taken)}项都记下了。" if reviewing else "收到，填好了：\n" + "\n".join(taken)
    parts = [
        listed if taken else "",
        "这几项还不能用，稍后会再问：\n" + "\n".join(refused) if refused else "",
        "没有对上栏目的内容：\n" + "\n".join(leftover) if leftover else "",
    ]
    arrive(context, "\n\n".join(part for part in parts if part))


def _fill_one(context: TurnContext, key: str, text: str, taken: list[str], refused: list[str]) -> None:
    field = context.pack.fields[key]
    if not context.draft.applies(field):
        refused.append(f"✗ {field.label}：现在不用填")
        return
    outcome = validate(field, text, context.pack, context.moment.today)
    if isinstance(outcome, Rejected):
        kept = Refused(text=text, message=context.message)
        context.change_draft(refused={**context.draft.refused, key: kept})
        refused.append(f"✗ {field.label}：{outcome.message}")
        return
    value = held_value(text, outcome, context.message, confirmed=outcome.kind == "accept")
    context.hold(key, value)
    mark = f"⚠ {field.label}：{understood(field, value)}（{value.warning}）" if value.warning else ""
    taken.append(mark or f"✓ {field.label}：{understood(field, value)}")
