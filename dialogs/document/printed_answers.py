"""What stands at each place of the form once it is filled: the same for filling and for proving.

`lay_out` makes the rows of a table as many as there are answers; `answers_at` then says what each place shows.
"""

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

from docx.oxml.ns import qn
from pydantic import JsonValue

from dialogs.document.attachment_locations import attachments_by_key
from dialogs.document.content_controls import Place, places
from dialogs.document.document_words import document_words
from dialogs.document.option_boxes import options_of
from dialogs.document.word_text import shown
from dialogs.fields.registry import kind_of
from dialogs.submission import Entry, Submission
from knowledge.form import Field, Form
from knowledge.text.normalise import printable

TICK = "√"  # prints with every Chinese font; ☑ prints nothing where an emoji font takes it
_NUMBER = re.compile(r"(\d+)(\D*)$")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "一二三四五六七八九十"
_BLANK = " \u3000_＿"
_EDGE = re.compile(r"[\s\u3000_＿（(）)，,、。；;：:]")  # where a printed unit ends
_FIGURE = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿余多%％]$")


@dataclass(frozen=True, slots=True)
class PlacedAnswer:
    """What a place shows: `text`; or `None`, where nothing was answered and the form's own words stay.

    `label` is that of its field (or column), `photo` the digest of the picture to set there.
    """

    place: Place
    text: str | None
    label: str
    photo: str | None = None


def lay_out(root: Any, submission: Submission, form: Form) -> None:
    """Give every table as many rows as its field has: cloned from the last printed one, spare ones taken out."""
    free = [field for field in form.fields if field.columns and not field.fixed and field.key in submission.entries]
    rows = _rows(places(root)) if free else {}
    for field in free:
        if field.key in rows:
            _fit_rows(rows[field.key], len(row_values(submission.entries[field.key])), spare=field.spare)


def answers_at(root: Any, submission: Submission, form: Form) -> list[PlacedAnswer]:
    """Say what every place of a form laid out for the submission shows, in document order."""
    fields, papers = {field.key: field for field in form.fields}, attachments_by_key(form)
    found = places(root)
    rows, cells = _rows(found), _Cells()
    return [
        _of_attachment(place, papers[place.tag.key].label, submission)
        if place.tag.key in papers
        else _answer(place, fields, submission, rows, cells)
        for place in found
    ]


def _of_attachment(place: Place, label: str, submission: Submission) -> PlacedAnswer:
    """Tick an attachment that goes with the form, and print its copies."""
    if label not in submission.attachments:
        return PlacedAnswer(place, None, label)
    copies = submission.attachments[label]
    shown = TICK if place.tag.option is not None else "" if copies is None else fitted(str(copies), place)
    return PlacedAnswer(place, shown or None, label)


def row_values(entry: Entry) -> list[dict[str, JsonValue]]:
    """Give the rows an entry holds: column key → what its cell holds."""
    return [row for row in entry.value if isinstance(row, dict)] if isinstance(entry.value, list) else []


def _rows(found: Sequence[Place]) -> dict[str, list[Any]]:
    """Give, by field, the table rows that hold its columns."""
    rows: dict[str, list[Any]] = {}
    for place in found:
        tr = _row_of(place)
        if place.tag.part is not None and tr is not None and tr not in rows.setdefault(place.tag.key, []):
            rows[place.tag.key].append(tr)
    return rows


def _row_of(place: Place) -> Any:
    return next(place.first.element.iterancestors(qn("w:tr")), None)


def _fit_rows(rows: list[Any], wanted: int, *, spare: str) -> None:
    for _ in range(wanted - len(rows)):
        clone = deepcopy(rows[-1])
        rows[-1].addnext(clone)
        _number_on(clone)
        rows.append(clone)
    for row in rows[max(wanted, 1) :] if spare == "remove" else ():
        row.getparent().remove(row)


def _number_on(row: Any) -> None:
    """Count a cloned row on (6 → 7, ⑥ → ⑦), and let merged cells go on through it."""
    for cell in row.iter(qn("w:tc")):
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        texts = [] if next(cell.iter(qn("w:sdt")), None) is not None else list(cell.iter(qn("w:t")))
        if merge is not None and merge.get(qn("w:val")) == "restart":
            del merge.attrib[qn("w:val")]
            for text in texts:
                text.text = ""
        elif "".join(text.text or "" for text in texts).strip():
            last = next(text for text in reversed(texts) if (text.text or "").strip())
            last.text = _next_number(last.text)


def _next_number(text: str) -> str:
    for numerals in (_CIRCLED, _CHINESE):
        if text.strip() in numerals[:-1]:
            return numerals[numerals.index(text.strip()) + 1]
    return _NUMBER.sub(lambda match: f"{int(match[1]) + 1}{match[2]}", text)


