"""Reading a pack's FAQ: `faq/answers.yaml`, `faq/open.yaml`, `faq/categories.yaml` and `faq/wordings/*.yaml`.

    answers.yaml      what the notice answers: question, answer, clauses; what is said around answers
    open.yaml         what the notice leaves open, and what does not concern it: one sentence pattern, a note each
    office.yaml       (optional) what the office itself answers (经办答复): answer, by whom, on which day
    categories.yaml   (optional) how 「哪一类」 is answered
    wordings/*.yaml   (optional) entry id → further ways to ask, a line each

A pack from before the split holds all of it in one `faq.yaml`, which is read as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import RootModel, model_validator

from knowledge.faq import CategoryHelp, Comparison, Faq, FaqEntry, Lines, Wording
from knowledge.loading.yaml_faults import line_of, node_at
from knowledge.loading.yaml_file import compose, load_yaml
from knowledge.model import MisplacedError, Model
from knowledge.notice import Citation
from knowledge.problems import PackError, Problem, told

FOLDER = "faq"
ANSWERS, OPEN, CATEGORIES = "faq/answers.yaml", "faq/open.yaml", "faq/categories.yaml"
OFFICE = "faq/office.yaml"
WORDINGS = "faq/wordings"
SINGLE = "faq.yaml"  # all in one, as packs were before

Place = tuple[int | str, ...]


class Answered(Model):
    """An entry of `answers.yaml`: the notice answers it."""

    id: str
    question: str
    variants: Lines = ()
    topic: Lines = ()
    answer: str
    cites: tuple[Citation, ...] = ()
    fields: tuple[str, ...] = ()
    compare: Comparison | None = None


class AnswersFile(Model):
    """All of `answers.yaml`."""

    wording: Wording
    entries: tuple[Answered, ...]


class LeftOpen(Model):
    """An entry of `open.yaml`: the notice leaves it open.

    `about` and `note` fill the file's sentence; an entry that the sentence does not suit says its whole `answer`.
    """

    id: str
    question: str
    variants: Lines = ()
    topic: Lines = ()
    about: str = ""
    note: str = ""
    answer: str = ""
    cites: tuple[Citation, ...] = ()
    fields: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "LeftOpen":
        if bool(self.about) == bool(self.answer):
            raise MisplacedError(*told("faq.one_of_two"))
        return self


class Unrelated(Model):
    """A question that has nothing to do with the call; `about` fills the sentence for all of them."""

    id: str
    question: str
    variants: Lines = ()
    topic: Lines = ()
    about: str


class OpenFile(Model):
    """All of `open.yaml`; `{about}` and `{note}` in the two sentences are an entry's own.

    `topics` are topics of the shared library that need no entry: the sentence says their question.
    """

    answer: str = "{about}{note}"
    topics: Lines = ()
    entries: tuple[LeftOpen, ...] = ()
    unrelated_answer: str = "{about}"
    unrelated: tuple[Unrelated, ...] = ()


class OfficeAnswer(Model):
    """An entry of `office.yaml`: the office answers what the notice leaves open."""

    id: str
    question: str
    variants: Lines = ()
    topic: Lines = ()
    answer: str
    by: str
    day: date
    fields: tuple[str, ...] = ()


class OfficeFile(Model):
    """All of `office.yaml`."""

    entries: tuple[OfficeAnswer, ...] = ()


class WordingsFile(RootModel[dict[str, Lines]]):
    """A file of `wordings/`: entry id → ways to ask."""


def faq_files(folder: Path) -> list[str]:
    """List the files of a pack's FAQ, relative to the pack's folder, in the order they are read."""
    names = [name for name in (SINGLE, ANSWERS, OFFICE, OPEN, CATEGORIES) if (folder / name).is_file()]
    return [*names, *(f"{WORDINGS}/{path.name}" for path in sorted((folder / WORDINGS).glob("[!.~]*.yaml")))]


def read_faq(folder: Path) -> tuple[Faq, "FaqSources"]:
    """Read the FAQ of a pack: everything in it, and where it stands.

    Raises:
        PackError: a file is missing or faulty, an id is used twice, a wording belongs to no entry.
    """
    if (folder / SINGLE).is_file():
        if (folder / FOLDER).is_dir():
            raise PackError([Problem(SINGLE, 0, *told("faq.both"))])
        faq = load_yaml(folder / SINGLE, Faq)
        sources = FaqSources(folder, [Source(SINGLE, ("entries", number)) for number in range(len(faq.entries))])
    else:
        faq, sources = _from_folder(folder)
    if problems := [*_doubled_ids(faq, sources), *_strays(faq, sources)]:
        raise PackError(problems)
    return faq, sources


@dataclass(frozen=True, slots=True)
class Source:
    """Where one entry stands: a file of the pack, and the place in it."""

    file: str
    place: Place


@dataclass
class FaqSources:
    """Where everything in a pack's `Faq` stands: file and line of an entry, or of any place in the model."""

    folder: Path
    entries: list[Source]
    wordings: dict[str, list[str]] = field(default_factory=dict)  # entry id → files of `wordings/`
    _roots: dict[str, Any] = field(default_factory=dict)

    def where(self, place: Place, words: str = "") -> tuple[str, int]:
        """Give the file and the 1-based line of a place such as `("entries", 3, "answer")`.

        Args:
            place: a path into `Faq`.
            words: what is looked for there: one wording of several, or part of an answer put together from a pattern.
        """
        if place[0] != "entries":
            return self._elsewhere(place)
        source, rest = self.entries[int(place[1])], place[2:]
        if rest == ("answer",) and source.file == OPEN:
            rest, source = self._part_of_answer(source, words)
        if rest and rest[0] in ("variants", "keywords"):
            return self._wording(source, words)
        return source.file, line_of(self._root(source.file), (*source.place, *rest))

    def _elsewhere(self, place: Place) -> tuple[str, int]:
        if (self.folder / SINGLE).is_file():
            return SINGLE, line_of(self._root(SINGLE), place)
        if place[0] == "category_help":
            return CATEGORIES, line_of(self._root(CATEGORIES), place[1:])
        if place[0] == "open_topics":
            return OPEN, line_of(self._root(OPEN), ("topics", *place[1:]))
        return ANSWERS, line_of(self._root(ANSWERS), place)

    def _part_of_answer(self, source: Source, words: str) -> tuple[Place, Source]:
        """Find out whether words of an answer are the entry's own or the common sentence's."""
        root = self._root(source.file)
        for name in ("answer", "note", "about"):
            node = node_at(root, (*source.place, name))
            if node is not None and words in node.value:
                return (name,), source
        return (), Source(source.file, ("unrelated_answer" if source.place[0] == "unrelated" else "answer",))

    def _wording(self, source: Source, words: str) -> tuple[str, int]:
        """Find the very line of a wording: with its entry, or in a file of `wordings/`."""
        root = self._root(source.file)
        named = node_at(root, (*source.place, "id"))
        key = named.value if named is not None else ""
        blocks: list[tuple[str, Place]] = [(source.file, (*source.place, name)) for name in ("variants", "keywords")]
        blocks += [(file, (key,)) for file in self.wordings.get(key, ())]
        for file, place in blocks:
            node = node_at(self._root(file), place)
            if node is not None and (line := self._line_in(file, node, words)):
                return file, line
        return source.file, line_of(root, source.place)

    def _line_in(self, file: str, node: Any, words: str) -> int:
        lines = (self.folder / file).read_text(encoding="utf-8-sig").splitlines()
        for number in range(node.start_mark.line, min(node.end_mark.line + 1, len(lines))):
            if words == lines[number].strip().strip("-'\" "):
                return int(number) + 1
        return 0

    def _root(self, file: str) -> Any:
        if file not in self._roots:
            self._roots[file] = compose(self.folder / file)
        return self._roots[file]


