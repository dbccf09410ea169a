"""`shenbao render ANSWERS.json --out DIR`: the finished form from a file of answers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from bot.commands.json_lines import write_line
from bot.errors import StartupError, reason
from bot.messages import say
from bot.output_files import save
from dialogs.breaches import breaches
from dialogs.document.file_name import file_name
from dialogs.document.fill import fill
from dialogs.document.picture import as_photo
from dialogs.document.upload_safety import UploadError
from dialogs.document.verify import differences
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.typed_answers import is_typable, typed
from dialogs.handlers.answers import answered_at_once
from dialogs.pack_cache import template_of
from dialogs.session import Draft
from dialogs.views.breach_words import told_breach
from knowledge.pack import NoticePack

BAD_ANSWERS = 2


def render_answers(pack: NoticePack, today: date, answers: Path, out: Path) -> int:
    """Write the form; give the exit status: 0, or 2 when answers are bad (nothing is written then).

    Raises:
        StartupError: the file cannot be read, or the form not be written or proven.
    """
    given, photos = _with_photos(pack, _read(answers), answers.parent)
    draft, problems = _draft(pack, today, given)
    for problem in problems:
        write_line(problem)
    if problems:
        return BAD_ANSWERS
    submission = draft.submission(pack)
    document = fill(submission, template_of(pack), pack.form, photos)
    if found := differences(submission, document, template_of(pack), pack.form):
        names = "、".join(dict.fromkeys(pack.fields[difference.field].label for difference in found))
        raise StartupError(say("answers.not_proven", labels=names))
    path = save(out, file_name(submission, pack.form.filename), document)
    write_line({"file": str(path)})
    return 0


def _read(path: Path) -> dict[str, Any]:
    try:
        answers = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise StartupError(say("files.unreadable", path=path, reason=reason(error))) from error
    except UnicodeDecodeError as error:
        raise StartupError(say("files.not_utf8", path=path)) from error
    except json.JSONDecodeError as error:
        raise StartupError(say("files.not_json", path=path, line=error.lineno, column=error.colno)) from error
    if not isinstance(answers, dict):
        raise StartupError(say("files.no_object", path=path))
    return answers


def _with_photos(pack: NoticePack, answers: dict[str, Any], folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Read the pictures that answers name (a path, from the folder of the answers), and keep them by their digests.

    Raises:
        StartupError: a picture cannot be read.
    """
    read, photos = dict(answers), {}
    for field in pack.form.fields:
        name = answers.get(field.key)
        if not kind_of(field).pictured or not isinstance(name, str) or not name.strip():
            continue
        path = folder / name.strip()
        try:
            content = path.read_bytes()
            photo = as_photo(path.name, content)
        except OSError as error:
            raise StartupError(say("files.unreadable", path=path, reason=reason(error))) from error
        except UploadError as error:
            raise StartupError(str(error)) from error
        read[field.key], photos[photo.digest] = photo.text, content
    return read, photos


def _draft(pack: NoticePack, today: date, answers: dict[str, Any]) -> tuple[Draft, list[dict[str, Any]]]:
    draft = Draft(id=1)
    unknown = [key for key in answers if key not in pack.fields]
    problems = [_problem(key, say("answers.no_field", name=key), None) for key in unknown]
    for field in pack.form.fields:
        if not is_typable(field, answers.get(field.key)):
            problems.append(_problem(field.key, say("answers.no_text", label=field.label), None))
            continue
        text = typed(field, answers.get(field.key))
        if not text.strip() or not draft.asks(field):
            continue
        outcome, held = answered_at_once(pack, draft, field, text, today)
        if isinstance(outcome, Rejected):
            problems.append(_problem(field.key, outcome.message, outcome.clause or field.clause))
        draft = draft.model_copy(update={"values": {**draft.values, **held}})
    broken = [] if problems else [breach for breach in breaches(pack.form, draft) if breach.rejects]
    problems += [_problem(one.at.key, told_breach(one, pack, draft), one.rule.clause) for one in broken]
    return draft, problems


def _problem(key: str, message: str, clause: str | None) -> dict[str, Any]:
    return {"field": key, "message": message, "clause": clause}
