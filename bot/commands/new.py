"""`shenbao new NOTICE FORM --out DIR`: a pack drafted from a notice and a blank form, and what a person must decide."""

import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from docx.oxml.ns import qn

from bot.blank_form import printed_form
from bot.errors import StartupError, reason
from bot.list_numbers import numbered
from bot.messages import say
from bot.output_files import save
from bot.packs import lint
from dialogs.document.content_controls import release_all
from dialogs.document.template_check import survey
from dialogs.document.upload_text import UploadError, read_text
from dialogs.document.word_package import TemplateError, opened_package, packed, root_of
from dialogs.fields.registry import kinds_by_name
from knowledge.drafting.draft_texts import todo_text
from knowledge.drafting.field_draft import FieldDraft
from knowledge.drafting.pack_draft import PackDraft, pack_draft
from knowledge.drafting.repair import plainer, repaired
from knowledge.drafting.todo_list import FILE, todo_md
from knowledge.form import Form
from knowledge.loading.faq_files import read_faq
from knowledge.problems import Problem

TEMPLATE = "template.docx"
_ROUNDS = 12  # of mending; each leaves fewer problems


def new(notice: Path, form: Path, out: Path, tell: Callable[[str], None]) -> None:
    """Draft a pack into `out` and say what was drafted.

    Raises:
        StartupError: a file cannot be read or written, `out` holds a pack already, or no draft passes the checks.
    """
    if (out / "notice.md").exists():
        raise StartupError(say("new.exists", folder=out))
    text, template = _notice(notice), _blank(form)
    draft = pack_draft(_id(out), text, printed_form(template), kinds_by_name())
    if not draft.form.fields:
        raise StartupError(say("new.no_fields", file=form))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / draft.id
        grave = [problem for problem in _mended(draft, template, folder) if problem.grave]
        if grave:
            raise StartupError("\n".join([say("new.not_mended"), *map(str, grave)]))
        files = draft.files()
        files[FILE] = todo_md(draft, files, read_faq(folder)[0])
    for name, content in files.items():
        save((out / name).parent, (out / name).name, content.encode())
    save(out, TEMPLATE, template)
    kinds = len(draft.form.fields)
    tell(say("new.drafted", folder=out, fields=kinds, facts=len(draft.facts), answers=len(draft.entries)))
    tell(say("new.next", todo=out / FILE, open=len(draft.todo())))


def _mended(draft: PackDraft, template: bytes, folder: Path) -> list[Problem]:
    """Write the draft, check it, mend it, until nothing is wrong with it; give what could not be mended."""
    problems: list[Problem] = []
    for _ in range(_ROUNDS):
        _tie(draft, template)
        _write(draft, template, folder)
        problems = lint(folder)
        if not problems:
            break
        in_files = [problem for problem in problems if problem.file != TEMPLATE]
        changed = repaired(draft, in_files)
        changed = _mend_ties(draft, [each for each in problems if each.file == TEMPLATE]) or changed
        if not changed:
            break
    return problems


def _write(draft: PackDraft, template: bytes, folder: Path) -> None:
    files = {name: content.encode() for name, content in draft.files().items()}
    for name, content in {**files, TEMPLATE: template}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _tie(draft: PackDraft, template: bytes) -> None:
    """Say where a field stands when its label alone does not tell; what is found nowhere is asked off the form."""
    missing = _missing(draft, template)
    for field in list(draft.form.fields):
        if field.key not in missing:
            continue
        for phrase in _phrases(field):
            field.entry["at"] = phrase
            missing = _missing(draft, template)
            if field.key not in missing:
                break
        else:
            field.entry.pop("at", None)
            _off_form(field)


def _missing(draft: PackDraft, template: bytes) -> tuple[str, ...]:
    try:
        return survey(template, Form.model_validate(draft.form.data())).missing
    except ValueError:  # told by the checks
        return ()


def _phrases(field: FieldDraft) -> Iterable[str]:
    found = field.found
    outer = dict.fromkeys(filter(None, (found.section, found.group, found.label_cell)))
    yield from (f"{each} {found.label}" for each in outer if " " not in each)


def _off_form(field: FieldDraft) -> None:
    for part in ("also_at", "print"):
        field.entry.pop(part, None)
    field.entry["off_form"] = True
    field.todo.append(("label", todo_text("tie", label=field.found.name)))


def _mend_ties(draft: PackDraft, problems: list[Problem]) -> bool:
    """Give up the ties a check complains of: further places, then cells of one character, then the field's own."""
    changed = False
    for problem in problems:
        named = re.search("“([^”]+?)(?:：[^”]*)?”", problem.reason)
        field = next((each for each in draft.form.fields if named and each.found.name == named[1]), None)
        if field is None and named and _drop_option(draft, named[1]):
            changed = True
            continue
        if field is None or field.entry.get("off_form"):
            continue
        changed = True
        if field.entry.pop("also_at", None) or (field.entry.get("print") or {}).pop("cells", None):
            continue
        if field.entry.get("choices") or field.entry.get("columns"):
            plainer(draft, field, problem.reason)
        else:
            _off_form(field)
    return changed


def _drop_option(draft: PackDraft, label: str) -> bool:
    """Leave out an option that has no box of its own."""
    for field in draft.form.fields:
        choices = field.entry.get("choices", [])
        kept = [choice for choice in choices if choice["label"] != label]
        if len(kept) < len(choices):
            field.entry["choices"] = kept
            field.entry["example"] = kept[0]["label"] if kept else field.entry["example"]
            return True if len(kept) > 1 else plainer(draft, field, label)
    return False


def _notice(path: Path) -> str:
    try:
        content = path.read_bytes()
        read_text(path.name, content)  # says what is wrong with it
        return read_text(path.name, numbered(content) if content.startswith(b"PK") else content)
    except OSError as error:
        raise StartupError(say("new.unreadable", file=path, why=reason(error))) from error
    except (UploadError, TemplateError) as error:
        raise StartupError(say("new.unreadable", file=path, why=error)) from error


def _blank(path: Path) -> bytes:
    """Read the blank form; what content controls of another program's it holds are taken off."""
    try:
        content = path.read_bytes()
        root = root_of(content)
    except OSError as error:
        raise StartupError(say("new.unreadable", file=path, why=reason(error))) from error
    except TemplateError as error:
        raise StartupError(say("new.unreadable", file=path, why=error)) from error
    if next(root.iter(qn("w:sdt")), None) is None:
        return content
    release_all(root)
    return packed(opened_package(content), root)


def _id(out: Path) -> str:
    return out.absolute().name
