"""Applications handed in, as the office reads them: columns named by the pack's own fields, a sheet, one zip."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.clock import shown_time
from bot.messages import say, texts
from bot.office.faq_sheet import put_text
from bot.store.registrations import RegisteredApplication
from dialogs.document.file_name import safe_file_name
from dialogs.fields.registry import kind_of
from knowledge.pack import NoticePack

STATUSES = ("submitted", "received", "returned", "recommended", "withdrawn", "erased")
WIDEST = 40  # characters of a column


@dataclass(frozen=True)
class ApplicationRow:
    """An application in the list: what identifies it and whom to call, in the order of `columns`."""

    application: RegisteredApplication
    cells: tuple[str, ...]


def columns(pack: NoticePack) -> tuple[str, ...]:
    """Name the columns: what identifies an application, then the people to call."""
    return tuple(_label(pack, path) for path in pack.form.identity.values()) + tuple(
        field.label for field in pack.form.fields if kind_of(field).people
    )


def rows(pack: NoticePack, applications: Sequence[RegisteredApplication]) -> list[ApplicationRow]:
    """Lay applications out."""
    people = [(field.key, *field.formerly) for field in pack.form.fields if kind_of(field).people]
    return [
        ApplicationRow(
            one,
            (
                *(one.identity.get(name, "") for name in pack.form.identity),
                *(held(one, *keys) for keys in people),
            ),
        )
        for one in applications
    ]


def held(application: RegisteredApplication, *keys: str) -> str:
    """Give what stands on the form in a field, by its key now or one it had before; empty when nothing does."""
    entries = application.submission.entries if application.submission else {}
    return next((entries[key].on_form for key in keys if key in entries), "")


def answers(pack: NoticePack, application: RegisteredApplication) -> Iterator[tuple[str, str]]:
    """List label and contents of all an application holds, in the order of the form; fields gone since come last."""
    entries: Mapping[str, object] = application.submission.entries if application.submission else {}
    fields = {name: field for field in pack.form.fields for name in (field.key, *field.formerly)}
    for key in dict.fromkeys([*fields, *entries]):
        if key in entries:
            yield (fields[key].label if key in fields else key), held(application, key)


def found(applications: Sequence[RegisteredApplication], words: str, status: str = "") -> list[RegisteredApplication]:
    """Choose the applications that hold all of some words anywhere, and have a status (empty: any)."""
    wanted = words.casefold().split()
    return [one for one in applications if status in {"", one.status} and all(word in _whole(one) for word in wanted)]


def application_workbook(pack: NoticePack, applications: Sequence[RegisteredApplication]) -> bytes:
    """Write applications as an .xlsx sheet, a row each, all fields of the form; nothing in it is a formula."""
    book = Workbook()
    sheet = book.active
    fields = list(pack.form.fields)
    heads = [*(say(f"desk_columns.{name}") for name in ("number", "status", "at", "channel", "note"))]
    heads += [field.label for field in fields]
    for number, head in enumerate(heads, 1):
        put_text(sheet.cell(1, number), head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, 2 * len(head) + 8)
    for at, one in enumerate(applications, 2):
        cells = [one.number, status_text(one), shown_time(one.submitted_at), channel_text(one), one.note]
        for number, text in enumerate([*cells, *(held(one, field.key, *field.formerly) for field in fields)], 1):
            put_text(sheet.cell(at, number), text)
    sheet.freeze_panes = "B2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def add_to_zip(target: IO[bytes], application: RegisteredApplication, document: bytes, package: bytes | None) -> None:
    """Put an application's files into a zip that is being written, in a folder of its own."""
    name = f"{application.number} {safe_file_name(next(iter(application.identity.values()), ''))}".strip()
    with zipfile.ZipFile(target, "a", zipfile.ZIP_STORED) as archive:
        if package is None:
            archive.writestr(f"{name}/{application.document_name}", document)
            return
        with zipfile.ZipFile(io.BytesIO(package)) as packed:
            for each in packed.namelist():
                archive.writestr(f"{name}/{each}", packed.read(each))


def status_text(application: RegisteredApplication) -> str:
    """Say how far an application is."""
    status = say(f"desk_status.{application.status}")
    return say("desk.version", status=status, version=application.version) if application.version > 1 else status


def channel_text(application: RegisteredApplication) -> str:
    """Say which channel an application came by."""
    return texts().get(f"desk_channels.{application.channel}", application.channel)


def _label(pack: NoticePack, path: str) -> str:
    key, _, part = path.partition(".")
    label = pack.fields[key].label
    return say("desk.part", label=label, part=texts().get(f"desk_parts.{part}", part)) if part else label


def _whole(application: RegisteredApplication) -> str:
    entries = application.submission.entries if application.submission else {}
    told = [application.number, *application.identity.values(), *(entry.on_form for entry in entries.values())]
    return "\n".join(told).casefold()
