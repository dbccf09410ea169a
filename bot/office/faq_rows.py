"""The entries of a pack's FAQ as staff wrote them, a row an entry: what the sheet shows and what comes back."""

from pathlib import Path

from knowledge.faq import Faq
from knowledge.loading.faq_files import (
    ANSWERS,
    OFFICE,
    OPEN,
    SINGLE,
    Answered,
    AnswersFile,
    LeftOpen,
    OfficeAnswer,
    OfficeFile,
    OpenFile,
    Unrelated,
    WordingsFile,
    faq_files,
)
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.notice import Citation

ANSWERED, LEFT_OPEN, UNRELATED = "answered", "left_open", "unrelated"
OFFICIAL = "official"  # 经办答复: not in the sheet, for they are signed
SHEETS = (ANSWERED, LEFT_OPEN, UNRELATED)
PARTS = {  # what a row of each kind has, in the order of the sheet's columns
    ANSWERED: ("id", "question", "answer", "variants", "topic", "cites", "fields"),
    LEFT_OPEN: ("id", "question", "about", "note", "answer", "variants", "topic", "cites", "fields"),
    UNRELATED: ("id", "question", "about", "variants", "topic"),
    OFFICIAL: ("id", "question", "answer", "by", "day", "variants", "topic", "fields"),
}


class FaqRow(Model):
    """One entry: its kind says which of the parts it has; `variants` are all its wordings, wherever they stand."""

    kind: str
    id: str
    question: str = ""
    answer: str = ""
    about: str = ""
    by: str = ""
    day: str = ""
    note: str = ""
    variants: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    fields: tuple[str, ...] = ()


class FaqTable(Model):
    """All rows, and the topics of the shared library that are left open without an entry."""

    rows: tuple[FaqRow, ...]
    open_topics: tuple[str, ...] = ()


def faq_table(folder: Path, *, official: bool = False) -> FaqTable:
    """Read the rows of a pack that loads; with the answers of the office's own where they are wanted.

    Raises:
        PackError: a file of the FAQ is missing or faulty.
    """
    if (folder / SINGLE).is_file():
        faq = load_yaml(folder / SINGLE, Faq)
        rows = [
            FaqRow(
                kind=OFFICIAL if one.from_office else ANSWERED if one.covered else LEFT_OPEN,
                **{part: getattr(one, part) for part in PARTS[ANSWERED] if part != "answer"},
                answer=one.answer.strip(),
                by=one.by,
                day=one.day.isoformat() if one.day else "",
            )
            for one in faq.entries
            if official or not one.from_office
        ]
        return FaqTable(rows=tuple(rows), open_topics=faq.open_topics)
    left = load_yaml(folder / OPEN, OpenFile, OPEN) if (folder / OPEN).is_file() else OpenFile()
    own = load_yaml(folder / OFFICE, OfficeFile, OFFICE) if official and (folder / OFFICE).is_file() else OfficeFile()
    kinds: list[tuple[str, Answered | LeftOpen | Unrelated | OfficeAnswer]] = [
        *((ANSWERED, one) for one in load_yaml(folder / ANSWERS, AnswersFile, ANSWERS).entries),
        *((LEFT_OPEN, one) for one in left.entries),
        *((UNRELATED, one) for one in left.unrelated),
        *((OFFICIAL, one) for one in own.entries),
    ]
    more = further_wordings(folder)
    rows = [_row(kind, one, [words for file in more.values() for words in file.get(one.id, ())]) for kind, one in kinds]
    return FaqTable(rows=tuple(rows), open_topics=left.topics)


def further_wordings(folder: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read the files of `wordings/`: file → entry id → wordings."""
    names = [name for name in faq_files(folder) if name.startswith("faq/wordings")]
    return {name: load_yaml(folder / name, WordingsFile, name).root for name in names}


def _row(kind: str, one: Answered | LeftOpen | Unrelated | OfficeAnswer, more: list[str]) -> FaqRow:
    given = {part: getattr(one, part) for part in PARTS[kind]}
    if isinstance(one, OfficeAnswer):
        given["day"] = one.day.isoformat()
    texts = {part: value.strip() for part, value in given.items() if isinstance(value, str)}
    wordings = tuple(dict.fromkeys([*one.variants, *more]))
    return FaqRow(kind=kind, **{**given, **texts, "variants": wordings})
