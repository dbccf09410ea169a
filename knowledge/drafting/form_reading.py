"""What a blank form asks for: its fields in the order in which people read it.

Theory of operation. Tables of rows are taken out first (`table_rows`). In what is left, a cell with a short name is a
label if a cell beside or below it waits for an answer; a label beside further labels is a group they belong under. A
name, a colon and a blank are a field within one cell or line. Boxes belong to the label beside them; a blank within a
sentence, or behind an option, is a field of its own that says by its words where it stands (`at`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.drafting.boxed_cells import BoxedCells, boxed_cells
from knowledge.drafting.found_field import FoundField
from knowledge.drafting.printed_form import PrintedCell, PrintedForm, PrintedTable
from knowledge.drafting.printed_label import Label, is_label, label_of
from knowledge.drafting.printed_options import PrintedOption, options_in, words_beside
from knowledge.drafting.printed_room import BOXES, Room, holes, is_seal, room_of
from knowledge.drafting.sentence_blanks import blanks_in_cell, blanks_in_line, sum_and_capitals, unit_behind
from knowledge.drafting.table_rows import field_of, row_tables, totals_of
from knowledge.drafting.word_lists import word_lists
from knowledge.text.checkboxes import OFF, ON

_FEWEST_CHARACTERS = 8  # cells in a row that are taken for one character each
_LONG_HEADING = 60
_COLON = re.compile(
    r"(?P<label>[^\s：:，。；_＿]{1,20}(?:\s{0,4}[^\s：:，。；_＿]{1,3}){0,4})\s*[：:](?P<rest>[^：:]*?)(?=$|\n|(?<=[\s_＿日])[^\s：:，。；_＿]{2,20}[：:])"
)
_SHARE = 0.7  # of a table's width from which a cell is wide
_PART = re.compile(r"\s*(?:一[、.．]|第一部分)")
_ENCLOSURE = re.compile(r"附[件表]\d*")
_ENDING = re.compile(r"[（(]([^（）()_＿]{2,20})[）)]\s*$")


@dataclass
class ReadForm:
    """What was read: the title, the fields, the papers to attach (name, when), the notes at its end."""

    title: str
    fields: list[FoundField]
    attachments: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_form(form: PrintedForm) -> ReadForm:
    """Read a blank form."""
    read = ReadForm(_title(form), [])
    heading, first = "", _first_part(form)
    for number, block in enumerate(form.blocks):
        if isinstance(block, PrintedTable):
            _TableReading(block, heading, number, read).run()
            continue
        if any(re.match(rf"\s*{word}\d?[:：]", block.text) for word in word_lists().notes):
            read.notes.append(block.text.strip())
        elif found := _in_sentence(block.text, number, heading) or list(_in_line(block.text, number)):
            for each in found:
                each.cover = block.cover or number < first
            read.fields += found
        elif block.text.strip():
            heading = block.text.strip()
    _join_cover(read, ends=not first)
    _give_groups(read.fields)
    return read


def _title(form: PrintedForm) -> str:
    """Give the form's title: the first lines up to one that ends like the name of a form."""
    words = ""
    for line in form.lines():
        text = re.sub(r"\s+", "", line.text)
        if not text or _ENCLOSURE.fullmatch(text.rstrip("：:")):
            continue
        words += text
        if text.endswith(word_lists().form_names) or len(words) > _LONG_HEADING:
            return words
        if re.search(r"[：:]", text):
            break
    lines = (re.sub(r"\s+", "", line.text) for line in form.lines())
    named = [line for line in lines if line and not re.search("[：:]", line) and not _ENCLOSURE.fullmatch(line)]
    ending = (line for line in named if line.endswith(word_lists().form_names))
    return next(ending, None) or next(iter(named), words)


_LONGEST_LINE = 1000


def _in_sentence(text: str, number: int, heading: str) -> list[FoundField]:
    found = blanks_in_line(text, label_of(heading).name)
    for order, each in enumerate(found):
        each.place = (number, 0, order)
    return found


