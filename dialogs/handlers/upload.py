"""A file: the official form filled elsewhere, a text for the field asked for, or evidence.

Files sent together as an album come one by one; what was said of one of them is not said again of the next.
"""

from dialogs.collecting import offer_text
from dialogs.document.picture import is_picture
from dialogs.document.recognise import read_form
from dialogs.document.uploads import UploadError, read_text
from dialogs.events import Upload
from dialogs.flow import come_back, ensure_draft
from dialogs.handlers.caption import on_caption
from dialogs.handlers.evidence import ask_report, keep_picture, names_report
from dialogs.handlers.imported import offer_import
from dialogs.paste import Block, split_block
from dialogs.scene import Scene
from dialogs.taking import take
from knowledge.notice import Citation

_VIDEOS = (".mp4", ".mov", ".avi", ".wmv", ".mkv", ".flv", ".m4v", ".3gp")
VIDEO = "视频文件我这里不收。请把视频的网址发给我，我会写进报送清单；原文件请在发邮件时一并附上。"
BLANK = "这是一份空白的表，还没有填内容。不用自己填，我来一项一项问您；已经填了一部分的，保存后再发给我。"
_MANY = 4  # fields: with so many labels a text is a whole application, whichever field is asked for


def on_upload(scene: Scene, upload: Upload) -> None:
    """Read a file defensively; a refusal says why and what to send instead."""
    if is_picture(upload.name, upload.content):
        _take_picture(scene, upload)
    elif upload.name.lower().endswith(_VIDEOS):
        _put_aside(scene, upload, VIDEO)
    else:
        _read(scene, upload)


def _read(scene: Scene, upload: Upload) -> None:
    try:
        text = read_text(upload.name, upload.content)
        found = read_form(upload.content, scene.pack.form) if upload.content.startswith(b"PK") else None
    except UploadError as error:
        _put_aside(scene, upload, str(error))
        return
    if found is not None and not found:
        _put_aside(scene, upload, BLANK)
        return
    _said_before(scene, upload)
    if found:
        offer_import(scene, found)
    else:
        _as_text(scene, text)
    on_caption(scene, upload.caption, read=True)


def _take_picture(scene: Scene, upload: Upload) -> None:
    """Keep a picture; what is said of the first of an album holds for those that follow, doubts aside."""
    ensure_draft(scene)
    following = _follows(scene, upload)
    try:
        words, doubts = keep_picture(scene, upload)
    except UploadError as error:
        _put_aside(scene, upload, str(error))
        return
    said = [] if _said_before(scene, upload, words) else [words]
    said += [f"⚠ {doubt.message}" for doubt in doubts]
    if said:
        citations = tuple(Citation(clause=doubt.clause, quote=doubt.quote) for doubt in doubts)
        scene.say("\n".join(said), citations=citations)
    spoken = not names_report(scene, upload.caption) and on_caption(scene, upload.caption, read=False)
    if not spoken and not following and not ask_report(scene):
        come_back(scene)


def _put_aside(scene: Scene, upload: Upload, words: str) -> None:
    """Say what becomes of a file that gives nothing to the form; the first of an album leads back to the form."""
    following = _follows(scene, upload)
    if not _said_before(scene, upload, words):
        scene.say(words)
    if not on_caption(scene, upload.caption, read=False) and not following:
        come_back(scene)


def _follows(scene: Scene, upload: Upload) -> bool:
    return upload.album is not None and scene.session.album[:1] == (upload.album,)


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
    long_text = field is not None and field.kind == "long_text"
    if block and not (long_text and _is_part(block)):
        offer_import(scene, dict(block.fields), block.leftover)
    elif field is not None and long_text:
        take(scene, field, text)
    else:
        offer_text(scene, text)


def _is_part(block: Block) -> bool:
    """Tell whether labels in a text are only its own headings."""
    return len(block.fields) < _MANY
