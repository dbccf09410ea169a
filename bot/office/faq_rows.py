"""The entries of a pack's FAQ as staff wrote them, a row an entry: what the sheet shows and what comes back."""

from pathlib import Path

from knowledge.faq import Faq
from knowledge.loading.faq_files import (
    ANSWERS,
    OPEN,
    SINGLE,
    Answered,
    AnswersFile,
    LeftOpen,
    OpenFile,
    Unrelated,
    WordingsFile,
    faq_files,
)
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.notice import Citation

ANSWERED, LEFT_OPEN, UNRELATED = "answered", "left_open", "unrelated"
PARTS = {  # what a row of each kind has, in the order of the sheet's columns
    ANSWERED: ("id", "question", "answer", "variants", "topic", "cites", "fields"),
    LEFT_OPEN: ("id", "question", "about", "note", "answer", "variants", "topic", "cites", "fields"),
    UNRELATED: ("id", "question", "about", "variants", "topic"),
}


class FaqRow(Model):
    """One entry: its kind says which of the parts it has; `variants` are all its wordings, wherever they stand."""

    kind: str
    id: str
    question: str = ""
    answer: str = ""
    about: str = ""
    note: str = ""
    variants: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    fields: tuple[str, ...] = ()


class FaqTable(Model):
    """All rows, and the topics of the shared library that are left open without an entry."""

    rows: tuple[FaqRow, ...]
    open_topics: tuple[str, ...] = ()


def faq_table(folder: Path) -> FaqTable:
    """Read the rows of a pack that loads.

    Raises:
        PackError: a file of the FAQ is missing or faulty.
    """
    if (folder / SINGLE).is_file():
        faq = load_yaml(folder / SINGLE, Faq)
        rows = [
            FaqRow(
                kind=ANSWERED if one.covered else LEFT_OPEN,
                **{part: getattr(one, part) for part in PARTS[ANSWERED] if part != "answer"},
                answer=one.answer.strip(),
            )
            for one in faq.entries
        ]
        return FaqTable(rows=tuple(rows), open_topics=faq.open_topics)
    left = load_yaml(folder / OPEN, OpenFile, OPEN) if (folder / OPEN).is_file() else OpenFile()
    kinds: list[tuple[str, Answered | LeftOpen | Unrelated]] = [
        *((ANSWERED, one) for one in load_yaml(folder / ANSWERS, AnswersFile, ANSWERS).entries),
        *((LEFT_OPEN, one) for one in left.entries),
        *((UNRELATED, one) for one in left.unrelated),
    ]
    more = further_wordings(folder)
    rows = [_row(kind, one, [words for file in more.values() for words in file.get(one.id, ())]) for kind, one in kinds]
    return FaqTable(rows=tuple(rows), open_topics=left.topics)


def further_wordings(folder: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read the files of `wordings/`: file → entry id → wordings."""
    names = [name for name in faq_files(folder) if name.startswith("faq/wordings")]
    return {name: load_yaml(folder / name, WordingsFile, name).root for name in names}


def _row(kind: str, one: Answered | LeftOpen | Unrelated, more: list[str]) -> FaqRow:
    given = {part: getattr(one, part) for part in PARTS[kind]}
    texts = {part: value.strip() for part, value in given.items() if isinstance(value, str)}
    wordings = tuple(dict.fromkeys([*one.variants, *more]))
    return FaqRow(kind=kind, **{**given, **texts, "variants": wordings})