def _from_folder(folder: Path) -> tuple[Faq, FaqSources]:
    if not (folder / ANSWERS).is_file():
        raise PackError([Problem(ANSWERS, 0, *told("file.missing"))])
    answers = load_yaml(folder / ANSWERS, AnswersFile, ANSWERS)
    left = load_yaml(folder / OPEN, OpenFile, OPEN) if (folder / OPEN).is_file() else OpenFile()
    help_ = load_yaml(folder / CATEGORIES, CategoryHelp, CATEGORIES) if (folder / CATEGORIES).is_file() else None
    own = load_yaml(folder / OFFICE, OfficeFile, OFFICE) if (folder / OFFICE).is_file() else OfficeFile()
    more, files = _wordings(folder)
    entries = [
        *(FaqEntry(**dict(one)) for one in answers.entries),
        *(FaqEntry(**dict(one)) for one in own.entries),
        *(_open_entry(one, _filled(left.answer, one)) for one in left.entries),
        *(_open_entry(one, _filled(left.unrelated_answer, one)) for one in left.unrelated),
    ]
    places = [
        *(Source(ANSWERS, ("entries", number)) for number in range(len(answers.entries))),
        *(Source(OFFICE, ("entries", number)) for number in range(len(own.entries))),
        *(Source(OPEN, ("entries", number)) for number in range(len(left.entries))),
        *(Source(OPEN, ("unrelated", number)) for number in range(len(left.unrelated))),
    ]
    whole = tuple(
        one.model_copy(update={"variants": (*one.variants, *more[one.id])}) if one.id in more else one
        for one in entries
    )
    faq = Faq(
        entries=whole,
        wording=answers.wording,
        category_help=help_,
        open_topics=left.topics,
        open_answer=left.answer.replace("{note}", ""),
    )
    return faq, FaqSources(folder, places, files)