def _in_line(text: str, number: int) -> Iterator[FoundField]:
    """Find `名称：____ 日期：  年 月 日` in a line or a cell."""
    for order, found in enumerate(_COLON.finditer(text[:_LONGEST_LINE])):
        rest, label = found["rest"], label_of(found["label"])
        room = room_of(rest)
        if not label.name or not is_label(label.name) or room.shape == "words" or is_seal(label.name):
            continue
        if _ENCLOSURE.fullmatch(label.name):
            continue
        words = word_lists()
        office = label.name in words.office_equal or any(word in label.name for word in words.office)
        options = options_in(rest) if room.shape == "boxes" else ()
        place = (number, 0, order)
        yield FoundField(
            label.name, room, label.remark, options=options, left_blank=office, place=place, printed=found["label"]
        )


class _TableReading:
    """Reads one table."""

    def __init__(self, table: PrintedTable, heading: str, number: int, read: ReadForm) -> None:
        self._table = table
        self._number = number
        self._read = read
        self._used: set[PrintedCell] = set()
        self._groups: dict[PrintedCell, str] = {}
        self._found: list[FoundField] = []
        name = label_of(heading)
        self._section, self._remark = name.name, name.remark
        everything = " ".join(cell.text for cell in table.cells)
        self._office = re.search(r"本(?:栏|表|行)[^。\n]{0,4}由[^。\n]{2,20}填", everything) is not None

    def run(self) -> None:
        """Read the table into the form."""
        if self._is_attachments():
            return
        for rows in row_tables(self._table):
            self._used |= set(rows.used)
            found = field_of(rows, self._section, self._remark)
            if found is not None:
                self._add(found, rows.heads[0][1])
                for order, total in enumerate(totals_of(rows, found) if found.columns else (), 1):
                    self._add(total, rows.heads[0][1], order)
        for options in boxed_cells(self._table):
            if not options.cells & self._used and (options.label or self._section):
                self._options(options)
        if len(self._table.cells) == 1 and self._section:
            self._single(self._table.cells[0])
        for cell in self._table.cells:
            if cell not in self._used:
                self._read_cell(cell)
        self._read.fields += sorted(self._found, key=lambda each: each.place)

    def _options(self, options: BoxedCells) -> None:
        """Read options that have a cell each; what they are about stands at their side, or above the table."""
        self._used |= options.cells
        side = options.label
        label = label_of(side.text) if side else Label(self._section, self._remark)
        found = FoundField(label.name, Room("boxes"), remark=label.remark)
        self._boxes(found, options.text, side or options.pairs[0][0])

    def _add(self, found: FoundField, cell: PrintedCell, order: int = 0) -> FoundField:
        found.place = (cell.top * 1000 + cell.left, order, 0)
        found.section = found.section or self._section
        found.cover = self._table.cover
        found.left_blank = found.left_blank or self._office
        self._found.append(found)
        return found

    def _is_attachments(self) -> bool:
        """Take a table of papers to attach as that."""
        heads = {re.sub(r"\s+", "", cell.text): cell for cell in self._table.row(0)}
        named = next((cell for name, cell in heads.items() if name in word_lists().attachments), None)
        if named is None or self._table.height < 2:  # noqa: PLR2004 - a head and a row
            return False
        for row in range(1, self._table.height):
            cell = self._table.at(row, named.left)
            beside = self._table.after(cell) if cell else None
            if cell is not None and cell.text.strip():
                self._read.attachments.append((cell.text.strip(), beside.text.strip() if beside else ""))
        return True

    def _single(self, cell: PrintedCell) -> None:
        """Read a table that is one cell under a heading: a long text."""
        if not holes(cell.text) and not re.search(BOXES, cell.text) and not is_seal(cell.text):
            hint = "；".join(filter(None, (cell.text.strip("（）() \u3000\n"), cell.grey.strip())))
            found = FoundField(self._section, Room("blank", hint=hint), remark=self._remark, roomy=True, wide=True)
            self._add(found, cell)
            self._used.add(cell)

    def _read_cell(self, cell: PrintedCell) -> None:
        if not cell.text.strip():
            return
        words = re.sub(r"^\s*其中[：:]", "", cell.text)
        if is_label(cell.text) and not re.search(r"[：:]\s*\S|[：:](?:[ \u3000_＿]{3,})", words):
            self._read_label(cell)
            return
        if not re.search(BOXES, cell.text):
            for order, each in enumerate(_in_line(cell.text, 0)):
                each.group = self._groups.get(cell, "")
                self._add(each, cell, order)
        elif (colon := re.match(r"\s*([^：:□]{2,20})[：:]", cell.text)) and is_label(colon[1]):
            label = label_of(colon[1])
            rest = cell.text[colon.end() :]
            self._boxes(FoundField(label.name, room_of(rest, cell.grey), remark=label.remark), rest, cell)
        self._used.add(cell)

    def _read_label(self, label: PrintedCell) -> None:
        beside, below = self._table.after(label), self._table.below(label)
        self._used.add(label)
        if self._is_photo(label, beside):
            return
        if re.search(r"[：:]\s*$", label.text) and (beside is None or not self._is_answer(beside)):
            self._add(
                FoundField(label_of(label.text).name, room_of("", label.grey), group=self._groups.get(label, "")), label
            )
            return
        speaks = beside is not None and label_of(label.text).name.endswith(word_lists().office_ends)
        if beside is not None and beside not in self._used and (self._is_answer(beside) or speaks):
            self._answer(label, beside)
        elif self._is_column(label, below) and below is not None:
            self._answer(label, below)
        elif beside is not None and self._names_group(label):
            name = label_of(label.text).name
            self._groups |= dict.fromkeys(self._table.beside(label), name)

    def _is_photo(self, label: PrintedCell, beside: PrintedCell | None) -> bool:
        """Take the cell a photograph is stuck into, or the empty one beside its name."""
        words = re.sub(r"\s+", "", label.text)
        if not any(each in words for each in word_lists().photos) or len(words) > _LONG_HEADING:
            return False
        high = label.bottom > label.top or beside is None or not room_of(beside.text).waits
        if not high:
            return False
        name = next((line for line in label.text.split("\n") if line.strip()), words)
        name = next((each for each in word_lists().portraits if each in words), name)
        hint = words.removeprefix(re.sub(r"\s+", "", name))
        self._add(FoundField(label_of(name).name, Room("blank", hint=hint), remark="photo"), label)
        return True

    def _is_answer(self, cell: PrintedCell) -> bool:
        room = room_of(cell.text, cell.grey)
        labelled = re.match(r"\s*[^\s：:，。]{2,15}[：:]", cell.text) and not re.search("大写.*[￥¥小]", cell.text)
        if room.shape == "sentence" and not is_seal(cell.text) and labelled:
            return False
        return room.waits or (is_seal(cell.text) and len(cell.text.strip()) > 1)

    def _is_column(self, label: PrintedCell, below: PrintedCell | None) -> bool:
        if below is None or below in self._used or below.left != label.left or below.right != label.right:
            return False
        left = self._table.at(below.top, below.left - 1)
        rest = left is None or left in self._used or not is_label(left.text) or left.left >= label.left
        return rest and self._is_answer(below)

    def _names_group(self, label: PrintedCell) -> bool:
        return label.bottom > label.top or label.left == 0

    def _answer(self, label: PrintedCell, cell: PrintedCell) -> None:
        name = label_of(label.text)
        room = room_of(cell.text, cell.grey)
        both = name.name + (f"（{name.remark}）" if name.remark in word_lists().capitals else "")
        found = FoundField(both, room, remark=name.remark, group=self._groups.get(label, ""))
        found.row_label = self._row_label(label)
        found.printed = re.sub(r"\s+", "", label.text).rstrip("：:")
        found.roomy = cell.roomy or label.text.count("\n") >= 3  # noqa: PLR2004 - a label written downwards
        alone = cell.roomy and self._table.row(cell.top)[-2:] == [label, cell] and label.left == 0
        found.wide = alone or cell.right - cell.left + 1 >= _SHARE * self._table.width
        self._used.add(cell)
        if self._is_left_blank(name.name, cell):
            found.left_blank = True
            found.statement = _statement(name.name, cell.text)
            self._add(found, label)
            for order, each in enumerate(_blanks_of_statement(found, cell.text), 1):
                self._add(each, label, order)
        elif room.shape == "boxes":
            cells = self._cells_of_boxes(label, cell)
            self._used |= set(cells)
            self._boxes(found, "\n".join(each.text for each in cells), label)
        elif room.shape == "sentence":
            parts = sum_and_capitals(found, cell.text) or blanks_in_cell(found, cell.text)
            for order, each in enumerate(parts):
                self._add(each, label, order)
        else:
            found.characters = self._characters(cell)
            self._add(found, label)

    def _row_label(self, label: PrintedCell) -> str:
        """Give the label that begins the row of another, behind the group they share."""
        before = [cell for cell in self._table.row(label.top) if cell.right < label.left and is_label(cell.text)]
        return label_of(before[0 if len(before) == 1 else 1].text).name if before else ""

    def _is_left_blank(self, name: str, cell: PrintedCell) -> bool:
        words = word_lists()
        if name.endswith(words.office_ends) or any(word in name for word in words.office):
            return True
        return is_seal(cell.text) or any(name.endswith(word) for word in words.seals)

    def _characters(self, cell: PrintedCell) -> int:
        run, at = [cell], self._table.after(cell)
        while at is not None and not at.text.strip() and at not in self._used:
            run.append(at)
            at = self._table.after(at)
        if len(run) < _FEWEST_CHARACTERS:
            return 0
        self._used |= set(run)
        return len(run)

    def _cells_of_boxes(self, label: PrintedCell, first: PrintedCell) -> list[PrintedCell]:
        if first.top > label.bottom:
            return [first]
        found = []
        for row in range(label.top, label.bottom + 1):
            for cell in self._table.row(row):
                if cell.left <= label.right or cell in found:
                    continue
                if not re.search(BOXES, cell.text) or re.match(rf"[^：:{OFF}{ON}]+[：:]", cell.text):
                    break
                found.append(cell)
        return found or [first]

    def _boxes(self, found: FoundField, text: str, label: PrintedCell) -> None:
        found.room = Room("boxes", hint=found.room.hint)
        words, last = word_lists(), _ENDING.search(text)
        about = last[1] if last and any(word in last[1] for word in (*words.several, *words.single)) else ""
        text = text[: last.start()] if last and about else text
        found.options = options_in(text)
        beside = " ".join((found.remark, about, words_beside(text), found.room.hint))
        single = any(word in beside for word in words.single)
        found.several = not single and (
            any(word in beside for word in words.several)
            or re.search(r"[选至到~—-]\D{0,2}[2-9二两三四五]\D", beside + " ") is not None
        )
        self._add(found, label)
        for order, each in enumerate(_children(found, found.options), 1):
            self._add(each, label, order)


