"""The questions and answers of a pack as an Excel sheet, which WPS opens too: one row an entry, drop-downs, ids locked.

What may be edited is text throughout: a cell that begins with = + - or @ is no formula, 3.10 no number.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bot.errors import StartupError
from bot.messages import say
from bot.office.faq_rows import PARTS, SHEETS, FaqRow, FaqTable
from knowledge.pack import NoticePack
from knowledge.topics.library import library

NUMBERED = {"variants": ("variants",), "cites": ("clause", "quote"), "fields": ("field",)}  # part → columns of each
ROOM = 2  # columns of clauses and fields at least
SPARE = 200  # empty rows below, to write new entries into
MOST_LINES, MOST_CHARACTERS = 200, 30_000  # of a cell: Excel takes 253 line breaks and 32,767 characters
WIDTHS = {"id": 18, "question": 32, "answer": 60, "about": 36, "note": 36, "variants": 40, "topic": 20, "quote": 44}
_HEAD = PatternFill("solid", fgColor="D9E2F3")
_LOCKED = PatternFill("solid", fgColor="EDEDED")
_WRAPPED, _OPEN = Alignment(wrap_text=True, vertical="top"), Protection(locked=False)


def faq_workbook(table: FaqTable, pack: NoticePack) -> bytes:
    """Write the rows as an .xlsx file.

    Raises:
        StartupError: an entry's text is longer than a cell may be.
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.subject = pack.id, pack.version
    for kind in SHEETS:
        rows = [row for row in table.rows if row.kind == kind]
        _write_kind(book.create_sheet(say(f"sheet.{kind}")), kind, rows, pack)
    _write_topics(book.create_sheet(say("sheet.topics")), table)
    _write_options(book.create_sheet(say("sheet.options")), pack)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def field_names(pack: NoticePack) -> dict[str, str]:
    """Give the fields as the drop-down shows them → key."""
    return {say("sheet.field_name", label=field.label, key=key): key for key, field in pack.fields.items()}


def _write_kind(sheet: Any, kind: str, rows: Sequence[FaqRow], pack: NoticePack) -> None:
    cells = [_cells(row, pack) for row in rows]
    columns = list(_columns(kind, cells))
    for number, (part, count) in enumerate(columns, 1):
        head = put_text(sheet.cell(1, number), _heading(part, count))
        head.font, head.fill = Font(bold=True), _HEAD
        _dress_column(sheet.column_dimensions[get_column_letter(number)], part)
    for at, row in enumerate(cells, 2):
        for number, column in enumerate(columns, 1):
            cell = put_text(sheet.cell(at, number), row.get(column, ""))
            if number > 1:
                cell.protection = _OPEN
        sheet.cell(at, 1).fill = _LOCKED
    last = len(rows) + 1 + SPARE
    _offer(sheet, columns, last, pack)
    _protect(sheet)


def _dress_column(column: Any, part: str) -> None:
    """Make the empty cells of a column take text, wrapped, so that an entry can be written below the last."""
    column.width = WIDTHS.get(part, 16)
    column.number_format, column.alignment, column.protection = "@", _WRAPPED, _OPEN


