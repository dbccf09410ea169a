"""A file: the official form filled elsewhere, a text for the field asked for, or evidence."""

from dialogs.collecting import offer_text
from dialogs.document.recognise import read_form
from dialogs.document.uploads import UploadError, read_text
from dialogs.events import Upload
from dialogs.flow import come_back
from dialogs.handlers.imported import offer_import
from dialogs.paste import split_block
from dialogs.scene import Scene
from dialogs.taking import take

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".heic")


def on_upload(scene: Scene, upload: Upload) -> None:
    """Read a file defensively; a refusal says why and what to send instead."""
    if upload.name.lower().endswith(PICTURES):
        scene.say(
            "图片收到了。推荐表里不放图片，我这里也不留存；请在发邮件时作为辅证材料一并附上，要求清晰度高、质量好（四.2）。"
        )
        come_back(scene)
        return
    try:
        text = read_text(upload.name, upload.content)
        found = read_form(upload.content, scene.pack.form) if upload.name.lower().endswith(".docx") else None
    except UploadError as error:
        scene.say(str(error))
        come_back(scene)
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
        offer_text(scene, text)
