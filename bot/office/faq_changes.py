"""What a sheet of questions and answers changes in a pack: told a line each, and written whole or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bot.messages import say
from bot.office.faq_rows import (
    ANSWERED,
    LEFT_OPEN,
    OFFICIAL,
    PARTS,
    UNRELATED,
    FaqRow,
    FaqTable,
    faq_table,
    further_wordings,
)
from bot.office.faq_sheet_reading import CellFault, SheetContent
from bot.office.pack_edits import trial, write_whole
from knowledge.loading.faq_files import ANSWERS, OFFICE, OPEN, SINGLE
from knowledge.loading.text_file import read_text
from knowledge.loading.yaml_edits import Content, YamlEdits
from knowledge.loading.yaml_file import compose
from knowledge.problems import PackError, Problem

SHOWN = 40  # characters of a text that are shown
_FILES = {ANSWERED: ANSWERS, LEFT_OPEN: OPEN, UNRELATED: OPEN, OFFICIAL: OFFICE}
_LISTS = {ANSWERED: "entries", LEFT_OPEN: "entries", UNRELATED: "unrelated", OFFICIAL: "entries"}


class RowChange(NamedTuple):
    """An entry before and after; None where it is new or gone."""

    before: FaqRow | None
    after: FaqRow | None


def changes_of(before: FaqTable, after: FaqTable) -> list[RowChange]:
    """List the entries that differ; the order of entries, wordings and topics tells nothing."""
    old, new = ({(row.kind, row.id): row for row in table.rows} for table in (before, after))
    found = [RowChange(old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])]
    return [change for change in found if _plain(change.before) != _plain(change.after)]


def change_lines(before: FaqTable, after: FaqTable) -> Iterator[str]:
    """Say what differs, a line each; nothing where nothing does."""
    for change in changes_of(before, after):
        old, new = change
        row = new or old
        if row is not None and (old is None or new is None):
            what = "sheet.added" if old is None else "sheet.removed"
            yield say(what, id=row.id, kind=say(f"sheet.{row.kind}"), question=row.question)
        elif old is not None and new is not None:
            yield from (say("sheet.changed", id=old.id, part=part, how=how) for part, how in _parts(old, new))
    for topic in sorted({*before.open_topics} ^ {*after.open_topics}):
        yield say("sheet.topic_open" if topic in after.open_topics else "sheet.topic_not_open", topic=topic)


def apply_changes(folder: Path, sheet: SheetContent) -> list[CellFault]:
    """Write what the sheet changes into the pack, if the pack is still good with it.

    Returns:
        What is wrong, by cell; empty when everything was written.

    Raises:
        PackError: a file of the FAQ cannot be read.
        StartupError: the folder cannot be written.
    """
    texts = new_texts(folder, faq_table(folder), sheet.table)
    with trial(folder, texts) as (tried, problems):
        if grave := [problem for problem in problems if problem.grave]:
            return [_in_cell(problem, tried, sheet) for problem in grave]
    write_whole(folder, texts)
    return []


def _plain(row: FaqRow | None) -> Any:
    return row and row.model_copy(update={"variants": tuple(sorted(row.variants)), "topic": tuple(sorted(row.topic))})


def _parts(old: FaqRow, new: FaqRow) -> Iterator[tuple[str, str]]:
    """Name the parts that differ, and how."""
    for part in PARTS[old.kind]:
        before, after = getattr(old, part), getattr(new, part)
        if getattr(_plain(old), part) == getattr(_plain(new), part):
            continue
        shown = say(f"sheet.columns.{ {'cites': 'clause', 'fields': 'field'}.get(part, part) }")
        if isinstance(before, str):
            yield shown, say("sheet.from_to", before=_short(before), after=_short(after))
            continue
        for sign, one, other in (("sheet.less", before, after), ("sheet.more", after, before)):
            if words := [_word(item) for item in one if item not in other]:
                yield shown, say(sign, words="；".join(map(_short, words)))
        if set(before) == set(after):
            yield shown, say("sheet.order")


def _word(item: Any) -> str:
    return item if isinstance(item, str) else f"{item.clause} {item.quote}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:SHOWN]}…" if len(line) > SHOWN else line or say("sheet.nothing")


def new_texts(folder: Path, before: FaqTable, after: FaqTable) -> dict[str, str]:
    """Give the files that change with their new text."""
    pack = _PackEdits(folder)
    for change in changes_of(before, after):
        pack.take(change)
    topics = "topics" if not pack.single else "open_topics"
    if {*before.open_topics} != {*after.open_topics}:
        kept = [topic for topic in before.open_topics if topic in after.open_topics]
        new = [topic for topic in after.open_topics if topic not in kept]
        pack.file(SINGLE if pack.single else OPEN).put((), topics, (*kept, *new))
    return pack.results()


class _PackEdits:
    """The edits of all files of a pack's FAQ."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.single = folder, (folder / SINGLE).is_file()
        self._files: dict[str, YamlEdits] = {}
        self._more = {} if self.single else further_wordings(folder)
        self._places = dict(self._placed())

    def take(self, change: RowChange) -> None:
        """Take one change over."""
        old, new = change
        if old is None and new is not None:
            self.file(self._file(new.kind)).append((self._list(new.kind),), self._content(new))
        elif old is not None and new is None:
            self.file(self._file(old.kind)).drop(self._places[old.kind, old.id])
            for file in [name for name, root in self._more.items() if old.id in root]:
                self.file(file).put((), old.id, ())
        elif old is not None and new is not None:
            self._alter(old, new)

    def file(self, name: str) -> YamlEdits:
        """Give the edits of one file."""
        if name not in self._files:
            path = self.folder / name
            blocks = frozenset({"variants", "topics", "open_topics", *self._more.get(name, ())})
            self._files[name] = YamlEdits(read_text(path, name) if path.is_file() else "", blocks)
        return self._files[name]

    def results(self) -> dict[str, str]:
        """Give the files that change."""
        return {name: edits.result() for name, edits in self._files.items()}

    def _alter(self, old: FaqRow, new: FaqRow) -> None:
        edits, place = self.file(self._file(old.kind)), self._places[old.kind, old.id]
        before, after = self._content(old), self._content(new)
        for part in dict.fromkeys([*before, *after]):
            if part != "variants" and before.get(part) != after.get(part):
                edits.put(place, part, after.get(part, ""))
        if {*old.variants} != {*new.variants}:
            self._alter_wordings(edits, place, old, new)

    def _alter_wordings(self, edits: YamlEdits, place: tuple[int | str, ...], old: FaqRow, new: FaqRow) -> None:
        """Take wordings out where they stand; new ones go where the entry's last ones are."""
        files = [name for name, root in self._more.items() if old.id in root]
        elsewhere = {words for name in files for words in self._more[name][old.id]}
        added = tuple(words for words in new.variants if words not in old.variants)
        for name in files:
            kept = tuple(words for words in self._more[name][old.id] if words in new.variants)
            if name == files[-1]:
                kept += added
            if kept != self._more[name][old.id]:
                self.file(name).put((), old.id, kept)
        own = tuple(words for words in old.variants if words not in elsewhere)
        kept = (*(words for words in own if words in new.variants), *(() if files else added))
        if kept != own:
            edits.put(place, "variants", kept)

    def _content(self, row: FaqRow) -> dict[str, Content]:
        content = {part: _content(getattr(row, part)) for part in PARTS[row.kind] if getattr(row, part)}
        if self.single and row.kind in {LEFT_OPEN, UNRELATED}:
            content["covered"] = False
        return content

    def _file(self, kind: str) -> str:
        return SINGLE if self.single else _FILES[kind]

    def _list(self, kind: str) -> str:
        return "entries" if self.single else _LISTS[kind]

    def _placed(self) -> Iterator[tuple[tuple[str, str], tuple[int | str, ...]]]:
        numbers: dict[str, int] = {}
        for row in faq_table(self.folder, official=True).rows:
            counted = f"{self._file(row.kind)} {self._list(row.kind)}"
            numbers[counted] = numbers.get(counted, -1) + 1
            yield (row.kind, row.id), (self._list(row.kind), numbers[counted])


