"""A file: the official form filled elsewhere, a text for the field asked for, or evidence; and the words under it.

Files sent together as an album come one by one; what was said of one of them is not said again of the next.
"""

from dataclasses import replace

from dialogs.buttons import NeverMind, TakeAsAnswer, button
from dialogs.context import TurnContext
from dialogs.document.picture import as_photo, is_picture
from dialogs.document.read_form import read_form
from dialogs.document.table_text import is_workbook, rows_of_table
from dialogs.document.upload_safety import UploadError
from dialogs.document.upload_text import read_text
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.flow import come_back
from dialogs.handlers.answers import take
from dialogs.handlers.evidence_intake import ask_report, keep_picture, names_report
from dialogs.handlers.import_review import offer_import
from dialogs.handlers.multipart_text import offer_text
from dialogs.handlers.rows import on_rows
from dialogs.handlers.typed_text import LONGEST, on_text, situation_of
from dialogs.pack_cache import template_of
from dialogs.protocol import Upload
from dialogs.understanding.acts import (
    Act,
    Continue,
    Doubtful,
    Give,
    GiveRows,
    Inquire,
    PlaceText,
    Plain,
    Social,
    Unknown,
)
from dialogs.understanding.paste_block import Block, split_block
from dialogs.understanding.understand import understand
from dialogs.views.field_view import shorten
from knowledge.form import Field
from knowledge.notice import Citation
from knowledge.search.answer import Answer


def on_caption(context: TurnContext, words: str, *, read: bool) -> bool:
    """Follow the words under a file; False when they only describe it.

    Args:
        context: the turn.
        words: the caption, perhaps empty.
        read: whether the file itself was read for the form; else the caption may be meant as the answer.
    """
    if not words.strip():
        return False
    field = context.field
    acts = understand(words, replace(situation_of(context), offered=()))
    if _speaks(context, acts[0]):
        on_text(context, words)
        return True
    if read or field is None or context.session.pending is not None or not _fits(acts[0], field):
        return False
    _offer(context, field, words)
    return True


def _speaks(context: TurnContext, act: Act) -> bool:
    """Tell whether the words say more than what the file shows: a value for another field, a wish, a question."""
    match act:
        case Inquire(found=found):
            return context.field is not None or isinstance(found, Answer)
        case Plain() | Doubtful() | Continue() | PlaceText() | GiveRows() | Unknown(no_value=True):
            return False
        case Social(kind=kind):
            return kind == "human"
        case Give(field=key):
            return context.field is None or key != context.field.key
    return True


def _fits(act: Act, field: Field) -> bool:
    plain = isinstance(act, Plain) and not isinstance(act.outcome, Rejected)
    return plain or (isinstance(act, Give) and act.field == field.key)


def _offer(context: TurnContext, field: Field, words: str) -> None:
    pending = context.await_decision("unclear", field=field.key, text=words, message=context.message)
    ways = (
        button(TakeAsAnswer(pending.serial), context.words("button.fill_in", label=field.label)),
        button(NeverMind(pending.serial), context.words("button.only_caption")),
    )
    context.tell("upload.caption", ways, text=shorten(words), label=field.label)


_VIDEOS = (".mp4", ".mov", ".avi", ".wmv", ".mkv", ".flv", ".m4v", ".3gp")


def on_upload(context: TurnContext, upload: Upload) -> None:
    """Read a file defensively; a refusal says why and what to send instead."""
    if context.moment.put_aside is not None:
        _put_aside(context, upload, context.moment.put_aside)
    elif context.moment.unreadable:
        _put_aside(context, upload, context.words("upload.too_heavy"))
    elif is_picture(upload.name, upload.content):
        _take_picture(context, upload)
    elif upload.name.lower().endswith(_VIDEOS):
        _put_aside(context, upload, context.words("upload.video"))
    else:
        _read(context, upload)


