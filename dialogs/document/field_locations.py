"""Where the values of a form stand, found by labels alone, however those are spaced and whichever width they have.

Theory of operation. A label is a cell of its own (its value stands in the cell to the right, else below), begins a
stretch of a line (`联系人：…`, `共____人`; the value stands behind it), or is a heading (the value stands in the cell
or line under it). Boxes are found by the names of their options, beside the label, below it, or anywhere in rows.

Where the label alone does not say enough, a field's `at` does; each word but the last narrows where to look:

    表二 项目名称          under the heading 表二          项目负责人 手机     beside (or under) the cell 项目负责人
    封面 项目名称          before the first page break    合计 申请资助       where row and column cross
    列入名录情况 已列入    in the brackets behind 已列入   传习场所 租至__     the blank behind 租至

`项目负责人手机` finds 手机 beside 项目负责人 without being told, and an alias `联系人（手机）` does, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.document.content_controls import Tag
from dialogs.document.form_sheet import FormSheet, Region
from dialogs.document.option_boxes import (
    Box,
    box_beside_each_option,
    box_of_each_option,
    boxes_in,
    has_box,
    is_box_only,
    options_of,
)
from dialogs.document.printed_blanks import has_room, hole_of_phrase, is_blank, is_vacant, spanned
from dialogs.document.printed_labels import any_of, forms_of, plain, spaced, squeezed
from dialogs.document.table_grid import Cell
from dialogs.fields.registry import kind_of
from knowledge.form import Field, Form

_COLON = "[:;]"
_LONG = 4  # characters from which a label is not mistaken for a word of an answer
_OPEN_END = re.compile(r"[:：](?:[ \u00a0\u3000\t]{2,})?\Z")  # a line that leaves its answer behind its label
_REMARK = r"(?:\s*\([^()]{1,20}\))?"  # （盖章） between a label and its colon
_BLANK = r"[\s_]"
_LABELLED = re.compile(rf"\s*[\u4e00-\u9fff]{{2,15}}{_REMARK}\s*:")
_LONGEST_ADVICE = 60  # characters in a cell for a picture, beside its name: 480×640像素，白色背景 …
_NESTED = re.compile(r"([^（()）]+)[（(]([^（()）]+)[）)]")


@dataclass(frozen=True, slots=True)
class FieldLocation:
    """Where (a part of) a field's value stands.

    Characters `start`:`end` of the cell's text are the room for it: all behind its label, or the whole cell. `exact`
    tells that they are just the blank to write on; of a box (`tag.option`) they are its glyph.
    """

    tag: Tag
    cell: Cell
    start: int = 0
    end: int | None = None
    exact: bool = False

    @property
    def text(self) -> str:
        """What stands there, as typed."""
        return self.cell.text[self.start : self.end]

    @property
    def whole(self) -> bool:
        """Whether the whole cell is meant."""
        return (self.start, self.end) == (0, None)


def field_locations(sheet: FormSheet, form: Form) -> dict[str, list[FieldLocation]]:
    """Find the places of each field (not of tables' rows); fields whose labels are not there are left out."""
    return _Finder(sheet, form).find()


@dataclass(frozen=True, slots=True)
class _Label:
    """A label found: characters `start`:`end` of a cell, with its colon; `whole` if it is the whole cell."""

    cell: Cell
    start: int
    end: int
    whole: bool


_Candidates = Iterator[tuple[int, _Label | None, list[FieldLocation]]]  # how doubtful, by which label, where


class _Finder:
    """Goes over a form field by field; those that say where they stand come first, and no place is given twice."""

    def __init__(self, sheet: FormSheet, form: Form) -> None:
        self._sheet = sheet
        self._all = sheet.regions
        kinds = {field.key: kind_of(field) for field in form.fields}
        self._fields = [field for field in form.fields if not (field.off_form or kinds[field.key].declared)]
        self._blank = {key for key, kind in kinds.items() if kind.left_blank}
        self._owner: dict[str, str] = {}
        for field in self._fields:
            self._owner.setdefault(squeezed(field.label), field.key)
        for field in self._fields:
            for alias in field.aliases:
                self._owner.setdefault(squeezed(alias), field.key)
        long, names = [name for name in self._owner if len(name) >= _LONG], list(self._owner)
        self._next = re.compile(
            rf"(?:{any_of(long)}){_REMARK}\s*{_COLON}|(?<={_BLANK})(?:{any_of(names)}){_REMARK}\s*{_COLON}"
            rf"|(?<={_BLANK}{_BLANK})[\u4e00-\u9fff]{{2,15}}{_REMARK}:"
        )
        self._found: dict[str, list[FieldLocation]] = {}
        self._labels: set[Cell] = set()
        self._given: dict[Cell, list[FieldLocation]] = {}

    def find(self) -> dict[str, list[FieldLocation]]:
        fields = [field for field in self._fields if not field.columns and field.key not in self._blank]
        for field in fields:
            for phrase in (field.at, *field.also_at):
                if phrase:
                    self._take(field, self._by_phrase(field, phrase))
        for field in fields:
            if not field.at:
                self._take(field, self._by_names(field), first=True)
        return self._found

    def _take(self, field: Field, candidates: _Candidates, *, first: bool = False) -> None:
        """Give a field the first candidate that is still free; its own label comes before further places."""
        for _, label, locations in sorted(candidates, key=lambda each: each[0]):
            if locations and all(map(self._is_free, locations)):
                if field.print.cells:
                    locations = _characters(locations[0], field.print.cells)  # noqa: PLW2901
                held = self._found.setdefault(field.key, [])
                held[:] = [*locations, *held] if first else [*held, *locations]
                for location in locations:
                    self._given.setdefault(location.cell, []).append(location)
                if label is not None and label.whole:
                    self._labels.add(label.cell)
                return

    def _is_free(self, location: FieldLocation) -> bool:
        """Tell whether nothing stands there yet; blanks within a cell may be others', its boxes, too."""
        if location.cell in self._labels and location.whole:
            return False
        return not any(_clash(location, given) for given in self._given.get(location.cell, ()))

    def _by_names(self, field: Field) -> _Candidates:
        names = [name for name, key in self._owner.items() if key == field.key]
        for name in sorted(names, key=lambda name: name != squeezed(field.label)):
            yield from self._candidates(field, name, self._all)
            yield from self._in_two_steps(field, name)

    def _in_two_steps(self, field: Field, name: str) -> _Candidates:
        """Follow `外（内）`, and a label that is two printed ones in a row: 项目负责人 | 手机."""
        nested = _NESTED.fullmatch(name)
        steps = [(nested[1], nested[2])] if nested else []
        steps += [(name[:cut], name[cut:]) for cut in range(len(name) - 1, 1, -1)]
        for outer, inner in steps:
            labels = self._sheet.labelled(outer, self._all)
            if labels:
                yield from self._candidates(field, inner, self._sheet.around(labels))

    def _by_phrase(self, field: Field, phrase: str) -> _Candidates:
        *outer, last = phrase.split()
        regions, labels = self._all, list[Cell]()
        for word in outer:
            regions, labels = self._sheet.narrowed(word, regions)
        if is_blank(last[:1]) or "__" in last or "＿" in last:
            spans = "end" in kind_of(field).part_types
            for region in regions:
                found = hole_of_phrase(region.cell.text, last)
                yield from (
                    (0, None, [FieldLocation(Tag(field.key), region.cell, hole.start, hole.end, exact=True)])
                    for hole in (spanned(region.cell.text, each) if spans else each for each in found)
                    if region.start <= hole.start and (region.end is None or hole.end <= region.end)
                )
            return
        if kind_of(field).boxed:
            inside, cells = self._sheet.narrowed(last, regions)
            yield from ((0, None, self._boxes(field, [region])) for region in inside if not cells)
        yield from self._candidates(field, squeezed(last), regions)
        for cell in (_crossing(label, squeezed(last)) for label in labels):
            if cell is not None:
                yield 0, None, [FieldLocation(Tag(field.key), cell)]

    def _candidates(self, field: Field, name: str, regions: Sequence[Region]) -> _Candidates:
        """Give the places a label could mean."""
        if kind_of(field).pictured:
            yield from ((0, None, [location]) for location in _picture_cells(Tag(field.key), name, regions))
            return
        labels = list(self._labels_called(name, regions))
        if kind_of(field).boxed:
            yield from ((0, label, self._boxes_of(field, label)) for label in labels)
            yield 0, None, self._boxes_in_rows(field)
        for label in labels:
            rooms = (room for room in self._rooms(field, label) if not (kind_of(field).boxed and has_box(room.text)))
            yield from ((self._doubt(label, room), label, [room]) for room in rooms)

    def _labels_called(self, name: str, regions: Sequence[Region]) -> Iterator[_Label]:
        """Find a label: cells that are nothing else, fullest first, then beginnings of stretches."""
        pattern = _in_line(name)
        whole = [region for region in regions if region.start == 0 and region.end is None]
        exact = [region for region in whole if name == squeezed(region.text).rstrip(":")]
        near = [region for region in whole if region not in exact and name in forms_of(region.text)]
        yield from (_Label(region.cell, 0, len(region.cell.text), whole=True) for region in (*exact, *near))
        for region in regions:
            if region not in exact and region not in near and self._key_of(region.cell) is None:
                for match in pattern.finditer(plain(region.text)):
                    yield _Label(region.cell, region.start + match.start(), region.start + match.end(), whole=False)

    def _rooms(self, field: Field, label: _Label) -> Iterator[FieldLocation]:
        """Give the room a label leaves: behind it, or in the next cell."""
        tag, cell = Tag(field.key), label.cell
        if not label.whole:
            rest = plain(cell.text)[label.end :]
            following = self._next.search(rest)
            end = label.end + following.start() if following else None
            beside = cell.grid.after(cell) if cell.grid and not rest.strip() else None
            if beside is not None and is_blank(beside.text):
                yield FieldLocation(tag, beside)
            yield FieldLocation(tag, cell, label.end, end)
        elif cell.grid is None:
            if _OPEN_END.search(cell.text) and not kind_of(field).roomy:
                yield FieldLocation(tag, cell, len(cell.text.rstrip()))
            behind = self._sheet.block_behind(cell)
            if len(behind) == 1 and (behind[0].grid is not None or is_vacant(behind[0])):
                yield FieldLocation(tag, behind[0])
            elif squeezed(cell.text).endswith(":"):
                yield FieldLocation(tag, cell, len(cell.text.rstrip()))
        else:
            yield from self._next_cells(tag, cell)

    def _next_cells(self, tag: Tag, label: Cell) -> Iterator[FieldLocation]:
        """Give the cell to the right of a label, or below it; after a colon the value may follow in the same cell."""
        grid = label.grid
        if grid is None:
            return
        below, colon = grid.below(label), squeezed(label.text).endswith(":")
        if below is not None and (colon or self._is_anothers(below)):
            below = None
        values = [each for each in (grid.after(label), below) if each is not None and each not in self._labels]
        others = [each for each in values if not is_vacant(each) and not (colon and self._begins_with_label(each))]
        foreign = [each for each in others if self._key_of(each) is None]
        vacant = [each for each in values if is_vacant(each) and not self._begins_with_label(each)]
        for each in (*vacant, *foreign, *(each for each in others if each not in foreign)):
            yield FieldLocation(tag, each)
        if not vacant and not others:
            yield FieldLocation(tag, label, len(label.text.rstrip()))

    @staticmethod
    def _is_anothers(cell: Cell) -> bool:
        """Tell whether a cell below a label has words to its left, whose value it rather is."""
        left = cell.grid.at(cell.top, cell.left - 1) if cell.grid else None
        return left is not None and not is_vacant(left) and not has_box(left.text)

    def _key_of(self, cell: Cell) -> str | None:
        return next((self._owner[form] for form in forms_of(cell.text) if form in self._owner), None)

    def _begins_with_label(self, cell: Cell) -> bool:
        return self._key_of(cell) is not None or _LABELLED.match(plain(cell.text)) is not None

    def _doubt(self, label: _Label, location: FieldLocation) -> int:
        """Rank a place: one that waits for an answer, a cell with words, a stretch with words, a cell of stretches."""
        if is_vacant(location.cell) if location.whole else has_room(location.text):
            return 0
        if not label.whole:
            return 2
        return 3 if location.whole and self._begins_with_label(location.cell) else 1

    def _boxes_of(self, field: Field, label: _Label) -> list[FieldLocation]:
        """Find the boxes a label is for: behind it in its cell, beside it, or below it."""
        cell = label.cell
        if not label.whole:
            return self._boxes(field, [Region(cell, label.end)]) or self._boxes(field, [Region(cell)], own=label)
        if cell.grid is None:
            return self._boxes(field, [Region(each) for each in self._sheet.block_behind(cell)])
        beside = [each for row in range(cell.top, cell.bottom + 1) for each in _run_of_boxes(cell, row, field)]
        below = [each for each in cell.grid.beneath(cell) if has_box(each.text)]
        return self._boxes(field, list(map(Region, beside))) or self._boxes(field, list(map(Region, below)))

    def _boxes(self, field: Field, regions: Sequence[Region], own: _Label | None = None) -> list[FieldLocation]:
        """Give the boxes of a field in some stretches; a lone box says yes where no option is printed."""
        options = options_of(field)
        boxes = [box for region in regions for box in boxes_in(region.cell, region.start, region.end)]
        found = {} if own else box_of_each_option(boxes, options)
        found |= {
            option: box
            for option, box in box_beside_each_option([region.cell for region in regions], options).items()
            if option not in found
        }
        if not found and not kind_of(field).optioned and len(boxes) == 1:
            lone = own is None and is_box_only(boxes[0].cell.text)
            beside = (squeezed(boxes[0].behind), squeezed(boxes[0].before))
            touching = own is not None and squeezed(field.label) in beside
            found = {options[0]: boxes[0]} if lone or touching else {}
        return [_box(field, option, box) for option, box in found.items()]

    def _boxes_in_rows(self, field: Field) -> list[FieldLocation]:
        """Find options that are cells of their own, each with a box in its row."""
        options = {squeezed(option): option for option in options_of(field)}
        best: dict[str, Box] = {}
        for grid in self._sheet.grids:
            found: dict[str, Box] = {}
            for cell in grid.cells:
                option = options.get(squeezed(cell.text))
                alone = [each for each in grid.row(cell.top) if is_box_only(each.text)] if option else []
                if option and len(alone) == 1:
                    found.setdefault(option, boxes_in(alone[0])[0])
            best = max(best, found, key=len)
        return [_box(field, option, box) for option, box in best.items()] if len(best) > 1 else []


def _run_of_boxes(label: Cell, row: int, field: Field) -> Iterator[Cell]:
    """Give the cells to the right of a label in a row, as long as they hold boxes or are options."""
    options, begun = set(map(squeezed, options_of(field))), False
    for cell in label.grid.row(row) if label.grid else ():
        if cell.left <= label.right:
            continue
        if has_box(cell.text) or squeezed(cell.text) in options:
            begun = True
            yield cell
        elif begun or cell.left == label.right + 1:
            return


def _characters(first: FieldLocation, number: int) -> list[FieldLocation]:
    """Give the vacant cells in a row, from the first on, that take one character each; at most so many."""
    found = [first]
    for _ in range(number - 1):
        beside = found[-1].cell.grid.after(found[-1].cell) if found[-1].cell.grid else None
        if beside is None or not is_blank(beside.text):
            break
        found.append(FieldLocation(first.tag, beside))
    return found


def _picture_cells(tag: Tag, name: str, regions: Sequence[Region]) -> Iterator[FieldLocation]:
    """Find the cell for a picture: the one that says so, if it is high or says more; else the vacant one beside it."""
    for region in regions:
        cell, words = region.cell, squeezed(region.text)
        if cell.grid is None or name not in words or len(words) > len(name) + _LONGEST_ADVICE:
            continue
        beside = cell.grid.after(cell)
        roomy = cell.bottom > cell.top or words != name or beside is None or not is_blank(beside.text)
        yield FieldLocation(tag, cell if roomy or beside is None else beside)


def _crossing(label: Cell, name: str) -> Cell | None:
    """Find the cell where the row of one label and the column of another cross."""
    for other in label.grid.cells if label.grid else ():
        over = [form for each in label.grid.above(other)[:1] for form in forms_of(each.text)] if label.grid else []
        own = forms_of(other.text)
        if name in (*own, *(outer + inner for outer in over for inner in own)) and label.grid is not None:
            row, column = (label, other) if other.bottom < label.top else (other, label)
            cell = label.grid.at(row.top, column.left)
            if cell is not None and cell not in (label, other):
                return cell
    return None


def _box(field: Field, option: str, box: Box) -> FieldLocation:
    return FieldLocation(Tag(field.key, option=option), box.cell, box.at, box.at + 1, exact=True)


def _clash(one: FieldLocation, other: FieldLocation) -> bool:
    if one.exact != other.exact:
        return False
    if one.exact:
        return one.start < (other.end or 0) and other.start < (one.end or 0)
    return one.start == other.start


def _in_line(name: str) -> re.Pattern[str]:
    """Compile what a label looks like within a line, or at its beginning."""
    long = len(name) >= _LONG
    left = "" if long else r"(?:^|(?<=[\s_(,.。;:、\u25a1\u2610\u25cb]))"
    spoken = r"|(?=\s|\d|$)" if long else ""
    behind = rf"\s*{_COLON}|(?=_|\s\s|\s*[\u25a1\u2610\u25cb]){spoken}"
    return re.compile(rf"{left}{spaced(name)}{_REMARK}(?:{behind})", re.MULTILINE)
