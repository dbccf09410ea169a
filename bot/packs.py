"""The packs at hand: found by id, by default the call that ends last; a changed one is tried before it goes live."""

from datetime import date
from pathlib import Path

from bot.errors import StartupError
from bot.form_dry_run import form_problems, unknown_kinds
from bot.message_faults import message_problems
from bot.messages import say
from dialogs.document.template_check import faults
from dialogs.document.word_package import TemplateError
from dialogs.pack_cache import finder_of, machine_of, template_of
from knowledge.loading.notice_file import read_notice
from knowledge.loading.pack_folder import FILES, PACKS, FolderCache, load_pack
from knowledge.pack import NoticePack
from knowledge.problems import PackError, Problem

_LINTED: FolderCache[list[Problem]] = FolderCache(
    lambda folder: [path.relative_to(folder).as_posix() for path in folder.rglob("*")], by_place=True
)


def find_pack(id_or_folder: str | None, packs: Path | None = None) -> NoticePack:
    """Load the pack that is asked for: a folder, an id, or (None) that of the call that ends last.

    Raises:
        StartupError: there is no such pack.
        PackError: the pack is faulty.
    """
    return ready_pack(pack_folder(id_or_folder, packs))


def proven_pack(folder: Path) -> tuple[NoticePack, tuple[Problem, ...]]:
    """Load a pack that staff changed, lint it, and prepare what the first turn with it will need.

    Returns:
        The pack, and what staff should look at although it harms nobody.

    Raises:
        PackError: anything else is wrong with it, be it only a quote that is not verbatim.
    """
    pack, problems = ready_pack(folder), lint(folder)
    if grave := [problem for problem in problems if problem.grave]:
        raise PackError(grave)
    machine_of(pack)
    finder_of(pack).find(pack.title, today=pack.sample_day)
    return pack, tuple(problems)


def ready_pack(folder: Path) -> NoticePack:
    """Load a pack whose blank form can be filled.

    Raises:
        PackError: it is faulty, names a kind or a sentence that does not exist, or its template is no form to fill.
    """
    pack = load_pack(folder)
    if unknown := [*unknown_kinds(folder, pack), *message_problems(folder, pack)]:
        raise PackError(unknown)
    try:
        template_of(pack)
    except TemplateError as error:
        raise PackError([Problem("template.docx", 0, str(error), say("packs.template"))]) from error
    return pack


def lint(folder: Path) -> list[Problem]:
    """List everything that is wrong with a pack; empty when there is nothing. Raises nothing."""
    from knowledge.check.check_pack import check_pack  # noqa: PLC0415 - searches, which a start need not wait for

    try:
        load_pack(folder)
    except PackError:  # told by check_pack
        return check_pack(folder)
    return list(_LINTED.get(folder, lambda folder: _lint(folder, load_pack(folder), check_pack(folder))))


def _lint(folder: Path, pack: NoticePack, problems: list[Problem]) -> list[Problem]:
    tied = [] if unknown_kinds(folder, pack) else faults(pack.template, pack.form)
    found = [*form_problems(folder, pack), *message_problems(folder, pack), *tied]
    return [*found, *(problem for problem in problems if problem not in found)]


def pack_folder(id_or_folder: str | None, packs: Path | None = None) -> Path:
    """Find the folder of a pack.

    Raises:
        StartupError: there is no such pack; the message lists those there are.
    """
    home = packs or PACKS
    if id_or_folder and "/" in id_or_folder and Path(id_or_folder).is_dir():
        return Path(id_or_folder)
    known = sorted(folder for folder in home.glob("[!.]*") if any((folder / name).is_file() for name in FILES))
    if id_or_folder is None and known:
        return max(known, key=_deadline) if len(known) > 1 else known[0]
    for folder in known:
        if folder.name == id_or_folder:
            return folder
    names = "、".join(folder.name for folder in known) or say("packs.none")
    raise StartupError(say("packs.not_found", name=id_or_folder or home, names=names))


def _deadline(folder: Path) -> date:
    """Give the last day of a call, by which one is newer than another; of a faulty one the first day there is."""
    try:
        return read_notice(folder / FILES[0])[1].day("deadline") or date.min
    except PackError:
        return date.min
