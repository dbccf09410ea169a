"""Options that are cells of their own, each with a box in the cell beside it: 甲 | □ | 乙 | □, over several rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.drafting.printed_form import PrintedCell, PrintedTable
from knowledge.drafting.printed_label import is_label
from knowledge.drafting.printed_room import is_box

_FEWEST = 2  # options with boxes that make a field
_LONGEST = 30  # characters of an option


@dataclass(eq=False, slots=True)
class BoxedCells:
    """Options found in rows that follow one another: the label they all belong to (if printed), each with its box."""

    label: PrintedCell | None
    pairs: list[tuple[PrintedCell, PrintedCell]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The options as a cell would print them, each behind its box."""
        return "\n".join(f"□{name.text.strip()}" for name, _ in self.pairs)

    @property
    def cells(self) -> set[PrintedCell]:
        """All cells it takes."""
        named = {self.label} if self.label is not None else set()
        return named | {cell for pair in self.pairs for cell in pair}


def boxed_cells(table: PrintedTable) -> Iterator[BoxedCells]:
    """Find the options of a table that have a cell each."""
    found: BoxedCells | None = None
    for row in range(table.height):
        label, pairs = _in_row(table.row(row))
        if found is not None and pairs and label is found.label:
            found.pairs += [pair for pair in pairs if pair not in found.pairs]
            continue
        if found is not None and len(found.pairs) >= _FEWEST:
            yield found
        found = BoxedCells(label, pairs) if pairs else None
    if found is not None and len(found.pairs) >= _FEWEST:
        yield found


def _in_row(cells: list[PrintedCell]) -> tuple[PrintedCell | None, list[tuple[PrintedCell, PrintedCell]]]:
    """Give the label a row begins with, and its options with their boxes; nothing where anything else stands there."""
    label = cells[0] if len(cells) % 2 and is_label(cells[0].text) else None
    rest = cells if label is None else cells[1:]
    couples = list(zip(rest[::2], rest[1::2], strict=False))
    pairs = [(one, two) if is_box(two.text) else (two, one) for one, two in couples]
    whole = len(rest) % 2 == 0 and all(is_box(box.text) and _is_option(name) for name, box in pairs)
    return (label, pairs) if whole else (None, [])


def _is_option(cell: PrintedCell) -> bool:
    return 0 < len(cell.text.strip()) <= _LONGEST and not is_box(cell.text)