def put_text(cell: Any, text: str) -> Any:
    """Write a text that stays a text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s" if text else "n"
    cell.number_format, cell.alignment = "@", _WRAPPED
    if text[:1] in tuple("=+-@"):
        cell.quotePrefix = True
    return cell


def _cells(row: FaqRow, pack: NoticePack) -> dict[tuple[str, int], str]:
    """Give the texts of a row by column: its name and, of several alike, which."""
    shown = {key: name for name, key in field_names(pack).items()}
    cells = {(part, 0): getattr(row, part) for part in ("id", "question", "answer", "about", "note")}
    cells["topic", 0] = "\n".join(row.topic)
    for number, words in enumerate(_chunks(row.variants)):
        cells["variants", number] = "\n".join(words)
    for number, cite in enumerate(row.cites):
        cells["clause", number], cells["quote", number] = cite.clause, cite.quote
    for number, key in enumerate(row.fields):
        cells["field", number] = shown.get(key, key)
    if any(len(text) > MOST_CHARACTERS for text in cells.values()):
        raise StartupError(say("sheet.too_long", id=row.id))
    return cells


def _chunks(words: Sequence[str]) -> Iterator[list[str]]:
    """Part wordings into cells that Excel takes."""
    chunk: list[str] = []
    for word in words:
        if len(chunk) == MOST_LINES or sum(map(len, chunk)) + len(chunk) + len(word) > MOST_CHARACTERS:
            yield chunk
            chunk = []
        chunk.append(word)
    yield chunk


def _columns(kind: str, cells: Sequence[dict[tuple[str, int], str]]) -> Iterator[tuple[str, int]]:
    """List the columns of a kind; there are as many of clauses and fields as the longest row needs, and one more."""
    for part in PARTS[kind]:
        names = NUMBERED.get(part)
        if names is None:
            yield part, 0
            continue
        used = max((number + 1 for row in cells for name, number in row if name == names[0]), default=0)
        for number in range(max(used, 1) if part == "variants" else max(used + 1, ROOM)):
            yield from ((name, number) for name in names)


def _heading(part: str, number: int) -> str:
    return say(f"sheet.columns.{part}") + (str(number + 1) if number else "")


def _offer(sheet: Any, columns: Sequence[tuple[str, int]], last: int, pack: NoticePack) -> None:
    """Give clauses and fields their drop-downs."""
    sizes = {"clause": ("A", len(pack.notice.clauses)), "field": ("B", len(pack.fields))}
    for number, (part, _) in enumerate(columns, 1):
        if part in sizes:
            column, size = sizes[part]
            source = f"'{say('sheet.options')}'!${column}$2:${column}${size + 1}"
            rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
            rule.errorTitle, rule.error = say("sheet.not_offered_title"), say("sheet.not_offered")
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(rule)


def _protect(sheet: Any) -> None:
    """Lock the ids; rows may still be sorted, filtered, inserted, deleted and made wider."""
    sheet.freeze_panes = "C2"
    guard = sheet.protection
    guard.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(guard, allowed, False)  # Excel's own sense: false is "not forbidden"


def _write_topics(sheet: Any, table: FaqTable) -> None:
    """List the shared topics about a call, with who speaks to each; what is left open may be changed."""
    owners = {topic: row.id for row in table.rows for topic in row.topic}
    for number, name in enumerate(("topic", "question", "owner", "left_open"), 1):
        put_text(sheet.cell(1, number), say(f"sheet.topic_columns.{name}")).font = Font(bold=True)
        sheet.column_dimensions["ABCD"[number - 1]].width = (24, 48, 20, 14)[number - 1]
    yes = say("sheet.yes")
    topics = [topic for topic in library().topics.values() if topic.kind == "call"]
    left = dict.fromkeys([topic.id for topic in topics] + list(table.open_topics))
    for at, name in enumerate(left, 2):
        question = library().topics[name].question if name in library().topics else ""
        for number, text in enumerate((name, question, owners.get(name, "")), 1):
            put_text(sheet.cell(at, number), text).fill = _LOCKED
        put_text(sheet.cell(at, 4), yes if name in table.open_topics else "").protection = Protection(locked=False)
    rule = DataValidation("list", formula1=f'"{yes}"', allow_blank=True, showErrorMessage=True)
    rule.add(f"D2:D{len(left) + 1}")
    sheet.add_data_validation(rule)
    _protect(sheet)


def _write_options(sheet: Any, pack: NoticePack) -> None:
    """List what the drop-downs offer."""
    lists = ((say("sheet.columns.clause"), list(pack.notice.clauses)), (say("sheet.columns.field"), field_names(pack)))
    for number, (head, items) in enumerate(lists, 1):
        put_text(sheet.cell(1, number), head)
        for at, item in enumerate(items, 2):
            put_text(sheet.cell(at, number), item)
    sheet.sheet_state = "hidden"
