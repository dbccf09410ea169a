"""Rows of a table as people type them: cells parted by tabs, commas, 、 or blanks, or named (年龄：35), a row a line.

Which words are which cell is found by trying: the columns stand in their order, several pieces may be one cell, and
the parting with the most cells that their columns take wins. What no column takes is left over.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise

from dialogs.fields.no_answer import is_none
from dialogs.fields.read_value import Misread
from dialogs.fields.registry import kind_of
from dialogs.fields.shared_cells import in_every_row, said_of_all, without_column_words
from knowledge.expressions.evaluation import EvaluationFault, evaluate, holds
from knowledge.expressions.plain_values import UNKNOWN, Plain
from knowledge.expressions.value_types import DAY, NUMBER
from knowledge.form import Field

LONGEST_ROW = 600  # characters; what is beyond is left over
MOST_ROWS = 200
_MOST_TRIES = 4000  # cells tried in one message, half a second's worth
_MOST_PIECES, _MOST_JOINED = 24, 6  # pieces of a row that are tried; that may be one cell
_PIECE = re.compile(r"(?:(?<=\d)[,，](?=\d{3}(?!\d))|[^\s,，、;；|])+")
_ANY_DAY = date(2000, 1, 1)  # conditions of a row compare words and numbers, not days without a year
_STRONG = re.compile(r"\t|\s*\|\s*")
_WIDE_GAP = re.compile(r"\s{2,}")
_COUNTED = r"[\d一二三四五六七八九十]{1,3}"
_ORDINAL = re.compile(rf"^(?:第?{_COUNTED}(?:行|[.、)）．:：])|[(（]{_COUNTED}[)）])\s*(?!\d)")
_PARTING = tuple(map(re.compile, (r"\s*[;；]\s*", r"\s+", r"\s*[,，]\s*")))  # one kind of mark between all cells
_MARKS = " ，,；;、|"
_OF_ROW, _OF_CELL = 0.4, 0.1  # how little the mark between cells, and any other, belongs into a cell
_FIGURES = re.compile(r"[\d.,，%‰\-/年月日至到~]+")
_AMOUNT = re.compile(
    r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?\s{0,2}(?:[千万亿]{0,2}元?|[%％人名个次天岁年月项])"
)
_DATED = re.compile(r"(?:\d{4}|\d{2})年\d{1,2}月(?:\d{1,2}[日号])?(?=[\u4e00-\u9fff])(?![至到起前后以底初中])")
_SHORT_NAME = re.compile(r"(?:^|(?<=[\s,，、;；|]))([\u4e00-\u9fff]{2,10})\s{0,3}[:：]\s{0,3}")
_EDGE = " \t,，、;；|。"


@dataclass
class TypedRow:
    """One row: `cells`, column key → its words; `leftover`, words that no column takes; its `label` if it is fixed."""

    cells: dict[str, str] = field(default_factory=dict)
    leftover: tuple[str, ...] = ()
    label: str = ""


def asked_columns(table: Field) -> list[Field]:
    """Give the columns an applicant fills in."""
    return [column for column in table.columns if column.derive is None and not kind_of(column).left_blank]


def typed_rows(table: Field, text: str, today: date, columns: Sequence[Field] | None = None) -> list[TypedRow]:
    """Read the rows of a text, a line each; a line of column names says their order.

    `columns`: only these are meant.
    """
    reader = _RowReader(table, list(columns or asked_columns(table)), today)
    text = in_every_row(table, text, _printed_names(table))
    rest, common, name = said_of_all(text)
    lines = row_lines(table, rest)
    if len(lines) < 2:  # noqa: PLR2004 - one row has nothing in common with others
        lines, common = row_lines(table, text), ""
    rows = [row for row in (reader.row(line) for line in lines[: MOST_ROWS + 1]) if row is not None]
    return [reader.with_common(row, common, name) for row in rows] if common else rows


def row_lines(table: Field, text: str) -> list[str]:
    """Cut a text into rows: at line ends, before words the form prints in a row, at ； where rows are on both sides."""
    lines = [line for line in text.split("\n") if line.strip()]
    return [row for line in lines[:MOST_ROWS] for row in _cut(table, line)]


def _cut(table: Field, line: str) -> list[str]:
    if table.fixed:
        names = "|".join(re.escape(name) for name in sorted(_printed_names(table), key=len, reverse=True))
        starts = [match.start() for match in re.finditer(rf"(?:^|(?<=[\s,，;；。、]))(?:{names})", line)]
        cuts = [0, *(at for at in starts if line[:at].strip(_EDGE)), len(line)]
        return [line[at:end].rstrip(_EDGE) for at, end in pairwise(cuts)]
    parts = [part for part in re.split(r"[;；]", line) if part.strip(_EDGE)]
    whole = all(len(_PIECE.findall(part)) > 1 for part in parts)
    return parts if len(parts) > 1 and whole else [line]


def _printed_names(table: Field) -> dict[str, str]:
    """Give what the printed rows are called: as printed, and years (2023) as people say them (2023年, 23年)."""
    years = [name for name in table.fixed if re.fullmatch(r"(?:19|20)\d{2}年?", name)]
    said = {form: name for name in years for form in (f"{name[:4]}年度", f"{name[:4]}年", f"{name[2:4]}年")}
    return {name: name for name in table.fixed} | said


def is_one_row(table: Field, text: str) -> bool:
    """Tell whether a message is one row."""
    return len(row_lines(table, text)) == 1


class _RowReader:
    """Reads line by line; keeps the order a head has said."""

    def __init__(self, table: Field, columns: list[Field], today: date) -> None:
        self._table, self._columns = table, columns
        self._order: list[Field | None] = []
        self._mark = ""  # what parts the first two cells of the row at hand: it hardly stands within one
        self._today, self._tries = today, _MOST_TRIES
        self._takes: Callable[[int, str], bool] = cache(self._tried_out)

    def _tried_out(self, at: int, text: str) -> bool:
        """Try words as a cell; once the tries of this message are used up, nothing more is taken."""
        self._tries -= 1
        return self._tries >= 0 and takes(self._columns[at], text, self._today)

    def row(self, line: str) -> TypedRow | None:
        """Read a line; None where it is the head of the table."""
        line = line.strip("\n\r |") if "|" in line else line.strip("\n\r")
        line = line[:LONGEST_ROW]
        if self._is_head(line):
            return None
        label, words = self._label(line)
        row = self._positional(words) or self._numbered(words) or self._named(words)
        row = row or self._evenly(words) or self._tried(words)
        row.label = label
        return row

    def with_common(self, row: TypedRow, words: str, name: str) -> TypedRow:
        """Put what was said of all rows into the first cell that is missing, or the one named, and takes it."""
        named = self._called(name) if name else None
        for at, column in enumerate(self._columns):
            cell = without_column_words(column, words)
            if column.key not in row.cells and (named is None or named is column) and self._takes(at, cell):
                return replace(row, cells={**row.cells, column.key: cell})
        return row

    def _label(self, line: str) -> tuple[str, str]:
        """Give the printed row a line begins with, and the words behind its name."""
        plain = _ORDINAL.sub("", line.strip())
        names = _printed_names(self._table)
        for bare in (line.strip(), plain):
            found = max((name for name in names if bare.startswith(name)), key=len, default="")
            if found:
                rest = bare[len(found) :]  # a tab parts cells, of which the first may be empty
                return names[found], rest[1:] if rest[:1] == "\t" else rest.lstrip(_EDGE + ":：")
        return "", line

    def _is_head(self, line: str) -> bool:
        pieces = [piece.strip() for piece in re.split(r"[\t|、,，;；]|\s+", line) if piece.strip()]
        found = [next((column for column in self._columns if piece in column.names), None) for piece in pieces]
        if len([column for column in found if column is not None]) < max(2, len(self._columns) - 1):
            return False
        self._order = [] if self._table.fixed else list(found)
        return True

    def _positional(self, line: str) -> TypedRow | None:
        """Read cells parted by tabs, bars or wide gaps: they stand in their order, empty ones too."""
        pieces = [piece.strip() for piece in _STRONG.split(line)]
        if len(pieces) == 1:
            pieces = [piece.strip() for piece in _WIDE_GAP.split(line.strip())]
        pieces[0] = _ORDINAL.sub("", pieces[0]) or pieces[0]
        order = self._order or list(self._columns)
        if len(pieces) == len(order) + 1 and not self._order and pieces[0].strip(".、").isdecimal():
            pieces = pieces[1:]
        if len(pieces) != len(order) or len(pieces) < 2:  # noqa: PLR2004 - a row of one cell is no parting
            return None
        found = {column.key: piece for column, piece in zip(order, pieces, strict=True) if column and piece}
        return TypedRow(found)

    def _named(self, line: str) -> TypedRow | None:
        """Read cells that are named; words before the first name go to the other columns."""
        marks = [
            (match.start(), match.end(), column)
            for column in self._columns
            for name in column.names
            for match in re.finditer(rf"(?:^|(?<=[\s,，、;；|])){re.escape(name)}\s{{0,3}}[:：是为]\s{{0,3}}", line)
        ]
        marks += [
            (match.start(1), match.end(), column)
            for match in _SHORT_NAME.finditer(line)
            if (column := self._called(match[1])) is not None and all(match.start(1) != mark[0] for mark in marks)
        ]
        if not marks:
            return None
        marks.sort(key=lambda mark: (mark[0], -mark[1]))
        ends = [mark[0] for mark in marks[1:]] + [len(line)]
        cells = {mark[2].key: line[mark[1] : end].strip(_EDGE) for mark, end in zip(marks, ends, strict=True)}
        rest = self._tried(line[: marks[0][0]], but=set(cells))
        return TypedRow({**rest.cells, **{key: words for key, words in cells.items() if words}}, rest.leftover)

    def _evenly(self, line: str) -> TypedRow | None:
        """Read cells that one kind of mark parts, while another stands within them: 三中 教师，语文、数学."""
        line, order = _ORDINAL.sub("", line.strip()), list(self._columns)
        for mark in _PARTING:
            pieces = [piece.strip(_EDGE) for piece in mark.split(line.strip(_EDGE))]
            if len(pieces) == len(order) > 1 and all(self._takes(at, piece) for at, piece in enumerate(pieces)):
                return TypedRow({column.key: piece for column, piece in zip(order, pieces, strict=True)})
        return None

    def _called(self, word: str) -> Field | None:
        """Give the one column whose label holds a word, or is held by it."""
        found = [column for column in self._columns if word in column.label or column.label in word]
        return found[0] if len(found) == 1 and len(word) > 1 else None

    def _numbered(self, line: str) -> TypedRow | None:
        """Read a row of nothing but numbers, each perhaps behind a word for its column: 资助4万自筹2万."""
        if any(kind_of(column).value_type != NUMBER for column in self._columns):
            return None
        figures = list(_AMOUNT.finditer(line))
        if not figures or len(figures) != len(self._columns) or line[figures[-1].end() :].strip(_EDGE):
            return None
        starts = [0, *(figure.end() for figure in figures[:-1])]
        words = [line[at : figure.start()].strip(_EDGE + ":： ") for at, figure in zip(starts, figures, strict=True)]
        named = [self._called(word) for word in words]
        if any(words) and (None in named or len({column.key for column in named if column}) < len(named)):
            return None
        order = named if any(words) else list(self._columns)
        return TypedRow({column.key: figure[0] for column, figure in zip(order, figures, strict=True) if column})

    def _spans(self, line: str) -> list[tuple[int, int]]:
        """Cut a row into pieces: at marks and blanks, and behind a day or month that touches what follows."""
        spans = [match.span() for match in _PIECE.finditer(line)]
        if any(kind_of(column).value_type == DAY for column in self._columns):
            cuts = {match.end() for match in _DATED.finditer(line)}
            spans = [part for span in spans for part in pairwise([span[0], *sorted(cuts & {*range(*span)}), span[1]])]
        return [span for span in spans if span[0] < span[1]][:_MOST_PIECES]

    def _tried(self, line: str, but: set[str] = frozenset()) -> TypedRow:  # type: ignore[assignment]
        line = _ORDINAL.sub("", line.strip())
        spans = self._spans(line)
        columns = [at for at, column in enumerate(self._columns) if column.key not in but]
        gaps = (line[one[1] : next_[0]] for one, next_ in pairwise(spans))
        self._mark = next((gap.strip()[:1] or gap[:1] for gap in gaps if gap), "")
        best = self._in_order(line, spans, columns) or self._parted(line, spans, columns)
        cells = {self._columns[at].key: line[spans[i][0] : spans[j - 1][1]] for at, i, j in best}
        used = {number for _, i, j in best for number in range(i, j)}
        left = [line[start:end] for number, (start, end) in enumerate(spans) if number not in used]
        return TypedRow(cells, tuple(left))

    def _in_order(self, line: str, spans: list[tuple[int, int]], columns: list[int]) -> list[tuple[int, int, int]]:
        """Give each column its piece, where there are as many and each is taken."""
        if len(spans) != len(columns):
            return []
        found = [(at, i, i + 1) for i, at in enumerate(columns)]
        pieces = [line[start:end] for start, end in spans]
        return found if all(self._worth(at, pieces[i], 1) is not None for at, i, _ in found) else []

    def _parted(self, line: str, spans: list[tuple[int, int]], columns: list[int]) -> list[tuple[int, int, int]]:
        """Find the best parting: which pieces, from i up to j, are which column (dynamic programming)."""
        best: list[tuple[float, list[tuple[int, int, int]]]] = [(-2.0 * i, []) for i in range(len(spans) + 1)]
        for at in columns:
            missing = -0.1 if self._columns[at].optional else -1.0
            following = [(score + missing, way) for score, way in best]
            for j in range(1, len(spans) + 1):
                for i in range(max(0, j - _MOST_JOINED), j):
                    worth = self._worth(at, line[spans[i][0] : spans[j - 1][1]], j - i)
                    if worth is not None and best[i][0] + worth > following[j][0]:
                        following[j] = (best[i][0] + worth, [*best[i][1], (at, i, j)])
                if following[j - 1][0] - 2.0 > following[j][0]:
                    following[j] = (following[j - 1][0] - 2.0, following[j - 1][1])
            best = following
        return best[len(spans)][1]

    def _worth(self, at: int, text: str, pieces: int) -> float | None:
        """Say how well words suit a column; None where it does not take them."""
        column, kind = self._columns[at], kind_of(self._columns[at])
        if (kind.takes_words or kind.titled) and pieces == 1 and _FIGURES.fullmatch(text):
            return 0.2 if self._takes(at, text) else None
        if not self._takes(at, text):
            return None
        joints = sum(_OF_ROW if mark == self._mark else _OF_CELL for mark in text.strip(_EDGE) if mark in _MARKS)
        wordy = kind.takes_words or kind.titled or kind.roomy
        base, joined = (2.0, 0.0) if wordy else (3.0, 0.6)
        return base - joined * (pieces - 1) - joints - (0.5 if column.optional else 0)


def takes(column: Field, text: str, today: date) -> bool:
    """Tell whether a column understands words; what its rules say of them is another matter."""
    kind = kind_of(column)
    if column.optional and is_none(text):
        return True
    try:
        kind.read(column, kind.unlabelled(column, kind.clean(text)), today)
    except Misread:
        return False
    return True


def missing_columns(table: Field, row: Mapping[str, str]) -> list[str]:
    """Give the keys of the cells a row still needs; one with a condition where the row's other cells fulfil it."""

    def plain(column: Field) -> Plain:
        text, kind = row.get(column.key, "").strip(), kind_of(column)
        try:
            return kind.plain(kind.read(column, kind.clean(text), _ANY_DAY).value) if text else UNKNOWN
        except Misread:
            return UNKNOWN

    needed = (one for one in asked_columns(table) if not one.optional and needed_in_row(table, one, plain) is True)
    return [column.key for column in needed if not row.get(column.key, "").strip()]


def needed_in_row(table: Field, column: Field, plain: Callable[[Field], Plain]) -> bool | None:
    """Tell whether a cell is wanted in a row whose cells `plain` gives; None while that is open."""
    if column.when is None:
        return True
    paths, columns = column.when.paths, {each.key: each for each in table.columns}

    def named(name: str) -> Plain:
        path = paths.get(name)
        return plain(columns[path.part]) if path is not None and not path.key and path.part in columns else UNKNOWN

    found = evaluate(column.when.expression, named)
    return None if isinstance(found, EvaluationFault) else holds(found)


def row_text(table: Field, cells: dict[str, str], label: str = "") -> str:
    """Write a row as one line that reads back as it is: cells parted by tabs."""
    words = [" ".join(cells.get(column.key, "").split()) for column in asked_columns(table)]
    return "\t".join([*([label] if label else []), *words])
