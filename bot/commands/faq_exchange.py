"""`shenbao faq --xlsx FILE` and `--from FILE [--apply]`: questions and answers as an Excel sheet, out and back."""

from collections.abc import Callable
from pathlib import Path

from bot.errors import StartupError, reason
from bot.messages import say as text
from bot.office.faq_changes import apply_changes, change_lines
from bot.office.faq_rows import faq_table
from bot.office.faq_sheet import faq_workbook
from bot.office.faq_sheet_reading import read_faq_sheet
from bot.output_files import save
from bot.packs import ready_pack

Say = Callable[[str], None]


def write_sheet(folder: Path, file: Path, say: Say) -> None:
    """Write the sheet of a pack.

    Raises:
        PackError: the pack is faulty.
        StartupError: the file cannot be written, or an entry is longer than a cell may be.
    """
    pack = ready_pack(folder)
    path = save(file.parent, file.name, faq_workbook(faq_table(folder), pack))
    say(text("sheet.written", path=path))


def take_sheet(folder: Path, file: Path, say: Say, warn: Say, *, apply: bool) -> int:
    """Say what a sheet changes, and write it into the pack if that is wanted.

    Args:
        folder: the pack's.
        file: the sheet.
        say: takes a line for each difference or fault.
        warn: takes what is no difference.
        apply: write it.

    Returns:
        The exit status: 0, or 1 when a cell is wrong.

    Raises:
        PackError: the pack is faulty.
        StartupError: the sheet cannot be read, or the folder cannot be written.
    """
    pack = ready_pack(folder)
    try:
        sheet = read_faq_sheet(file.read_bytes(), pack)
    except OSError as error:
        raise StartupError(text("files.unreadable", path=file, reason=reason(error))) from error
    if sheet.pack[0] and sheet.pack[0] != pack.id:
        raise StartupError(text("sheet.other_pack", other=sheet.pack[0], pack=pack.id))
    lines = [] if sheet.faults else list(change_lines(faq_table(folder), sheet.table))
    for line in (*map(str, sheet.faults), *lines):
        say(line)
    if sheet.faults:
        return 1
    if lines and sheet.pack[1] != pack.version:
        warn(text("sheet.older"))
    if lines and apply:
        faults = apply_changes(folder, sheet)
        for fault in faults:
            say(str(fault))
        warn(text("sheet.refused" if faults else "sheet.applied"))
        return 1 if faults else 0
    return 0