def _children(found: FoundField, options: tuple[PrintedOption, ...]) -> Iterator[FoundField]:
    """Give the fields that options own: the options in their brackets, the blanks behind them."""
    said = [words for option in options for words, _ in option.blanks]
    for option in options:
        if option.inner:
            child = FoundField(option.name, Room("boxes"), group=found.label, options=option.inner)
            child.above, child.option, child.at = found, option.name, f"{found.label} {option.name}"
            yield child
            yield from _children_of_inner(child)
        plain = any(option.name in pair for pair in word_lists().yes_no)
        several = not plain and (len(option.blanks) > 1 or any(said.count(words) > 1 for words, _ in option.blanks))
        yield from _blanks_of(found, option, found.label, several=several)


def _children_of_inner(found: FoundField) -> Iterator[FoundField]:
    for option in found.options:
        yield from _blanks_of(found, option, found.group)


def _blanks_of(found: FoundField, option: PrintedOption, group: str, *, several: bool = False) -> Iterator[FoundField]:
    """Give the blanks of an option; where it has several, or others say the same, they are called by the option."""
    for words, printed in option.blanks:
        name = re.sub(r"__.*", "", words).strip("：:") or option.name
        unit = unit_behind(words.partition("__")[2])
        room = Room("unit", unit) if unit else room_of(printed)
        child = FoundField(name, room, group=option.name if several else group)
        child.above, child.option = found, option.name
        child.at = f"{group} {option.name} {words}" if several and " " not in option.name else f"{group} {words}"
        yield child


