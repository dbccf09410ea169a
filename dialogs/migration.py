"""Carrying a session over to a changed pack, field by field: kept, asked again, or told what changed."""

from dialogs.scene import Scene
from dialogs.session import Draft, FieldValue
from dialogs.table import MENU, state_name
from dialogs.taking import held_value
from dialogs.values.outcome import Rejected
from dialogs.values.validate import validate


def migrate(scene: Scene) -> None:
    """Bring a session that is pinned to another version of the pack up to date; say what changed."""
    session, pack = scene.session, scene.pack
    if (session.pack_id, session.pack_version) == (pack.id, pack.version):
        return
    lost: list[str] = []
    drafts = {number: _carried(scene, draft, lost) for number, draft in session.drafts.items()}
    state = session.state if scene.machine.knows(session.state) else state_name(MENU)
    scene.change(pack_id=pack.id, pack_version=pack.version, drafts=drafts, state=state)
    if lost:
        labels = "、".join(dict.fromkeys(lost))
        scene.say(f"表格有更新，您已填的内容都保留着；这几项要求变了，稍后会再问一遍：{labels}。")
        if scene.field is not None:
            scene.go("proceed")


def _carried(scene: Scene, draft: Draft, lost: list[str]) -> Draft:
    values: dict[str, FieldValue] = {}
    for key, held in draft.values.items():
        field = scene.pack.fields.get(key)
        if field is None:
            continue
        outcome = validate(field, held.text, scene.pack, scene.moment.today)
        if isinstance(outcome, Rejected):
            lost.append(field.label)
        else:
            values[key] = held_value(held.text, outcome, held.message, confirmed=held.confirmed)
    reviewed = draft.reviewed and not lost
    skipped = frozenset(key for key in draft.skipped if key in scene.pack.fields)
    return draft.model_copy(update={"values": values, "reviewed": reviewed, "skipped": skipped})
