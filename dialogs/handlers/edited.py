"""An earlier message was changed: the answer it gave is corrected, if the new words pass."""

from dialogs.events import Edited
from dialogs.flow import advance, come_back
from dialogs.handlers.paste import fill
from dialogs.handlers.question import on_question
from dialogs.handlers.text import on_text
from dialogs.paste import split_block
from dialogs.routing import AsQuestion, route
from dialogs.scene import Scene
from dialogs.taking import held_value, noted, take_outcome
from dialogs.values.outcome import Rejected, Warned
from dialogs.values.validate import validate
from knowledge.form import Field


def on_edited(scene: Scene, event: Edited) -> None:
    """Find what the message had given and judge the new words in its place."""
    fields = _given_by(scene, event.message)
    pending = scene.session.pending
    if pending is not None and pending.message == event.message:
        scene.change(pending=None)
        on_text(scene, event.text)
    elif len(fields) > 1 and (block := split_block(event.text, scene.pack.form)):
        fill(scene, dict(block.fields), block.leftover)
    elif fields:
        _correct(scene, fields[0], event.text)
    elif event.message == scene.session.heard:  # a question or a command just sent, put right: said anew
        on_text(scene, event.text)
    else:
        scene.say("看到您修改了一条消息，但那条消息没有填进表里。要改某一项，请回复“修改+栏目”。")
        come_back(scene)


def _given_by(scene: Scene, message: int) -> list[Field]:
    values, refused = scene.draft.values, scene.draft.refused
    return [
        field
        for field in scene.pack.form.fields
        if (field.key in values and values[field.key].message == message)
        or (field.key in refused and refused[field.key].message == message)
    ]


def _correct(scene: Scene, field: Field, text: str) -> None:
    outcome = validate(field, text, scene.pack, scene.moment.today)
    held = f"“{field.label}”原来填的仍然保留。" if field.key in scene.draft.values else ""
    reading = route(text, field, scene.pack, scene.finder, scene.moment.today)
    if isinstance(reading, AsQuestion):
        scene.say(f"您改过的消息是在提问。{held}")
        on_question(scene, text, reading.found)
    elif isinstance(outcome, Rejected):
        scene.say(f"您改过的消息不能用于“{field.label}”：{outcome.message}\n{held}".strip())
        come_back(scene)
    elif isinstance(outcome, Warned):
        scene.go("edit", field.key)
        take_outcome(scene, field, text, outcome)
    else:
        value = held_value(text, outcome, scene.message)
        scene.hold(field.key, value)
        advance(scene, f"已按您改过的消息更新。{noted(scene, field, value, outcome.message)}")