def _statement(name: str, text: str) -> str:
    """Give the printed words an applicant agrees to; nothing where another body speaks."""
    words = word_lists()
    if not any(word in name for word in words.applicants):
        return ""
    lines = [line.strip() for line in text.split("\n")]
    said = next((line for line in lines if len(line) > 9 and any(word in line for word in words.statements)), "")  # noqa: PLR2004 - a sentence
    whole = (part.strip() for part in re.split("[。；，]", said) if not holes(part))
    return next((part for part in whole if any(word in part for word in words.statements)), "") if holes(said) else said


def _blanks_of_statement(found: FoundField, text: str) -> Iterator[FoundField]:
    """Give the blanks in what an applicant agrees to: 在原单位服务不少于__年; places for names and days are none."""
    for line in text.split("\n") if found.statement else ():
        for each in blanks_in_line(line, found.label):
            each.label_cell = found.label
            yield each


def _first_part(form: PrintedForm) -> int:
    """Give where the parts of a form begin (一、…), when no page break ends its cover; 0 where there is no cover."""
    if any(block.cover for block in form.blocks):
        return 0
    for number, block in enumerate(form.blocks):
        if isinstance(block, PrintedTable):
            return 0
        if _PART.match(block.text):
            return number
    return 0


def _join_cover(read: ReadForm, *, ends: bool) -> None:
    """Make what the cover repeats a further place of the field inside."""
    inside = [each for each in read.fields if not each.cover]
    kept = []
    for each in read.fields:
        twin = next((other for other in inside if _same(each.label, other, inside)), None) if each.cover else None
        if each.cover and twin is not None and not each.is_table:
            twin.also_at.append(each.label)
            twin.cover_ends = ends
        else:
            kept.append(each)
    read.fields[:] = kept


