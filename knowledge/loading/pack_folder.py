"""The folder of a pack, loaded and checked as a whole."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from zipfile import is_zipfile

from knowledge.eligibility import Eligibility
from knowledge.form import Form
from knowledge.loading.faq_files import faq_files, read_faq
from knowledge.loading.messages_file import MESSAGES, read_messages
from knowledge.loading.notice_file import read_notice
from knowledge.loading.yaml_file import load_yaml
from knowledge.pack import NoticePack
from knowledge.problems import PackError, Problem, told

T = TypeVar("T")

PACKS = Path(__file__).parent.parent / "packs"


FILES = ("notice.md", "form.yaml", "template.docx")  # beside the FAQ


ELIGIBILITY = "eligibility.yaml"  # may be absent: then no check is offered


def load_pack(folder: Path) -> NoticePack:
    """Load and check a pack.

    Raises:
        PackError: every fault found, with file, line, reason and mend.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise PackError([Problem(str(folder / name), 0, *told("file.missing")) for name in missing])
    every = _Parts()
    noticed = every.read(lambda: read_notice(folder / "notice.md"))
    form = every.read(lambda: load_yaml(folder / "form.yaml", Form))
    faq = every.read(lambda: read_faq(folder)[0])
    template = every.read(lambda: _template(folder / "template.docx"))
    eligibility = every.read(lambda: _eligibility(folder / ELIGIBILITY))
    messages = every.read(lambda: read_messages(folder / MESSAGES)) or {}
    if noticed is None or form is None or faq is None or template is None or every.problems:
        raise PackError(every.problems)
    head, facts, notice = noticed
    return NoticePack(
        id=str(head.get("id", folder.name)),
        version=_digest(folder),
        title=str(head.get("title", folder.name)),
        call=str(head.get("call", head.get("title", folder.name))),
        facts=facts,
        notice=notice,
        form=form,
        faq=faq,
        template=template,
        eligibility=eligibility,
        messages=messages,
    )


class _Parts:
    """Reads the files one after the other and gathers what is wrong with each, so that staff see all of it at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, load: Callable[[], T]) -> T | None:
        try:
            return load()
        except PackError as error:
            self.problems += error.problems
            return None


def _eligibility(path: Path) -> Eligibility | None:
    return load_yaml(path, Eligibility) if path.is_file() else None


def _template(path: Path) -> bytes:
    if not is_zipfile(path):
        raise PackError([Problem(path.name, 0, *told("file.no_word"))])
    return path.read_bytes()


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in ("notice.md", "form.yaml", *faq_files(folder), "template.docx", ELIGIBILITY, MESSAGES):
        if (folder / name).is_file():
            digest.update(name.encode() if "/" in name else b"")
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
