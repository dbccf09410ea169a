"""Long text that arrives in several messages: gathered, counted, taken when the applicant says so."""

from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.session import Pending
from dialogs.taking import take
from dialogs.values.words import count_words
from knowledge.form import Field

ENOUGH = frozenset({"发完了", "完了", "好了", "结束", "没有了", "完成", "发送完毕", "就这些"})
_PROSE = 80  # characters: a shorter line after a long text is an answer of its own


def begin(scene: Scene, field: Field, *, start: str = "") -> None:
    """Start gathering parts of a long text, perhaps after what is already there."""
    pending = scene.await_decision("collect", field=field.key, text=start, message=scene.message)
    count = f"已有{count_words(start)}字，" if start else ""
    scene.say(f"{count}请一段一段发来，我会接在后面。全部发完后，点“发完了”。", _buttons(pending))


def collect(scene: Scene, pending: Pending, text: str) -> bool:
    """Add a part, or finish; False when the words are meant otherwise (a command)."""
    word = text.strip().strip("。.!！")
    if word in ENOUGH:
        finish(scene, pending)
        return True
    if word.startswith("/") or word in {"取消", "上一步", "帮助", "预览", "进度"}:
        return False
    whole = f"{pending.text}\n{text}" if pending.text else text
    renewed = scene.await_decision("collect", field=pending.field, text=whole, message=scene.message)
    scene.say(f"收到，现在共{count_words(whole)}字。请接着发，发完点“发完了”。", _buttons(renewed))
    return True


def finish(scene: Scene, pending: Pending) -> None:
    """Take what was gathered as the answer."""
    field = scene.pack.fields[pending.field or ""]
    scene.message = None  # made of several messages: an edit of one of them is not the whole
    scene.go("edit", field.key)
    take(scene, field, pending.text)


def looks_like_more(scene: Scene, text: str) -> bool:
    """Tell whether a text at a list field reads like the next paragraph of the long text before it."""
    field = scene.field
    if field is None or field.kind not in {"list", "links"} or len(text) < _PROSE or "。" not in text:
        return False
    return last_long_text(scene) is not None and "http" not in text


def offer_more(scene: Scene, text: str) -> None:
    """Offer both readings: more of the long text, or the answer to the field asked for."""
    field, long_text = scene.field, last_long_text(scene)
    if field is None or long_text is None:
        return
    pending = scene.await_decision("unclear", field=field.key, text=text, message=scene.message)
    scene.say(
        f"收到{count_words(text)}字。这段话是接在“{long_text.label}”后面，还是填到“{field.label}”？",
        (
            Button(id=f"append:{pending.serial}", label=f"接在{long_text.label}后面"),
            Button(id=f"answer:{pending.serial}", label=f"填到{field.label}"),
        ),
    )


def append(scene: Scene, text: str) -> None:
    """Put a paragraph behind the long text already held, and judge the whole again."""
    field = last_long_text(scene)
    if field is None:
        return
    held = scene.draft.values[field.key]
    scene.message = None
    scene.go("edit", field.key)
    take(scene, field, f"{held.text}\n{text}")


def last_long_text(scene: Scene) -> Field | None:
    """Give the answered long-text field, if there is one."""
    fields = [f for f in scene.pack.form.fields if f.kind == "long_text" and f.key in scene.draft.values]
    return fields[-1] if fields else None


def _buttons(pending: Pending) -> tuple[Button, ...]:
    return (Button(id=f"enough:{pending.serial}", label="发完了"),)
