"""A pasted block of `栏目：内容` lines: which text belongs to which field.

Understood are the ways clerks copy a form: numbered lines, full- or half-width colons, cells separated by
tabs or bars (Word, Excel), several pairs in a line, values over several lines. The labels are the form's.
"""

from dataclasses import dataclass, field

from dialogs.fields.registry import kind_of
from dialogs.understanding.frames import LONGEST, frame
from dialogs.understanding.paste_segments import Segment, segments_of, ticked
from knowledge.form import Field, Form
from knowledge.model import Model
from knowledge.text.question_form import Asks, asks, is_title

_LONGEST_LABELLED = 120  # characters; more is a text that happens to begin with a label
_LONGEST_PREAMBLE = 60  # characters before the first label; more is prose


class Block(Model):
    """What a block holds: (field key, text) in the order pasted, and the lines that fit nowhere."""

    fields: tuple[tuple[str, str], ...]
    leftover: tuple[str, ...] = ()


def split_block(text: str, form: Form) -> Block | None:
    """Split a pasted block; None when fewer than two of the form's labels stand in it, or none has a text.

    Never raises. Labels with nothing behind them are left out.
    """
    sorter = _Sorter(form)
    for line in text.splitlines():
        for piece in segments_of(line, form, flowing=sorter.in_paragraphs):
            sorter.take(piece)
        if not sorter.texts and sum(map(len, sorter.leftover)) > _LONGEST_PREAMBLE:
            return None
    found = sorter.found()
    if len(sorter.texts) < 2 or not found:  # noqa: PLR2004 - one label is an ordinary answer
        return None
    return Block(fields=found, leftover=tuple(sorter.leftover))


def labelled_field(text: str, form: Form, asked: str | None = None) -> str | None:
    """Give the field a single labelled line such as 「项目名称：点亮微心愿」 is for; None when it has no label.

    `asked` is the key of the field being asked for: where a label fits it as well as another, it is meant.
    """
    first, _, rest = text.strip().partition("\n")
    pieces = [piece for piece in segments_of(first, form) if (piece.text + rest).strip()]
    if len(pieces) != 1 or not pieces[0].colon or pieces[0].is_part or not pieces[0].key:
        return None
    if frame("{arrow}").search(pieces[0].text[:LONGEST]):
        return None  # 传播量：330万次→303万次 puts right what is held
    named = form.field(pieces[0].key)
    is_question = asks(pieces[0].text) is Asks.YES and not is_title(pieces[0].text)
    if is_question or (len(text) > _LONGEST_LABELLED and not kind_of(named).paragraphs):
        return None
    if kind_of(named).titled and asked and kind_of(form.field(asked)).people:
        return asked
    return (_first_contact(form) if kind_of(named).titled and pieces[0].has_phone else None) or named.key


def _first_contact(form: Form) -> str | None:
    return next((field_.key for field_ in form.fields if kind_of(field_).people), None)


@dataclass
class _Sorter:
    """Sorts pieces into fields, one after the other."""

    form: Form
    texts: dict[str, list[str]] = field(default_factory=dict)
    leftover: list[str] = field(default_factory=list)
    open: Field | None = None

    @property
    def in_paragraphs(self) -> bool:
        """Whether the field being filled may hold lines that look like labelled ones."""
        return self.open is not None and kind_of(self.open).paragraphs

    def take(self, piece: Segment) -> None:
        """Begin a field, or go on with the one at hand, or lay aside what fits nowhere."""
        key = self._meant(piece)
        if key:
            self.open = self.form.field(key)
            self.texts.setdefault(key, []).append(piece.text)
        elif piece.is_option and not self._is_empty and (choice := self._choice()):
            self.texts[choice].append(piece.whole)
        elif self.open and self._goes_on(piece):
            self.texts[self.open.key].append(piece.whole)
        elif piece.whole.strip():
            self.leftover.append(piece.whole.strip())

    def found(self) -> tuple[tuple[str, str], ...]:
        """Give the texts gathered, those with nothing in them left out."""
        joined = ((key, _joined(self.form.field(key), lines)) for key, lines in self.texts.items())
        return tuple((key, text) for key, text in joined if text)

    def _meant(self, piece: Segment) -> str | None:
        """Say which field a labelled piece begins, if it begins one here."""
        if not piece.key:
            return self._person(piece) if piece.is_part and not self._with_people else None
        if self._with_people and (piece.is_part or (self._is_empty and kind_of(self.form.field(piece.key)).titled)):
            return None
        key = piece.key
        if piece.has_phone and kind_of(self.form.field(key)).titled:
            key = self._person(piece) or key
        return key if self._may_begin(key, piece) else None

    def _may_begin(self, key: str, piece: Segment) -> bool:
        if key in self.texts and any(line.strip() for line in self.texts[key]):
            return False
        if not self.in_paragraphs or self.open is None:
            return True
        order = [field_.key for field_ in self.form.fields]
        official = piece.label == self.form.field(key).label
        return official or (piece.colon and order.index(key) > order.index(self.open.key))

    @property
    def _with_people(self) -> bool:
        return self.open is not None and kind_of(self.open).people

    @property
    def _is_empty(self) -> bool:
        return self.open is not None and not any(line.strip() for line in self.texts[self.open.key])

    def _person(self, piece: Segment) -> str | None:
        """A line about somebody to call belongs to the applicant, unless the recommender is at hand."""
        key = _first_contact(self.form)
        return key if key and self._may_begin(key, piece) else None

    def _choice(self) -> str | None:
        return next((key for key in self.texts if kind_of(self.form.field(key)).optioned), None)

    def _goes_on(self, piece: Segment) -> bool:
        if self.open is None or not piece.whole.strip():
            return self.in_paragraphs
        if self.in_paragraphs or (piece.is_part and self._with_people):
            return True
        if piece.label and piece.key is None and piece.colon:
            return False
        return self._is_empty or kind_of(self.open).flowing


def _joined(field_: Field, lines: list[str]) -> str:
    text = "\n".join(lines).strip()
    return ticked(text) if kind_of(field_).boxed else text