def _content(value: Any) -> Content:
    if isinstance(value, str) or all(isinstance(item, str) for item in value):
        content: Content = value
        return content
    return tuple({"clause": cite.clause, "quote": cite.quote} for cite in value)


def _in_cell(problem: Problem, folder: Path, sheet: SheetContent) -> CellFault:
    """Say a problem of a file at the cell that made it; what no cell made keeps its file and line."""
    place = f"{problem.file}:{problem.line}"
    named = next(
        ((key, part) for key, part, first, last in _spans(folder, problem.file) if first <= problem.line <= last), None
    )
    if named is not None:
        key, part = named
        part = {"cites.clause": "clause", "cites.quote": "quote"}.get(part, part)
        first = part.split(".")[0]
        names = (f"{part}", first, {"cites": "clause.0", "fields": "field.0"}.get(first, ""), "question", "id")
        place = next((sheet.cells[key, name] for name in names if (key, name) in sheet.cells), place)
    return CellFault(place, problem.reason, problem.mend)


def _spans(folder: Path, file: str) -> list[tuple[str, str, int, int]]:
    """Give what stands on which lines of a file of the FAQ, the smallest first: entry id, part, first and last line."""
    if not (folder / file).is_file() or not file.startswith("faq"):
        return []
    try:
        root = compose(folder / file)
    except PackError:
        return []
    found: list[tuple[str, str, int, int]] = []
    for key, value in root.value:
        if key.value in ("entries", "unrelated"):
            for item in value.value:
                found += _item_spans(item)
        else:
            found.append((key.value, "variants", key.start_mark.line + 1, value.end_mark.line + 1))
    return sorted(found, key=lambda span: span[3] - span[2])


def _item_spans(item: Any) -> Iterator[tuple[str, str, int, int]]:
    names = {key.value: value for key, value in item.value}
    entry = names["id"].value if "id" in names else ""
    for part, value in names.items():
        yield (
            entry,
            part,
            value.start_mark.line + 1,
            value.end_mark.line + (1 if value.start_mark.line == value.end_mark.line else 0),
        )
        for number, one in enumerate(value.value if part in ("cites", "fields") else ()):
            name = {"cites": "cites", "fields": "field"}[part]
            yield entry, f"{name}.{number}", one.start_mark.line + 1, one.end_mark.line + 1
            for key, text in one.value if part == "cites" else ():
                yield entry, f"{key.value}.{number}", text.start_mark.line + 1, text.end_mark.line + 1
