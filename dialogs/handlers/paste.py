"""A pasted block of `栏目：内容` lines: every field it names is judged; what was taken is listed."""

from dialogs.flow import advance, arrive, ensure_draft
from dialogs.paste import Block
from dialogs.scene import Scene
from dialogs.session import Refused
from dialogs.table import REVIEW, local_name
from dialogs.taking import held_value, take, understood
from dialogs.values.outcome import Rejected
from dialogs.values.validate import validate


def on_block(scene: Scene, block: Block) -> None:
    """Take all fields of a block."""
    fill(scene, dict(block.fields), block.leftover)


def on_labelled(scene: Scene, key: str, text: str) -> None:
    """Take one labelled line meant for another field than the one asked for."""
    ensure_draft(scene)
    field = scene.pack.fields[key]
    if not scene.go("edit", key):
        scene.say(f"“{field.label}”现在不用填。")
        advance(scene)
        return
    take(scene, field, text)


def fill(scene: Scene, found: dict[str, str], leftover: tuple[str, ...] = ()) -> None:
    """Judge every text for its field, list what was taken, doubted, refused or not understood; go on."""
    ensure_draft(scene)
    taken: list[str] = []
    refused: list[str] = []
    for field in scene.pack.form.fields:  # the form's order: a condition's field comes before what hangs on it
        if field.key in found and field.kind != "consent":
            _fill_one(scene, field.key, found[field.key], taken, refused)
    scene.go("proceed")
    reviewing = local_name(scene.session.state) == REVIEW  # the review lists everything by itself
    listed = f"收到，{len(taken)}项都记下了。" if reviewing else "收到，填好了：\n" + "\n".join(taken)
    parts = [
        listed if taken else "",
        "这几项还不能用，稍后会再问：\n" + "\n".join(refused) if refused else "",
        "没有对上栏目的内容：\n" + "\n".join(leftover) if leftover else "",
    ]
    arrive(scene, "\n\n".join(part for part in parts if part))


def _fill_one(scene: Scene, key: str, text: str, taken: list[str], refused: list[str]) -> None:
    field = scene.pack.fields[key]
    if not scene.draft.applies(field):
        refused.append(f"✗ {field.label}：现在不用填")
        return
    outcome = validate(field, text, scene.pack, scene.moment.today)
    if isinstance(outcome, Rejected):
        kept = Refused(text=text, message=scene.message)
        scene.change_draft(refused={**scene.draft.refused, key: kept})
        refused.append(f"✗ {field.label}：{outcome.message}")
        return
    value = held_value(text, outcome, scene.message, confirmed=outcome.kind == "accept")
    scene.hold(key, value)
    mark = f"⚠ {field.label}：{understood(field, value)}（{value.warning}）" if value.warning else ""
    taken.append(mark or f"✓ {field.label}：{understood(field, value)}")
