"""Asking for one field: where we are, the question, an example, a hint; the choices as buttons."""

from dialogs.progress import asked_fields
from dialogs.replies import Button
from dialogs.scene import Scene
from knowledge.form import Field

SHOWN = 60  # characters of a held value shown in a prompt


def ask(scene: Scene, before: str = "") -> None:
    """Ask for the field the session stands at; `before` is said first, in the same message."""
    field = _here(scene)
    text = "\n".join(line for line in _question(scene, field) if line)
    scene.say(f"{before}\n\n{text}" if before else text, choices_of(scene, field))


def ask_again(scene: Scene) -> None:
    """Come back to the field after an answered question: short, the same choices."""
    field = _here(scene)
    text = f"我们接着填{_place(scene, field)}「{field.label}」：{field.prompt}\n例：{field.example}"
    scene.say(field.statement or text, choices_of(scene, field))


def choices_of(scene: Scene, field: Field) -> tuple[Button, ...]:
    """Give the buttons of a field: its choices, skipping, keeping what it holds."""
    draft = scene.draft
    if field.kind == "consent":
        return (
            Button(id=f"value:{draft.id}:{field.key}:0", label="同意"),
            Button(id=f"decline:{draft.id}:{field.key}", label="不同意"),
        )
    buttons = [
        Button(id=f"value:{draft.id}:{field.key}:{number}", label=choice.label)
        for number, choice in enumerate(field.choices)
    ]
    if field.key in draft.values or field.key in draft.skipped:
        buttons.append(Button(id=f"keep:{draft.id}:{field.key}", label="保留原来的内容"))
    elif field.optional:
        buttons.append(Button(id=f"skip:{draft.id}:{field.key}", label="跳过这一项"))
    return tuple(buttons)


def shorten(text: str, limit: int = SHOWN) -> str:
    """Show a value on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _question(scene: Scene, field: Field) -> list[str]:
    if field.kind == "consent":
        return [f"最后一步｜{field.label}", field.prompt, field.statement]
    held = scene.draft.values.get(field.key)
    return [
        f"{_place(scene, field)}｜{field.label}{'（选填）' if field.optional else ''}",
        scene.pack.facts.fill(field.prompt),
        f"例：{scene.pack.facts.fill(field.example)}" if field.example else "",
        f"提示：{scene.pack.facts.fill(field.hint)}" if field.hint else "",
        f"现在填的是：{shorten(held.display) or '（无）'}" if held else "",
    ]


def _place(scene: Scene, field: Field) -> str:
    asked = asked_fields(scene.pack, scene.draft)
    if field not in asked:
        return ""
    return f"第{asked.index(field) + 1}项，共{len(asked)}项"


def _here(scene: Scene) -> Field:
    field = scene.field
    if field is None:
        raise LookupError(scene.session.state)
    return field
