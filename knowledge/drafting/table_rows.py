"""Tables with a row for each thing (members, prizes, budget): a row of heads, and alike rows beneath."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.drafting.found_field import FoundField
from knowledge.drafting.printed_form import PrintedCell, PrintedTable
from knowledge.drafting.printed_label import is_label, label_of
from knowledge.drafting.printed_options import options_in
from knowledge.drafting.printed_room import BOXES, Room, is_box, is_seal, room_of
from knowledge.drafting.word_lists import word_lists

_LONGEST_HEAD = 24
_ORDINAL = re.compile(r"[（(]?(?:\d{1,2}|[①-⑳]|[一二三四五六七八九十]{1,3}|[A-Z])[)）.．、]?|[.．…]{1,6}")
_FEWEST = 2  # alike rows that make a table
_LONGEST_SEAL = 4  # characters of the head over a column of signatures: 本人签名


@dataclass(eq=False, slots=True)
class RowTable:
    """Rows found: the cells of the heads (leaf cells, with the merged one over them), the rows, the totals' row."""

    heads: list[tuple[str, PrintedCell]]
    rows: list[list[PrintedCell]]
    totals: list[PrintedCell]
    used: list[PrintedCell]
    label: str
    remark: str = ""
    totals_row: tuple[PrintedCell, ...] = ()


def row_tables(table: PrintedTable) -> Iterator[RowTable]:
    """Find the tables of rows within a table, from top to bottom."""
    row = 0
    while row < table.height:
        found = _at(table, row)
        if found is None:
            row += 1
            continue
        yield found
        row = max(cell.bottom for cells in found.rows for cell in cells) + 1


def _at(table: PrintedTable, row: int) -> RowTable | None:
    heads = _heads(table, row)
    if len(heads) < _FEWEST:
        return None
    first = max(cell.bottom for _, cell in heads) + 1
    rows, totals, used, last = [], list[PrintedCell](), list[PrintedCell](), list[PrintedCell]()
    for number in range(first, table.height):
        cells = [table.at(number, head.left) for _, head in heads]
        beside = [cell for cell in table.row(number) if cell.top == number]
        if _is_total(beside):
            totals, used, last = [cell for cell in beside if room_of(cell.text).waits], [*used, *beside], beside
            break
        if not _alike(cells, heads, number):
            break
        rows.append([cell for cell in cells if cell is not None])
    numbered = any(_is_numbering(name) for name, _ in heads)
    if len(rows) < (1 if numbered or totals else _FEWEST):
        return None
    used += [cell for cells in rows for cell in cells] + [cell for _, cell in heads]
    used += [cell for cell in table.row(row) if cell.top == row]
    side = next((cell for cell in table.row(row) if cell.right < heads[0][1].left and cell.bottom >= first), None)
    over = table.row(row - 1) if row else []
    title = side or next((cell for cell in over if len(over) == 1 and is_label(cell.text)), None)
    name = label_of(title.text) if title else label_of("")
    used += [title] if title else []
    return RowTable(heads, rows, totals, used, name.name, name.remark, tuple(last))


def _heads(table: PrintedTable, row: int) -> list[tuple[str, PrintedCell]]:
    """Give the heads that begin in a row, split ones as their parts; none when an answer could stand among them."""
    cells = [cell for cell in table.row(row) if cell.top == row]
    while cells and cells[0].bottom > row + 1 and len(cells) > _FEWEST:
        cells = cells[1:]  # a cell at the side that the whole table belongs to
    if len(cells) < _FEWEST or any(not _is_head(cell) for cell in cells):
        return []
    found = list[tuple[PrintedCell, PrintedCell]]()
    for cell in cells:
        under = [
            each
            for each in table.row(row + 1)
            if each.top == row + 1 and cell.left <= each.left and each.right <= cell.right
        ]
        split = len(under) > 1 and all(map(_is_head, under))
        found += [(cell, each) for each in under] if split else [(cell, cell)]
    if all(is_seal(cell.text) for _, cell in found):
        return []
    names = [_name(leaf) for _, leaf in found]
    shared = {over for over, leaf in found if names.count(_name(leaf)) > 1}
    alone = [over not in shared for over, _ in found]
    return [
        (_name(leaf) if leaf is over or own else _name(over) + _name(leaf), leaf)
        for own, (over, leaf) in zip(alone, found, strict=True)
    ]


def _name(cell: PrintedCell) -> str:
    return label_of(cell.text).name


def _is_head(cell: PrintedCell) -> bool:
    plain = re.sub(r"\s+", "", cell.text)
    if room_of(cell.text, cell.grey).shape != "words" or (is_seal(cell.text) and len(plain) > _LONGEST_SEAL):
        return False
    return 0 < len(plain) <= _LONGEST_HEAD and is_label(cell.text) and not plain.endswith(("：", ":"))


