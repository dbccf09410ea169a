"""The folder of a pack, loaded and checked as a whole."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar
from zipfile import is_zipfile

from knowledge.eligibility import Eligibility
from knowledge.form import Form
from knowledge.loading.faq_files import FOLDER, faq_files, read_faq
from knowledge.loading.messages_file import MESSAGES, read_messages
from knowledge.loading.notice_file import read_notice
from knowledge.loading.yaml_file import load_yaml
from knowledge.pack import NoticePack
from knowledge.problems import PackError, Problem, told

T = TypeVar("T")

PACKS = Path(__file__).parent.parent / "packs"


FILES = ("notice.md", "form.yaml", "template.docx")  # beside the FAQ


ELIGIBILITY = "eligibility.yaml"  # may be absent: then no check is offered


class FolderCache(Generic[T]):
    """What was made of folders, by their contents: made once, and anew after any edit.

    Contents and not times decide, for an edit may keep a file's size and time. What is made is shared by all who ask
    for it and must not be changed.
    """

    MOST = 4  # newest kept, as in `dialogs/pack_cache.py`

    def __init__(self, names: Callable[[Path], Iterable[str]], *, by_place: bool = False) -> None:
        """Start empty; `names` lists the files of a folder that matter, relative to it.

        `by_place`: what is made names the folder itself, so that a copy elsewhere is another one.
        """
        self._names, self._by_place = names, by_place
        self._made: OrderedDict[str, T] = OrderedDict()

    def get(self, folder: Path, make: Callable[[Path], T]) -> T:
        """Give what was made of a folder with these contents, else make it; raises what `make` raises."""
        contents = self._contents(folder)
        known = self._made.get(contents)
        if known is not None:
            return known
        made = make(folder)
        if self._contents(folder) == contents:  # not saved while it was read
            self._made[contents] = made
            while len(self._made) > self.MOST:
                self._made.popitem(last=False)
        return made

    def _contents(self, folder: Path) -> str:
        digest = hashlib.sha256((str(folder.absolute()) if self._by_place else folder.name).encode())
        for name in sorted(self._names(folder)):
            content = (folder / name).read_bytes() if (folder / name).is_file() else None
            digest.update(f"\n{name} {content is None} {len(content or b'')}\n".encode() + (content or b""))
        return digest.hexdigest()


def load_pack(folder: Path) -> NoticePack:
    """Load and check a pack; files that say the same give the same pack, with all that was computed from it.

    Raises:
        PackError: every fault found, with file, line, reason and mend.
    """
    return _LOADED.get(folder, _load)


def _load(folder: Path) -> NoticePack:
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


def _names(folder: Path) -> tuple[str, ...]:
    """Give what a pack is read from, absent files too, and the FAQ's folder, which may not stand beside a file."""
    faq = [*faq_files(folder), *(path.name for path in folder.glob(FOLDER))]
    return ("notice.md", "form.yaml", *faq, "template.docx", ELIGIBILITY, MESSAGES)


_LOADED: FolderCache[NoticePack] = FolderCache(_names)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _names(folder):
        if (folder / name).is_file():
            digest.update(name.encode() if "/" in name else b"")
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