def _read(context: TurnContext, upload: Upload) -> None:
    try:
        text = read_text(upload.name, upload.content)
        word = upload.content.startswith(b"PK") and not is_workbook(upload.content)
        found = read_form(upload.content, context.pack.form, template_of(context.pack)) if word else None
    except UploadError as error:
        _put_aside(context, upload, context.words(error.key, **error.parts))
        return
    if found is None and len(text) > LONGEST:
        _put_aside(context, upload, context.words("upload.too_long", count=len(text), limit=LONGEST))
        return
    if found is not None and not found:
        _put_aside(context, upload, context.words("upload.blank"))
        return
    _said_before(context, upload)
    if found:
        offer_import(context, found)
    else:
        _as_text(context, text)
    on_caption(context, upload.caption, read=True)


def _take_picture(context: TurnContext, upload: Upload) -> None:
    """Keep a picture; what is said of the first of an album holds for those that follow, doubts aside."""
    if context.field is not None and kind_of(context.field).pictured:
        _take_photo(context, context.field, upload)
        return
    following = _follows(context, upload)
    try:
        words, doubts = keep_picture(context, upload)
    except UploadError as error:
        _put_aside(context, upload, context.words(error.key, **error.parts))
        return
    said = [] if _said_before(context, upload, words) else [words]
    said += [context.words("answer.doubt", message=doubt.message) for doubt in doubts]
    if said:
        citations = tuple(Citation(clause=doubt.clause, quote=doubt.quote) for doubt in doubts)
        context.say("\n".join(said), citations=citations)
    spoken = not names_report(context, upload.caption) and on_caption(context, upload.caption, read=False)
    if not spoken and not following and not ask_report(context):
        come_back(context)


def _take_photo(context: TurnContext, field: Field, upload: Upload) -> None:
    """Take a picture as the answer to a field that asks for one."""
    try:
        photo = as_photo(upload.name, upload.content)
    except UploadError as error:
        _put_aside(context, upload, context.words(error.key, **error.parts))
        return
    take(context, field, photo.text)


def _put_aside(context: TurnContext, upload: Upload, words: str) -> None:
    """Say what becomes of a file that gives nothing to the form; the first of an album leads back to the form."""
    context.put_aside = words
    following = _follows(context, upload)
    if not _said_before(context, upload, words):
        context.say(words)
    if not on_caption(context, upload.caption, read=False) and not following:
        come_back(context)


def _follows(context: TurnContext, upload: Upload) -> bool:
    return upload.album is not None and context.session.album[:1] == (upload.album,)


def _said_before(context: TurnContext, upload: Upload, words: str = "") -> bool:
    """Remember what is said to an album, and tell whether it has been said already."""
    if upload.album is None:
        return False
    said = context.session.album if context.session.album[:1] == (upload.album,) else (upload.album,)
    context.change(album=said if words in said else (*said, words))
    return words in said


def _as_rows(context: TurnContext, text: str) -> bool:
    """Take the rows of a table in a file: for the table asked for, else for the one whose heads are there."""
    if "\t" not in text:
        return False
    field = context.field
    if field is not None and kind_of(field).tabled and context.session.pending is None:
        on_rows(context, field, rows_of_table(field, text) or text)
        return True
    tables = [one for one in context.pack.form.fields if kind_of(one).tabled and context.draft.asks(one)]
    found = {one.key: rows for one in tables if (rows := rows_of_table(one, text))}
    if found:
        offer_import(context, found)
    return bool(found)


def _as_text(context: TurnContext, text: str) -> None:
    if _as_rows(context, text):
        return
    field = context.field
    block = split_block(text, context.pack.form)
    long_text = field is not None and kind_of(field).several_messages
    if block and not (long_text and _is_part(context, block)):
        offer_import(context, dict(block.fields), block.leftover)
    elif field is not None and long_text:
        take(context, field, text)
    else:
        offer_text(context, text)


def _is_part(context: TurnContext, block: Block) -> bool:
    """Tell whether labels in a text are only its own headings, not those of a whole application."""
    return len(block.fields) < context.pack.form.application_from
