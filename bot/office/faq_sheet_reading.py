"""Reading the sheet of questions and answers back: the rows, the cell of every part, and what is wrong with a cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import StartupError
from bot.messages import say
from bot.office.faq_rows import PARTS, SHEETS, FaqRow, FaqTable
from bot.office.faq_sheet import NUMBERED, field_names
from knowledge.notice import Citation
from knowledge.pack import NoticePack

MOST_ROWS = 5000  # of one sheet; whatever lies below was not written by anybody
MOST_BYTES = 20 * 1024 * 1024
_NUMBER = re.compile(r"(\D+)(\d{0,3})")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell, told to whoever filled it."""

    cell: str
    reason: str
    mend: str

    def __str__(self) -> str:
        """Say it in a line, as `check` does: the cell takes the place of file and line."""
        return say("sheet.fault", cell=self.cell, reason=self.reason, mend=self.mend)


@dataclass
class SheetContent:
    """What a sheet says: the table, where each part of an entry stands, the pack it was made from, and its faults."""

    table: FaqTable
    cells: dict[tuple[str, str], str] = field(default_factory=dict)  # (entry id, part) → address; topics: ("", topic)
    pack: tuple[str, str] = ("", "")  # id and version
    faults: list[CellFault] = field(default_factory=list)


def read_faq_sheet(content: bytes, pack: NoticePack) -> SheetContent:
    """Read a sheet made by `faq_workbook` and edited since.

    Raises:
        StartupError: it is no .xlsx file.
    """
    book = _opened(content)
    found = SheetContent(FaqTable(rows=()), pack=(book.properties.title or "", book.properties.subject or ""))
    rows: list[FaqRow] = []
    for kind in SHEETS:
        name = say(f"sheet.{kind}")
        if name in book.sheetnames:
            rows += _SheetReader(book[name], kind, pack, found).rows({row.id for row in rows})
        else:
            found.faults.append(CellFault(name, say("sheet.no_sheet", name=name), say("sheet.no_sheet_mend")))
    topics = _topics(book, found)
    found.table = FaqTable(rows=tuple(rows), open_topics=topics)
    return found


