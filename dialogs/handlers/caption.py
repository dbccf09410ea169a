"""The words under a file: a question, a command or a labelled answer counts as typed; other words may be an answer."""

from dialogs.handlers.text import on_text
from dialogs.paste import labelled_field, split_block
from dialogs.replies import Button
from dialogs.routing import AsAnswer, AsQuestion, Reading, route
from dialogs.scene import Scene
from dialogs.values.outcome import Rejected
from dialogs.views.asking import shorten
from knowledge.answers import Answer
from knowledge.form import Field


def on_caption(scene: Scene, words: str, *, read: bool) -> bool:
    """Follow the words under a file; False when they only describe it.

    Args:
        scene: the turn.
        words: the caption, perhaps empty.
        read: whether the file itself was read for the form; else the caption may be meant as the answer.
    """
    if not words.strip():
        return False
    field = scene.field
    reading = route(words, field, scene.pack, scene.finder, scene.moment.today)
    if _speaks(scene, words, reading):
        on_text(scene, words)
        return True
    if read or field is None or scene.session.pending is not None or not _fits(reading):
        return False
    _offer(scene, field, words)
    return True


def _speaks(scene: Scene, words: str, reading: Reading) -> bool:
    """Tell whether the words say more than what the file shows."""
    if split_block(words, scene.pack.form) or labelled_field(words, scene.pack.form):
        return True
    if isinstance(reading, AsQuestion):
        return scene.field is not None or isinstance(reading.found, Answer)
    return not isinstance(reading, AsAnswer)


def _fits(reading: Reading) -> bool:
    return isinstance(reading, AsAnswer) and not isinstance(reading.outcome, Rejected)


def _offer(scene: Scene, field: Field, words: str) -> None:
    pending = scene.await_decision("unclear", field=field.key, text=words, message=scene.message)
    scene.say(
        f"附言“{shorten(words)}”要填到“{field.label}”吗？",
        (
            Button(id=f"answer:{pending.serial}", label=f"填到{field.label}"),
            Button(id=f"no:{pending.serial}", label="只是说明文件"),
        ),
    )