def _open_entry(one: LeftOpen | Unrelated, answer: str) -> FaqEntry:
    cites, fields = (one.cites, one.fields) if isinstance(one, LeftOpen) else ((), ())
    return FaqEntry(
        id=one.id,
        question=one.question,
        variants=one.variants,
        topic=one.topic,
        answer=answer,
        cites=cites,
        fields=fields,
        covered=False,
    )


def _filled(sentence: str, one: LeftOpen | Unrelated) -> str:
    """Fill the common sentence, unless the entry says its own; names of facts stay for later."""
    if isinstance(one, Unrelated):
        return sentence.replace("{about}", one.about)
    return one.answer or sentence.replace("{about}", one.about).replace("{note}", one.note)


def _wordings(folder: Path) -> tuple[dict[str, tuple[str, ...]], dict[str, list[str]]]:
    """Read all of `wordings/`: (wordings by entry, files by entry)."""
    more: dict[str, tuple[str, ...]] = {}
    files: dict[str, list[str]] = {}
    for name in faq_files(folder):
        if not name.startswith(WORDINGS):
            continue
        for key, lines in load_yaml(folder / name, WordingsFile, name).root.items():
            more[key] = (*more.get(key, ()), *lines)
            files.setdefault(key, []).append(name)
    return more, files


def _doubled_ids(faq: Faq, sources: FaqSources) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, entry in enumerate(faq.entries):
        if entry.id in first:
            other, line = sources.where(("entries", first[entry.id], "id"))
            file, at = sources.where(("entries", number, "id"))
            yield Problem(file, at, *told("faq.twice", id=entry.id, file=other, line=line))
        first.setdefault(entry.id, number)


def _strays(faq: Faq, sources: FaqSources) -> Iterator[Problem]:
    """Find wordings of entries that do not exist."""
    known = {entry.id for entry in faq.entries}
    for key, files in sources.wordings.items():
        if key not in known:
            for file in files:
                line = line_of(compose(sources.folder / file), (key,))
                yield Problem(file, line, *told("faq.nobody", id=key))
