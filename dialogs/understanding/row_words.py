"""What people say about the rows of a table: one more, no more, change row 2, delete row 3 (`lexicon/rows.yaml`)."""

import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from dialogs.fields.no_answer import is_none
from dialogs.fields.registry import kind_of
from dialogs.fields.typed_rows import is_one_row, typed_rows
from dialogs.tables import table_of
from dialogs.understanding.commands import command_of
from dialogs.understanding.situation import Situation
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text.normalise import fold
from knowledge.text.numerals import whole_number
from knowledge.text.question_form import Asks, asks

_LONGEST = 40  # characters of words that only steer
_LONGEST_NONE = 20  # characters; a longer run of dashes is no word for none
_LONGEST_ROW = 600  # characters that are looked at
_EDGE = " \t\n。.!！~，,：:"
RowWish = Literal["more", "finished", "change", "delete"]


class RowWords(Model):
    """All of `lexicon/rows.yaml`: regular expressions."""

    more: tuple[str, ...]
    finished: tuple[str, ...]
    change: tuple[str, ...]
    delete: tuple[str, ...]
    row: str
    last: str


class RowSaid(NamedTuple):
    """A wish about the rows: `row` is the number said (from 1; -1: the last), `rest` what was typed behind it."""

    wish: RowWish
    row: int = 0
    rest: str = ""


@cache
def _words() -> RowWords:
    return load_yaml(Path(__file__).parent / "lexicon" / "rows.yaml", RowWords)


@cache
def _of_a_row(wish: Literal["change", "delete"]) -> tuple[re.Pattern[str], ...]:
    shapes = _words().change if wish == "change" else _words().delete
    rows = (_words().row, _words().last)
    return tuple(re.compile(shape.replace("{row}", f"(?:{row})")) for shape in shapes for row in rows)


@cache
def _whole(wish: Literal["more", "finished"]) -> re.Pattern[str]:
    shapes = _words().more if wish == "more" else _words().finished
    return re.compile(f"(?:{'|'.join(shapes)})[了吧啊哦]?")


def reads_rows(text: str, at: Situation) -> bool:
    """Tell whether words are rows of the table asked for, or a wish about them."""
    field = at.asked
    if field is None or not kind_of(field).tabled or at.pending is not None:
        return False
    if says_no_rows(text) or row_wish(text) is not None:
        return True
    command, single = command_of(text, at.pack.form), is_one_row(field, text)
    if (command is not None and command.sure) or (single and asks(text) is Asks.YES):
        return False
    rows = typed_rows(field, text, at.today)
    under_way = bool(single and rows and not rows[0].label and table_of(at.draft, field, at.today).row)
    return under_way or any(row.cells for row in rows)


def says_no_rows(text: str) -> bool:
    """Tell whether words say that the table has no rows, or no more."""
    return len(text) <= _LONGEST_NONE and is_none(text)


def row_wish(text: str) -> RowSaid | None:
    """Read a wish about the rows; None where the words are no such wish."""
    plain = fold(text[:_LONGEST_ROW]).strip()
    bare = plain.strip(_EDGE)
    wholes: tuple[Literal["more", "finished"], ...] = ("more", "finished")
    for wish in wholes:
        if len(bare) <= _LONGEST and _whole(wish).fullmatch(bare):
            return RowSaid(wish)
    ones: tuple[Literal["delete", "change"], ...] = ("delete", "change")
    for one in ones:
        match = next((found for shape in _of_a_row(one) if (found := shape.match(plain))), None)
        rest = plain[match.end() :].strip(_EDGE) if match else ""
        if match is not None and not (one == "delete" and rest):
            number = whole_number(match["number"]) if "number" in match.groupdict() else -1
            return RowSaid(one, int(number), rest) if number else None
    return None
