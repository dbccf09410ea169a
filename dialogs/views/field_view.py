"""Asking for one field: where we are, the question, an example, a hint; the choices as buttons."""

from zlib import crc32

from dialogs.buttons import Decline, Keep, PickChoice, Skip, button
from dialogs.context import TurnContext
from dialogs.fields.registry import kind_of
from dialogs.progress import asked_fields
from dialogs.protocol import Button
from knowledge.form import Field

_WORTH_SHOWING = 4  # characters of a refused answer; less is quickly typed again
SHOWN = 60  # characters of a held value shown in a prompt


def ask(context: TurnContext, before: str = "") -> None:
    """Ask for the field the session stands at; `before` is said first, in the same message."""
    field = _here(context)
    text = "\n".join(line for line in _question(context, field) if line)
    context.say(f"{before}\n\n{text}" if before else text, choices_of(context, field))


def ask_again(context: TurnContext) -> None:
    """Come back to the field after an answered question: short, the same choices."""
    field = _here(context)
    lines = _consent(field) if kind_of(field).declared else _reminder(context, field)
    context.say("\n".join(line for line in lines if line), choices_of(context, field))


def choices_of(context: TurnContext, field: Field) -> tuple[Button, ...]:
    """Give the buttons of a field: its choices, skipping, keeping what it holds."""
    draft = context.draft
    if kind_of(field).declared:
        return (
            button(PickChoice(draft.id, field.key, 0), "同意"),
            button(Decline(draft.id, field.key), "不同意"),
        )
    buttons = [
        button(PickChoice(draft.id, field.key, number, mark(choice.label)), choice.label)
        for number, choice in enumerate(field.choices)
    ]
    if field.key in draft.values or field.key in draft.skipped:
        buttons.append(button(Keep(draft.id, field.key), "保留原来的内容"))
    elif field.optional:
        buttons.append(button(Skip(draft.id, field.key), "跳过这一项"))
    return tuple(buttons)


def mark(label: str) -> str:
    """Give a short mark of a label: a button shown before the choices changed is known by it."""
    return format(crc32(label.encode()), "x")


def shorten(text: str, limit: int = SHOWN) -> str:
    """Show a value on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _question(context: TurnContext, field: Field) -> list[str]:
    if kind_of(field).declared:
        return _consent(field)
    return [
        f"{_place(context, field)}｜{field.label}{'（选填）' if field.optional else ''}",
        context.pack.facts.fill(field.prompt),
        f"例：{context.pack.facts.fill(field.example)}" if field.example else "",
        f"提示：{context.pack.facts.fill(field.hint)}" if field.hint else "",
        _earlier(context, field),
    ]


def _reminder(context: TurnContext, field: Field) -> list[str]:
    example = context.pack.facts.fill(field.example)
    return [
        f"我们接着填{_place(context, field)}「{field.label}」：{context.pack.facts.fill(field.prompt)}",
        f"例：{example}" if 0 < len(example) <= SHOWN else "",
        _earlier(context, field),
    ]


def _consent(field: Field) -> list[str]:
    return [field.prompt, f"“{field.statement}”"]


def _earlier(context: TurnContext, field: Field) -> str:
    """Show what the field holds, or the words that could not be taken: nobody types a thing twice."""
    held, refused = context.draft.values.get(field.key), context.draft.refused.get(field.key)
    if held:
        return f"现在填的是：{shorten(held.display) or '（无）'}"
    words = shorten(refused.text) if refused else ""
    return f"您上次写的是：{words}（还没有采用）" if len(words) >= _WORTH_SHOWING else ""


def _place(context: TurnContext, field: Field) -> str:
    asked = asked_fields(context.pack, context.draft)
    if field not in asked:
        return ""
    return f"第{asked.index(field) + 1}项，共{len(asked)}项"


def _here(context: TurnContext) -> Field:
    field = context.field
    if field is None:
        raise LookupError(context.session.state)
    return field
