"""The official form, whoever filled it: what stands in each place, as typed.

Theory of operation. A copy of the blank, filled by us or by hand, is laid beside it (`alignment`): what the blank
prints is taken away, what is left is the answer. What cannot be found this way (another layout, moved rows, a form
typed anew) is looked for by labels, as on a blank. No control is needed; those of a copy filled in Word are opened
first. What is blank, or still the form's own hint, is absent. Nothing is judged here.
"""

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.alignment import Alignment, align
from dialogs.document.answer_runs import run_of
from dialogs.document.attached_page import attached_pages
from dialogs.document.cell_pattern import pattern_of, stands_blank
from dialogs.document.content_controls import Place, box_state, lower, places, release
from dialogs.document.document_words import document_words
from dialogs.document.field_locations import FieldLocation, field_locations
from dialogs.document.form_sheet import FormSheet
from dialogs.document.option_boxes import options_of
from dialogs.document.printed_answers import TICK
from dialogs.document.printed_blanks import is_room
from dialogs.document.printed_labels import squeezed
from dialogs.document.tracked_changes import accept_changes
from dialogs.document.upload_safety import open_word
from dialogs.document.word_package import root_of
from dialogs.document.word_text import draw_boxes, lines_of, placeholder, text_of
from dialogs.fields.registry import kind_of
from knowledge.form import Field, Form
from knowledge.text.checkboxes import OFF, ON, boxes_as_signs, ticked_options

_ENOUGH = 3  # of so many fields one must be there before a document counts as the form
_FEWEST = 2
_HINT = re.compile(r"\s*[（(][^\n]{12,400}[）)]\s*(\n|$)")


