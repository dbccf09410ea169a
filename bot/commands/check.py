"""`shenbao check [PACK]`: what is wrong with a pack, and what it answers otherwise than when it was last good."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.errors import reason
from bot.kept_packs import KeptPacks
from bot.messages import say as text
from bot.office.answer_snapshots import answers, changed, keep, load
from bot.output_files import save
from bot.packs import lint, ready_pack
from bot.page_previews import draw
from dialogs.document.field_map import painted
from dialogs.document.fill import fill
from dialogs.document.template_check import survey
from dialogs.document.verify import prove_untouched
from dialogs.fields.registry import kind_of
from dialogs.pack_cache import template_of
from dialogs.submission import Entry, Submission
from knowledge.check.content_advice import advice_lines
from knowledge.check.topic_faults import coverage_lines
from knowledge.form import Field
from knowledge.loading.pack_folder import load_pack
from knowledge.pack import NoticePack

Say = Callable[[str], None]


def show_map(folder: Path, file: Path, say: Say) -> None:
    """Say which cell of the blank form each field goes to, and draw the form with every field's cell painted.

    The name of `file` says what is drawn: a .pdf, a .docx, or pictures (`map.png`, `map-2.png`, one a page).

    Raises:
        PackError: the pack cannot be loaded.
        StartupError: the picture cannot be written.
    """
    pack = ready_pack(folder)
    found = survey(pack.template, pack.form)
    how = {**dict.fromkeys(found.tagged, "check.by_tag"), **dict.fromkeys(found.labelled, "check.by_label")}
    for key, field in pack.fields.items():
        say(text("check.mapped", label=field.label, key=key, how=text(how.get(key, "check.nowhere"))))
    for title, items in (("check.stray", found.stray), ("check.empty", found.empty)):
        if items:
            say(text(title, items="、".join(items)))
    say(prove_untouched(_specimen(pack), specimen(pack), template_of(pack), pack.form).text)
    drawn = dict(_drawn(painted(template_of(pack), pack.form), file))
    for name, content in drawn.items():
        say(text("check.drawn", path=save(file.parent, name, content)))
    if not drawn:
        say(text("check.not_drawn"))


def _drawn(document: bytes, file: Path) -> Iterator[tuple[str, bytes]]:
    """Give the files of a map by name, whichever its ending asks for."""
    if file.suffix.lower() == ".docx":
        yield file.name, document
        return
    drawing = asyncio.run(draw(document))
    if file.suffix.lower() == ".pdf":
        if drawing.pdf:
            yield file.name, drawing.pdf
        return
    for number, page in enumerate(drawing.pages, 1):
        yield f"{file.stem}{f'-{number}' if number > 1 else ''}.png", page


def specimen(pack: NoticePack) -> bytes:
    """Fill the form with the names of its fields; of several boxes the first is ticked."""
    return fill(_specimen(pack), template_of(pack), pack.form)


def _specimen(pack: NoticePack) -> Submission:
    entries = {field.key: _named(field) for field in pack.form.fields}
    return Submission(pack_id=pack.id, pack_version=pack.version, entries=entries)


def _named(field: Field) -> Entry:
    return Entry(value=kind_of(field).specimen(field), display=f"【{field.label}】")


def check(folder: Path, data: Path, say: Say) -> int:
    """Check a pack and say what was found; the answers of a good one are kept under `data`.

    Returns:
        The exit status: 0, or 1 when anything is wrong.
    """
    problems = lint(folder)
    for problem in problems:
        say(str(problem))
    for name in KeptPacks(data / "packs", folder).gone():
        say(text("check.gone_file", name=name))
    if any(problem.grave for problem in problems):
        return 1
    pack = load_pack(folder)
    file = data / "answers" / f"{pack.id}.json"
    now, before = answers(folder, pack), load(file)
    if before:
        _say_changes(changed(before, now), say)
    for line in (*coverage_lines(pack.faq), *advice_lines(pack)):
        say(line)
    if problems:
        return 1
    try:
        if data.is_dir():
            keep(file, now)
        else:  # a mistyped folder is not made
            say(text("check.no_data", folder=data.absolute()))
    except OSError as error:
        say(text("check.not_kept", file=file, reason=reason(error)))
    say(text("check.passed", name=folder.name))
    return 0


def _say_changes(changes: list[tuple[str, str, str]], say: Say) -> None:
    if changes:
        say(text("check.changed", number=len(changes)))
    for question, before, after in changes:
        say(text("check.one", question=question, before=" ".join(before.split()), after=" ".join(after.split())))