def _same(label: str, other: FoundField, fields: list[FoundField]) -> bool:
    """Tell whether the cover means a field inside: by its name, by a synonym, or by whose it is (负责人手机)."""
    if label in (other.label, f"{other.group}{other.label}"):
        return True
    if any(label in group and other.label in group for group in word_lists().synonyms):
        return True
    if not label.endswith(other.label) or other.label not in word_lists().shared:
        return False
    owner = other.group or _person_before(other, fields)
    return owner.endswith(label.removesuffix(other.label))


def _person_before(found: FoundField, fields: list[FoundField]) -> str:
    """Give the nearest label before a field that names a person."""
    before = fields[: fields.index(found)]
    people = [each.label for each in before if each.label.endswith(word_lists().people)]
    return people[-1] if people else ""


def _give_groups(fields: list[FoundField]) -> None:
    """Say which fields are to be called by their group, too: those whose label alone could be anybody's."""
    names = [f"{each.group}{each.label}" for each in fields]
    for each in fields:
        if each.row_label and names.count(f"{each.group}{each.label}") > 1 and not each.at:
            each.group = each.row_label
    labels = [each.label for each in fields if not each.cover]
    for each in fields:
        general = each.group.endswith(word_lists().general) and labels.count(each.label) == 1
        unclear = (each.label in word_lists().shared and not general) or labels.count(each.label) > 1
        each.grouped = bool(each.group) and (unclear or each.above is not None or bool(each.at))
