"""The review before the declaration, and the preview at any moment: every field, doubts first."""

from collections.abc import Iterator

from dialogs.progress import asked_fields, gaps, progress
from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.values.words import count_words
from dialogs.views.asking import SHOWN, shorten
from dialogs.views.evidence import evidence_button, missing_screenshots, summary
from knowledge.form import Field
from knowledge.notice import Citation

_LINE = 200  # characters of a value shown in the review, long texts aside
_LONG = 600  # 字 from which a text may stand on a page of its own


def show_review(scene: Scene, doubts: tuple[str, ...], citations: tuple[Citation, ...], before: str = "") -> None:
    """Show the whole application; `doubts` are the warnings about it as a whole."""
    missing, asked = missing_screenshots(scene)
    parts = [before, "各项都填好了，请核对一遍：", _doubts(scene, (*doubts, *missing)), _fields(scene), summary(scene)]
    parts.append("没有问题请点“确认无误”，下一步是申报理由的声明；要改哪一项，点“修改”或直接回复，如“修改起止时间”。")
    scene.say("\n\n".join(part for part in parts if part), _decision(scene), (*citations, *asked))


def go_on_reviewing(scene: Scene) -> None:
    """Come back to the review after a word in between, in short."""
    scene.say("我们接着核对：没有问题请点“确认无误”，要改哪一项，直接说“修改+栏目”。", _decision(scene))


def show_preview(scene: Scene) -> None:
    """Show what is filled in so far."""
    missing = gaps(scene.pack, scene.draft)
    rest = "还没填：" + "、".join(field.label for field in missing) if missing else "各项都已填好。"
    scene.say(f"目前填好的内容：\n\n{_fields(scene) or '（还没有内容）'}\n\n{rest}")


def show_progress(scene: Scene) -> None:
    """Say how far the application is."""
    counted, missing = progress(scene.pack, scene.draft), gaps(scene.pack, scene.draft)
    rest = f"还剩{len(missing)}项：" + "、".join(field.label for field in missing) if missing else "各项都已填好。"
    scene.say(f"已完成{counted.done}项，共{counted.total}项。{rest}")


def choose_field(scene: Scene) -> None:
    """Offer every field answered so far for change."""
    fields = [f for f in asked_fields(scene.pack, scene.draft) if scene.draft.applies(f) and scene.draft.settled(f)]
    choices = tuple(Button(id=f"edit:{scene.draft.id}:{field.key}", label=field.label) for field in fields)
    scene.say("要修改哪一项？点一下，或回复栏目名称：", choices)


def _decision(scene: Scene) -> tuple[Button, ...]:
    draft = scene.draft.id
    return (
        Button(id=f"reviewed:{draft}", label="确认无误，下一步"),
        Button(id=f"choose:{draft}", label="修改某一项"),
        *(button for field in scene.pack.form.fields for button in _about_text(scene, field)),
        *evidence_button(scene),
    )


def _about_text(scene: Scene, field: Field) -> Iterator[Button]:
    """Offer a look at a long text, and a page of its own for one that fills the form (四.2)."""
    held, draft = scene.draft.values.get(field.key), scene.draft
    if field.kind != "long_text" or held is None:
        return
    yield Button(id=f"advise:{draft.id}:{field.key}", label=f"帮我看看{_short(field)}")
    if field.key in draft.apart:
        yield Button(id=f"together:{draft.id}:{field.key}", label=f"{_short(field)}放回表格里")
    elif count_words(held.display) >= _LONG:
        yield Button(id=f"apart:{draft.id}:{field.key}", label=f"{_short(field)}放到附页")


def _short(field: Field) -> str:
    """Give the shortest name a field goes by, for a button."""
    return min(field.names, key=len)


def _fields(scene: Scene) -> str:
    lines = [_line(scene, field) for field in asked_fields(scene.pack, scene.draft) if scene.draft.settled(field)]
    return "\n".join(line for line in lines if line)


def _line(scene: Scene, field: Field) -> str:
    held = scene.draft.values.get(field.key)
    if held is None:
        return f"{field.label}：（跳过）" if field.key in scene.draft.skipped else ""
    shown = shorten(held.display, SHOWN if field.kind == "long_text" else _LINE) or "（无）"
    count = (
        f"（共{count_words(held.display)}字{'，放在附页' if field.key in scene.draft.apart else ''}）"
        if field.kind == "long_text"
        else ""
    )
    return f"{'⚠ ' if held.warning else ''}{field.label}：{shown}{count}"


def _doubts(scene: Scene, doubts: tuple[str, ...]) -> str:
    held = [
        f"{field.label}：{value.warning}"
        for field in asked_fields(scene.pack, scene.draft)
        if (value := scene.draft.values.get(field.key)) and value.warning and scene.draft.applies(field)
    ]
    lines = [*doubts, *held]
    return "请先留意：\n" + "\n".join(f"⚠ {line}" for line in lines) if lines else ""