def _alike(cells: Sequence[PrintedCell | None], heads: list[tuple[str, PrintedCell]], row: int) -> bool:
    """Tell whether a row goes on with the heads: cells as wide, one row high, some of them waiting."""
    waiting, boxed = 0, False
    for cell, (_, head) in zip(cells, heads, strict=True):
        if cell is None or (cell.left, cell.right) != (head.left, head.right):
            return False
        if cell.top != row or cell.bottom != row:
            return False
        waiting += room_of(cell.text, cell.grey).waits
        boxed = boxed or is_box(cell.text)
    return boxed or (waiting > 0 and waiting * 2 >= len(heads) - 1)


def _is_total(cells: Sequence[PrintedCell]) -> bool:
    words = [re.sub(r"\s+", "", cell.text) for cell in cells]
    named = next((each for each in words if each), "")
    return any(named.startswith(each) for each in word_lists().totals)


def _is_numbering(name: str) -> bool:
    return name in word_lists().numbering


def field_of(found: RowTable, section: str, remark: str) -> FoundField | None:
    """Make a table of rows a field with columns; a table whose one open column is boxes is a choice among its rows."""
    columns, fixed = list[FoundField](), list[str]()
    several = len(found.rows) > 1
    for index, (name, head) in enumerate(found.heads):
        cells = [row[index] for row in found.rows]
        texts = [re.sub(r"\s+", "", cell.text) for cell in cells]
        if _is_numbering(name) and all(not each or _ORDINAL.fullmatch(each) for each in texts):
            continue
        if all(_ORDINAL.fullmatch(each) for each in texts) and not name.endswith("度"):
            continue
        if all(texts) and not any(room_of(cell.text).waits for cell in cells):
            if not fixed and len(set(texts)) == len(texts):
                fixed = texts
            continue
        columns.append(_column(name, head, cells))
    if not columns:
        return None
    label = found.label or section
    if several and fixed and len(columns) == 1 and all(is_box(cell.text) for cell in _cells(found, columns[0])):
        return _choice(label, fixed, f"{found.remark} {remark}")
    totals = tuple(column.label for column in columns if _has_total(found, column))
    return FoundField(
        label,
        room_of(""),
        remark=found.remark or remark,
        section=section,
        columns=columns,
        fixed=tuple(fixed),
        free=0 if fixed else len(found.rows),
        totals=totals,
    )


def _cells(found: RowTable, column: FoundField) -> list[PrintedCell]:
    index = next(number for number, (name, _) in enumerate(found.heads) if name == column.label)
    return [row[index] for row in found.rows]


def _choice(label: str, options: list[str], remark: str) -> FoundField:
    boxes = tuple(option for name in options for option in options_in(f"□{name}"))
    several = re.search(r"[选至到]\D{0,2}[2-9二两三]|多选", remark) is not None
    return FoundField(label, room_of("□"), remark=remark.strip(), options=boxes, several=several)


def _column(name: str, head: PrintedCell, cells: list[PrintedCell]) -> FoundField:
    room = room_of(cells[0].text, cells[0].grey)
    options = options_in(cells[0].text) if re.search(BOXES, cells[0].text) else ()
    remark = label_of(head.text).remark
    unit = remark if remark in word_lists().units else ""
    printed = re.sub(r"\s+", "", head.text).rstrip("：:")
    return FoundField(
        name, room, remark=remark, options=options, own_unit=unit, left_blank=is_seal(name), printed=printed
    )


def totals_of(found: RowTable, table: FoundField) -> Iterator[FoundField]:
    """Give the totals printed below the rows: of columns, and how many rows there are (`合计：__人`)."""
    words = next((squeezed for cell in found.totals_row if (squeezed := re.sub(r"\s+", "", cell.text))), "")
    name = next((each for each in word_lists().totals if words.startswith(each)), "")
    outer = f"{table.section} " if table.section and table.section == table.label else ""
    for label in table.totals:
        total = FoundField(name if label in word_lists().totals else f"{label}{name}", room_of(""), group=table.label)
        printed = next(column.printed for column in table.columns if column.label == label)
        head = printed if printed.startswith(word_lists().leading) else label
        total.sums, total.sum_of, total.at = table, label, f"{outer}{name} {head}"
        yield total
    for cell in found.totals:
        counted = re.fullmatch(rf"\s*{name}\s*[：:]?[\s_＿]+(?P<unit>[人名项])\s*", cell.text)
        if counted and name:
            total = FoundField(f"{name}{counted['unit']}数", Room("unit", counted["unit"]), group=table.label)
            colon = "：" if "：" in cell.text else ":" if ":" in cell.text else ""
            total.sums, total.at = table, f"{outer}{name}{colon}__{counted['unit']}"
            yield total


def _has_total(found: RowTable, column: FoundField) -> bool:
    head = next(cell for name, cell in found.heads if name == column.label)
    return any(cell.left == head.left and cell.right == head.right for cell in found.totals)
