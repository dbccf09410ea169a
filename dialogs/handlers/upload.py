"""A file: the official form filled elsewhere, a text for the field asked for, or evidence."""

from dialogs.document.recognise import read_form
from dialogs.document.uploads import UploadError, read_text
from dialogs.events import Upload
from dialogs.flow import arrive
from dialogs.handlers.imported import offer_import
from dialogs.paste import split_block
from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.taking import take
from dialogs.values.words import count_words
from dialogs.views.asking import ask_again

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".heic")


def on_upload(scene: Scene, upload: Upload) -> None:
    """Read a file defensively; a refusal says why and what to send instead."""
    if upload.name.lower().endswith(PICTURES):
        scene.say(
            "图片收到了。推荐表里不放图片，我这里也不留存；请在发邮件时作为辅证材料一并附上，要求清晰度高、质量好（四.2）。"
        )
        _go_on(scene)
        return
    try:
        text = read_text(upload.name, upload.content)
        found = read_form(upload.content, scene.pack.form) if upload.name.lower().endswith(".docx") else None
    except UploadError as error:
        scene.say(str(error))
        _go_on(scene)
        return
    if found:
        offer_import(scene, found)
    else:
        _as_text(scene, text)


def _as_text(scene: Scene, text: str) -> None:
    field = scene.field
    block = split_block(text, scene.pack.form)
    if field is not None and field.kind == "long_text":
        take(scene, field, text)
    elif block:
        offer_import(scene, dict(block.fields))
    else:
        _offer_long_text(scene, text)


def _offer_long_text(scene: Scene, text: str) -> None:
    field = scene.field or next((f for f in scene.pack.form.fields if f.kind == "long_text"), None)
    long_text = next((f for f in scene.pack.form.fields if f.kind == "long_text"), None)
    if field is None or long_text is None or scene.session.current not in scene.session.drafts:
        scene.say("文件收到了。请先点“开始填表”，问到对应的栏目时再发给我。")
        arrive(scene)
        return
    pending = scene.await_decision("unclear", field=long_text.key, text=text, message=scene.message)
    scene.say(
        f"文件里有{count_words(text)}字，要作为“{long_text.label}”的内容吗？",
        (
            Button(id=f"answer:{pending.serial}", label=f"填到{long_text.label}"),
            Button(id=f"no:{pending.serial}", label="不用"),
        ),
    )


def _go_on(scene: Scene) -> None:
    if scene.field is not None:
        ask_again(scene)
    else:
        arrive(scene)
