"""Values read from a file: shown beside what the draft holds; nothing is saved unconfirmed."""

from dialogs.flow import advance, ensure_draft
from dialogs.handlers.paste import fill
from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.session import Pending
from dialogs.views.asking import shorten


def offer_import(scene: Scene, found: dict[str, str]) -> None:
    """Show what the file says, field by field, and ask what to take."""
    ensure_draft(scene)
    held = scene.draft.values
    new = {key: text for key, text in found.items() if key not in held}
    differing = {key: text for key, text in found.items() if key in held and held[key].display != text}
    if not new and not differing:
        scene.say("文件读过了，内容和您现在填的一样，没有要更新的。")
        advance(scene)
        return
    scene.go("compare")
    pending = scene.await_decision("import", found={**new, **differing}, message=scene.message)
    buttons = [Button(id=f"import:{pending.serial}:all", label=f"全部采用（{len(new) + len(differing)}项）")]
    if new and differing:
        buttons.append(Button(id=f"import:{pending.serial}:new", label=f"只补空白（{len(new)}项）"))
    buttons.append(Button(id=f"import:{pending.serial}:none", label="都不采用"))
    scene.say("文件读过了，内容如下，请选择怎么采用：\n\n" + _listing(scene, new, differing), tuple(buttons))


def on_import(scene: Scene, pending: Pending, arguments: list[str]) -> None:
    """Take all, only what fills gaps, or nothing."""
    wanted = arguments[0] if arguments else "none"
    found = pending.found
    if wanted == "new":
        found = {key: text for key, text in found.items() if key not in scene.draft.values}
    scene.message = None
    if wanted == "none":
        advance(scene, "好的，文件里的内容没有采用。")
    else:
        fill(scene, found)


def _listing(scene: Scene, new: dict[str, str], differing: dict[str, str]) -> str:
    lines = []
    for field in scene.pack.form.fields:
        if field.key in new:
            lines.append(f"＋ {field.label}：{shorten(new[field.key])}")
        elif field.key in differing:
            held = scene.draft.values[field.key].display
            lines.append(f"≠ {field.label}：{shorten(differing[field.key], 40)}（现在填的是：{shorten(held, 30)}）")
    return "\n".join(lines)
