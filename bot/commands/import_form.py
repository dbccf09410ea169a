"""`shenbao import FORM.docx`: the values of a form filled elsewhere, and what is wrong with them."""

from datetime import date
from pathlib import Path
from typing import Any

from bot.commands.json_lines import write_line
from bot.commands.validate_batch import judged
from bot.errors import StartupError, reason
from bot.messages import say
from dialogs.document.read_form import read_form
from dialogs.document.upload_safety import UploadError
from dialogs.fields.validate import validate
from dialogs.pack_cache import template_of
from knowledge.pack import NoticePack


def import_form(pack: NoticePack, today: date, path: Path) -> None:
    """Write `{"values": …, "problems": […]}`.

    Raises:
        StartupError: the file cannot be read, or is not this form.
    """
    try:
        found = read_form(path.read_bytes(), pack.form, template_of(pack))
    except OSError as error:
        raise StartupError(say("files.unreadable", path=path, reason=reason(error))) from error
    except UploadError as error:
        raise StartupError(str(error)) from error
    if found is None:
        raise StartupError(say("files.not_the_form", path=path.name, title=pack.form.title))
    values: dict[str, Any] = {}
    problems: list[dict[str, Any]] = []
    for key, text in found.items():
        outcome = judged(pack.fields[key], validate(pack.fields[key], text, pack, today))
        if outcome["outcome"] == "reject":
            problems.append({"field": key, "text": text, "message": outcome["message"], "clause": outcome["clause"]})
        else:
            values[key] = outcome["value"]
    write_line({"values": values, "problems": problems})