def read_form(content: bytes, form: Form, template: bytes) -> dict[str, str] | None:
    """Read a (half) filled form: field key → text as typed; `None` when the document is not this form.

    Boxes give the ticked labels (several are joined by 、), a yes-or-no 是/否, rows a line each with tabs between the
    columns. Blank cells are left out, so the blank form itself gives an empty dict. `template` is the tied blank.

    Raises:
        UploadError: the file cannot be opened safely.
        TemplateError: the template cannot be read.
    """
    root, blank = open_word(content), root_of(template)
    draw_boxes(root)
    body = root.find(qn("w:body"))
    if body is None:
        return None
    _open_controls(root)
    lower(blank)
    on_form = [field for field in form.fields if not field.off_form and _is_read(field)]
    copy = _Copy(form, on_form, blank, body)
    if len(copy.known) < max(min(_FEWEST, len(on_form)), len(on_form) // _ENOUGH):
        return None
    texts = {field.key: copy.text(field) for field in on_form if field.key in copy.known}
    nothing = {field.key: field.empty for field in on_form if field.when is not None and field.empty}
    return {key: text for key, text in texts.items() if not _says_nothing(text, nothing.get(key))}


def _says_nothing(text: str, empty: str | None) -> bool:
    """Tell whether a cell is blank, or says what the form wants where a field does not apply."""
    return text.strip() == empty or is_room(text.replace(":", "").replace("：", ""))


def _is_read(field: Field) -> bool:
    kind = kind_of(field)
    return not (kind.declared or kind.pictured or kind.left_blank)


def _open_controls(root: Any) -> None:
    """Take all controls away: those waiting for an answer with their hint, boxes with what their state says."""
    accept_changes(root)
    for element in list(root.iter(qn("w:sdt"))):
        content, state = element.find(qn("w:sdtContent")), box_state(element)
        if content is not None and placeholder(element):
            for run in list(content.iter(qn("w:r"))):
                run.getparent().remove(run)
        elif content is not None and state and not any(each in ON for each in text_of(content)):
            content[:] = [run_of(TICK, [])]
        release(element)


class _Copy:
    """A filled form beside its blank; `known` are the fields that have a place in it."""

    def __init__(self, form: Form, fields: Sequence[Field], blank: Any, body: Any) -> None:
        free = {field.key for field in form.fields if field.columns and not field.fixed}
        self._aligned: Alignment = align(blank.find(qn("w:body")), body, free)
        self._body = body
        self._places: dict[str, list[Place]] = {}
        self._together: dict[Any, list[Place]] = {}
        for place in places(blank):
            self._together.setdefault(place.container, []).append(place)
            if place.container in self._aligned.standing:
                self._places.setdefault(place.tag.key, []).append(place)
        lost = [field for field in fields if field.key not in self._places and not field.columns]
        self._located = self._by_labels(form, lost)
        self.known = self._places.keys() | self._located.keys()

    def _by_labels(self, form: Form, lost: Sequence[Field]) -> dict[str, list[FieldLocation]]:
        """Look for the fields whose cells were not found; what was read from the same cells is looked for again."""
        if not lost:
            return {}
        located = field_locations(FormSheet(self._body), form)
        wanted = {field.key: located[field.key] for field in lost if field.key in located}
        shared = {location.cell.element for locations in wanted.values() for location in locations}
        for key, found in self._places.items():
            stands = {each for place in found for each in self._aligned.standing[place.container]}
            if stands & shared and key in located:
                wanted[key] = located[key]
        return wanted

    def text(self, field: Field) -> str:
        """Give what stands at a field's places."""
        if field.key in self._located:
            return self._at_labels(field, self._located[field.key])
        found = self._places[field.key]
        if field.columns:
            return self._rows(field, found)
        boxes = [place for place in found if place.tag.option is not None]
        if boxes:
            return self._boxes(field, boxes)
        texts = [self._answer(place, field) for place in found]
        if field.print.cells:
            return "".join(texts[: field.print.cells])
        text = next((text for text in texts if text), "")
        return self._apart(field) if _refers(text) else text

    def _standing(self, place: Place) -> str:
        return "\n".join(text_of(each) for each in self._aligned.standing[place.container])

    def _answer(self, place: Place, field: Field, standing: str | None = None) -> str:
        """Take the answer of a place out of its cell: with the unit printed behind it, without the hint above it."""
        pattern = pattern_of(place.container, self._together[place.container])
        text = self._standing(place) if standing is None else standing
        found = pattern.exactly(text) or pattern.loosely(text)
        number = [each.first.element for each in pattern.places].index(place.first.element) if not place.owned else 0
        answer = found[number] if found is not None else text if len(pattern.places) == 1 else ""
        hint = stands_blank(place)
        if squeezed(answer) == squeezed(hint):
            return ""
        answer = _without_hint(answer, hint)
        if place.owned or not found:
            return answer if place.owned else answer.strip()
        answer = answer.strip()
        return _until(pattern.words[number], answer) + answer + _unit(field, pattern.words[number + 1], answer)

    def _boxes(self, field: Field, boxes: Sequence[Place]) -> str:
        """Name the options ticked; of boxes drawn over by hand, what was written instead."""
        options = options_of(field)
        containers = list(dict.fromkeys(place.container for place in boxes))
        texts = {each: self._standing(place) for place in boxes for each in [place.container]}
        patterns = {each: pattern_of(each, self._together[each]) for each in containers}
        holes = {each: pattern.loosely(texts[each]) for each, pattern in patterns.items()}
        if all(found is not None for found in holes.values()):
            ticked = [
                place.tag.option
                for each, found in holes.items()
                for place, hole in zip(patterns[each].places, found or [], strict=True)
                if place.tag.key == field.key and any(sign in ON for sign in boxes_as_signs(hole))
            ]
            return "、".join(option for option in options if option in ticked)
        return _ticked_by_hand([texts[each] for each in containers], options)

    def _rows(self, field: Field, found: Sequence[Place]) -> str:
        """Write the rows as lines, their columns parted by tabs; rows with nothing in them are left out.

        A row the form prints begins with its name; columns that are reckoned out are not read.
        """
        asked = [column for column in field.columns if column.derive is None]
        columns: dict[str, list[str]] = {}
        for column in asked:
            by_row: dict[Any, list[Place]] = {}
            for place in found:
                if place.tag.part == column.key:
                    by_row.setdefault(next(place.first.element.iterancestors(qn("w:tr"))), []).append(place)
            columns[column.key] = [text for group in by_row.values() for text in self._in_rows(column, group)]
        number = max(map(len, columns.values()), default=0)
        rows = [
            [columns[each.key][row] if row < len(columns[each.key]) else "" for each in asked] for row in range(number)
        ]
        names = [[name] for name in field.fixed] + [[]] * number
        return "\n".join(
            "\t".join([*name, *(" ".join(cell.split()) for cell in row)])
            for name, row in zip(names, rows, strict=False)
            if any(cell.strip() for cell in row)
        )

    def _in_rows(self, column: Field, group: Sequence[Place]) -> list[str]:
        """Read one column of a printed row, in each row of the copy it stands for."""
        first = group[0]
        pattern = pattern_of(first.container, self._together[first.container])
        texts = [text_of(each) for each in self._aligned.standing.get(first.container, [])]
        if first.tag.option is None:
            return [self._answer(first, column, text) for text in texts]
        found = [pattern.loosely(text) for text in texts]
        return [
            "、".join(
                str(place.tag.option)
                for place, hole in zip(pattern.places, each or [], strict=False)
                if any(sign in ON for sign in hole)
            )
            if each is not None
            else _ticked_by_hand([text], options_of(column))
            for each, text in zip(found, texts, strict=True)
        ]

    def _at_labels(self, field: Field, locations: Sequence[FieldLocation]) -> str:
        if locations[0].tag.option is not None:
            ticked = [each.tag.option for each in locations if each.text in ON]
            return "、".join(option for option in options_of(field) if option in ticked)
        text = next((each.text.strip() for each in locations if each.text.strip()), "")
        if kind_of(field).boxed and any(each in ON + OFF for each in text):
            return _ticked_by_hand([text], options_of(field))
        text = _HINT.sub("", text, count=1).strip() if kind_of(field).roomy else text
        return self._apart(field) if _refers(text) else text

    def _apart(self, field: Field) -> str:
        """Give what stands after the form itself: the page a cell refers to, without its heading."""
        behind = self._aligned.behind
        pages = [
            text_of(cell) for heading, cell in attached_pages(behind) if squeezed(field.label) in squeezed(heading)
        ]
        if pages:
            return pages[0]
        lines = list(lines_of(*behind))
        while lines and (not lines[0].strip() or squeezed(field.label) in squeezed(lines[0])):
            lines.pop(0)
        return "\n".join(lines)


def _ticked_by_hand(texts: Sequence[str], options: Sequence[str]) -> str:
    """Name the options ticked in any usual way, or give the words that were written instead of a tick."""
    names = {squeezed(option): option for option in options}
    ticked = ticked_options([squeezed(boxes_as_signs(text)) for text in texts], names)
    if ticked is None:
        words = "\n".join(texts)
        return "" if any(each in OFF for each in words) else words.strip()
    return "、".join(names[each] for each in ticked)


def _refers(text: str) -> bool:
    """Tell whether a cell only says that the text stands elsewhere."""
    words = squeezed(text)
    return len(words) < 40 and any(each in words for each in document_words().attached.refers)  # noqa: PLR2004


def _without_hint(answer: str, hint: str) -> str:
    """Leave out the hint above an answer that was typed under it."""
    printed, words = hint.strip(), answer.lstrip()
    return words.removeprefix(printed).strip() if len(printed) > 1 and words.startswith(printed) else answer


def _until(before: str, answer: str) -> str:
    """Give the 至 printed before a blank in which only 今 was written."""
    now = next((each for each in document_words().until_now if each[1:] == answer), "")
    return now[:1] if now and before.endswith(now[0]) else ""


def _unit(field: Field, behind: str, answer: str) -> str:
    """Give the unit printed behind a blank, so that 16.50 before 万元 is read as the money it is."""
    words = re.split(r"[\s（(）)，,、。；;：:_＿]", behind, maxsplit=1)[0]
    if not answer or not answer[-1:].isdigit() or not words:
        return ""
    units = [unit for unit in (*field.units, *document_words().scaling) if words.startswith(unit)]
    return max(units, key=len, default="")