def _opened(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise StartupError(say("sheet.too_big"))
    try:
        return load_workbook(BytesIO(content))
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        raise StartupError(say("sheet.no_workbook")) from error


class _SheetReader:
    """Reads the rows of one kind."""

    def __init__(self, sheet: Any, kind: str, pack: NoticePack, found: SheetContent) -> None:
        self._sheet, self._kind, self._found = sheet, kind, found
        self._fields = field_names(pack)
        self._labels = {field.label: key for key, field in pack.fields.items()}
        self._columns = self._headings()

    def rows(self, taken: set[str]) -> Iterator[FaqRow]:
        """Give the rows; `taken` are ids of the sheets before."""
        for part in PARTS[self._kind]:
            if not any(name in NUMBERED.get(part, (part,)) for name, _ in self._columns):
                heading = say(f"sheet.columns.{NUMBERED.get(part, (part,))[0]}")
                reason = say("sheet.no_column", heading=heading)
                self._fault(f"{self._sheet.title}!1:1", reason, say("sheet.no_column_mend"))
                return
        seen = dict.fromkeys(taken, "")
        for cells in self._sheet.iter_rows(min_row=2, max_row=min(self._sheet.max_row, MOST_ROWS)):
            texts = {name: self._text(cells[at]) for name, at in self._columns.items()}
            if any(texts.values()):
                yield self._row(texts, {name: cells[at] for name, at in self._columns.items()}, seen)

    def _headings(self) -> dict[tuple[str, int], int]:
        names = {
            say(f"sheet.columns.{name}"): name for part in PARTS[self._kind] for name in NUMBERED.get(part, (part,))
        }
        columns: dict[tuple[str, int], int] = {}
        for at, cell in enumerate(self._sheet[1]):
            match = _NUMBER.fullmatch(str(cell.value or "").strip())
            if match and match[1] in names:
                columns.setdefault((names[match[1]], int(match[2] or 1) - 1), at)
        return columns

    def _row(
        self, texts: Mapping[tuple[str, int], str], cells: Mapping[tuple[str, int], Any], seen: dict[str, str]
    ) -> FaqRow:
        address = {name: f"{self._sheet.title}!{cell.coordinate}" for name, cell in cells.items()}
        key = texts["id", 0] or self._new_id(seen)
        if key in seen:
            other = seen[key] or say("sheet.other_sheet")
            self._fault(address["id", 0], say("sheet.twice", id=key, other=other), say("sheet.twice_mend"))
        seen[key] = address["id", 0]
        for (part, number), cell in address.items():
            self._found.cells.setdefault((key, part), cell)
            self._found.cells[key, f"{part}.{number}"] = cell
        row = {part: texts.get((part, 0), "") for part in ("question", "answer", "about", "note")}
        variants = tuple(line for words in _numbered(texts, "variants") for line in _lines(words))
        return FaqRow(
            kind=self._kind,
            id=key,
            **row,
            variants=tuple(dict.fromkeys(variants)),
            topic=tuple(_lines(texts.get(("topic", 0), ""))),
            cites=tuple(self._cites(texts, address)),
            fields=tuple(self._keys(texts, address)),
        )

    def _new_id(self, seen: Mapping[str, str]) -> str:
        known = {*seen, *(self._text(row[0]) for row in self._sheet.iter_rows(min_row=2, max_col=1))}
        return next(name for number in range(1, MOST_ROWS * 2) if (name := f"new_{number}") not in known)

    def _cites(
        self, texts: Mapping[tuple[str, int], str], address: Mapping[tuple[str, int], str]
    ) -> Iterator[Citation]:
        for (part, number), clause in texts.items():
            if part != "clause":
                continue
            quote = texts.get(("quote", number), "")
            if clause and quote:
                yield Citation(clause=clause, quote=quote)
            elif clause or quote:
                missing = "quote" if clause else "clause"
                cell = address.get((missing, number), address[part, number])
                self._fault(cell, say(f"sheet.no_{missing}"), say("sheet.no_quote_mend"))

    def _keys(self, texts: Mapping[tuple[str, int], str], address: Mapping[tuple[str, int], str]) -> Iterator[str]:
        known = {**self._labels, **self._fields, **{key: key for key in self._fields.values()}}
        for (part, number), name in texts.items():
            if part == "field" and name:
                if name not in known:
                    cell = address[part, number]
                    self._fault(cell, say("sheet.no_field", name=name), say("sheet.not_offered"))
                yield known.get(name, name)

    def _text(self, cell: Any) -> str:
        value = cell.value
        if value is None:
            return ""
        if cell.data_type == "f" or not isinstance(value, str | int | float) or isinstance(value, bool):
            what = "formula" if cell.data_type == "f" else "no_text"
            place = f"{self._sheet.title}!{cell.coordinate}"
            self._fault(place, say(f"sheet.{what}"), say(f"sheet.{what}_mend"))
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n").strip()

    def _fault(self, cell: str, reason: str, mend: str) -> None:
        self._found.faults.append(CellFault(cell, reason, mend))


def _numbered(texts: Mapping[tuple[str, int], str], part: str) -> Iterator[str]:
    yield from (text for (name, _), text in sorted(texts.items()) if name == part)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _topics(book: Any, found: SheetContent) -> tuple[str, ...]:
    """Give the topics marked as left open."""
    name, left = say("sheet.topics"), []
    for cells in book[name].iter_rows(min_row=2, max_row=MOST_ROWS, max_col=4) if name in book.sheetnames else ():
        topic, mark = (str(cells[at].value or "").strip() for at in (0, 3))
        if topic:
            found.cells["", topic] = f"{name}!{cells[3].coordinate}"
        if topic and mark == say("sheet.yes"):
            left.append(topic)
        elif mark:
            cell = f"{name}!{cells[3].coordinate}"
            found.faults.append(CellFault(cell, say("sheet.not_yes", given=mark), say("sheet.not_offered")))
    return tuple(left)
