"""A decision the applicant has not taken yet, put once more after a word in between."""

from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.session import Pending
from dialogs.views.asking import shorten


def remind(scene: Scene, pending: Pending) -> None:
    """Say what is still waited for, with the same buttons."""
    scene.say(_words(scene, pending), tuple(Button(id=id_, label=label) for id_, label in pending.choices))


def _words(scene: Scene, pending: Pending) -> str:
    field = scene.pack.fields.get(pending.field or "")
    label = field.label if field else ""
    if pending.kind == "warned" and pending.held:
        return f"“{label}”还等您定：{shorten(pending.held.display)}\n⚠ {pending.held.warning}"
    if pending.kind == "unclear":
        return f"刚才这句还等您选一下：“{shorten(pending.text, 40)}”"
    return "刚才的问题还等您选一下："
