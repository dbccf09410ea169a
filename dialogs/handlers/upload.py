"""A file: the official form filled elsewhere, a text for the field asked for, or evidence.

Files sent together as an album come one by one; what was said of one of them is not said again of the next.
"""

from dialogs.collecting import offer_text
from dialogs.document.recognise import read_form
from dialogs.document.uploads import UploadError, read_text
from dialogs.events import Upload
from dialogs.flow import come_back
from dialogs.handlers.caption import on_caption
from dialogs.handlers.imported import offer_import
from dialogs.paste import split_block
from dialogs.scene import Scene
from dialogs.taking import take

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".heic")
PICTURE = (
    "图片收到了。推荐表里不放图片，我这里也不留存；请在发邮件时作为辅证材料一并附上，要求清晰度高、质量好（四.2）。"
)


def on_upload(scene: Scene, upload: Upload) -> None:
    """Read a file defensively; a refusal says why and what to send instead."""
    if upload.name.lower().endswith(PICTURES):
        _put_aside(scene, upload, PICTURE)
        return
    try:
        text = read_text(upload.name, upload.content)
        found = read_form(upload.content, scene.pack.form) if upload.name.lower().endswith(".docx") else None
    except UploadError as error:
        _put_aside(scene, upload, str(error))
        return
    _said_before(scene, upload)
    if found:
        offer_import(scene, found)
    else:
        _as_text(scene, text)
    on_caption(scene, upload.caption, read=True)


def _put_aside(scene: Scene, upload: Upload, words: str) -> None:
    """Say what becomes of a file that gives nothing to the form; the first of an album leads back to the form."""
    following = upload.album is not None and scene.session.album[:1] == (upload.album,)
    if not _said_before(scene, upload, words):
        scene.say(words)
    if not on_caption(scene, upload.caption, read=False) and not following:
        come_back(scene)


def _said_before(scene: Scene, upload: Upload, words: str = "") -> bool:
    """Remember what is said to an album, and tell whether it has been said already."""
    if upload.album is None:
        return False
    said = scene.session.album if scene.session.album[:1] == (upload.album,) else (upload.album,)
    scene.change(album=said if words in said else (*said, words))
    return words in said


def _as_text(scene: Scene, text: str) -> None:
    field = scene.field
    block = split_block(text, scene.pack.form)
    if field is not None and field.kind == "long_text":
        take(scene, field, text)
    elif block:
        offer_import(scene, dict(block.fields))
    else:
        offer_text(scene, text)