class _Cells:
    """Counts the places of fields that take one character a cell (`print.cells`)."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def character(self, place: Place, field: Field, text: str) -> str:
        """Give the part of `text` this place shows: all of it, or the next character; the last place takes the rest."""
        if not field.print.cells or not place.owned:
            return text
        number = self._seen[field.key] % field.print.cells
        self._seen[field.key] += 1
        return text[number:] if number == field.print.cells - 1 else text[number : number + 1]


def _answer(
    place: Place, fields: dict[str, Field], submission: Submission, rows: dict[str, list[Any]], cells: _Cells
) -> PlacedAnswer:
    field, entry = fields.get(place.tag.key), submission.entries.get(place.tag.key)
    label = field.label if field is not None else place.first.title or place.tag.key
    if entry is None or field is None:
        return PlacedAnswer(place, None, label)
    if field.columns:
        column = next((each for each in field.columns if each.key == place.tag.part), None)
        value, words = _held(entry, column, place, rows[field.key])
        field, label = column or field, f"{label}·{column.label}" if column else label
    elif place.tag.part is not None:
        value = entry.value.get(place.tag.part) if isinstance(entry.value, dict) else None
        words = "" if value is None else str(value)
    else:
        value, words = entry.value, entry.on_form
    if place.tag.option is not None:
        return PlacedAnswer(place, TICK if place.tag.option in ticked(field, value) else None, label)
    if kind_of(field).pictured:
        digest = value.get("digest") if isinstance(value, dict) else None
        return PlacedAnswer(place, "" if digest else None, label, photo=str(digest) if digest else None)
    if field.key in submission.apart and words:
        words = reference(field.label)
    text = fitted(cells.character(place, field, printable(words)), place, field.units)
    text += _padding(place, text) if text else ""
    return PlacedAnswer(place, text or None, label)


def reference(label: str) -> str:
    """Give what the cell of a field holds whose text stands on a page after the form; `label` is the field's."""
    return document_words().attached.reference.format(label=label)


def _held(entry: Entry, column: Field | None, place: Place, rows: list[Any]) -> tuple[JsonValue, str]:
    """Find the cell of a row: the row by its number in the tag, else by its order on the form.

    Where there is no row at all, the first says so in the columns that have words for it (`empty`).
    """
    values = row_values(entry)
    number = place.tag.row - 1 if place.tag.row is not None else rows.index(_row_of(place))
    if not values and number == 0 and column is not None:
        return None, column.empty
    cell = values[number].get(place.tag.part or "") if number < len(values) else None
    if not isinstance(cell, dict):
        return cell, "" if cell is None else str(cell)
    shows = next((cell[name] for name in ("printed", "display", "value") if cell.get(name) is not None), "")
    return cell.get("value"), str(shows)


def ticked(field: Field, value: JsonValue) -> set[str]:
    """Name the boxes a value ticks: for a boolean the first or second option, for a list each of them."""
    if isinstance(value, bool):
        return set(options_of(field)[:1] if value else options_of(field)[1:2])
    return {str(each) for each in (value if isinstance(value, list) else [value]) if each is not None}


def fitted(text: str, place: Place, units: Sequence[str] = ()) -> str:
    """Give an answer as it fits between the printed words beside it: nothing of them is said twice.

    `5200人次` before a printed 人次 is 5200, `约86名` before a printed 人 (where 名 is a `unit`) is 约86, 300 is
    what is left of `约300` behind a printed 约, and 今 of 至今 behind a printed 至.
    """
    if place.owned or not text:
        return text
    before, after = _beside(place)
    for doubled in (*(after[:length] for length in range(len(after), 0, -1)), *(units if after else ())):
        rest = text.removesuffix(doubled)
        if rest != text and _FIGURE.search(rest):
            text = rest
            break
    if text in document_words().until_now and before.endswith(text[0]):
        return text[1:]
    rest = text.removeprefix(before)
    return rest if before and re.match(r"\d", rest) else text


def _beside(place: Place) -> tuple[str, str]:
    """Give the words that touch a place on its left and its right, up to a blank or a mark."""
    element = place.first.element
    before = "".join(shown(each, hints=True) for each in reversed(list(element.itersiblings(preceding=True))))
    after = "".join(shown(each, hints=True) for each in element.itersiblings())
    return _EDGE.split(before)[-1], _EDGE.split(after)[0]


def _padding(place: Place, text: str) -> str:
    """Give the blanks that keep what follows in a line of its own where it was: 单位：…… 日期：……"""
    control = place.first
    after = "".join(shown(each, hints=True) for each in control.element.itersiblings())
    if place.container.tag != qn("w:p") or control.text.strip(_BLANK) or not after[:1].isspace():
        return ""
    return " " * (_width(control.text) - _width(text)) if after.strip() else ""


def _width(text: str) -> int:
    """Count columns: a hanzi takes two."""
    return sum(2 if east_asian_width(each) in "WFA" else 1 for each in text)
